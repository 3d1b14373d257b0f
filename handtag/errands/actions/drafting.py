"""Keeping an unfinished ask step by step, and sending it."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handtag.errands.actions.asking import change_ask, open_ask, refuse, secure_permit
from handtag.errands.models import Ask, Draft
from handtag.errands.queries import drafts
from handtag.errands.queries.drafts import Where
from handtag.errands.rules import asks as rules
from handtag.errands.rules.drafts import FIELDS, first_open, wish_of
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.mandates.models import Mandate
from handtag.mandates.queries import must_hold
from handtag.once.actions import take_turn

_VISITORS_KEPT: Final = timedelta(days=7)
_KEPT: Final = timedelta(days=90)
_MOST: Final = 30
_WITHIN: Final = timedelta(hours=1)
_ENOUGH: Final = _(
    "Many have begun to ask from where you are in the last hour. Log in to go on at once, or call us."
)


@transaction.atomic
def keep(*, by: Actor, where: Where, step: str, answers: Mapping[str, Any], sender: str = "") -> Draft:
    """Keep the answers of one step. Raises Problems where they are wrong; then nothing is kept.

    `sender` is where a visitor's answers come from: from one address no more are begun than a library sees.
    """
    must_hold(by)
    before = drafts.words(by, where)
    words = {**before, **answers}
    if before.get("service") not in (None, words.get("service")):
        words |= {"more": "", "outlay_how": "", "outlay_ceiling": ""}  # another service asks other things
    refuse(rules.problems_of_step(wish_of(words, clock.now()), clock.now(), FIELDS[step]))
    draft = drafts.find(by, where)
    if draft is None:
        if by.person_id is None and sender:
            take_turn(deed="draft.begun", sender=sender, most=_MOST, within=_WITHIN, words=_ENOUGH)
        return _new(by, where, words)
    Draft.objects.of(where.municipality_id).filter(pk=draft.pk).update(words=words, changed_at=clock.now())
    draft.words = words
    return draft


def look_over(
    *, by: Actor, where: Where, step: str, answers: Mapping[str, Any], given: Collection[str]
) -> None:
    """Raise Problems where what was given so far is wrong, so that all can be mended at once."""
    words = {**drafts.words(by, where), **answers}
    refuse(rules.problems_of_step(wish_of(words, clock.now()), clock.now(), FIELDS[step] & set(given)))


def _new(by: Actor, where: Where, words: dict[str, Any]) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(
                municipality_id=where.municipality_id,
                person_id=by.whose if by.person_id else None,
                begun_by_id=drafts.begun_by(by),
                ask_id=where.ask_id,
                words=words,
            )
    except IntegrityError:
        # The same step was sent twice at the same moment: the other one made the draft.
        draft = drafts.find(by, where)
        if draft is None:
            raise
        return draft


@transaction.atomic
def claim(*, by: Actor, where: Where) -> None:
    """A visitor has logged in: what they answered becomes theirs, instead of anything older."""
    if where.visitor_draft is None:
        return
    left = Draft.objects.of(where.municipality_id).filter(pk=where.visitor_draft, person=None, ask=None)
    draft = left.first()
    if draft is None:
        return
    begun_by = drafts.begun_by(by)
    earlier = Draft.objects.of(where.municipality_id).filter(person_id=by.whose, ask=None)
    earlier.filter(begun_by_id=begun_by).delete()
    left.update(person_id=by.whose, begun_by_id=begun_by, words={**drafts.known(by), **draft.words})


@transaction.atomic
def drop(*, by: Actor, where: Where) -> None:
    """Throw an unfinished ask away."""
    must_hold(by)
    draft = drafts.find(by, where)
    if draft is not None:
        draft.delete()


@transaction.atomic
def prepare(*, by: Actor, where: Where) -> None:
    """Apply for what sending needs, by itself, so that the application stands even where it has to wait."""
    must_hold(by)
    draft = drafts.find(by, where)
    if draft is not None:
        secure_permit(by=by, service_id=wish_of(draft.words, clock.now()).service_id)


@transaction.atomic
def send(*, by: Actor, where: Where, accepted: bool, excepted: tuple[str, ...] = ()) -> Ask:
    """Send what was answered: a new ask, or the change of one. The draft is gone afterwards."""
    must_hold(by)
    draft = drafts.find(by, where)
    if draft is None or first_open(draft.words) != "send":
        raise NotFound("nothing to send")
    words = {**draft.words, "accepted": "yes" if accepted else "", "excepted": list(excepted)}
    wish = wish_of(words, clock.now())
    if not Draft.objects.of(where.municipality_id).filter(pk=draft.pk).delete()[0]:
        raise NotFound("sent already, from another page")
    if where.ask_id is not None:
        return change_ask(by=by, ask_id=where.ask_id, wish=wish)
    return open_ask(by=by, wish=wish)


def forget_drafts() -> int:
    """Forget what was never sent: a visitor's after a week, a person's after three months."""
    now = clock.now()
    old = Draft.objects.everywhere()
    visitors = old.filter(person=None, changed_at__lt=now - _VISITORS_KEPT)
    persons = old.exclude(person=None).filter(changed_at__lt=now - _KEPT)
    return visitors.delete()[0] + persons.delete()[0]


def forget_drafts_of(person_id: UUID) -> None:
    """Forget all that a person has not sent, in every town: they leave, or are protected from now on."""
    theirs = Q(person_id=person_id) | Q(begun_by_id=person_id)
    Draft.objects.everywhere().filter(theirs).delete()


def forget_drafts_between(by: Actor, mandate: Mandate) -> None:
    """Forget what one had begun for another: they act for them no longer."""
    drafts_of = Draft.objects.of(mandate.municipality_id).filter(person_id=mandate.helped_id)
    drafts_of.filter(begun_by_id=mandate.proxy_id).delete()
