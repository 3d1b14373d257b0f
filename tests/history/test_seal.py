"""The book's chain: it holds, and a removed or altered row shows."""

from uuid import UUID

import pytest

from handtag.history import actions, queries, rules
from handtag.history.models import ChainHead, Entry, Words
from handtag.kernel import ids
from handtag.kernel.actor import system

pytestmark = pytest.mark.django_db
TOWN = UUID("01990000-0000-7000-8000-000000001283")


def write(count: int) -> list[Entry]:
    return [
        actions.record(by=system(TOWN), verb="ask.opened", kind="ask", object_id=ids.new(), number_of=index)
        for index in range(count)
    ]


def faults() -> list[str]:
    return queries.verify_chain(TOWN).faults


def test_a_sealed_chain_holds_and_grows() -> None:
    write(5)
    assert actions.seal() == 5
    write(3)
    assert queries.verify_chain(TOWN).unsealed == 3
    assert actions.seal() == 3
    verdict = queries.verify_chain(TOWN)
    assert verdict.holds
    assert (verdict.sealed, verdict.unsealed) == (8, 0)


def test_sealing_twice_changes_nothing() -> None:
    write(4)
    actions.seal()
    before = list(Entry.objects.order_by("number").values_list("digest", flat=True))
    assert actions.seal() == 0
    assert list(Entry.objects.order_by("number").values_list("digest", flat=True)) == before


def test_an_altered_row_shows() -> None:
    rows = write(5)
    actions.seal()
    Entry.objects.filter(pk=rows[2].pk).update(verb="ask.withdrawn")
    assert faults() == ["row 3 was altered"]


def test_an_altered_fact_shows() -> None:
    rows = write(2)
    actions.seal()
    Entry.objects.filter(pk=rows[0].pk).update(facts={"number_of": 99})
    assert faults() == ["row 1 was altered"]


def test_a_removed_row_shows() -> None:
    rows = write(5)
    actions.seal()
    Entry.objects.filter(pk=rows[1].pk).delete()
    assert any("2 to 2 are missing" in fault for fault in faults())


def test_a_removed_end_shows() -> None:
    rows = write(5)
    actions.seal()
    Entry.objects.filter(pk=rows[4].pk).delete()
    assert any("the end is missing" in fault for fault in faults())


def test_a_removed_row_shows_also_when_the_gap_is_closed() -> None:
    rows = write(4)
    actions.seal()
    Entry.objects.filter(pk=rows[1].pk).delete()
    for number, row in enumerate((rows[0], *rows[2:]), 1):
        Entry.objects.filter(pk=row.pk).update(number=number)
    ChainHead.objects.update(number=3)
    assert len(faults()) == 2, "both rows that followed build on what is gone"


def test_two_rows_that_changed_places_show() -> None:
    first, second = write(2)
    actions.seal()
    digests = dict(Entry.objects.values_list("number", "digest"))
    Entry.objects.filter(pk=first.pk).update(number=3)
    Entry.objects.filter(pk=second.pk).update(number=1, digest=digests[1])
    Entry.objects.filter(pk=first.pk).update(number=2, digest=digests[2])
    assert faults() == ["row 1 was altered", "row 2 was altered"]


def test_the_same_row_in_another_place_has_another_digest() -> None:
    assert rules.digest("a", 1, {"verb": "ask.opened"}) != rules.digest("b", 1, {"verb": "ask.opened"})


def test_a_row_altered_after_a_removed_one_shows_too() -> None:
    rows = write(6)
    actions.seal()
    Entry.objects.filter(pk=rows[1].pk).delete()
    Entry.objects.filter(pk=rows[4].pk).update(verb="ask.withdrawn")
    assert faults() == ["rows 2 to 2 are missing", "row 5 was altered"]


def test_a_removed_head_shows() -> None:
    write(3)
    actions.seal()
    ChainHead.objects.all().delete()
    assert queries.chains() == [TOWN]
    assert faults() == ["the head is missing: 3 sealed rows were found"]


def test_erasing_words_of_reason_leaves_the_chain_whole() -> None:
    entry = actions.record(
        by=system(TOWN), verb="permit.refused", kind="permit", object_id=ids.new(), reason="Words"
    )
    actions.seal()
    Words.objects.filter(pk=entry.pk).delete()
    assert faults() == []


def test_each_municipality_has_its_own_chain() -> None:
    other = ids.new()
    write(2)
    actions.record(by=system(other), verb="ask.opened", kind="ask", object_id=ids.new())
    actions.seal()
    assert queries.verify_chain(TOWN).sealed == 2
    assert queries.verify_chain(other).sealed == 1


def test_looking_is_told_to_the_person() -> None:
    person = ids.new()
    actions.looked(by=system(TOWN), about=person, page="person")
    assert [line.verb for line in queries.who_looked(person)] == ["person.read"]
