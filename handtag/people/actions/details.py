"""Somebody becomes known to the platform, and what is known of them is changed."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from handtag.geo.points import Point
from handtag.history import actions as history
from handtag.kernel import phones
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound, Problem, Problems
from handtag.kernel.prepared import insert
from handtag.kernel.rights import Right
from handtag.municipalities import queries as municipalities
from handtag.people import queries
from handtag.people.actions.roles import hold
from handtag.people.models import Person
from handtag.people.queries.names import is_own
from handtag.people.rules import postal
from handtag.people.rules.new import NewPerson
from handtag.people.rules.seeking import sought


@transaction.atomic
def register(*, by: Actor, new: NewPerson) -> Person:
    """Make somebody known as a resident here; they need no login."""
    by.must(Right.REGISTER_PEOPLE)
    return _make_known(by, new)


@transaction.atomic
def register_met(*, by: Actor, new: NewPerson) -> Person:
    """The same of somebody whom an ambassador has met at work and who said yes to being asked for."""
    by.must(Right.ASK_FOR_OTHERS)
    return _make_known(by, new)


def _make_known(by: Actor, new: NewPerson) -> Person:
    made = insert(Person(**_values(by, new)))
    hold(by=by, person_id=made.id, role="resident")
    history.record(by=by, verb="person.registered", kind="person", object_id=made.id, about=made.id)
    return made


@transaction.atomic
def change_details(*, by: Actor, person_id: UUID, new: NewPerson) -> Person:
    """Change what is known of somebody: they themselves, or staff who register people.

    A protected person's is changed by an officer.
    """
    person = queries.person(by, person_id)
    if not is_own(person_id, by):
        by.must(Right.KEEP_PROTECTED if person.is_protected else Right.REGISTER_PEOPLE)
    values = _values(by, new, keeps=person.place_id)
    changed = sorted(name for name, value in values.items() if getattr(person, name) != value)
    if changed:
        Person.objects.filter(pk=person.id).update(**values)
        history.record(
            by=by, verb="person.changed", kind="person", object_id=person.id, about=person.id, fields=changed
        )
    person.refresh_from_db()
    return person


@transaction.atomic
def read_in(*, by: Actor, language: str) -> None:
    """Choose the language of one's own pages and letters; the same once more changes nothing."""
    if language not in {code for code, _name in settings.LANGUAGES}:
        raise Problem(_("Choose a language from the list."), field="language")
    me = Person.objects.filter(pk=by.person).exclude(language=language)
    if me.update(language=language):
        history.record(
            by=by,
            verb="person.changed",
            kind="person",
            object_id=by.person,
            about=by.person,
            fields=["language"],
        )


def _values(by: Actor, new: NewPerson, keeps: UUID | None = None) -> dict[str, Any]:
    """The columns as they are kept, or every problem at once."""
    problems: list[Problem] = []
    values: dict[str, Any] = {
        "given_name": _tidy(new.given_name),
        "family_name": _tidy(new.family_name),
        "email": new.email.strip().casefold(),
        "age": new.age,
        "language": new.language,
        "speaks": sorted(set(new.speaks)),
        "address": _tidy(new.address),
        "post_town": _tidy(new.post_town),
    }
    if new.chosen_name is not None:
        values["chosen_name"] = _tidy(new.chosen_name)
    values["sought"] = sought(f"{values['given_name']} {values['family_name']}")
    values["phone"] = _phone(new.phone, problems)
    values["postcode"] = _postcode(new, problems)
    values |= _where(by, new, keeps, problems)
    problems += _wrong(values)
    if problems:
        raise problems[0] if len(problems) == 1 else Problems(problems)
    return values


def _wrong(values: dict[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    if not values["given_name"]:
        found.append(Problem(_("Write a first name."), field="given_name"))
    if values["age"] not in Person.Age.values:
        found.append(Problem(_("Choose an age from the list."), field="age"))
    if values["language"] not in {code for code, _name in settings.LANGUAGES}:
        found.append(Problem(_("Choose a language from the list."), field="language"))
    if values["email"] and not _is_address(values["email"]):
        found.append(
            Problem(_("An e-mail address looks like name@example.se. Look at it once more."), field="email")
        )
    return found


def _where(by: Actor, new: NewPerson, keeps: UUID | None, problems: list[Problem]) -> dict[str, Any]:
    """Place and point: a place lends its own point. The place that is held already may be retired."""
    point = None if new.longitude is None or new.latitude is None else (new.longitude, new.latitude)
    if new.place_id is not None and new.place_id != keeps:
        try:
            place = municipalities.place(by.tenant, new.place_id)
            point = point or (place.longitude, place.latitude)
        except NotFound:
            problems.append(Problem(_("Choose a place from the list."), field="place_id"))
    where: dict[str, Any] = {"place_id": new.place_id}
    if point is not None:
        spot = Point(*point)
        where |= {"longitude": spot.lon, "latitude": spot.lat}
    elif new.place_id is None:
        where |= {"longitude": None, "latitude": None}
    return where


def _phone(words: str, problems: list[Problem]) -> str:
    if not words.strip():
        return ""
    try:
        return phones.normal(words)
    except Problem as problem:
        problems.append(problem)
        return ""


def _postcode(new: NewPerson, problems: list[Problem]) -> str:
    code = postal.postcode(new.postcode)
    if code is None:
        problems.append(Problem(_("A postcode has five digits, like 252 23."), field="postcode"))
    elif bool(code) != bool(new.post_town.strip()):
        field = "post_town" if code else "postcode"
        problems.append(
            Problem(_("Write the postcode and the post town, so that letters arrive."), field=field)
        )
    return code or ""


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _tidy(words: str) -> str:
    return " ".join(words.split())
