"""Who somebody new may be already: the same number, address, or name, age and place, in this town alone."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.people.models import Person
from handtag.people.queries.names import shown_as
from handtag.people.queries.walls import here_and_visible
from handtag.people.rules.new import NewPerson
from handtag.people.rules.seeking import sought

MOST = 5
UNKNOWN = Person.Age.UNKNOWN.value


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody known here who may be the same person, and what of them is the same."""

    id: UUID
    name: str
    place: str
    same: tuple[str, ...]


def alike(by: Actor, new: NewPerson) -> list[Alike]:
    """Those of this municipality who look like somebody about to be registered, the likeliest first.

    Who is protected is not among them, except for the officers: a warning must not tell that they exist.
    The place is said to who may open people's pages.
    """
    by.must(Right.REGISTER_PEOPLE)
    tests = _tests(new)
    if not tests:
        return []
    some = Q()
    for test in tests:
        some |= test
    rows = here_and_visible(by).filter(some).select_related("place").order_by("created_at", "pk")[: 2 * MOST]
    found = [_alike(by, row, new) for row in rows]
    return sorted(found, key=lambda one: -len(one.same))[:MOST]


def certainly(by: Actor, new: NewPerson) -> UUID | None:
    """The one here with the same number and first name; None where there is no such, or more than one.

    For who may register people without looking them up: nothing of whom it finds is told.
    """
    by.must(Right.ASK_FOR_OTHERS)
    number, first = _number(new.phone), sought(new.given_name)
    if not number or not first:
        return None
    same = here_and_visible(by).filter(Q(sought=first) | Q(sought__startswith=f"{first} "), phone=number)
    found = list(same.values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def _tests(new: NewPerson) -> list[Q]:
    tests = []
    if number := _number(new.phone):
        tests.append(Q(phone=number))
    if address := new.email.strip().casefold():
        tests.append(Q(email=address))
    if name := _name(new):
        tests.append(Q(sought=name) & _same_where_known(new, surely=" " not in name))
    return tests


def _same_where_known(new: NewPerson, *, surely: bool) -> Q:
    """Age and place do not speak against it; of somebody with a first name alone both must speak for it."""
    if surely:
        known = new.age != UNKNOWN and new.place_id is not None
        return Q(age=new.age, place_id=new.place_id) if known else Q(pk__in=())
    ages, places = Q(), Q()
    if new.age != UNKNOWN:
        ages = Q(age__in=(new.age, UNKNOWN))
    if new.place_id is not None:
        places = Q(place_id=new.place_id) | Q(place_id=None)
    return ages & places


def _alike(by: Actor, row: Person, new: NewPerson) -> Alike:
    same = (
        (row.phone == _number(new.phone) != "", _("the same phone number")),
        (row.email == new.email.strip().casefold() != "", _("the same e-mail address")),
        (row.sought == _name(new), _("the same name")),
    )
    place = row.place.name if row.place and by.may(Right.SEE_PEOPLE) else ""
    return Alike(row.id, shown_as(row, to=by), place, tuple(words for is_so, words in same if is_so))


def _name(new: NewPerson) -> str:
    return sought(f"{new.given_name} {new.family_name}")


def _number(typed: str) -> str:
    """The number as it is kept; one that cannot be read is like nobody's, and is refused when it is kept."""
    try:
        return phones.normal(typed) if typed.strip() else ""
    except Problem:
        return ""
