"""What is known of somebody, in the form in which it is changed."""

from uuid import UUID

from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.people.queries.pages import person
from handtag.people.rules.new import NewPerson


def details(by: Actor, person_id: UUID) -> NewPerson:
    """Everything of one person that a form may change, as it stands."""
    found = person(by, person_id)
    return NewPerson(
        given_name=found.given_name,
        family_name=found.family_name,
        email=found.email,
        phone=phones.shown(found.phone),
        age=found.age,
        language=found.language,
        speaks=tuple(found.speaks),
        address=found.address,
        postcode=found.postcode,
        post_town=found.post_town,
        place_id=found.place_id,
        longitude=found.longitude,
        latitude=found.latitude,
        chosen_name=found.chosen_name,
    )
