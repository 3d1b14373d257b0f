"""Somebody without e-identity, e-mail or phone: registered at a counter, helped, and able to help."""

from typing import Any

import pytest

from handtag.errands.actions import errand, meeting
from handtag.errands.models import Errand
from handtag.kernel.rights import Role
from handtag.login.models import User
from handtag.notices.actions import send_due
from handtag.notices.models import Notice
from handtag.people.models import Person
from handtag.people.queries import hats
from handtag.permits.actions import record_check
from handtag.permits.models import Check
from tests.errands import stage as stages
from tests.errands.stage import Stage
from tests.login.conftest import Town


def test_registered_with_a_first_name_alone(town: Town, client_of: Any) -> None:
    host = town.person("Hanna", "service_point_host")
    client = client_of(host)
    page = f"/{town.slug}/personer/ny/"
    said = {"given_name": "Signe", "age": "adult", "language": "sv", "submission": "a"}
    assert client.post(page, said).status_code == 302
    signe = Person.objects.get(given_name="Signe")
    assert (signe.email, signe.phone) == ("", "")
    assert not User.objects.filter(person=signe).exists()
    assert [hat.role.value for hat in hats(signe.id, town.id)] == ["resident"]


def test_what_they_show_at_the_counter_counts(town: Town) -> None:
    signe = town.person("Signe")
    Person.objects.filter(pk=signe.person).update(email="")
    host = town.person("Hanna", "service_point_host")
    record_check(by=host, person_id=signe.person, kind="identity", adult=True)
    assert set(Check.objects.of(town.id).values_list("kind", flat=True)) == {"identity", "adult"}


def alone(stage: Stage, name: str) -> None:
    """Nothing by which they could be reached."""
    Person.objects.filter(pk=stage.people[name].id).update(email="", phone="")


@pytest.mark.django_db
def test_they_are_helped_and_staff_see_that_nothing_reaches_them() -> None:
    stage = stages.build()
    stage.person("signe")
    alone(stage, "signe")
    ask = stage.ask("signe")
    leila = stage.helper("leila")
    made = meeting.make_offer(by=leila, occasion_id=stage.occasion(ask).id).errand
    assert made.state == Errand.State.AGREED
    send_due()
    told = Notice.objects.of(stage.town.id).get(person_id=ask.asker_id, kind="errand.agreed")
    assert told.state == Notice.State.UNREACHABLE
    errand.start(by=leila, errand_id=made.id)
    assert errand.complete(by=leila, errand_id=made.id).state == Errand.State.COMPLETED


@pytest.mark.django_db
def test_they_help_when_a_coordinator_places_them() -> None:
    """They call and say that it is done; the coordinator writes it."""
    stage = stages.build()
    stage.helper("signe")
    alone(stage, "signe")
    ask = stage.ask()
    stage.person("maria", role=Role.COORDINATOR)
    placed = meeting.place(
        by=stage.actor("maria"), occasion_id=stage.occasion(ask).id, person_id=stage.people["signe"].id
    )
    assert placed.helper_id == stage.people["signe"].id
    done = errand.complete(by=stage.actor("maria"), errand_id=placed.id)
    assert done.state == Errand.State.COMPLETED
