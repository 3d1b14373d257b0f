"""Who is coming to the asker's door, and what the municipality has seen of them."""

from dataclasses import dataclass
from uuid import UUID

from handtag.errands.queries.status import Coming, Status, status
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.mandates.queries import proxies_of
from handtag.notices.queries import voice_line
from handtag.people.models import Person
from handtag.people.queries import contact_of
from handtag.permits.queries import Verification, verification


@dataclass(frozen=True, slots=True)
class Who:
    """One helper on the way, for the asker's eyes."""

    status: Status
    coming: Coming
    verification: Verification
    phone: str
    is_proxy: bool
    is_put_through: bool

    @property
    def may_do_this(self) -> bool:
        """Whether the helper is approved for this very service today."""
        return self.status.service.words.name in self.verification.services


def who(by: Actor, ask_id: UUID, errand_id: UUID) -> Who:
    """Who comes by this errand; NotFound where it is not of one's own ask, or is over."""
    found = status(by, ask_id)
    each = next((c for date in found.dates for c in date.coming if c.errand_id == errand_id), None)
    if each is None or not each.is_ahead:
        raise NotFound("errand")
    person = Person.objects.get(pk=each.person_id)
    phone = contact_of(person, by, close=True).phone_shown
    through = bool(phone and voice_line(by.tenant))
    return Who(
        status=found,
        coming=each,
        verification=verification(each.person_id, by.tenant),
        phone="" if through else phone,
        is_put_through=through,
        is_proxy=each.person_id in proxies_of(by.tenant, found.ask.asker_id),
    )
