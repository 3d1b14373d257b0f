"""A mandate ends by either side, by staff on the phone, by time, by protection and by erasure; at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from handtag.errands.models import Draft
from handtag.history.models import Entry
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor, Hat, system
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Role
from handtag.mandates import queries, rules
from handtag.mandates.actions import ask_renewal, end_mandate, lapse_due, make_mandate
from handtag.mandates.models import Mandate
from handtag.notices.models import Notice
from handtag.people.actions import erase_person, mark_protected
from tests.mandates.conftest import MandateTown, new


def told(town: MandateTown, mandate: Mandate, kind: str) -> int:
    return Notice.objects.of(town.id).filter(about_id=mandate.id, kind=kind).count()


@pytest.mark.parametrize("who", ["greta", "anna"])
def test_either_side_ends_it_at_once_and_both_are_told(town: MandateTown, who: str) -> None:
    mandate = town.mandate()
    end_mandate(by=getattr(town, who), mandate_id=mandate.id)
    mandate.refresh_from_db()
    assert mandate.ended_because == {"greta": "helped", "anna": "proxy"}[who]
    assert queries.in_force(town.id, town.anna.person, town.greta.person) is None
    assert (told(town, mandate, "mandate.ended"), told(town, mandate, "mandate.ended_proxy")) == (1, 1)


def test_staff_end_it_for_one_on_the_phone(town: MandateTown) -> None:
    mandate = town.mandate()
    with pytest.raises(Problem):
        end_mandate(by=town.petra, mandate_id=mandate.id)
    end_mandate(by=town.petra, mandate_id=mandate.id, side="helped")
    line = Entry.objects.get(verb="mandate.ended")
    assert (line.via, line.actor_id, line.facts["because"]) == ("phone", town.petra.person_id, "helped")


def test_twice_changes_nothing(town: MandateTown) -> None:
    mandate = town.mandate()
    for _time in range(2):
        end_mandate(by=town.greta, mandate_id=mandate.id)
    end_mandate(by=town.anna, mandate_id=mandate.id)
    mandate.refresh_from_db()
    assert mandate.ended_because == "helped"
    assert (Entry.objects.filter(verb="mandate.ended").count(), told(town, mandate, "mandate.ended")) == (
        1,
        1,
    )


def test_a_third_person_another_town_and_no_such_thing(town: MandateTown, neighbour: MandateTown) -> None:
    mandate, theirs = town.mandate(), neighbour.mandate()
    for by, key in (
        (town.person("Nils"), mandate.id),
        (town.greta, theirs.id),
        (town.petra, theirs.id),
        (town.petra, ids.new()),
    ):
        with pytest.raises(NotFound):
            end_mandate(by=by, mandate_id=key, side="helped")
    with pytest.raises((NotFound, NotAllowed)):
        end_mandate(by=town.staff(Role.CASEWORKER, "Johan"), mandate_id=mandate.id, side="helped")
    assert Mandate.objects.everywhere().filter(ended_at=None).count() == 2


def test_the_neighbours_ids_open_nothing(town: MandateTown, neighbour: MandateTown) -> None:
    theirs = neighbour.mandate()
    mine, staff = town.client(town.anna), town.client(town.petra)
    base = f"/{town.slug}/jag-hjalper-nagon/{theirs.id}/"
    assert mine.post(f"{base}borja/").status_code == 404
    assert mine.post(f"{base}avsluta/").status_code == 404
    assert mine.get(f"{base}utskrift/").status_code == 404
    there = f"/{town.slug}/personer/{theirs.helped_id}/fullmakter/"
    for path in (there, f"{there}ny/", f"{there}ny/{town.anna.person}/"):
        assert staff.get(path).status_code == 404
    onto = f"/{town.slug}/personer/{town.greta.person}/fullmakter/ny/{theirs.proxy_id}/"
    assert staff.get(onto).status_code == 404
    assert staff.post(f"/{town.slug}/fullmakter/{theirs.id}/avsluta/", {"side": "helped"}).status_code == 404


@pytest.mark.race
def test_at_the_same_moment_it_ends_once(transactional_db: None, at_once: Callable[..., list[Any]]) -> None:
    town = MandateTown().cast()
    mandate = town.mandate()
    at_once(
        lambda: end_mandate(by=town.greta, mandate_id=mandate.id),
        lambda: end_mandate(by=town.anna, mandate_id=mandate.id),
        lambda: end_mandate(by=town.petra, mandate_id=mandate.id, side="municipality"),
    )
    assert Entry.objects.filter(verb="mandate.ended").count() == 1
    assert told(town, mandate, "mandate.ended") == 1


def test_time_ends_it_and_asks_a_month_ahead(town: MandateTown) -> None:
    mandate = town.mandate(ends_on=clock.today() + timedelta(days=100))
    assert (ask_renewal(), lapse_due()) == (0, 0)
    with clock.travelling(clock.now() + timedelta(days=75)):
        assert (ask_renewal(), ask_renewal(), lapse_due()) == (1, 0, 0)
    with clock.travelling(clock.now() + timedelta(days=101)):
        assert queries.in_force(town.id, town.anna.person, town.greta.person) is None
        assert (lapse_due(), lapse_due(), ask_renewal()) == (1, 0, 0)
    mandate.refresh_from_db()
    assert mandate.ended_because == "time"
    assert (told(town, mandate, "mandate.renewal"), told(town, mandate, "mandate.ended")) == (1, 1)


def test_protection_ends_what_others_made(town: MandateTown) -> None:
    mandate = town.mandate()
    per = town.staff(Role.PROTECTED_IDENTITY_OFFICER, "Per")
    mark_protected(by=per, person_id=town.greta.person, kind="secrecy_mark", reason="Beslut visat")
    mandate.refresh_from_db()
    assert mandate.ended_because == "protected"


@pytest.mark.parametrize("who", ["greta", "anna"])
def test_erasure_ends_it_and_takes_the_words(town: MandateTown, who: str) -> None:
    mandate = town.mandate()
    Draft.objects.create(
        municipality_id=town.id,
        person_id=town.greta.person,
        begun_by_id=town.anna.person,
        words={"need": "x"},
    )
    erase_person(by=system(town.id), person_id=getattr(town, who).person)
    mandate.refresh_from_db()
    assert (mandate.ended_because, mandate.evidence, mandate.consent) == ("erased", "", "")
    assert not Draft.objects.of(town.id).exists()


class Lives(RuleBasedStateMachine):
    """Two people, staff, and a year or two: whatever is done, what holds is what was said yes to last."""

    town: MandateTown
    until: date | None

    @initialize()
    def begin(self) -> None:
        from django.db import transaction

        self.mark, self.days, self.until = transaction.savepoint(), 0, None
        self.start = clock.now()

    def teardown(self) -> None:
        from django.db import transaction

        transaction.savepoint_rollback(self.mark)

    def now(self) -> Any:
        return clock.travelling(self.start + timedelta(days=self.days))

    @rule(length=st.integers(0, 364))
    def make(self, length: int) -> None:
        town = self.town
        with self.now():
            said = new(ends_on=clock.today() + timedelta(days=length))
            make_mandate(by=town.petra, helped_id=town.greta.person, proxy_id=town.anna.person, new=said)
            self.until = said.ends_on

    @rule(who=st.sampled_from(("greta", "anna", "petra")))
    def end(self, who: str) -> None:
        last = Mandate.objects.of(self.town.id).order_by("ended_because", "-made_at").first()
        if last is None:
            return
        with self.now():
            end_mandate(by=getattr(self.town, who), mandate_id=last.id, side="municipality")
            self.until = None

    @rule(days=st.sampled_from((1, 29, 200, 366)), lapse=st.booleans())
    def wait(self, days: int, lapse: bool) -> None:
        self.days += days
        with self.now():
            if lapse:
                lapse_due()
                ask_renewal()

    @invariant()
    def it_holds_as_long_as_was_said_and_no_longer(self) -> None:
        with self.now():
            holds = self.until is not None and clock.today() <= self.until
            found = queries.in_force(self.town.id, self.town.anna.person, self.town.greta.person)
            assert (found is not None) == holds

    @invariant()
    def there_is_never_more_than_one(self) -> None:
        assert Mandate.objects.of(self.town.id).filter(ended_at=None).count() <= 1

    @invariant()
    def every_end_says_why(self) -> None:
        for row in Mandate.objects.of(self.town.id).exclude(ended_at=None):
            assert row.ended_because in set(rules.Because)


def test_whatever_happens_the_last_word_counts(town: MandateTown) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class Here(Lives):
        pass

    Here.town = town
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=15,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_proxy_of_a_page_is_still_themselves(town: MandateTown) -> None:
    """Ending is one's own deed: also for who acts for the helped at that moment."""
    mandate = town.mandate()
    assert Actor(mandate.proxy_id, town.id, (Hat(Role.RESIDENT),)).whose == town.anna.person
    client = town.begin(mandate)
    client.post(f"/{town.slug}/jag-hjalper-nagon/{mandate.id}/avsluta/")
    mandate.refresh_from_db()
    assert mandate.ended_because == "proxy"
