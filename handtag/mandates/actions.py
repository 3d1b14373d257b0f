"""Making, ending and letting lapse the mandates by which one person acts for another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound, Problem, Problems, TooLate, Words
from handtag.kernel.rights import Right, Role
from handtag.mandates import messages, queries, rules
from handtag.mandates.models import Mandate
from handtag.mandates.queries import OfPerson, Sheet
from handtag.mandates.rules import Because, NewMandate
from handtag.papers.documents import letter
from handtag.people.actions import RoleChange
from handtag.people.queries.walls import here_and_visible

__all__ = [
    "AFTER_END",
    "NewMandate",
    "ReasonNeeded",
    "ask_renewal",
    "end_all",
    "end_mandate",
    "end_office",
    "forget_person",
    "lapse_due",
    "make_mandate",
    "open_person",
    "open_sheet",
    "print_mandate",
    "remind",
    "take_on",
]

# What rooms above throw away when somebody no longer acts for another; set in their apps.ready().
AFTER_END: list[Callable[[Actor, Mandate], None]] = []
_AT_A_TIME: Final = 200

_TROUBLES: Final[dict[str, Words]] = {
    "start": _("It can begin today at the earliest, and within two months."),
    "end_first": _("The last day comes after the first."),
    "too_long": _("It can hold for a year at most. Choose an earlier last day."),
    "evidence": _("Write what you have seen, such as a decision of the chief guardian."),
    "consent": _("Write the words that the person said yes to."),
    "not_yet": _("That day has not come yet."),
}


class ReasonNeeded(Problem):
    """A protected record opens only to somebody who says why."""


@transaction.atomic
def open_person(*, by: Actor, person_id: UUID, reason: str = "") -> OfPerson:
    """Somebody's mandates, with the reading logged; of a protected person only with a reason."""
    found = queries.of_person(by, person_id)
    if found.is_protected:
        by.must_be_fresh()
    if found.is_protected and not reason.strip():
        raise ReasonNeeded(_("Write why you need to open this record. It is kept."), field="reason")
    history.looked(by=by, about=found.person_id, page="mandates", reason=reason.strip())
    return found


@transaction.atomic
def open_sheet(*, by: Actor, mandate_id: UUID) -> Sheet:
    """A mandate on paper, for staff: that they read what was said is logged for both of whom it is said."""
    by.must(Right.KEEP_MANDATES)
    found = queries.sheet(by, mandate_id)
    for person_id in (found.row.helped_id, found.row.proxy_id):
        history.looked(by=by, about=person_id, page="mandate")
    return found


@transaction.atomic
def print_mandate(*, by: Actor, mandate_id: UUID, in_language: str = "") -> bytes:
    """The same as a file to print: for one of the two, or for staff, whose reading is logged."""
    found = queries.kept(by, mandate_id)
    if by.person_id not in (found.helped_id, found.proxy_id):
        for person_id in (found.helped_id, found.proxy_id):
            history.looked(by=by, about=person_id, page="mandate")
    return letter(queries.paper(by, mandate_id, in_language))


@transaction.atomic
def make_mandate(*, by: Actor, helped_id: UUID, proxy_id: UUID, new: NewMandate) -> Mandate:
    """Note that one may act for the other; it takes the place of an earlier one between the two.

    Nobody makes their own: two pairs of eyes. Protected persons exist here for the officers alone.
    """
    by.must(Right.KEEP_MANDATES)
    if by.person_id in (helped_id, proxy_id):
        raise Problem(_("Somebody else on the staff must make a mandate that you have part in."))
    return _make(by, helped_id, proxy_id, new)


@transaction.atomic
def take_on(*, by: Actor, helped_id: UUID, new: NewMandate) -> Mandate:
    """Somebody whom an ambassador meets at work has said yes to being asked for, by this ambassador alone.

    The helped is told in a way of their own, and it ends with the role: that is the second pair of eyes.
    """
    by.must(Right.ASK_FOR_OTHERS)
    if new.kind != Mandate.Kind.STAFF:
        raise Problem(_("Choose one of these."), field="kind")
    live = Mandate.objects.of(by.tenant).filter(proxy_id=by.person, ended_at=None)
    if live.exclude(helped_id=helped_id).count() >= rules.MOST_HELPED:
        raise Problem(_("You ask for as many as one can know. End it for somebody you no longer meet."))
    return _make(by, helped_id, by.person, new)


