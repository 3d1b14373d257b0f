"""A mandate on paper: the whole of it as a letter, and what a sealed letter tells of it."""

from typing import Final
from uuid import UUID

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from handtag.kernel import clock, spoken
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Role
from handtag.mandates.models import Mandate
from handtag.mandates.queries.pages import Row, Sheet, kept, sheet
from handtag.municipalities.queries import by_id
from handtag.notices.queries import Sealed
from handtag.papers.documents import Fact, Letter

_ASKED: Final = ("mandate.renewal", "mandate.reminder")
_TOLD: Final = ("mandate.made", *_ASKED)


def paper(by: Actor, mandate_id: UUID, in_language: str = "") -> Letter:
    """All that was said, in large print; in the language of who is helped where none is named.

    Of a protected person nothing is printed for staff.
    """
    found = kept(by, mandate_id)
    is_own = by.person_id in (found.helped_id, found.proxy_id)
    if not is_own and (found.helped.is_protected or found.proxy.is_protected):
        raise NotFound("mandate")
    with translation.override(in_language or found.helped.language):
        return _letter(by, sheet(by, mandate_id), in_language or found.helped.language)


def sealed(municipality_id: UUID, person_id: UUID, kind: str, about_id: UUID) -> Sealed | None:
    """Who and until when, in a letter to one of the two: on paper there is no page to look at."""
    if not kind.startswith(_TOLD):
        return None
    two = Mandate.objects.of(municipality_id).filter(pk=about_id).values_list("helped_id", "proxy_id").first()
    if two is None or person_id not in two:
        return Sealed()
    row = sheet(Actor(person_id, municipality_id, (Hat(Role.RESIDENT),)), about_id).row
    if not row.is_live:
        return Sealed()
    others = tuple(each for each in two if each != person_id)
    return Sealed(facts=tuple((fact.label, fact.value) for fact in _facts(row)), tells_of=others)


def is_pointless(kind: str, about_id: UUID) -> bool:
    """Whether this asks about a mandate that is over; that one was made is told even so."""
    return kind in _ASKED and not Mandate.objects.everywhere().filter(pk=about_id, ended_at=None).exists()


def _letter(by: Actor, found: Sheet, language: str) -> Letter:
    row, town = found.row, by_id(by.tenant)
    said = _("Said %(how)s, %(day)s, to %(name)s.") % {
        "how": found.consent_how,
        "day": spoken.full_date(found.consent_on),
        "name": found.consent_to,
    }
    end = _(
        "Either of the two can end it at any time, without saying why: on the page, or by ringing. It ends "
        "at once."
    )
    ring = _("Would you rather talk? Ring us on %(phone)s.") % {"phone": town.phone} if town else ""
    return Letter(
        sender=tuple(filter(None, (town.name, "Handtag", town.phone, town.hours))) if town else (),
        recipient=(),
        dated=capfirst(spoken.full_date(clock.today())),
        heading=_("%(proxy)s may do things for %(helped)s") % {"proxy": row.proxy, "helped": row.helped},
        paragraphs=tuple(filter(None, (found.wording.words if found.wording else "", found.consent, said))),
        facts=(*_facts(row), Fact(_("What was seen"), found.evidence)),
        closing=(end, ring) if town and town.phone else (end,),
        language=language,
        large=True,
        made_on=clock.today(),
    )


def _facts(row: Row) -> tuple[Fact, ...]:
    services = spoken.join(list(row.services)) if row.services else _("All services")
    return (
        Fact(_("Who is helped"), row.helped),
        Fact(_("Who helps"), row.proxy),
        Fact(pgettext("mandate", "For what"), services),
        Fact(_("First day"), spoken.full_date(row.starts_on)),
        Fact(_("Last day"), spoken.full_date(row.ends_on)),
    )
