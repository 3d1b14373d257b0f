"""Making, ending and letting lapse the mandates by which one person acts for another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import NotFound, Problem, Problems, TooLate, Words
from handtag.kernel.rights import Right
from handtag.mandates import messages, queries, rules
from handtag.mandates.models import Mandate
from handtag.mandates.queries import OfPerson, Sheet
from handtag.mandates.rules import Because, NewMandate
from handtag.people.queries.walls import here_and_visible

__all__ = [
    "AFTER_END",
    "NewMandate",
    "ReasonNeeded",
    "ask_renewal",
    "end_all",
    "end_mandate",
    "forget_person",
    "lapse_due",
    "make_mandate",
    "open_person",
    "open_sheet",
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
def make_mandate(*, by: Actor, helped_id: UUID, proxy_id: UUID, new: NewMandate) -> Mandate:
    """Note that one may act for the other; it takes the place of an earlier one between the two.

    Nobody makes their own: two pairs of eyes. Protected persons exist here for the officers alone.
    """
    by.must(Right.KEEP_MANDATES)
    _refuse(by, new)
    if by.person_id in (helped_id, proxy_id):
        raise Problem(_("Somebody else on the staff must make a mandate that you have part in."))
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
    )
    messages.tell_both(mandate, "made")
    return mandate


@transaction.atomic
def end_mandate(*, by: Actor, mandate_id: UUID, side: str = "") -> Mandate:
    """End a mandate at once: either side does, or staff for one of them (`side`); twice changes nothing."""
    mandate = queries.kept(by, mandate_id)
    because = _whose_will(by, mandate, side)
    if mandate.ended_at is None:
        acts = replace(by, via=Via.PHONE) if by.person_id not in (mandate.helped_id, mandate.proxy_id) else by
        if _end(acts, mandate, because):
            messages.tell_both(mandate, "ended")
    mandate.refresh_from_db()
    return mandate


def lapse_due() -> int:
    """End what has had its last day, and tell the two; returns how many. Safe to run twice, or by two."""
    over = Mandate.objects.everywhere().filter(ended_at=None, ends_on__lt=clock.today()).order_by("ends_on")
    return sum(_lapse(mandate) for mandate in list(over.select_related("municipality")[:_AT_A_TIME]))


def ask_renewal() -> int:
    """Ask the two, once and a month ahead, whether it shall go on; returns how many were asked about."""
    soon = Mandate.objects.everywhere().filter(
        ended_at=None,
        renewal_asked_at=None,
        ends_on__gte=clock.today(),
        ends_on__lte=clock.today() + rules.RENEWAL_ASKED,
    )
    return sum(_ask_renewal(mandate) for mandate in list(soon.select_related("municipality")[:_AT_A_TIME]))


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
                starts_on=new.starts_on,
                ends_on=new.ends_on,
                made_at=clock.now(),
            )
    except IntegrityError:
        raise TooLate(
            _("Somebody made one between the two just now. Have a look at how it stands.")
        ) from None


def _whose_will(by: Actor, mandate: Mandate, side: str) -> Because:
    own = {mandate.helped_id: Because.HELPED, mandate.proxy_id: Because.PROXY}
    if by.person_id in own:
        return own[by.person_id]
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


@transaction.atomic
def _ask_renewal(mandate: Mandate) -> bool:
    live = Mandate.objects.of(mandate.municipality_id).filter(pk=mandate.pk, ended_at=None)
    if not live.filter(renewal_asked_at=None).update(renewal_asked_at=clock.now()):
        return False
    history.record(
        by=system(mandate.municipality_id),
        verb="mandate.renewal_asked",
        kind="mandate",
        object_id=mandate.id,
        about=mandate.helped_id,
    )
    messages.tell_both(mandate, "renewal")
    return True


def _live_of(person_id: UUID) -> list[Mandate]:
    live = Mandate.objects.everywhere().filter(ended_at=None).select_related("municipality")
    return list(live.filter(Q(helped_id=person_id) | Q(proxy_id=person_id)))
