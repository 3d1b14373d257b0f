"""The words on screen: collect them from code and templates, merge and check translations, compile them."""

import argparse
import ast
import fcntl
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.audience import residents_meet

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
REQUIRED = ("sv",)
SOURCE = "en"
RULES_OF = {"sv_Easy": "sv"}  # languages whose plural forms and letters are another's
CODE = ("config", "handtag")
PAGES = ("templates", "handtag")
PAGE_ENDINGS = {".html", ".txt", ".xml", ".svg"}

# For each function: which argument is context, message, plural.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS |= {f"{name}_lazy": places for name, places in FUNCTIONS.items() if name != "gettext_noop"}

Key = tuple[str | None, str]


@dataclass
class Found:
    """One message as the code says it."""

    plural: str | None = None
    files: set[str] = field(default_factory=set)


class Wrong(Exception):
    """Something in code, templates or a catalogue that a person must mend."""


# --- collecting -------------------------------------------------------------------------------------------


def collect(root: Path = ROOT) -> dict[Key, Found]:
    """Every message in the Python code and the templates under `root`."""
    found: dict[Key, Found] = {}
    for file in _files(root, CODE, {".py"}):
        for key, plural in _from_code(file):
            _note(found, key, plural, file.relative_to(root).as_posix())
    for file in _files(root, PAGES, PAGE_ENDINGS):
        for key, plural in _from_page(file):
            _note(found, key, plural, file.relative_to(root).as_posix())
    return found


def _files(root: Path, folders: tuple[str, ...], endings: set[str]) -> Iterator[Path]:
    for folder in folders:
        for file in sorted((root / folder).rglob("*")):
            inside = file.relative_to(root).parts
            if file.suffix not in endings or "migrations" in inside or "static" in inside:
                continue
            if file.suffix == ".py" or folder == "templates" or "templates" in inside:
                yield file


def _note(found: dict[Key, Found], key: Key, plural: str | None, file: str) -> None:
    one = found.setdefault(key, Found())
    if plural and one.plural and plural != one.plural:
        raise Wrong(f"{file}: {key[1]!r} has two plurals: {one.plural!r} and {plural!r}")
    one.plural = one.plural or plural
    one.files.add(file)


def _from_code(file: Path) -> Iterator[tuple[Key, str | None]]:
    tree = ast.parse(file.read_text(encoding="utf-8"), filename=str(file))
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            places = FUNCTIONS.get(_called(node.func, names))
            if places:
                yield from _said(node, places, file)


def _imported(tree: ast.Module) -> dict[str, str]:
    """Local names of Django's translating functions, e.g. {"_": "gettext_lazy"}."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }


def _called(function: ast.expr, names: dict[str, str]) -> str:
    if isinstance(function, ast.Name):
        return names.get(function.id, "")
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        return function.attr if function.value.id == "translation" else ""
    return ""


def _said(
    node: ast.Call, places: tuple[int | None, int, int | None], file: Path
) -> Iterator[tuple[Key, str | None]]:
    words: list[str | None] = []
    for argument in node.args[:3]:
        if isinstance(argument, ast.JoinedStr | ast.BinOp):
            raise Wrong(f"{file}:{node.lineno}: a translated text must stand whole, with placeholders")
        constant = argument.value if isinstance(argument, ast.Constant) else None
        words.append(constant if isinstance(constant, str) else None)
    yield from _keyed(words, places)


def _keyed(
    words: list[str | None], places: tuple[int | None, int, int | None]
) -> Iterator[tuple[Key, str | None]]:
    context, message, plural = ((words[at] if at is not None and at < len(words) else None) for at in places)
    if message:
        yield (context, message), plural


_CALL = re.compile(r"\b(_|n?p?gettext)\(")
_LITERAL = re.compile(r"""\s*,?\s*u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""", re.S)


def _from_page(file: Path) -> Iterator[tuple[Key, str | None]]:
    from django.utils.translation.template import templatize

    text = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    for call in _CALL.finditer(text):
        words: list[str | None] = []
        at = call.end()
        while literal := _LITERAL.match(text, at):
            words.append(ast.literal_eval(literal.group(1)))
            at = literal.end()
        yield from _keyed(words, FUNCTIONS["gettext" if call.group(1) == "_" else call.group(1)])


# --- catalogues -------------------------------------------------------------------------------------------


def po_file(language: str) -> Path:
    """Where the catalogue of a language stands."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def languages() -> list[str]:
    """Every language that has, or must have, a catalogue."""
    there = {file.parent.parent.name for file in LOCALE.glob("*/LC_MESSAGES/django.po")}
    return sorted((there | set(REQUIRED)) - {SOURCE})


def wanted(language: str, found: dict[Key, Found]) -> dict[Key, Found]:
    """What a language must say: Swedish all, the others what residents and helpers meet."""
    if language in REQUIRED:
        return found
    return {key: one for key, one in found.items() if residents_meet(one.files)}


def read(language: str) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    file, rules = po_file(language), RULES_OF.get(language, language)
    if not file.exists():
        return Catalog(locale=rules)
    with file.open("rb") as lines:
        return read_po(lines, locale=rules, abort_invalid=True)


def refreshed(language: str, found: dict[Key, Found]) -> Catalog:
    """A catalogue of exactly what is said now, with the translations there were."""
    old, new = read(language), Catalog(locale=RULES_OF.get(language, language))
    for (context, message), one in wanted(language, found).items():
        before = old.get(message, context)
        words = before.string if before else ""
        plural = new.num_plurals
        if one.plural:
            words = words if isinstance(words, tuple) and len(words) == plural else ("",) * plural
        elif not isinstance(words, str):
            words = ""
        identity = (message, one.plural) if one.plural else message
        places = [(file, 0) for file in sorted(one.files)]
        new.add(identity, words, locations=places, context=context, flags=_flags(message, one))
    return new


