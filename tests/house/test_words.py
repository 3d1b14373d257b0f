"""The words: none of those that the domain does not use."""

import ast
import re

from tests.house.ground import ROOT, listed, modules, room_of, shown, tree
from tools import messages, pseudo

# docs/words.md says which words are meant instead. A User is a login, and lives in the room login alone.
NOT_SAID = {"user", "users", "client", "clients", "customer", "customers", "admin", "admins"}
NOT_NAMED = NOT_SAID | {"match", "matches"}  # for a class or function: an errand is not a match
NOT_READ = re.compile(r"\b(users?|clients?|customers?|admins?|match(es)?)\b", re.I)
NOT_READ_IN_SWEDISH = re.compile(r"\b(användare[ns]?|klient(en|er)?|kund(en|er)?|matchning(en|ar)?)\b", re.I)


def test_names_use_the_words_of_the_domain() -> None:
    wrong = [
        f"{shown(file)}:{line}: {name}"
        for file in modules()
        if room_of(file) != "login"
        for name, line, banned in _names(tree(file))
        if banned & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    ]
    assert wrong == [], listed(wrong)


def test_texts_use_the_words_of_the_domain() -> None:
    said = [key[1] for key, one in messages.collect().items() if not _in_login(one)]
    assert [text for text in said if NOT_READ.search(text)] == []
    swedish = [str(message.string) for message in messages.read("sv") if message.id]
    assert [text for text in swedish if NOT_READ_IN_SWEDISH.search(text)] == []


def test_accents_keep_placeholders_and_tags() -> None:
    text = "Hello %(name)s, <b>see</b> {what} &amp; 100%%"
    foreign = pseudo.accented(text)
    for kept in ("%(name)s", "<b>", "</b>", "{what}", "&amp;", "%%"):
        assert kept in foreign
    assert len(foreign) >= 1.35 * len(text)
    assert "Hello" not in foreign


def test_a_broken_translation_is_found() -> None:
    assert list(messages._compared("Hi %(name)s", "Hej %(namn)s", "Hi %(name)s"))
    assert list(messages._compared("<b>Hi</b>", "Hej", "<b>Hi</b>"))
    assert list(messages._compared("Hi %(name)s", "Hej %(name)s!", "Hi %(name)s")) == []


def test_the_page_on_words_names_them_all() -> None:
    page = (ROOT / "docs" / "words.md").read_text().lower()
    words = ("user", "client", "customer", "match", "admin", "task")
    assert [word for word in words if f"`{word}`" not in page] == []


def _in_login(one: messages.Found) -> bool:
    return all("login" in file for file in one.files)


def _names(module: ast.Module) -> list[tuple[str, int, set[str]]]:
    """Every name that is given in a module, with the words it may not hold."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.append((node.name, node.lineno, NOT_NAMED))
        elif isinstance(node, ast.arg):
            found.append((node.arg, node.lineno, NOT_SAID))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.id, node.lineno, NOT_SAID))
    return found
