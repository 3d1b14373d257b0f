"""A caller's ask: the same as from the web, with both names and what was read."""

from datetime import timedelta

import pytest

from handtag.desk import actions
from handtag.desk.models import Call, Consent
from handtag.desk.queries.reading import to_read
from handtag.desk.queries.same import same
from handtag.desk.rules.calls import Reading, Way
from handtag.errands.actions.asking import open_ask
from handtag.errands.models import Ask
from handtag.errands.queries.status import status
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.notices.models import Notice
from handtag.notices.queries import chosen
from handtag.people.models import Person
from handtag.permits.models import Permit
from tests.desk.conftest import DeskTown, resident


def test_the_ask_is_the_callers_and_both_names_stand_beside_it(town: DeskTown) -> None:
    ask = town.file()
    assert (ask.state, ask.asker_id, ask.filed_by_id) == ("open", town.berta.person, town.agent.person)
    entry = Entry.objects.get(verb="ask.opened", object_id=ask.id)
    assert (entry.via, entry.actor_id, entry.behalf_of) == ("phone", town.agent.person, town.berta.person)
    assert entry.role == "contact_centre_agent"
    seen = status(resident(town.berta), ask.id)
    assert any("Berta" in each and "Petronella" in each for each in seen.by_others)


def test_it_stands_in_the_same_queue_as_from_the_web(town: DeskTown) -> None:
    by_phone, from_web = town.file(), town.ask(town.person("Ove"))
    live = Ask.objects.of(town.id).filter(state="open", announce_at__isnull=False)
    assert {by_phone.id, from_web.id} == set(live.values_list("id", flat=True))


def test_what_was_read_is_kept_as_it_was_read(town: DeskTown) -> None:
    Person.objects.filter(pk=town.berta.person).update(language="fi")
    ask = town.file()
    kept = Consent.objects.of(town.id).get(ask=ask)
    read = to_read(town.agent, town.wish(), person_id=town.berta.person)
    assert (kept.words, kept.in_swedish, kept.language) == (read.words, read.in_swedish, "fi")
    assert kept.in_swedish.startswith("Du ber om hjälp")
    assert (kept.how, kept.said_by_id, kept.heard_by_id) == ("by_phone", town.berta.person, town.agent.person)


def test_other_words_than_those_on_the_page_are_not_kept(town: DeskTown) -> None:
    wish = town.wish()
    with pytest.raises(Problem):
        actions.file_ask(
            by=town.agent, person_id=town.berta.person, wish=wish, reading=Reading("other"), way=Way()
        )
    assert not Ask.objects.of(town.id).exists()


def test_who_is_told_by_phone_is_not_rung_about_what_they_have_just_said(town: DeskTown) -> None:
    town.file(way="ring")
    assert not Notice.objects.of(town.id).filter(person_id=town.berta.person).exists()
    assert chosen(town.berta.person).channels == ("phone",)


def test_who_is_told_by_letter_gets_what_we_wrote_down(town: DeskTown) -> None:
    """It was they who rang: nobody else has asked in their name."""
    home = {"postcode": "252 23", "post_town": "Helsingborg"}
    Person.objects.filter(pk=town.berta.person).update(**home)
    ask = town.file(way="letter", day=clock.today() + timedelta(days=12))
    written = Notice.objects.of(town.id).get(person_id=town.berta.person)
    assert (written.kind, written.channel, written.about_id) == ("ask.taken_down", "letter", ask.id)


def test_a_letter_needs_an_address(town: DeskTown) -> None:
    Person.objects.filter(pk=town.berta.person).update(address="")
    with pytest.raises(Problem) as refusal:
        town.file(way="letter")
    assert refusal.value.field == "way"
    assert not Ask.objects.of(town.id).exists()


def test_no_more_than_on_the_web(town: DeskTown) -> None:
    """A service that demands something of who asks demands it by phone too."""
    permit = Permit.objects.of(town.id).create(
        municipality_id=town.id,
        person_id=town.berta.person,
        service=town.service(),
        side="ask",
        state="revoked",
    )
    with pytest.raises(Problem):
        town.file()
    permit.refresh_from_db()
    assert permit.state == "revoked"


def test_only_who_answers_calls(town: DeskTown) -> None:
    with pytest.raises(NotAllowed):
        town.file(agent=resident(town.anna))


def test_nobody_carries_their_own_words(town: DeskTown) -> None:
    with pytest.raises(Problem):
        town.file(caller=town.agent)


def test_another_towns_caller_is_absent(town: DeskTown, neighbour: DeskTown) -> None:
    with pytest.raises(NotFound):
        town.file(agent=neighbour.agent)


def test_a_protected_caller_is_absent_but_for_the_officer(town: DeskTown) -> None:
    town.protect(town.berta)
    with pytest.raises(NotFound):
        town.file()
    ask = town.file(agent=town.officer(), way="keep")
    assert (ask.area_id, ask.announce_at) == (None, None)


def test_a_new_caller_needs_nothing_but_a_first_name(town: DeskTown) -> None:
    new = actions.NewCaller(given_name="Ebba", place_id=town.place().id)
    made = actions.register_caller(by=town.agent, new=new)
    assert (made.email, made.phone) == ("", "")
    assert town.file(caller=resident(town.berta), way="keep").state == "open"
    assert Call.objects.of(town.id).get(person=made).topics == ["registered"]


class TestSame:
    """The daughter who filed the same ask yesterday."""

    def test_who_asked_by_the_web_on_the_same_day(self, town: DeskTown) -> None:
        mandate = town.mandate(helped=town.berta)
        filed = open_ask(by=town.acting(mandate), wish=town.wish())
        found = same(town.agent, actions.as_caller(town.agent, town.berta.person), town.wish())
        assert [(one.id, one.asker, one.filed_by) for one in found] == [(filed.id, "Berta Berg", "Anna Berg")]

    def test_the_daughter_rings_and_the_mother_has_asked(self, town: DeskTown) -> None:
        town.mandate(helped=town.berta)
        filed = town.ask(town.berta)
        found = same(town.agent, actions.as_caller(town.agent, town.anna.person), town.wish())
        assert [one.id for one in found] == [filed.id]

    def test_another_day_or_service_is_another_ask(self, town: DeskTown) -> None:
        town.ask(town.berta)
        caller = actions.as_caller(town.agent, town.berta.person)
        later = town.wish(day=town.wish().day + timedelta(days=1))
        other = town.wish(service_id=town.service("errand").id)
        assert not same(town.agent, caller, later)
        assert not same(town.agent, caller, other)

    def test_a_protected_mothers_ask_is_not_shown(self, town: DeskTown) -> None:
        town.ask(town.greta)
        town.protect(town.greta)
        assert not same(town.agent, actions.as_caller(town.agent, town.anna.person), town.wish())


def test_a_mandate_holder_may_say_yes_for_them_within_the_mandate(town: DeskTown) -> None:
    town.mandate(helped=town.berta, services=(town.service("errand").id,))
    read = to_read(town.agent, town.wish(), person_id=town.berta.person)
    reading = Reading(read.digest, said_by=town.anna.person)
    with pytest.raises(NotFound):
        actions.file_ask(
            by=town.agent, person_id=town.berta.person, wish=town.wish(), reading=reading, way=Way()
        )
    town.mandate(helped=town.berta)
    ask = actions.file_ask(
        by=town.agent, person_id=town.berta.person, wish=town.wish(), reading=reading, way=Way()
    )
    assert Consent.objects.of(town.id).get(ask=ask).said_by_id == town.anna.person
    assert ask.opened_at <= clock.now()
