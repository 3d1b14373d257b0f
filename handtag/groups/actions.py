"""Making and closing groups, and letting people in and out."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.groups import messages, queries, rules
from handtag.groups.models import Group, Membership
from handtag.history.actions import record
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, TooLate
from handtag.kernel.rights import Right
from handtag.kernel.tongues import written_in
from handtag.municipalities.actions import AreasChanged
from handtag.municipalities.models import Area, Municipality
from handtag.people.models import Person
from handtag.people.queries.walls import here_and_visible

DONE = {"approve": "approved", "decline": "declined", "remove": "removed", "invite": "invited"}


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What is said of a group when it is made or changed."""

    name: str
    kind: str = Group.Kind.ASSOCIATION.value
    joining: str = Group.Joining.OPEN.value
    about: str = ""


@transaction.atomic
def join(*, by: Actor, group_id: UUID) -> Membership:
    """Want into a group: in at once where it is open or one is invited, else on the list of who asks."""
    by.must(Right.TAKE_PART)
    group = queries.group(by.tenant, group_id)
    state = queries.state_in(by.tenant, group_id, by.whose) or rules.NONE
    after = rules.after_join(group.joining, state)
    if after is None:
        raise NotFound("group")
    if after == state:
        return Membership.objects.of(by.tenant).get(group_id=group_id, person_id=by.whose)
    verb = "group.joined" if after == rules.MEMBER else "group.asked"
    return _move(by, group_id, by.whose, (state, after), verb)


@transaction.atomic
def leave(*, by: Actor, group_id: UUID) -> None:
    """Leave a group, take back that one asked, or say no to an invitation; twice changes nothing."""
    by.must(Right.TAKE_PART)
    queries.group(by.tenant, group_id)
    state = queries.state_in(by.tenant, group_id, by.whose)
    if state in (rules.MEMBER, rules.ASKED, rules.INVITED):
        _move(by, group_id, by.whose, (state, rules.LEFT), "group.left")


@transaction.atomic
def answer(*, by: Actor, group_id: UUID, membership_id: UUID, answer: str) -> Membership:
    """Say yes or no to who asks, or take a member out."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    queries.group(by.tenant, group_id)
    row = Membership.objects.of(by.tenant).filter(pk=membership_id, group_id=group_id).first()
    if row is None:
        raise NotFound("membership")
    _must_be_here(by, row.person_id)
    return _answer(by, row.group_id, row.person_id, row.state, answer)


def approve(*, by: Actor, group_id: UUID, membership_id: UUID) -> Membership:
    """Let in somebody who asks."""
    return answer(by=by, group_id=group_id, membership_id=membership_id, answer="approve")


def decline(*, by: Actor, group_id: UUID, membership_id: UUID) -> Membership:
    """Say no to somebody who asks, or take an invitation back."""
    return answer(by=by, group_id=group_id, membership_id=membership_id, answer="decline")


@transaction.atomic
def invite(*, by: Actor, group_id: UUID, person_id: UUID) -> Membership:
    """Invite somebody of this municipality; who asks already is let in."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    queries.group(by.tenant, group_id)
    _must_be_here(by, person_id)
    state = queries.state_in(by.tenant, group_id, person_id) or rules.NONE
    return _answer(by, group_id, person_id, state, "invite")


@transaction.atomic
def invite_address(*, by: Actor, group_id: UUID, email: str) -> None:
    """Invite by e-mail address; whether anybody has it is told to nobody."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    queries.group(by.tenant, group_id)
    for person_id in Person.objects.filter(email=email.strip().casefold()).values_list("id", flat=True):
        try:
            invite(by=by, group_id=group_id, person_id=person_id)
        except NotFound:
            continue


@transaction.atomic
def make_group(*, by: Actor, new: NewGroup, area_id: UUID | None = None) -> Group:
    """Make a group; for somebody whose role is not narrowed to some groups."""
    group = Group(municipality_id=by.tenant, area_id=area_id)
    by.must(Right.MANAGE_GROUPS, group_id=group.id)
    _write(group, new, force_insert=True)
    record(by=by, verb="group.made", kind="group", object_id=group.id, joining=group.joining)
    return group


@transaction.atomic
def change_group(*, by: Actor, group_id: UUID, new: NewGroup) -> Group:
    """Change what a group is called, says of itself, and how one gets in."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    group = queries.group(by.tenant, group_id)
    _write(group, new, force_insert=False)
    record(by=by, verb="group.changed", kind="group", object_id=group.id, joining=group.joining)
    return group


