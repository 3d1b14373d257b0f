"""Reading groups: which there are, whose they are, and who is in them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from handtag.groups.models import Group, Membership
from handtag.groups.rules import ASKED, INVITED, MEMBER
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Right
from handtag.people import queries as people

KINDS = {
    Group.Kind.AREA: _("area group"),
    Group.Kind.ASSOCIATION: _("association"),
    Group.Kind.VILLAGE_COUNCIL: _("village council"),
    Group.Kind.ORGANISATION: _("organisation"),
}
JOININGS = {
    Group.Joining.OPEN: _("Open to all"),
    Group.Joining.APPROVAL: _("Somebody in the group says yes first"),
    Group.Joining.INVITATION: _("By invitation only"),
}


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as lists show it; `state` is how the reader stands in it."""

    id: UUID
    name: str
    kind: str
    joining: str
    about: str
    written_in: str
    area_id: UUID | None
    members: int = 0
    asked: int = 0
    state: str = ""

    @property
    def kind_words(self) -> str:
        """What kind of group it is."""
        return str(KINDS[Group.Kind(self.kind)])

    @property
    def joining_words(self) -> str:
        """How one gets in."""
        return str(JOININGS[Group.Joining(self.joining)])


@dataclass(frozen=True, slots=True)
class MemberRow:
    """Somebody in a group, or on the way in."""

    membership_id: UUID
    person_id: UUID
    name: str
    state: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A group as those who look after it see it."""

    group: GroupRow
    asked: list[MemberRow]
    invited: list[MemberRow]
    members: list[MemberRow]


def open_groups(municipality_id: UUID) -> list[GroupRow]:
    """The groups of a municipality that are not closed: area groups first, then by name."""
    return [_row(group) for group in _counted(municipality_id)]


def for_person(by: Actor) -> list[GroupRow]:
    """The open groups with how the reader stands in each; those by invitation only if invited or in."""
    return seen_by(by, by.tenant)


def seen_by(by: Actor, municipality_id: UUID) -> list[GroupRow]:
    """The same for anybody, visitors too: of groups by invitation nobody else hears."""
    around = _counted(municipality_id)
    rows = [_row(group) for group in (_with_state(around, by.whose) if by.person_id else around)]
    return [row for row in rows if row.joining != Group.Joining.INVITATION or row.state in (INVITED, MEMBER)]


def of_person(municipality_id: UUID, person_id: UUID) -> set[UUID]:
    """The open groups somebody is in."""
    mine = Membership.objects.of(municipality_id).filter(person_id=person_id, state=MEMBER)
    return set(mine.filter(group__closed_at=None).values_list("group_id", flat=True))


def names_of(by: Actor) -> list[str]:
    """The names of the groups the reader is in."""
    mine = Group.objects.of(by.tenant).filter(
        closed_at=None, memberships__person_id=by.whose, memberships__state=MEMBER
    )
    return list(mine.order_by("name").values_list("name", flat=True))


def kept_by(by: Actor) -> list[GroupRow]:
    """The groups this actor looks after."""
    by.must(Right.MANAGE_GROUPS)
    rows = [_row(group) for group in _counted(by.tenant)]
    return [row for row in rows if by.may(Right.MANAGE_GROUPS, group_id=row.id)]


def may_make(by: Actor) -> bool:
    """Whether this actor looks after every group, also one that is not made yet."""
    return by.may(Right.MANAGE_GROUPS, group_id=UUID(int=0))


def scopes(by: Actor) -> list[people.Scope]:
    """The groups that a role may be narrowed to; closed ones by name only."""
    rows = Group.objects.of(by.tenant).order_by("name").values_list("id", "name", "closed_at")
    return [people.Scope(key, name, is_offered=closed_at is None) for key, name, closed_at in rows]


def page(by: Actor, group_id: UUID) -> GroupPage:
    """One group with its people; who is protected is on no list but the officers'."""
    by.must(Right.MANAGE_GROUPS, group_id=group_id)
    group = _counted(by.tenant).filter(pk=group_id).first()
    if group is None:
        raise NotFound("group")
    rows = Membership.objects.of(by.tenant).filter(group_id=group_id, state__in=(ASKED, INVITED, MEMBER))
    if not by.may(Right.KEEP_PROTECTED):
        rows = rows.filter(Q(person__protection="none") | Q(person_id=by.person_id))
    lines = list(rows.order_by("changed_at").values_list("id", "person_id", "state", "changed_at"))
    names = people.names(by, [person_id for _id, person_id, _state, _at in lines])
    found = [MemberRow(key, person, names[person], state, at) for key, person, state, at in lines]
    by_state = {state: [row for row in found if row.state == state] for state in (ASKED, INVITED, MEMBER)}
    return GroupPage(_row(group), by_state[ASKED], by_state[INVITED], by_state[MEMBER])


def group(municipality_id: UUID, group_id: UUID) -> Group:
    """One open group, or NotFound."""
    found = Group.objects.of(municipality_id).filter(pk=group_id, closed_at=None).first()
    if found is None:
        raise NotFound("group")
    return found


def state_in(municipality_id: UUID, group_id: UUID, person_id: UUID) -> str:
    """How somebody stands in one group; empty if not at all."""
    rows = Membership.objects.of(municipality_id).filter(group_id=group_id, person_id=person_id)
    return rows.values_list("state", flat=True).first() or ""


def _counted(municipality_id: UUID) -> QuerySet[Group]:
    """Open groups with their numbers; a protected member is counted in no figure."""
    seen = Q(memberships__person__protection="none")
    return (
        Group.objects.of(municipality_id)
        .filter(closed_at=None)
        .annotate(
            member_count=Count("memberships", filter=seen & Q(memberships__state=MEMBER)),
            asked_count=Count("memberships", filter=seen & Q(memberships__state=ASKED)),
        )
        .order_by("kind", "name")
    )


def _with_state(groups: QuerySet[Group], person_id: UUID) -> QuerySet[Group]:
    """The same, with how somebody stands in each."""
    theirs = Membership.objects.filter(group=OuterRef("pk"), person_id=person_id)
    return groups.annotate(state=Subquery(theirs.values("state")[:1]))


def _row(group: Group) -> GroupRow:
    return GroupRow(
        group.id,
        group.name,
        group.kind,
        group.joining,
        group.about,
        group.written_in,
        group.area_id,
        getattr(group, "member_count", 0),
        getattr(group, "asked_count", 0),
        getattr(group, "state", None) or "",
    )