def _flags(message: str, one: Found) -> set[str]:
    formatted = re.search(r"%\(\w+\)[sd]|%[sd]", f"{message} {one.plural or ''}")
    return {"python-format"} if formatted else set()


def write(language: str, catalogue: Catalog) -> None:
    """Write a catalogue in an order that does not depend on the hour or the writer."""
    lines = BytesIO()
    write_po(lines, catalogue, width=110, sort_output=True, include_lineno=False, ignore_obsolete=True)
    text = lines.getvalue().decode()
    head, _, body = text.partition("\n\n")
    forms = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Handtag\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {forms}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"'
    )
    replace(po_file(language), f"{head}\n\n{body}".encode())


def replace(file: Path, content: bytes) -> None:
    if file.exists() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(file)


@contextmanager
def alone() -> Iterator[None]:
    """Let one at a time work on the catalogues."""
    LOCALE.mkdir(exist_ok=True)
    handle = os.open(LOCALE, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


# --- commands ---------------------------------------------------------------------------------------------


def update() -> int:
    """Bring every catalogue in step with the code."""
    found = collect()
    for language in languages():
        catalogue = refreshed(language, found)
        write(language, catalogue)
        empty = sum(1 for message in catalogue if message.id and not _translated(message))
        print(f"{language}: {len(catalogue)} messages, {empty} without translation")
    return 0


def merge(files: list[Path], language: str) -> int:
    """Put translations from JSON files into a catalogue; those of messages that nobody says are named."""
    catalogue = refreshed(language, collect())
    unknown: list[str] = []
    for file in files:
        for key, words in json.loads(file.read_text(encoding="utf-8")).items():
            context, _, message = key.rpartition("\u0004")
            entry = catalogue.get(message, context or None)
            if entry is None:
                unknown.append(f"{file.name}: {key!r}")
            elif isinstance(entry.id, str) == isinstance(words, str):
                entry.string = words if isinstance(words, str) else tuple(words)
            else:
                wanted = "one text" if isinstance(entry.id, str) else "a list of forms"
                raise Wrong(f"{file.name}: {key!r} needs {wanted}")
    write(language, catalogue)
    if unknown:
        print(f"{len(unknown)} translated but said nowhere:", *unknown, sep="\n  ")
    return 0


def problems(language: str, found: dict[Key, Found]) -> list[str]:
    """All that is wrong with one catalogue."""
    catalogue, found = read(language), wanted(language, found)
    there = {(message.context, _singular(message)): message for message in catalogue if message.id}
    wrong = [f"missing: {key[1]!r} ({min(found[key].files)})" for key in found if key not in there]
    wrong += [f"nobody says: {key[1]!r}" for key in there if key not in found]
    for key, message in there.items():
        wrong += [f"{key[1]!r}: {complaint}" for complaint in _complaints(message, catalogue)]
    return sorted(wrong)


def _complaints(message: Message, catalogue: Catalog) -> Iterator[str]:
    if not _translated(message):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked as fuzzy"
    if isinstance(message.id, str):
        yield from _compared(message.id, str(message.string), message.id)
        return
    forms = tuple(message.string or ())
    if len(forms) != catalogue.num_plurals:
        yield f"{len(forms)} forms instead of {catalogue.num_plurals}"
    alone = _of_one_number(catalogue.plural_expr)
    for number, form in enumerate(forms):
        # "One ask" needs no number, and "two asks" none where two is a form of its own.
        least = message.id[0] if number == 0 and 0 in alone else message.id[1]
        yield from _compared(message.id[1], form, least, may_lack=int(number in alone))


def _of_one_number(plural_rule: str) -> set[int]:
    """The plural forms that stand for a single number: the first in Swedish, the first three in Arabic."""
    counts = Counter(map(c2py(plural_rule), range(1000)))
    return {form for form, count in counts.items() if count == 1}


_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?\w+")


def _compared(original: str, words: str, least: str, may_lack: int = 0) -> Iterator[str]:
    """`original` has all placeholders that may occur; `least` those that must, but for `may_lack` of them."""
    said, may, must = (set(_PLACEHOLDER.findall(text)) for text in (words, original, least))
    if said - may or len(must - said) > may_lack:
        yield f"placeholders {sorted(said)} instead of {sorted(must)}"
    if sorted(_TAG.findall(words)) != sorted(_TAG.findall(least)):
        yield "other tags than the original"
    if words[:1].isspace() != least[:1].isspace() or words[-1:].isspace() != least[-1:].isspace():
        yield "other blanks at its ends than the original"


def check() -> int:
    """Fail when a translation is missing, broken or no longer said."""
    found = collect()
    wrong = [f"{language}: {problem}" for language in languages() for problem in problems(language, found)]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(found)} messages in {', '.join(languages())}: {len(wrong)} problems")
    return 1 if wrong else 0


def compile_all() -> int:
    """Make the binary catalogue of every language that has words."""
    for language in languages():
        catalogue, compiled = read(language), BytesIO()
        write_mo(compiled, catalogue)
        replace(po_file(language).with_suffix(".mo"), compiled.getvalue())
    return 0


def _translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def main(words: list[str] | None = None) -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("update", "check", "compile"):
        commands.add_parser(name)
    merging = commands.add_parser("merge")
    merging.add_argument("files", nargs="+", type=Path)
    merging.add_argument("--language", default="sv")
    said = parser.parse_args(words)
    try:
        with alone():
            return _do(said)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 1


def _do(said: argparse.Namespace) -> int:
    if said.command == "merge":
        return merge(said.files, said.language)
    return {"update": update, "check": check, "compile": compile_all}[said.command]()


if __name__ == "__main__":
    sys.exit(main())
