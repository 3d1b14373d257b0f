"""How hard the words are: what residents meet reads easily, and easy Swedish more easily still."""

import pytest

from tests.house.ground import listed
from tools import messages, reading


@pytest.mark.parametrize(("language", "most"), [("sv", 40), ("sv_Easy", 30)])
def test_what_residents_meet_reads_easily(language: str, most: int) -> None:
    hard = [f"{file}: {found:.0f}" for file, found in reading.by_file(language).items() if found > most]
    assert hard == [], listed(hard)


def test_lix_is_counted_as_bjornsson_did() -> None:
    # Seven words, two sentences, one word of more than six letters.
    assert reading.lix(["Du ringer oss. Vi svarar alltid dagligen."]) == pytest.approx(7 / 2 + 100 / 7)
    assert reading.lix(["Ring oss"]) == 0
    assert reading.lix(["Hej %(name)s, <b>kom</b> hit till oss"]) == pytest.approx(6)


def test_every_language_says_all_that_residents_meet() -> None:
    said = messages.collect()
    wrong = {language: messages.problems(language, said) for language in messages.languages()}
    assert wrong == {language: [] for language in ("ar", "fi", "so", "sv", "sv_Easy", "uk")}
