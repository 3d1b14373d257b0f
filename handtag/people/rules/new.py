"""What forms hand over about somebody: plain values, frozen."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of somebody: the first name is enough. A chosen name of None is left as it is."""

    given_name: str
    family_name: str = ""
    email: str = ""
    phone: str = ""
    age: str = "unknown"
    language: str = "sv"
    speaks: tuple[str, ...] = ()
    address: str = ""
    postcode: str = ""
    post_town: str = ""
    place_id: UUID | None = None
    longitude: float | None = None
    latitude: float | None = None
    chosen_name: str | None = None
