"""The published word list: what it finds, and what it leaves in peace."""

import pytest

from handtag.errands.rules.care_words import LIST, Topic, found, topics


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Jag vill inte leva längre", Topic.DANGER),
        ("Min man SLÅR MIG", Topic.DANGER),
        ("He threatens me every night", Topic.DANGER),
        ("Jag har ont i  bröstet", Topic.ILLNESS),
        ("Dela ut min blodtrycksmedicin", Topic.MEDICINE),
        ("ge insulinsprutor", Topic.MEDICINE),
        ("Help me take my pills", Topic.MEDICINE),
        ("Lägga om såret på benet", Topic.WOUNDS),
        ("Byta min stomipåse", Topic.WOUNDS),
        ("Hjälp att duscha", Topic.HYGIENE),
        ("intimhygien", Topic.HYGIENE),
        ("help with showering", Topic.HYGIENE),
    ],
)
def test_care_and_danger_are_recognised(text: str, topic: Topic) -> None:
    assert topic in {hit.topic for hit in found(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Handla mjölk, bröd och kaffe",
        "Hämta medicin på apoteket",
        "Köpa plåster och tabletter på apoteket",
        "Pick up my medicine at the pharmacy",
        "Byta duschdraperi",
        "Fika och prata om violer",
        "Hjälp med min tablet",
        "Öva svenska inför provet",
        "",
    ],
)
def test_what_neighbours_do_is_left_in_peace(text: str) -> None:
    assert found(text) == []


def test_fetching_one_thing_does_not_excuse_another_sentence() -> None:
    assert [hit.word for hit in found("Hämta mjölk. Ge mig min medicin.")] == ["*medicin"]


def test_the_most_urgent_comes_first_and_each_word_once() -> None:
    hits = found("Duscha mig, duscha mig", "någon hotar mig")
    assert [hit.topic for hit in hits] == [Topic.DANGER, Topic.HYGIENE]
    assert topics(hit.word for hit in hits) == [Topic.DANGER, Topic.HYGIENE]


def test_a_word_is_not_said_again_as_a_part_of_a_longer_one() -> None:
    assert [hit.word for hit in found("Hon vill ha sina mediciner")] == ["*mediciner"]


def test_every_topic_has_words_in_swedish_and_english() -> None:
    for topic in Topic:
        assert LIST[topic]["sv"]
        assert LIST[topic]["en"]
        assert all(word == word.casefold().strip() for words in LIST[topic].values() for word in words)
