"""Noting that a demand was met: who may, what is kept, and that an extract leaves nothing else behind."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.actor import system
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.people.actions import become_resident
from handtag.permits.actions import apply, decide, record_check, withdraw_check
from handtag.permits.models import Check, Permit


def test_an_identity_with_an_adult_meets_two_demands(town, helper, caseworker):
    record_check(by=caseworker, person_id=helper.person, kind="identity", adult=True)
    kinds = {check.kind: check.checked_by_id for check in Check.objects.of(town.id)}
    assert kinds == {"identity": caseworker.person, "adult": caseworker.person}


def test_an_identity_of_somebody_younger_meets_one(town, helper, caseworker):
    record_check(by=caseworker, person_id=helper.person, kind="identity", adult=False)
    assert Check.objects.of(town.id).get().kind == "identity"


def test_of_an_extract_only_day_law_and_viewer_are_kept(town, helper, caseworker):
    homework = town.service("homework")
    found = record_check(
        by=caseworker, person_id=helper.person, kind="record_extract", service_id=homework.id
    )
    assert (found.legal_ground, found.name, found.valid_until) == ("2013:852", "", None)
    assert (found.seen_on, found.checked_by_id) == (clock.today(), caseworker.person)
    entry = Entry.objects.get(verb="check.recorded")
    assert (entry.facts, hasattr(entry, "words")) == ({"check": "record_extract"}, False)


@pytest.mark.parametrize("more", [{"name": "no remarks"}, {"valid_until": date(2027, 1, 1)}])
def test_of_an_extract_nothing_more_may_be_noted(town, helper, caseworker, more):
    service = town.service("homework")
    with pytest.raises(Problem):
        record_check(
            by=caseworker, person_id=helper.person, kind="record_extract", service_id=service.id, **more
        )
    assert not Check.objects.of(town.id).exists()


def test_the_database_itself_refuses_words_about_an_extract(town, helper):
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.create(
            municipality_id=town.id,
            person_id=helper.person,
            kind="record_extract",
            name="remarks",
            seen_on=clock.today(),
            legal_ground="2013:852",
        )


@pytest.mark.parametrize("kind", ["shopping", None])
def test_an_extract_is_refused_where_no_law_gives_ground(town, helper, caseworker, kind):
    service_id = town.service(kind).id if kind else None
    with pytest.raises(Problem) as refusal:
        record_check(by=caseworker, person_id=helper.person, kind="record_extract", service_id=service_id)
    assert "2013:852" in str(refusal.value)


def test_a_file_is_refused_on_that_step(town, helper, caseworker):
    permit = apply(by=helper, service_id=town.service("homework").id, side="perform")
    said = {"kind": "record_extract", "shown": "on", "seen_on": clock.today().isoformat()}
    paper = SimpleUploadedFile("extract.pdf", b"%PDF-1.7")
    client = town.client_of(caseworker)
    answer = client.post(town.url("permit_check", permit.id), said | {"scan": paper})
    assert answer.status_code == 200
    assert not Check.objects.of(town.id).exists()
    assert client.post(town.url("permit_check", permit.id), said).status_code == 302
    assert Check.objects.of(town.id).get().kind == "record_extract"


def test_not_ticking_that_it_was_seen_notes_nothing(town, helper, caseworker):
    permit = apply(by=helper, service_id=town.service("homework").id, side="perform")
    said = {"kind": "record_extract", "seen_on": clock.today().isoformat()}
    assert town.client_of(caseworker).post(town.url("permit_check", permit.id), said).status_code == 200
    assert not Check.objects.of(town.id).exists()
    assert not Entry.objects.filter(verb__startswith="check.").exists()


def test_a_day_to_come_and_a_day_long_past_are_refused(town, helper, caseworker):
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=366)):
        with pytest.raises(Problem):
            record_check(by=caseworker, person_id=helper.person, kind="identity", seen_on=day)


def test_a_kind_that_does_not_exist_is_refused(town, helper, caseworker):
    for kind in ("blood_test", "caseworker"):
        with pytest.raises(Problem):
            record_check(by=caseworker, person_id=helper.person, kind=kind)


def test_without_the_right_nothing_is_noted(town, helper):
    agent = town.staff(Role.CONTACT_CENTRE_AGENT, "Eva")
    for who in (agent, town.person("Sven")):
        with pytest.raises(NotAllowed):
            record_check(by=who, person_id=helper.person, kind="identity")


def test_nobody_checks_themselves(town, caseworker):
    with pytest.raises(NotAllowed):
        record_check(by=caseworker, person_id=caseworker.person, kind="identity")


def test_people_and_checks_of_another_town_are_not_found(town, neighbour, caseworker):
    stranger = neighbour.person("Lars")
    with pytest.raises(NotFound):
        record_check(by=caseworker, person_id=stranger.person, kind="identity")
    theirs = record_check(by=neighbour.staff(), person_id=stranger.person, kind="identity")
    with pytest.raises(NotFound):
        withdraw_check(by=caseworker, check_id=theirs.id)


def test_what_the_neighbour_has_seen_is_not_seen_here(town, neighbour, helper, caseworker):
    become_resident(by=system(neighbour.id), person_id=helper.person)
    record_check(by=neighbour.staff(), person_id=helper.person, kind="identity", adult=True)
    permit = apply(by=helper, service_id=town.service("shopping").id, side="perform")
    with pytest.raises(Problem):
        decide(by=caseworker, permit_id=permit.id, verb="granted")
    record_check(by=caseworker, person_id=helper.person, kind="identity", adult=True)
    assert decide(by=caseworker, permit_id=permit.id, verb="granted").state == "granted"


def test_noting_the_same_twice_is_once(town, helper, caseworker):
    first = record_check(by=caseworker, person_id=helper.person, kind="interview")
    assert record_check(by=caseworker, person_id=helper.person, kind="interview").id == first.id


def test_taking_a_check_back_ends_what_rests_on_it_at_once(town, helper, caseworker, losses):
    check = record_check(by=caseworker, person_id=helper.person, kind="identity", adult=True)
    permit = apply(by=helper, service_id=town.service("shopping").id, side="perform")
    decide(by=caseworker, permit_id=permit.id, verb="granted")
    withdraw_check(by=caseworker, check_id=check.id)
    assert Permit.objects.of(town.id).get().state == "lapsed"
    assert permit.decisions.get(number=2).reason_code == "check_withdrawn"
    assert losses == [permit.id]
    withdraw_check(by=caseworker, check_id=check.id)
    assert permit.decisions.count() == 2
