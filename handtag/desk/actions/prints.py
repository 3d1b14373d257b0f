"""Printing what is about somebody: the paper, and the line in the log that it was printed."""

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handtag.desk.queries import own_prints as queries
from handtag.desk.queries.prints import at_the_counter
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.rights import Right
from handtag.municipalities.models import Municipality
from handtag.papers import documents

PRINTS = "print"


@transaction.atomic
def open_prints(*, by: Actor, person_id: UUID) -> queries.PersonPrints:
    """What can be printed for somebody; that staff looked is logged."""
    found = queries.person_prints(by, person_id)
    history.looked(by=by, about=person_id, page=PRINTS)
    return found


@transaction.atomic
def print_ask(*, by: Actor, person_id: UUID, ask_id: UUID, language: str) -> bytes:
    """The paper of an ask, for its asker; that staff printed it is logged, of all whose names are on it."""
    queries.must_reach(by, person_id, ask_id)
    them = queries.as_them(by, person_id)
    for one in (person_id, *queries.who_comes(them, ask_id)):
        history.looked(by=by, about=one, page=PRINTS)
    return documents.letter(queries.ask_paper(them, ask_id, queries.town(by), language))


@transaction.atomic
def print_own_ask(*, by: Actor, ask_id: UUID) -> bytes:
    """The paper of one's own ask, or of whom one acts for, in the language that is on."""
    by.must(Right.TAKE_PART)
    paper = queries.ask_paper(by, ask_id, queries.town(by), translation.get_language() or "sv")
    history.record(by=by, verb="paper.printed", kind="ask", object_id=ask_id, about=by.whose)
    return documents.letter(paper)


@transaction.atomic
def print_card(*, by: Actor, person_id: UUID, language: str) -> bytes:
    """A helper's card, printed by staff; logged."""
    queries.seen(by, person_id)
    history.looked(by=by, about=person_id, page=PRINTS)
    return _card(by, person_id, language)


@transaction.atomic
def print_own_card(*, by: Actor) -> bytes:
    """One's own card."""
    by.must(Right.TAKE_PART)
    made = _card(by, by.person, translation.get_language() or "sv")
    history.record(by=by, verb="paper.printed", kind="person", object_id=by.person, about=by.person)
    return made


def counter_list(*, by: Actor, language: str) -> bytes:
    """What neighbours ask for, in large print, for a counter; it names nobody."""
    with translation.override(language):
        return documents.listing(
            at_the_counter(by),
            title=_("Neighbours who would like a hand"),
            lead=(_("Do you want to help with any of this? Tell us here at the counter."),),
            none=_("Nobody needs help near you just now"),
            language=language,
            made_on=clock.today(),
        )


def _card(by: Actor, person_id: UUID, language: str) -> bytes:
    town: Municipality = queries.town(by)
    card = queries.card(by, person_id, town, language)
    with translation.override(language):
        return documents.cards(
            [card],
            title=_("Your helper code"),
            how=_("Cut along the lines, and fold in the middle."),
            language=language,
            accent=town.accent,
            made_on=clock.today(),
        )