@transaction.atomic
def end_mandate(*, by: Actor, mandate_id: UUID, side: str = "") -> Mandate:
    """End a mandate at once: either side does, or staff for one of them (`side`); twice changes nothing."""
    mandate = queries.kept(by, mandate_id)
    because = _whose_will(by, mandate, side)
    if mandate.ended_at is None:
        acts = by if by.office or by.person_id in (mandate.helped_id, mandate.proxy_id) else _by_phone(by)
        if _end(acts, mandate, because):
            messages.tell_both(mandate, "ended")
    mandate.refresh_from_db()
    return mandate


def lapse_due() -> int:
    """End what has had its last day, and tell the two; returns how many. Safe to run twice, or by two."""
    over = Mandate.objects.everywhere().filter(ended_at=None, ends_on__lt=clock.today()).order_by("ends_on")
    return sum(_lapse(mandate) for mandate in list(over.select_related("municipality")[:_AT_A_TIME]))


def ask_renewal() -> int:
    """Ask the two whether it shall go on, a month ahead; returns how many were asked about."""
    return _all_ask(_Asking("renewal_asked_at", rules.RENEWAL_ASKED, "mandate.renewal_asked", "renewal"))


def remind() -> int:
    """The same a week ahead, for who has not answered; returns how many were reminded."""
    return _all_ask(_Asking("reminded_at", rules.REMINDED, "mandate.reminded", "reminder"))


def end_office(by: Actor, change: RoleChange) -> None:
    """Somebody is an ambassador no more: what they could do for those they met at work ends with it."""
    if change.given or change.role != Role.AMBASSADOR:
        return
    theirs = Mandate.objects.of(by.tenant).filter(
        proxy_id=change.person_id, kind=Mandate.Kind.STAFF, ended_at=None
    )
    because = Because.PROXY if by.person_id == change.person_id else Because.MUNICIPALITY
    for mandate in list(theirs.select_related("municipality")):
        if _end(by, mandate, because):
            messages.tell_both(mandate, "ended")


def end_all(by: Actor, person_id: UUID) -> None:
    """Somebody is protected from now on: no mandate of theirs holds, until an officer makes one."""
    for mandate in _live_of(person_id):
        if _end(by, mandate, Because.PROTECTED):
            messages.tell_both(mandate, "ended")


def forget_person(by: Actor, person_id: UUID) -> None:
    """Somebody's details are destroyed: their mandates end, and what was seen and said goes."""
    for mandate in _live_of(person_id):
        if _end(by, mandate, Because.ERASED):
            messages.tell_left(mandate, person_id)
    theirs = Mandate.objects.everywhere().filter(Q(helped_id=person_id) | Q(proxy_id=person_id))
    theirs.update(evidence="", consent="")


def _make(by: Actor, helped_id: UUID, proxy_id: UUID, new: NewMandate) -> Mandate:
    _refuse(by, new)
    if helped_id == proxy_id:
        raise Problem(_("Choose two different people."))
    if here_and_visible(by).filter(pk__in=[helped_id, proxy_id]).count() != len({helped_id, proxy_id}):
        raise NotFound("person")
    _make_room(by, helped_id, proxy_id)
    mandate = _write(by, helped_id, proxy_id, new)
    history.record(
        by=by,
        verb="mandate.made",
        kind="mandate",
        object_id=mandate.id,
        about=helped_id,
        mandate_kind=new.kind,
        services=len(new.services),
        how=new.consent_how,
        wording=new.consent_version,
        language=new.consent_language,
    )
    messages.tell_both(mandate, "made")
    return mandate


def _refuse(by: Actor, new: NewMandate) -> None:
    wrong = rules.problems(new, clock.today())
    found = [Problem(_TROUBLES[code], field=name) for name, code in wrong]
    if new.kind not in Mandate.Kind.values or new.consent_how not in Mandate.How.values:
        found.append(Problem(_("Choose one of these."), field="kind"))
    if not {one.id for one in queries.service_scopes(by)}.issuperset(new.services):
        found.append(Problem(_("Choose among the services here."), field="services"))
    if found:
        raise Problems(found)


