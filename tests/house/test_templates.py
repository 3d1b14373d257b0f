"""What every page keeps to: one-time forms, no inline style or script, links that lead somewhere."""

import re
from pathlib import Path

from django.urls import Resolver404, resolve

from tests.house.ground import listed, shown, templates

FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.S | re.I)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.S)
LINK = re.compile(r"""\b(?:href|action|hx-get|hx-post)="(/[^"]*)\"""")


def words_of(file: Path) -> str:
    """A template without its comments."""
    return COMMENT.sub("", file.read_text(encoding="utf-8"))


def found(pattern: str) -> list[str]:
    """Every place in the templates where a pattern occurs."""
    search = re.compile(pattern, re.I | re.S)
    pages = ((file, words_of(file)) for file in templates())
    return [f"{shown(file)}: {hit.group()[:70]}" for file, words in pages for hit in search.finditer(words)]


def test_a_form_that_changes_something_is_sent_once() -> None:
    """A form that may be sent twice without harm says so: {# sent twice: … #}."""
    wrong = []
    for file in templates():
        for form in FORM.finditer(file.read_text(encoding="utf-8")):
            if not re.search(r'method="?post', form["head"], re.I):
                continue
            if "csrf_token" not in form["body"]:
                wrong.append(f"{shown(file)}: no csrf_token")
            if "{% submission %}" not in form["body"] and "{# sent twice: " not in form["body"]:
                wrong.append(f"{shown(file)}: no {{% submission %}}")
    assert wrong == [], listed(wrong)


def test_no_style_in_line() -> None:
    assert found(r"""<[^>]*\sstyle\s*=|<style\b""") == []


def test_no_script_in_line() -> None:
    assert found(r"""<script\b(?![^>]*\bsrc=)(?![^>]*type="application/json")""") == []
    assert found(r"""<[^>]*\son[a-z]+\s*=\s*["']""") == []
    assert found(r"""=["']?javascript:""") == []


def test_nothing_is_marked_as_safe() -> None:
    assert found(r"\|\s*safe\b|autoescape off") == []


def test_nothing_comes_from_another_host() -> None:
    loading = "link|script|img|iframe|source|video|audio"
    assert found(rf"""<(?:{loading})\b[^>]*(?:src|href)=["']?(?:https?:)?//""") == []


def test_links_written_out_lead_somewhere() -> None:
    dead = []
    for file in templates():
        for link in LINK.findall(words_of(file)):
            path = re.sub(r"\{\{\s*\w*\.?municipality\.slug[^}]*\}\}", "helsingborg", link)
            path = re.split(r"[?#]", path)[0]
            if "{" in path or path.startswith(("/static/", "/media/")):
                continue
            try:
                resolve(path)
            except Resolver404:
                dead.append(f"{shown(file)}: {link}")
    assert dead == [], listed(dead)
