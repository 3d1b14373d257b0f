"""What is said about asking: what is wrong with a wish and how to mend it, and the letters about an ask."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handtag.errands.messages.beside import beside_sample, tell_beside
from handtag.errands.models import Ask, Errand
from handtag.errands.queries import reached
from handtag.errands.rules.asks import Trouble
from handtag.kernel import clock, spoken
from handtag.kernel.errors import Words
from handtag.municipalities.queries import by_id
from handtag.notices.actions import Letter, Sample, tell

_EXPIRED: Final = gettext_lazy("Nobody could come this time")
_WITHDRAWN: Final = gettext_lazy("Your question has been taken back")
_WORDS: Final[dict[str, Words]] = {
    "choose": gettext_lazy("Choose one of those that are there."),
    "too_many_letters": gettext_lazy("Write a little shorter: at most %(than)s characters."),
    "ceiling_missing": gettext_lazy("Say how much it may cost at most, from 1 to %(than)s kronor."),
    "ceiling": gettext_lazy("Say an amount from 1 to %(than)s kronor."),
    "no_outlay_here": gettext_lazy(
        "Money is never laid out for this service. Choose that nothing is to be bought."
    ),
    "backwards": gettext_lazy("The end must come after the start."),
    "too_short": gettext_lazy("Leave at least %(than)s minutes, so that somebody has time to come."),
    "too_long": gettext_lazy("Choose at most %(than)s hours; then it suits more people."),
    "ends_before": gettext_lazy("The last date must not come before the first."),
    "too_many_weeks": gettext_lazy("Choose at most %(than)s weeks. You can ask again when they are over."),
    "no_dates_left": gettext_lazy("No date is left. Keep at least one of them."),
    "not_a_date_of_it": gettext_lazy("One of the dates taken away is not among those you ask for."),
    "wanted": gettext_lazy("Choose from one to %(than)s helpers."),
    "languages": gettext_lazy("Choose at most six languages among those that are there."),
    "half_a_point": gettext_lazy("The point on the map got lost. Put it there again, or choose a place."),
    "place_missing": gettext_lazy("Say where: choose a place in the list, or a point on the map."),
    "place_of_address": gettext_lazy(
        "Choose also which place the address is in, so that we find who is near."
    ),
    "elsewhere": gettext_lazy("That is outside the municipality. Choose a place within it, or ring us."),
    "accept": gettext_lazy("Read the text about responsibility and tick that you agree."),
    "service_off": gettext_lazy("That help is not offered just now. Choose another, or ring us."),
}


def words(trouble: Trouble) -> str:
    """What is wrong and how to mend it, in the language that is on."""
    special = _SPECIAL.get(trouble.code)
    if special is not None:
        return special(trouble)
    return str(_WORDS[trouble.code]) % {"than": trouble.than}


def _time_passed(trouble: Trouble) -> str:
    passed, earliest = _moments(trouble)
    facts = {"time": capfirst(spoken.hour(passed)), "earliest": spoken.hour(earliest)}
    if clock.local(passed).date() == clock.local(earliest).date():
        return _("%(time)s today has passed. Choose a time after %(earliest)s.") % facts
    return _("%(time)s today has passed. Choose tomorrow or a later day.") % facts


def _moments(trouble: Trouble) -> tuple[datetime, datetime]:
    if not isinstance(trouble.than, datetime) or not isinstance(trouble.other, datetime):
        raise TypeError("a time that has passed says when, and from when it is possible")
    return trouble.than, trouble.other


def _day(trouble: Trouble) -> date:
    if not isinstance(trouble.than, date):
        raise TypeError("a wrong day says which day is meant")
    return trouble.than


def _day_passed(trouble: Trouble) -> str:
    return _("%(day)s has passed. Choose today or a later day.") % {
        "day": capfirst(spoken.dated(_day(trouble)))
    }


def _too_far(trouble: Trouble) -> str:
    return _("Choose a day up to %(day)s. We do not ask people to promise further ahead than that.") % {
        "day": spoken.full_date(_day(trouble))
    }


_SPECIAL: Final[dict[str, Callable[[Trouble], str]]] = {
    "time_passed": _time_passed,
    "day_passed": _day_passed,
    "too_far": _too_far,
}


def words_agreed() -> str:
    """Somebody was quicker than the change."""
    return _(
        "Somebody has said yes, so the time and place stay as they are. You can still tell more about what "
        "is needed, or take back the question and ask anew."
    )


def words_over() -> str:
    """Nothing is left to change."""
    return _("This question is over, so nothing in it can be changed. You are welcome to ask again.")


def words_begun() -> str:
    """The help has begun."""
    return _("The help has already begun. Ring us if something is wrong.")


def words_undo_over() -> str:
    """Too late to take back a withdrawal."""
    return _("It is too late to undo that. You are welcome to ask again.")


def link_of_ask(ask: Ask) -> str:
    """The absolute address of the ask's own page."""
    return f"{settings.BASE_URL}{reverse('ask', args=[_slug(ask), ask.id])}"


