"""Choices: those that show more than their words, and those that are known only when the page is."""

from collections.abc import Iterable
from typing import Any

from django import forms


class Pick(str):
    """The words of a choice, with its picture and the line beneath it."""

    icon: str
    hint: str

    def __new__(cls, words: object, *, icon: str = "", hint: object = "") -> "Pick":
        made = super().__new__(cls, words)
        made.icon, made.hint = icon, str(hint)
        return made


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let one of these be chosen in a field of the form; TypeError where the field offers no choice."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    field.choices = list(choices)