def _make_room(by: Actor, helped_id: UUID, proxy_id: UUID) -> None:
    """What holds between the two gives place to the new one."""
    between = Mandate.objects.of(by.tenant).filter(helped_id=helped_id, proxy_id=proxy_id, ended_at=None)
    for earlier in between.select_related("municipality"):
        _end(by, earlier, Because.RENEWED)


def _write(by: Actor, helped_id: UUID, proxy_id: UUID, new: NewMandate) -> Mandate:
    now, left = clock.now(), new.ends_on - clock.today()
    try:
        with transaction.atomic():
            return Mandate.objects.create(
                municipality_id=by.tenant,
                helped_id=helped_id,
                proxy_id=proxy_id,
                kind=new.kind,
                services=sorted(str(each) for each in new.services),
                evidence=new.evidence.strip(),
                evidence_on=new.evidence_on,
                evidence_by_id=by.person,
                consent=new.consent.strip(),
                consent_how=new.consent_how,
                consent_on=new.consent_on,
                consent_to_id=by.person,
                consent_version=new.consent_version,
                consent_language=new.consent_language,
                proxy_told=new.proxy_told,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
                made_at=now,
                # What is so short is said when it is made, not again the same day.
                renewal_asked_at=now if left <= rules.RENEWAL_ASKED else None,
                reminded_at=now if left <= rules.REMINDED else None,
            )
    except IntegrityError:
        raise TooLate(
            _("Somebody made one between the two just now. Have a look at how it stands.")
        ) from None


def _by_phone(by: Actor) -> Actor:
    return replace(by, via=Via.PHONE)


def _whose_will(by: Actor, mandate: Mandate, side: str) -> Because:
    own = {mandate.helped_id: Because.HELPED, mandate.proxy_id: Because.PROXY}
    will = by.whose if by.office else by.person_id  # staff who carry a caller's words end it by that will
    if will in own:
        return own[will]
    by.must(Right.KEEP_MANDATES)
    if side not in rules.SIDES:
        raise Problem(_("Choose who wants it to end."), field="side")
    return Because(side)


def _end(by: Actor, mandate: Mandate, because: Because) -> bool:
    """Compare and swap: one row changed means that it was ours to end."""
    live = Mandate.objects.of(mandate.municipality_id).filter(pk=mandate.pk, ended_at=None)
    live.select_for_update().first()  # a deed that has begun is waited for
    if not live.update(ended_at=clock.now(), ended_by_id=by.person_id, ended_because=because.value):
        return False
    history.record(
        by=by,
        verb="mandate.lapsed" if because == Because.TIME else "mandate.ended",
        kind="mandate",
        object_id=mandate.id,
        about=mandate.helped_id,
        because=because.value,
    )
    for consequence in AFTER_END:
        consequence(by, mandate)
    return True


@transaction.atomic
def _lapse(mandate: Mandate) -> bool:
    if not _end(system(mandate.municipality_id), mandate, Because.TIME):
        return False
    messages.tell_both(mandate, "ended")
    return True


class _Asking(NamedTuple):
    """One of the times when the two are asked whether it shall go on."""

    column: str
    ahead: timedelta
    verb: str
    letter: str


def _all_ask(asking: _Asking) -> int:
    soon = Mandate.objects.everywhere().filter(
        ended_at=None,
        ends_on__gte=clock.today(),
        ends_on__lte=clock.today() + asking.ahead,
        **{asking.column: None},
    )
    return sum(_ask(mandate, asking) for mandate in list(soon.select_related("municipality")[:_AT_A_TIME]))


@transaction.atomic
def _ask(mandate: Mandate, asking: _Asking) -> bool:
    live = Mandate.objects.of(mandate.municipality_id).filter(pk=mandate.pk, ended_at=None)
    if not live.filter(**{asking.column: None}).update(**{asking.column: clock.now()}):
        return False
    history.record(
        by=system(mandate.municipality_id),
        verb=asking.verb,
        kind="mandate",
        object_id=mandate.id,
        about=mandate.helped_id,
    )
    messages.tell_both(mandate, asking.letter)
    return True


def _live_of(person_id: UUID) -> list[Mandate]:
    live = Mandate.objects.everywhere().filter(ended_at=None).select_related("municipality")
    return list(live.filter(Q(helped_id=person_id) | Q(proxy_id=person_id)))
