"""Who does something, where, with which rights and in whose name: one value for all of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from handtag.kernel.errors import FreshLoginNeeded, NotAllowed, NotFound
from handtag.kernel.rights import ROLES, STAFF, Right, Role


class Via(StrEnum):
    """The way a deed came in."""

    WEB = "web"
    PHONE = "phone"
    COUNTER = "counter"
    SMS = "sms"
    LETTER = "letter"
    WORKER = "worker"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Hat:
    """A role held by somebody, narrowed to some services, groups or committees where those are named."""

    role: Role
    id: UUID | None = None
    services: frozenset[UUID] = frozenset()
    groups: frozenset[UUID] = frozenset()
    committees: frozenset[UUID] = frozenset()

    def covers(self, *, service_id: UUID | None, group_id: UUID | None, committee_id: UUID | None) -> bool:
        """Whether the narrowing leaves room for what is named; what is not named is not tested."""
        return (
            (service_id is None or not self.services or service_id in self.services)
            and (group_id is None or not self.groups or group_id in self.groups)
            and (committee_id is None or not self.committees or committee_id in self.committees)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Built once for each request, job or command; `hats` are the roles in force just now."""

    person_id: UUID | None
    municipality_id: UUID | None
    hats: tuple[Hat, ...] = ()
    behalf_of: UUID | None = None
    via: Via = Via.WEB
    partnership_id: UUID | None = None
    within: frozenset[UUID] | None = None  # the services one acts in for another; None for every one
    is_fresh: bool = True  # whether who acts in a browser has shown surely and lately that it is them
    office: Role | None = None  # of staff who carry a caller's words; it gives no right of its own

    @property
    def rights(self) -> frozenset[Right]:
        """Everything this actor may do somewhere in the municipality."""
        return frozenset(right for hat in self.hats for right in ROLES[hat.role])

    @property
    def hat(self) -> Hat | None:
        """The staff role that is on, if any."""
        return next((hat for hat in self.hats if hat.role in STAFF), None)

    @property
    def role(self) -> Role | None:
        """The role to be written beside a deed: the staff role if one is on."""
        if self.office:
            return self.office
        return self.hat.role if self.hat else (self.hats[0].role if self.hats else None)

    @property
    def is_staff(self) -> bool:
        """Whether a staff role is on."""
        return self.hat is not None

    @property
    def tenant(self) -> UUID:
        """The municipality's id; asking without one is a refusal, never everything."""
        if self.municipality_id is None:
            raise NotFound("no municipality")
        return self.municipality_id

    @property
    def person(self) -> UUID:
        """The person's id; a visitor is asked to log in."""
        if self.person_id is None:
            raise NotAllowed("nobody is logged in")
        return self.person_id

    def may(
        self,
        right: Right,
        *,
        service_id: UUID | None = None,
        group_id: UUID | None = None,
        committee_id: UUID | None = None,
    ) -> bool:
        """Whether some hat in force has the right there."""
        return any(
            right in ROLES[hat.role]
            and hat.covers(service_id=service_id, group_id=group_id, committee_id=committee_id)
            for hat in self.hats
        )

    def must(
        self,
        right: Right,
        *,
        inside: UUID | None = None,
        service_id: UUID | None = None,
        group_id: UUID | None = None,
        committee_id: UUID | None = None,
    ) -> None:
        """Refuse unless the right is held, in the municipality `inside` where that is named.

        Raises NotFound for another municipality's things and NotAllowed where the right is missing.
        """
        if inside is not None and inside != self.municipality_id:
            raise NotFound("another municipality")
        if not self.may(right, service_id=service_id, group_id=group_id, committee_id=committee_id):
            raise NotAllowed(f"{right} is needed")

    def must_be_fresh(self) -> None:
        """Refuse, until it is shown anew, unless it was shown within minutes that this is who it says."""
        if not self.is_fresh:
            raise FreshLoginNeeded("shown too long ago")

    def in_name_of(self, person_id: UUID, within: frozenset[UUID] | None = None) -> "Actor":
        """The same actor acting for somebody else; both names show on what is done."""
        return replace(self, behalf_of=person_id, within=within)

    def as_caller(self, person_id: UUID, hats: tuple[Hat, ...]) -> "Actor":
        """Staff who do what a caller says, with the caller's hats: what they may do, nothing more."""
        return replace(self, hats=hats, behalf_of=person_id, within=None, office=self.role, via=Via.PHONE)

    @property
    def hands(self) -> UUID:
        """Who comes when this actor says yes to helping: oneself, or the caller whose words staff carry.

        Who acts for another by a mandate never comes in that name.
        """
        return self.behalf_of if self.office and self.behalf_of else self.person

    def stands_for(self, person_id: UUID | None) -> bool:
        """Whether these are that person's affairs just now: the helped person's alone, or else one's own."""
        return person_id is not None and person_id == (self.behalf_of or self.person_id)

    def covers(self, service_id: UUID) -> bool:
        """Whether one acts in this service: in one's own name in every one."""
        return self.within is None or service_id in self.within

    @property
    def whose(self) -> UUID:
        """Whose affairs these are: the helped person's, or one's own."""
        return self.behalf_of or self.person


def system(municipality_id: UUID | None, via: Via = Via.WORKER) -> Actor:
    """The product itself at work in one municipality."""
    return Actor(None, municipality_id, (Hat(Role.SYSTEM),), via=via)


NOBODY = Actor(None, None)
