"""Letters: who gets them, when they still come in time, printed once, posted or put back, protected apart."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handtag.history.models import Entry
from handtag.kernel import clock, ids
from handtag.kernel.actor import Actor, Hat
from handtag.kernel.errors import NotAllowed, NotFound, Problem, TooLate
from handtag.kernel.rights import Role
from handtag.municipalities.models import Municipality
from handtag.notices import actions, queries
from handtag.notices.models import Batch, Notice
from handtag.notices.queries import letters
from handtag.notices.rules import post
from handtag.people.models import Person, RoleHeld
from tests.ground import a_town
from tests.notices.conftest import NOON, Make, again, as_, tell
from tests.papers.reading import check, pages, text

pytestmark = pytest.mark.django_db
HOME = {"address": "Storgatan 1", "postcode": "252 23", "post_town": "Helsingborg"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.travelling(NOON):
        yield


@pytest.fixture
def elsa(make: Make) -> Person:
    """84 years old, without e-mail."""
    return make(phone="", family_name="Lund", **HOME)


@pytest.fixture
def agent(town: Municipality, make: Make) -> Actor:
    return staff(town, make, Role.CONTACT_CENTRE_AGENT)


@pytest.fixture
def neighbour(db: None) -> Municipality:
    return a_town("1260")


def staff(town: Municipality, make: Make, role: Role) -> Actor:
    person = make(email=f"{role}@example.org")
    RoleHeld.objects.create(person=person, municipality=town, role=role)
    return Actor(person.id, town.id, (Hat(role),))


# --- the post ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "comes"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday to Thursday
        (date(2026, 11, 26), date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 21), date(2026, 11, 26)),  # printed on a Saturday: posted on Monday
        (date(2026, 12, 22), date(2026, 12, 29)),  # over Christmas
        (date(2026, 4, 1), date(2026, 4, 8)),  # over Easter
        (date(2026, 6, 17), date(2026, 6, 23)),  # over Midsummer
    ],
)
def test_a_letter_takes_three_working_days(printed: date, comes: date) -> None:
    assert post.arrives(printed) == comes


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_it_comes_on_a_working_day_and_never_sooner_when_printed_later(day: date) -> None:
    comes = post.arrives(day)
    assert post.is_working_day(comes)
    assert comes >= day + timedelta(days=post.TAKES)
    assert post.arrives(day + timedelta(days=1)) >= comes


@given(st.integers(1970, 2090))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    found = post.easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_a_letter_must_come_the_day_before() -> None:
    visit = clock.at(date(2026, 11, 26), time(14))
    assert post.comes_too_late(visit, date(2026, 11, 23))
    assert not post.comes_too_late(visit, date(2026, 11, 20))
    assert not post.comes_too_late(None, date(2026, 11, 23))


# --- who gets letters -------------------------------------------------------------------------------------


def test_who_has_nothing_else_gets_letters(town: Municipality, elsa: Person, agent: Actor) -> None:
    notice = tell(elsa, town)
    assert (notice.channel, notice.state) == ("letter", "waiting")
    assert [row.id for row in queries.queue(agent).ready] == [notice.id]
    assert actions.send_due(channels=("email", "sms", "letter")) == 0 or notice.state == "waiting"


def test_who_chose_letters_gets_them_though_there_is_an_address(town: Municipality, make: Make) -> None:
    person = make(email="a@example.org", **HOME)
    actions.choose_channels(by=as_(person, town), wish=actions.Wish(("letter",)))
    assert tell(person, town).channel == "letter"


@pytest.mark.parametrize("missing", sorted(HOME))
def test_without_a_whole_address_nobody_is_promised_a_letter(
    missing: str, town: Municipality, make: Make
) -> None:
    person = make(phone="", **{**HOME, missing: ""})
    assert tell(person, town).state == "unreachable"
    with pytest.raises(Problem):
        actions.choose_channels(by=as_(person, town), wish=actions.Wish(("letter",)))


def test_who_leaves_gets_no_letter(town: Municipality, elsa: Person, agent: Actor) -> None:
    tell(elsa, town)
    Person.objects.filter(pk=elsa.pk).update(erased_at=clock.now())
    assert queries.queue(agent).ready == ()


# --- printing, posting, putting back ----------------------------------------------------------------------


def test_from_the_queue_to_the_letter_box(town: Municipality, elsa: Person, agent: Actor) -> None:
    notice = tell(elsa, town)
    batch = actions.print_letters(by=agent)
    assert batch is not None
    pdf = actions.open_batch(by=agent, batch_id=batch.id)
    check(pdf)
    for words in (
        "Test Lund",
        "Storgatan 1",
        "252 23 Helsingborg",
        "Hemligt om Elsa",
        town.name,
        f"/{town.slug}",
    ):
        assert words in text(pdf)
    assert again(notice).state == "printed"
    assert Entry.objects.get(verb="person.read").about_id == elsa.id
    assert actions.post_letters(by=agent, batch_id=batch.id) == 1
    assert (again(notice).state, again(notice).sent_at) == ("sent", NOON)
    assert queries.queue(agent).batches[0].posted == 1


def test_a_posted_letter_is_not_posted_or_put_back_again(
    town: Municipality, elsa: Person, agent: Actor
) -> None:
    notice = tell(elsa, town)
    batch = actions.print_letters(by=agent)
    actions.post_letters(by=agent, batch_id=batch.id)
    assert actions.post_letters(by=agent, batch_id=batch.id) == 0
    assert actions.put_back(by=agent, batch_id=batch.id) == 0
    with pytest.raises(NotFound):
        actions.open_batch(by=agent, batch_id=batch.id)
    assert again(notice).state == "sent"


def test_what_did_not_go_out_is_printed_again(
    town: Municipality, make: Make, elsa: Person, agent: Actor
) -> None:
    one, other = tell(elsa, town), tell(make(phone="", **HOME), town)
    batch = actions.print_letters(by=agent)
    assert actions.put_back(by=agent, batch_id=batch.id, notice_ids=[one.id]) == 1
    assert [row.id for row in queries.queue(agent).ready] == [one.id]
    assert actions.post_letters(by=agent, batch_id=batch.id) == 1
    assert (again(one).state, again(other).state) == ("waiting", "sent")


def test_one_alone_is_printed_and_the_others_wait(
    town: Municipality, make: Make, elsa: Person, agent: Actor
) -> None:
    one, other = tell(elsa, town), tell(make(phone="", **HOME), town)
    actions.print_letters(by=agent, notice_ids=[one.id])
    assert (again(one).state, again(other).state) == ("printed", "waiting")
    with pytest.raises(TooLate):
        actions.print_letters(by=agent, notice_ids=[one.id])


def test_each_letter_has_a_page_of_its_own(town: Municipality, make: Make, agent: Actor) -> None:
    for name in ("Ett", "Två", "Tre"):
        tell(make(phone="", family_name=name, **HOME), town)
    found = pages(actions.open_batch(by=agent, batch_id=actions.print_letters(by=agent).id))
    assert [sum(name in page for page in found) for name in ("Ett", "Två", "Tre")] == [1, 1, 1]


@pytest.mark.race
def test_two_agents_at_once_never_print_the_same(
    town: Municipality, make: Make, at_once: Callable[..., list[Any]]
) -> None:
    notices = {tell(make(phone="", **HOME), town).id for _each in range(6)}
    one, other = (staff(town, make, role) for role in (Role.COORDINATOR, Role.CONTACT_CENTRE_AGENT))
    found = at_once(lambda: actions.print_letters(by=one), lambda: actions.print_letters(by=other))
    assert sorted(type(each).__name__ for each in found) == ["Batch", "TooLate"]
    batch = Batch.objects.of(town.id).get()
    rows = Notice.objects.of(town.id).filter(state="printed")
    assert {(row.id, row.batch_id) for row in rows} == {(each, batch.id) for each in notices}


@pytest.mark.race
def test_posted_and_put_back_at_once_is_one_of_them(
    town: Municipality, make: Make, elsa: Person, at_once: Callable[..., list[Any]]
) -> None:
    notice, agent = tell(elsa, town), staff(town, make, Role.CONTACT_CENTRE_AGENT)
    batch = actions.print_letters(by=agent)
    done = at_once(
        lambda: actions.post_letters(by=agent, batch_id=batch.id),
        lambda: actions.put_back(by=agent, batch_id=batch.id),
    )
    assert sorted(done) == [0, 1]
    assert again(notice).state == ("sent" if done[0] else "waiting")


# --- too late for a letter --------------------------------------------------------------------------------


@pytest.fixture
def in_days(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], datetime]:
    """What notices are about begins in so many days."""

    def begins(days: int) -> datetime:
        moment = NOON + timedelta(days=days)
        monkeypatch.setattr(letters, "UNTIL", [lambda *_about: moment])
        return moment

    return begins


def test_what_comes_too_late_is_to_be_told_by_phone(
    town: Municipality, make: Make, agent: Actor, in_days: Callable[[int], datetime]
) -> None:
    person = make(family_name="Lund", **HOME)
    moment = in_days(2)
    notice = tell(person, town, about_id=ids.new())
    (row,) = queries.to_phone(agent)
    assert (row.person_id, row.why, row.until, row.phone) == (person.id, "late", moment, "070-174 06 05")
    with pytest.raises(TooLate):
        actions.print_letters(by=agent)
    actions.told_instead(by=agent, notice_id=notice.id)
    assert queries.to_phone(agent) == ()
    assert (again(notice).state, again(notice).problem) == ("sent", "told by phone")
    with pytest.raises(Problem):
        actions.told_instead(by=agent, notice_id=notice.id)


def test_a_letter_that_waits_too_long_becomes_a_call(
    town: Municipality, elsa: Person, agent: Actor, in_days: Callable[[int], datetime]
) -> None:
    in_days(10)
    tell(elsa, town, about_id=ids.new())
    assert len(queries.queue(agent).ready) == 1
    with clock.travelling(NOON + timedelta(days=7)):
        found = queries.queue(agent)
        assert (found.ready, len(found.to_phone)) == ((), 1)


def test_whose_address_is_gone_is_to_be_phoned(town: Municipality, elsa: Person, agent: Actor) -> None:
    tell(elsa, town)
    Person.objects.filter(pk=elsa.pk).update(postcode="")
    assert [row.why for row in queries.to_phone(agent)] == ["no_address"]


# --- protected, not allowed, the other town ---------------------------------------------------------------


def test_protected_persons_letters_are_the_officers_alone(
    town: Municipality, make: Make, agent: Actor
) -> None:
    officer = staff(town, make, Role.PROTECTED_IDENTITY_OFFICER)
    person = make(phone="", family_name="Zeldman", protection="secrecy_mark", **HOME)
    actions.choose_channels(by=as_(person, town), wish=actions.Wish(("letter",)))
    plain = tell(make(phone="", **HOME), town)
    notice = tell(person, town)
    assert [row.id for row in queries.queue(agent).ready] == [plain.id]
    assert queries.queue(agent).protected == ()
    assert [row.id for row in queries.queue(officer).protected] == [notice.id]
    with pytest.raises(NotAllowed):
        actions.print_letters(by=agent, is_protected=True)
    everybodys = actions.print_letters(by=agent)
    assert again(notice).state == "waiting"
    own = actions.print_letters(by=officer, is_protected=True)
    assert "Zeldman" in text(actions.open_batch(by=officer, batch_id=own.id))
    with pytest.raises(NotFound):
        actions.open_batch(by=agent, batch_id=own.id)
    assert actions.post_letters(by=agent, batch_id=own.id) == 0
    assert actions.put_back(by=agent, batch_id=own.id) == 0
    assert "Zeldman" not in text(actions.open_batch(by=agent, batch_id=everybodys.id))


def test_marked_after_the_printing_the_letter_is_gone_from_the_file(
    town: Municipality, make: Make, elsa: Person, agent: Actor
) -> None:
    tell(elsa, town), tell(make(phone="", **HOME), town)
    batch = actions.print_letters(by=agent)
    Person.objects.filter(pk=elsa.pk).update(protection="secrecy_mark")
    assert "Lund" not in text(actions.open_batch(by=agent, batch_id=batch.id))


def test_nothing_is_posted_to_who_has_protected_registration(town: Municipality, make: Make) -> None:
    officer = staff(town, make, Role.PROTECTED_IDENTITY_OFFICER)
    person = make(phone="", **HOME)
    notice = tell(person, town)
    Person.objects.filter(pk=person.pk).update(protection="protected_registration")
    found = queries.queue(officer)
    assert (found.protected, [(row.notice_id, row.why) for row in found.to_phone]) == (
        (),
        [(notice.id, "protected")],
    )


def test_not_for_everybody(town: Municipality, elsa: Person, agent: Actor) -> None:
    tell(elsa, town)
    batch, her = actions.print_letters(by=agent), as_(elsa, town)
    for deed in (
        lambda: queries.queue(her),
        lambda: queries.to_phone(her),
        lambda: actions.print_letters(by=her),
        lambda: actions.open_batch(by=her, batch_id=batch.id),
        lambda: actions.post_letters(by=her, batch_id=batch.id),
        lambda: actions.put_back(by=her, batch_id=batch.id),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_the_neighbour_town_sees_none_of_it(
    town: Municipality, neighbour: Municipality, make: Make, elsa: Person, agent: Actor
) -> None:
    tell(elsa, town)
    theirs = Actor(agent.person_id, neighbour.id, (Hat(Role.COORDINATOR),))
    assert queries.queue(theirs).ready == ()
    batch = actions.print_letters(by=agent)
    assert actions.post_letters(by=theirs, batch_id=batch.id) == 0
    with pytest.raises(NotFound):
        actions.open_batch(by=theirs, batch_id=batch.id)
