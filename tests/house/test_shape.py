"""How long a file and a function may be, and how each begins."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.ground import ROOT, listed, modules, shown, tree

LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 45


def ours() -> Iterator[Path]:
    """Every Python file that people wrote."""
    for folder in ("handtag", "config", "tools", "bench", "tests"):
        yield from modules(ROOT / folder)
    yield from (ROOT / "dev.py", ROOT / "manage.py")


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    wrong = []
    for file in ours():
        first = (ast.get_docstring(tree(file)) or "").partition("\n\n")[0].replace("\n", " ")
        if not re.fullmatch(r"[A-Z0-9`].{10,200}[.?!]\)?", first):
            wrong.append(f"{shown(file)}: {first!r}")
    assert wrong == [], listed(wrong)


def test_no_file_outgrows_itself() -> None:
    long = {shown(file): len(file.read_text().splitlines()) for file in ours()}
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_outgrows_a_screen() -> None:
    wrong = []
    for file in ours():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LINES_OF_A_FUNCTION:
                    wrong.append(f"{shown(file)}: {node.name} has {lines} lines")
    assert wrong == [], listed(wrong)


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    assert [shown(file) for file in ours() if later.search(file.read_text())] == []


def test_an_exception_to_a_rule_says_why() -> None:
    """`noqa` and `type: ignore` are followed by their reason on the same line."""
    bare = re.compile(r"#\s*(noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|type:\s*ignore\[[^\]]+\])\s*$")
    wrong = [
        f"{shown(file)}:{number}"
        for file in ours()
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if bare.search(line)
    ]
    assert wrong == [], listed(wrong)
