"""The page of one's own ask: what is happening, told in words, and to nobody else."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from handtag.errands.actions.errand import complete
from handtag.errands.models import Told
from handtag.errands.queries.status import status
from handtag.errands.queries.wording import said
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotFound
from handtag.kernel.rights import Role
from handtag.people.models import Person
from tests.errands.asked import THURSDAY, AskTown

NOW = datetime(2026, 11, 21, 12, 40, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def town(db: None) -> AskTown:
    return AskTown()


@pytest.fixture
def asker(town: AskTown) -> Actor:
    return town.person()


def page(town: AskTown, by: Actor, ask: Any, more: str = "") -> Any:
    return town.client(by).get(f"/{town.slug}/mina-fragor/{ask.id}/{more}")


def tell(town: AskTown, ask: Any, people: int, seen: int = 0, declined: int = 0) -> None:
    for number in range(people):
        Told.objects.create(
            municipality_id=town.id,
            ask=ask,
            person_id=town.person(f"Granne{number}").person,
            wave=1,
            seen_at=NOW if number < seen else None,
            declined_at=NOW if number < declined else None,
        )


def test_what_is_happening_follows_what_happens(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    assert status(asker, ask.id).phase == "sent"
    tell(town, ask, 3, seen=2, declined=1)
    found = status(asker, ask.id)
    assert (found.phase, found.reached.told, found.reached.seen, found.reached.declined) == ("told", 3, 2, 1)
    town.agree(ask, town.helper())
    found = status(asker, ask.id)
    assert (found.phase, found.is_agreed, found.may_change) == ("agreed", True, False)
    assert [step.state for step in said(found).steps] == ["done", "done", "now", "next"]


def test_a_series_speaks_of_the_next_date(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker, last_on=THURSDAY + timedelta(weeks=2))
    time_machine.move_to(NOW + timedelta(days=7), tick=False)
    assert status(asker, ask.id).focus.starts_at == datetime(2026, 12, 3, 13, tzinfo=UTC)


def test_before_the_agreement_the_plate_is_blank_and_then_it_has_the_code(
    town: AskTown, asker: Actor
) -> None:
    ask = town.ask(asker)
    assert 'class="plate blank"' in page(town, asker, ask).content.decode()
    errand = town.agree(ask, town.helper())
    html = page(town, asker, ask).content.decode()
    assert errand.door_code in html
    assert 'class="plate blank"' not in html
    assert "Leila" in html


def test_who_comes_can_be_verified(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    errand = town.agree(ask, town.helper())
    answer = page(town, asker, ask, f"vem/{errand.pk}/")
    assert answer.status_code == 200
    assert errand.door_code in answer.content.decode()
    assert page(town, asker, ask, f"vem/{uuid4()}/").status_code == 404


def test_who_comes_without_a_permit_in_force_is_not_vouched_for(town: AskTown, asker: Actor) -> None:
    from handtag.permits.models import Permit

    ask = town.ask(asker)
    errand = town.agree(ask, town.helper())
    Permit.objects.of(town.id).filter(side="perform").update(state="suspended")
    assert 'class="tag bad"' in page(town, asker, ask, f"vem/{errand.pk}/").content.decode()


def test_an_open_page_is_told_only_when_something_changed(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    version = status(asker, ask.id).version
    assert page(town, asker, ask, f"nu/?v={version}").status_code == 204
    tell(town, ask, 1)
    answer = page(town, asker, ask, f"nu/?v={version}")
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_strangers_and_neighbours_find_nothing(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    neighbour = AskTown("1260")
    for other in (town.person("Other"), town.staff(Role.COORDINATOR)):
        for more in ("", "nu/", "andra/", "beratta/", "kort/"):
            assert page(town, other, ask, more).status_code == 404
    stranger = neighbour.person("Stranger")
    assert town.client(stranger).get(f"/{neighbour.slug}/mina-fragor/{ask.id}/").status_code == 404
    with pytest.raises(NotFound):
        status(stranger, ask.id)


def test_acts_on_anothers_ask_find_nothing(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    client = town.client(town.person("Other"))
    for act in ("ta-tillbaka", "angra", f"datum/{uuid4()}/ta-bort", f"datum/{uuid4()}/angra"):
        assert client.post(f"/{town.slug}/mina-fragor/{ask.id}/{act}/").status_code == 404


def test_take_back_and_undo_from_the_page(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    client = town.client(asker)
    client.post(f"/{town.slug}/mina-fragor/{ask.id}/ta-tillbaka/", {"submission": "a"})
    html = page(town, asker, ask).content.decode()
    assert f"/{town.slug}/mina-fragor/{ask.id}/angra/" in html
    client.post(f"/{town.slug}/mina-fragor/{ask.id}/angra/", {"submission": "b"})
    assert status(asker, ask.id).phase == "sent"


def test_the_list_shows_ones_own(town: AskTown, asker: Actor) -> None:
    town.ask(asker, need="Milk")
    town.ask(town.person("Other"), need="Bread")
    html = town.client(asker).get(f"/{town.slug}/mina-fragor/").content.decode()
    assert "Milk" in html
    assert "Bread" not in html


def test_a_page_takes_few_queries(town: AskTown, asker: Actor, django_assert_max_num_queries: Any) -> None:
    ask = town.ask(asker, last_on=THURSDAY + timedelta(weeks=3))
    helper = town.helper()
    for _ in range(3):
        town.agree(ask, helper)
    client = town.client(asker)
    paths = [f"/{town.slug}/mina-fragor/{ask.id}/", f"/{town.slug}/mina-fragor/"]
    for path in paths:
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(path)


def test_what_is_done_asks_how_it_was(town: AskTown, asker: Actor, time_machine: Any) -> None:
    ask = town.ask(asker)
    errand = town.agree(ask, town.helper())
    time_machine.move_to(errand.starts_at, tick=False)
    complete(by=asker, errand_id=errand.pk)
    found = status(asker, ask.id)
    assert (found.phase, found.is_live, found.coming[0].code) == ("done", False, "")
    assert f"/uppdrag/{errand.pk}/#hur-var-det" in page(town, asker, ask).content.decode()


def test_a_protected_helper_has_only_the_chosen_name(town: AskTown, asker: Actor) -> None:
    ask = town.ask(asker)
    errand = town.agree(ask, town.helper("Kanariefågel"))
    Person.objects.filter(pk=errand.helper_id).update(
        protection="secrecy_mark", chosen_name="Kim", phone="+46701740699"
    )
    for more in ("", "nu/", f"vem/{errand.pk}/", "kort/"):
        html = page(town, asker, ask, more).content.decode()
        assert "Kim" in html
        assert "Kanarie" not in html
        assert "701740699" not in html.replace(" ", "").replace("-", "")
