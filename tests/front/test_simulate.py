"""`manage.py simulate`: a table, a picture, the measures; progress; and wrong words said plainly."""

import json
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

QUICK = ("--town", "spread", "--days", "7", "--seeds", "2", "--policy", "everyone", "--policy", "one")


def run(*words: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("simulate", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_policies_stand_side_by_side_and_progress_goes_to_the_end(tmp_path: Path) -> None:
    said, progress = run(*QUICK, "--picture", str(tmp_path / "towns.svg"))
    assert "everyone" in said
    assert "ours" not in said
    rows = {line.split("|")[1].strip(): line.split("|")[2:-1] for line in said.splitlines() if "|" in line}
    everyone, one = (float(cell) for cell in rows["notices a fill"])
    assert everyone > 2 * one
    assert "4/4" in progress.splitlines()[-1]
    picture = ElementTree.fromstring((tmp_path / "towns.svg").read_text())
    assert len(picture.findall("{http://www.w3.org/2000/svg}rect")) == 2


def test_the_same_words_give_the_same_figures_and_another_seed_others() -> None:
    first, again = (json.loads(run(*QUICK, "--json")[0]) for _ in range(2))
    assert first == again
    assert set(first) == {"everyone", "one"}
    assert json.loads(run(*QUICK, "--json", "--first-seed", "9")[0]) != first


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--seeds", "0"), "--seeds must be 1 or more"),
        (("--days", "3"), "--days must be 7 or more"),
        (("--first-seed", "-1"), "--first-seed must be 0 or more"),
        (("--town", "huge"), "invalid choice: 'huge'"),
        (("--policy", "best"), "invalid choice: 'best'"),
        (("--behaviour", "odd"), "invalid choice: 'odd'"),
        (("--seeds", "many"), "invalid int value: 'many'"),
        (("--picture", "/no/such/folder/a.svg"), "There is no folder /no/such/folder"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], says: str) -> None:
    with pytest.raises(CommandError, match=says):
        run(*words)