def _slug(ask: Ask) -> str:
    town = by_id(ask.municipality_id)
    return town.slug if town else ""


def tell_officers(ask: Ask) -> None:
    """A protected person has asked: the officers place it, and nobody else hears of it."""
    for officer_id in reached.officers(ask.municipality_id):
        _tell(ask, officer_id, "ask.for_officers", _for_officers, with_link=False)


def tell_asked_for(ask: Ask) -> None:
    """Somebody has asked in the asker's name: the asker hears of it in their own way."""
    _tell(ask, ask.asker_id, "ask.opened_for", _asked_for)


def tell_taken_down(ask: Ask) -> None:
    """Staff have filed what somebody said to them: the asker hears what became of it, and whether it was they."""
    _tell(ask, ask.asker_id, "ask.taken_down", _taken_down)


def tell_asker_expired(ask: Ask) -> None:
    """Nobody could come in time; what to do next."""
    _tell(ask, ask.asker_id, "ask.expired", _expired)
    tell_beside(ask.municipality_id, ask.asker_id, "ask.expired", ask.id, _EXPIRED)


def tell_asker_withdrawn(ask: Ask) -> None:
    """The municipality has taken back somebody's ask."""
    _tell(ask, ask.asker_id, "ask.withdrawn", _withdrawn)
    tell_beside(ask.municipality_id, ask.asker_id, "ask.withdrawn", ask.id, _WITHDRAWN)


def tell_asker_restored(ask: Ask) -> None:
    """The municipality has undone that."""
    _tell(ask, ask.asker_id, "ask.restored", _restored)


def tell_helpers_more(ask: Ask) -> None:
    """Who is coming is told that the asker has said more."""
    coming = (
        Errand.objects.of(ask.municipality_id)
        .filter(occasion__ask=ask, state=Errand.State.AGREED)
        .order_by("helper_id", "starts_at")
    )
    first = {helper: errand for errand, helper in reversed([(each.id, each.helper_id) for each in coming])}
    for helper_id, errand_id in first.items():
        tell(
            municipality_id=ask.municipality_id,
            person_id=helper_id,
            kind="ask.told_more",
            write=partial(_told_more, _link_of_errand(ask, errand_id)),
            about_id=errand_id,
        )


def _tell(
    ask: Ask, person_id: UUID, kind: str, write: Callable[[str], Letter], *, with_link: bool = True
) -> None:
    link = link_of_ask(ask) if with_link else ""
    tell(
        municipality_id=ask.municipality_id,
        person_id=person_id,
        kind=kind,
        write=lambda: write(link),
        about_id=ask.id,
    )


def _for_officers(link: str) -> Letter:
    return Letter(
        _("A question for you to place"),
        _("A question has come in that only you and your colleagues can see. Log in to place it."),
        link,
    )


def _asked_for(link: str) -> Letter:
    return Letter(
        _("A question has been sent in your name"),
        _(
            "Somebody who may do it for you has asked for help in your name. On the page you see who it was "
            "and what it is about. If you do not want it, take it back there, or ring us."
        ),
        link,
    )


def _taken_down(link: str) -> Letter:
    return Letter(
        _("We have written down your question"),
        _(
            "You have asked for help through us. On the page you see what we wrote down. If something is wrong, "
            "or if it was not you, ring us."
        ),
        link,
    )


def _expired(link: str) -> Letter:
    return Letter(
        str(_EXPIRED),
        _("Nobody could come in time, and we are sorry. On the page you can ask again with another time."),
        link,
    )


def _withdrawn(link: str) -> Letter:
    return Letter(
        str(_WITHDRAWN),
        _(
            "The municipality has taken back a question of yours. On the page you can see it; ring us and "
            "we tell you why."
        ),
        link,
    )


def _restored(link: str) -> Letter:
    return Letter(
        _("Your question is out again"),
        _(
            "The municipality had taken back a question of yours, and has put it out again. You need not do "
            "anything. On the page you can see how it goes."
        ),
        link,
    )


def _link_of_errand(ask: Ask, errand_id: UUID) -> str:
    return f"{settings.BASE_URL}{reverse('errand', args=[_slug(ask), errand_id])}"


def _told_more(link: str) -> Letter:
    return Letter(
        _("There is something new to read before you go"),
        _("The one you help has told a little more about what is needed."),
        link,
    )


_EVERY: Final[dict[str, Callable[[str], Letter]]] = {
    "ask.for_officers": _for_officers,
    "ask.opened_for": _asked_for,
    "ask.taken_down": _taken_down,
    "ask.expired": _expired,
    "ask.withdrawn": _withdrawn,
    "ask.restored": _restored,
    "ask.told_more": _told_more,
}


def samples(link: str) -> list[Sample]:
    """What is written about asks, to the asker and to who is told beside them."""
    own = [Sample(kind, partial(write, link)) for kind, write in _EVERY.items()]
    told = (("ask.expired", _EXPIRED), ("ask.withdrawn", _WITHDRAWN))
    return [*own, *(beside_sample(kind, subject, link) for kind, subject in told)]
