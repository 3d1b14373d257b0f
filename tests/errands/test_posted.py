"""A letter about an errand: who comes, when and the code, as the reader may see it that day."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from handtag.errands.actions import errand as errands
from handtag.errands.queries import posted
from handtag.history.models import Entry
from handtag.kernel import clock
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Role
from handtag.notices import actions as notices
from handtag.notices import queries
from handtag.notices.models import Notice
from handtag.people.actions import mark_protected
from handtag.people.models import Person
from tests.errands.stage import Stage, build
from tests.papers.reading import check, text

pytestmark = pytest.mark.django_db
NOON = clock.at(date(2026, 11, 23), time(12))
HOME: dict[str, Any] = {"address": "Storgatan 1", "postcode": "252 23", "post_town": "Helsingborg"}


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    """Elsa has neither e-mail nor phone; what she asks for is in nine days."""
    with clock.travelling(NOON):
        made = build()
        elsa = made.person("asker", **HOME)
        Person.objects.filter(pk=elsa.pk).update(email="", phone="")
        made.person("agent", role=Role.CONTACT_CENTRE_AGENT)
        made.person("officer", role=Role.PROTECTED_IDENTITY_OFFICER)
        yield made


def in_nine_days() -> object:
    return clock.at(date(2026, 12, 2), time(14))


def on_paper(stage: Stage) -> str:
    batch = notices.print_letters(by=stage.actor("agent"))
    pdf = notices.open_batch(by=stage.actor("agent"), batch_id=batch.id)
    check(pdf)
    return text(pdf)


def test_it_says_who_comes_when_and_the_code(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    said = on_paper(stage)
    for words in ("Leila Exempel", "070-174 06 10", " ".join(errand.door_code), "2 december", "14"):
        assert words in said
    assert "Exempelvägen" not in said  # she knows where she lives
    assert set(Entry.objects.filter(verb="person.read").values_list("about_id", flat=True)) == {
        errand.asker_id,
        errand.helper_id,
    }


def test_the_helper_reads_where(stage: Stage) -> None:
    stage.helper("leila")
    Person.objects.filter(pk=stage.people["leila"].pk).update(email="", phone="", **HOME)
    errand = stage.errand(start=in_nine_days())
    found = posted.sealed(stage.town.id, errand.helper_id, "offer.accepted", errand.id)
    words = " ".join(value for _label, value in found.facts)
    assert "Exempelvägen 4" in words
    assert "Portkod 2580" in words


def test_what_is_called_off_is_not_printed(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    errands.cancel(by=stage.actor("leila"), errand_id=errand.id)
    assert "Leila" not in on_paper(stage)
    agreed = Notice.objects.of(stage.town.id).get(kind="errand.agreed")
    assert agreed.state == "cancelled"


def test_what_is_called_off_after_the_printing_is_gone_from_the_file(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    agent = stage.actor("agent")
    batch = notices.print_letters(by=agent)
    errands.cancel(by=stage.actor("leila"), errand_id=errand.id)
    with pytest.raises(Problem):
        notices.open_batch(by=agent, batch_id=batch.id)
    assert Notice.objects.of(stage.town.id).get(kind="errand.agreed").state == "cancelled"


def test_the_day_after_tomorrow_it_is_told_by_phone(stage: Stage) -> None:
    errand = stage.errand()
    (row,) = queries.to_phone(stage.actor("agent"))
    assert (row.person_id, row.why, row.until) == (errand.asker_id, "late", errand.starts_at)


def test_of_and_to_a_protected_person_it_says_nothing(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    mark_protected(
        by=stage.actor("officer"), person_id=errand.helper_id, kind="secrecy_mark", reason="Visat beslut"
    )
    said = posted.sealed(stage.town.id, errand.asker_id, "errand.agreed", errand.id)
    assert "Leila" not in str(said)
    assert said.tells_of == ()


def test_it_is_nobody_elses(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    stranger = stage.person("stranger")
    assert posted.sealed(stage.town.id, stranger.id, "errand.agreed", errand.id).facts == ()
    assert posted.sealed(stage.town.id, errand.asker_id, "mandate.made", errand.id) is None


def test_until_when_it_matters(stage: Stage) -> None:
    errand = stage.errand(start=in_nine_days())
    ask = errand.occasion.ask_id
    assert posted.until(stage.town.id, errand.id) == errand.starts_at
    assert posted.until(stage.town.id, errand.offer_id) == errand.starts_at
    assert posted.until(stage.town.id, ask) == errand.starts_at
    with clock.travelling(errand.starts_at):
        assert posted.until(stage.town.id, errand.id) is None
    assert posted.until(stage.town.id, stage.town.id) is None
