"""New helpers get a fair share of first asks, and read that it is why they are asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from handtag.errands.actions import meeting
from handtag.errands.models import Ask, Invitation, Occasion, Told
from handtag.errands.queries.explaining import newcomers
from handtag.errands.queries.sought import as_sought
from handtag.kernel import clock
from handtag.kernel.rights import Role
from handtag.matching import outreach as policy
from handtag.outreach.actions import waves
from handtag.outreach.queries.situations import situation
from handtag.people.models import Person
from tests.errands import stage as stages
from tests.errands.stage import Stage

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)
FIRST = ["first", ""]
TRIED, NEW = 6, 2


@pytest.fixture
def stage() -> Iterator[Stage]:
    """Six who say yes each time they are asked, and two who have never been asked."""
    with clock.travelling(NOON):
        made = stages.build()
        made.person("karin", role=Role.COORDINATOR)
        for number in range(TRIED):
            made.helper(f"tried{number}")
            for month in range(1, 4):
                asked(made, f"tried{number}", NOON - timedelta(days=30 * month + number))
        for number in range(NEW):
            made.helper(f"new{number}")
        yield made


def asked(stage: Stage, name: str, at: datetime) -> None:
    Told.objects.create(
        municipality=stage.town,
        ask=stage.ask(f"before {name} {at:%m}", announce_at=None, state="withdrawn"),
        person=stage.people[name],
        wave=1,
        told_at=at,
        yes_at=at,
    )


def opened(ask: Ask, minutes: int) -> Ask:
    ask.opened_at = NOON - timedelta(minutes=minutes)
    ask.save(update_fields=["opened_at"])
    return ask


def first(ask: Ask) -> str:
    """Who would be told first, and nobody is."""
    found = situation(ask)
    best = policy.next_wave(found.state, found.settings).who[0]
    return str(Person.objects.get(pk=found.near[best].person_id).given_name)


def turn_of_the_new(ask: Ask) -> Ask:
    """The ask as it would be had it come at another minute, when it is a new helper's turn."""
    return next(ask for minutes in range(200) if first(opened(ask, minutes)).startswith("New"))


def test_they_are_first_in_as_many_asks_as_they_are_many(stage: Stage) -> None:
    ask = stage.ask(start=NOON + timedelta(days=3))
    new = [first(opened(ask, 7 * number)).startswith("New") for number in range(80)]
    assert sum(new) / len(new) == pytest.approx(NEW / (TRIED + NEW), abs=0.05)


def test_not_for_what_cannot_wait(stage: Stage) -> None:
    ask = stage.ask(start=NOON + timedelta(hours=3))
    assert not [number for number in range(40) if first(opened(ask, 7 * number)).startswith("New")]


def test_a_new_helper_reads_it_among_why_you_and_only_the_first_time(stage: Stage) -> None:
    ask = turn_of_the_new(stage.ask(start=NOON + timedelta(days=3)))
    assert waves.advance_due() >= 1
    told = Told.objects.of(stage.town.id).filter(ask=ask)
    new = told.get(person__given_name__startswith="New")
    assert FIRST in new.reasons
    assert not [row for row in told.exclude(pk=new.pk) if FIRST in row.reasons]
    name = new.person.given_name.lower()
    for page in (f"hjalpa-till/{ask.id}/", "min-profil/sa-fragar-vi/", "mina-uppgifter/"):
        said = stage.browser(name).get(f"/helsingborg/{page}").content.decode()
        assert "Du är ny här, och ska också få vara med" in said, page
    said = stage.browser("karin").get(f"/helsingborg/oversikt/fraga/{ask.id}/sok/").content.decode()
    assert "är ny här, och ska också få vara med" in said.lower()

    tried = told.exclude(pk=new.pk).first()
    if tried:
        said = stage.browser(tried.person.given_name.lower()).get(f"/helsingborg/hjalpa-till/{ask.id}/").text
        assert "Du är ny" not in said
    meeting.decline_ask(by=stage.actor(name), ask_id=ask.id)
    again = stage.ask("maja", start=NOON + timedelta(days=4))
    said = stage.browser(name).get(f"/helsingborg/hjalpa-till/{again.id}/").content.decode()
    assert "Du är ny" not in said


def test_who_is_new(stage: Stage) -> None:
    """Whoever was never told, invited or agreed with; not who has only said no unasked."""
    for name in ("unasked", "invited", "helped"):
        stage.helper(name)
    ask = stage.ask("rut", announce_at=None)
    meeting.decline_ask(by=stage.actor("unasked"), ask_id=ask.id)
    placed = stage.ask("olle", agreement="coordinator", announce_at=None)
    occasion = Occasion.objects.of(stage.town.id).get(ask=placed)
    Invitation.objects.create(
        municipality=stage.town, occasion=occasion, person=stage.people["invited"], state="declined"
    )
    meeting.make_offer(by=stage.actor("helped"), occasion_id=stage.occasion(ask).id)
    everybody = [person.id for person in stage.people.values()]
    found = newcomers(as_sought(stage.town.id, stage.ask("maja").id), everybody)
    helpers = {name for name in stage.people if stage.people[name].id in found}
    assert helpers >= {"new0", "new1", "unasked"}
    assert not helpers & {"invited", "helped", *(f"tried{number}" for number in range(TRIED))}
