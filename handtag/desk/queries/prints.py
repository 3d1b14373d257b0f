"""What stands on prints that everybody may read: posters and leaflets of a town, an area or a group."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from handtag.errands.models import AskGroup
from handtag.errands.queries.sought import open_occasions
from handtag.groups import queries as groups
from handtag.groups.models import Group
from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.kernel.tongues import TONGUES
from handtag.municipalities.models import Municipality
from handtag.municipalities.queries import areas
from handtag.papers.documents import Fact, Poster, Row
from handtag.permits.queries import services
from handtag.permits.rules.demands import Frame

AT_THE_COUNTER: Final = 40  # asks on the list: who looks for more logs in
PLACED: Final = "coordinator"


@dataclass(frozen=True, slots=True)
class Around:
    """What a poster is about: a group, an area, or the whole town (no id)."""

    id: UUID | None
    name: str
    about: str = ""


def arounds(town: Municipality) -> list[Around]:
    """All that a poster can be about: the town, its areas, and the groups that are not by invitation."""
    shown = groups.seen_by(Actor(None, town.id), town.id)
    others = [Around(row.id, row.name, row.about) for row in shown if row.kind != Group.Kind.AREA]
    return [Around(None, town.name), *(Around(row.id, row.name) for row in areas(town.id)), *others]


def around(town: Municipality, around_id: UUID | None) -> Around:
    """One of them, area groups too; NotFound for what is closed, hidden, or another town's."""
    if around_id is None:
        return Around(None, town.name)
    shown = groups.seen_by(Actor(None, town.id), town.id)
    known = {row.id: Around(row.id, row.name, row.about) for row in shown}
    known |= {row.id: Around(row.id, row.name) for row in areas(town.id)}
    if around_id not in known:
        raise NotFound("area or group")
    return known[around_id]


def languages(town: Municipality) -> list[tuple[str, str]]:
    """The languages of the town's pages."""
    return [(code, str(name)) for code, name in settings.LANGUAGES if code in (town.languages or [code])]


def language(asked: str) -> str:
    """A language of the product; Swedish for all else."""
    return asked if asked in dict(settings.LANGUAGES) else "sv"


def poster(town: Municipality, about: Around, in_language: str) -> Poster:
    """The poster in one language."""
    way = reverse("around", args=[town.slug, about.id]) if about.id else f"/{town.slug}/"
    leads_to = f"{settings.BASE_URL}{way}"
    address = f"{urlsplit(settings.BASE_URL).netloc}/{town.slug}"
    with translation.override(in_language):
        lead = _(
            "Here we who live in %(town)s help each other in everyday life. It costs nothing, and the "
            "municipality has approved everyone who helps."
        ) % {"town": town.name}
        return Poster(
            around=about.name,
            heading=_("A helping hand near you"),
            lead=lead,
            choices=(
                Fact(_("I need help"), _("Shopping, errands, company to care, homework, language.")),
                Fact(_("I want to help"), _("An hour now and then is enough. You choose what and when.")),
            ),
            leads_to=leads_to,
            code_says=leads_to,
            scan=_("Point your phone’s camera at the code."),
            address=address,
            phone=_("Would you rather talk? Ring us on %(phone)s.") % {"phone": town.phone}
            if town.phone
            else "",
            footer=f"Handtag, {town.name}",
            accent=town.accent,
            language=in_language,
            made_on=clock.today(),
        )


def at_the_counter(by: Actor) -> list[Row]:
    """What neighbours ask for just now: service, area, time and languages, never who or where finer.

    Left out: protected askers, what falls under the social services, what a coordinator places, and what
    is shown to some groups alone.
    """
    by.must(Right.VERIFY_HELPERS)
    known = {row.id: row.words.name for row in services(by.tenant) if row.frame != Frame.SOCIAL}
    rows = (
        open_occasions(by.tenant)
        .filter(ask__asker__protection="none", ask__asker__erased_at=None, ask__service_id__in=list(known))
        .exclude(ask__agreement=PLACED)
        .filter(~Exists(AskGroup.objects.filter(ask=OuterRef("ask_id"))))
        .order_by("starts_at", "id")
        .values_list("ask__service_id", "ask__area__name", "starts_at", "ends_at", "ask__languages")
    )
    return [
        Row(known[service], tuple(filter(None, (area or "", _when(starts, ends), _spoken(codes)))))
        for service, area, starts, ends, codes in rows[:AT_THE_COUNTER]
    ]


def _when(starts: datetime, ends: datetime) -> str:
    return f"{capfirst(spoken.dated(starts))} {spoken.hours(starts, ends)}"


def _spoken(codes: list[str]) -> str:
    return capfirst(spoken.join([str(TONGUES.get(code, code)) for code in codes]))