@transaction.atomic
def close_group(*, by: Actor, group_id: UUID) -> None:
    """Close a group: it is on no list any more, and its people are in the others they chose."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    queries.group(by.tenant, group_id)
    Group.objects.of(by.tenant).filter(pk=group_id, closed_at=None).update(closed_at=clock.now())
    record(by=by, verb="group.closed", kind="group", object_id=group_id)


def give_area_groups(town: Municipality, by: Actor) -> None:
    """Each area of a new municipality gets its group."""
    for area in Area.objects.of(town.id).filter(retired_at=None):
        _area_group(by, area)


def follow_areas(by: Actor, changed: AreasChanged) -> None:
    """New areas get their groups; those of retired areas close."""
    for area in Area.objects.of(changed.municipality_id).filter(pk__in=[*changed.added, *changed.redrawn]):
        _area_group(by, area)
    gone = Group.objects.of(changed.municipality_id).filter(area_id__in=changed.retired, closed_at=None)
    for group_id in list(gone.values_list("id", flat=True)):
        gone.filter(pk=group_id).update(closed_at=clock.now())
        record(by=by, verb="group.closed", kind="group", object_id=group_id)


def forget_person(by: Actor, person_id: UUID) -> None:
    """Whoever is erased is in no group."""
    Membership.objects.everywhere().filter(person_id=person_id).delete()


def _must_be_here(by: Actor, person_id: UUID) -> None:
    """Who looks after a group may open nobody's page, but lets in those of the town whom they may see."""
    if not here_and_visible(by).filter(pk=person_id).exists():
        raise NotFound("person")


def _area_group(by: Actor, area: Area) -> None:
    """One group for an area, by the first name that nobody has taken, also at this moment."""
    groups = Group.objects.of(area.municipality_id).filter(closed_at=None)
    for name in _names(area.name):
        if groups.filter(area=area).exists():
            return
        group = Group(municipality_id=area.municipality_id, area=area, name=name)
        Group.objects.bulk_create([group], ignore_conflicts=True)
        if groups.filter(pk=group.pk).exists():
            record(by=by, verb="group.made", kind="group", object_id=group.id, joining=group.joining)
            return


def _names(name: str) -> Iterator[str]:
    """The name, then the same with (2), (3) …, cut so that it fits."""
    longest = Group._meta.get_field("name").max_length or len(name)
    yield name
    for number in count(2):
        ending = f" ({number})"
        yield f"{name[: longest - len(ending)]}{ending}"


def _write(group: Group, new: NewGroup, *, force_insert: bool) -> None:
    before = group.about
    group.name, group.about = " ".join(new.name.split()), new.about.strip()
    if group.about != before:
        group.written_in = written_in(group.about)
    group.kind, group.joining = new.kind, new.joining
    if not group.name:
        raise Problem(_("Write what the group is called."), field="name")
    try:
        with transaction.atomic():
            group.save(force_insert=force_insert)
    except IntegrityError as taken:
        raise Problem(_("There is a group with that name. Choose another one."), field="name") from taken


def _answer(by: Actor, group_id: UUID, person_id: UUID, state: str, answer: str) -> Membership:
    after = rules.after_answer(answer, state)
    if after is None:
        raise TooLate(_("This has been answered already. The list shows how it stands now."))
    if after == state:
        return Membership.objects.of(by.tenant).get(group_id=group_id, person_id=person_id)
    moved = _move(by, group_id, person_id, (state, after), f"group.{DONE[answer]}")
    told = "approve" if after == rules.MEMBER else answer
    messages.tell_of(told, municipality_id=by.tenant, person_id=person_id, membership_id=moved.id)
    return moved


def _move(by: Actor, group_id: UUID, person_id: UUID, step: tuple[str, str], verb: str) -> Membership:
    """Compare and swap: from the state that was read, or not at all."""
    before, after = step
    rows = Membership.objects.of(by.tenant).filter(group_id=group_id, person_id=person_id)
    if before == rules.NONE:
        fresh = Membership(municipality_id=by.tenant, group_id=group_id, person_id=person_id, state=after)
        Membership.objects.bulk_create([fresh], ignore_conflicts=True)
        moved = rows.filter(pk=fresh.pk).exists()
    else:
        moved = bool(rows.filter(state=before).update(state=after, changed_at=clock.now()))
    if not moved:
        raise TooLate(_("Somebody was quicker. The list shows how it stands now."))
    row = rows.get()
    record(by=by, verb=verb, kind="group", object_id=group_id, about=person_id)
    return row
