"""How somebody helps, asked in four short steps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.helpers import rules
from handtag.kernel import spoken
from handtag.kernel.asked import languages_spoken

PARTS = {"morning": _("Morning"), "afternoon": _("Afternoon"), "evening": _("Evening")}
HOURS = {"morning": "8–12", "afternoon": "12–17", "evening": "17–21"}
REACHES = {
    1_000: _("Up to 1 km"),
    2_000: _("Up to 2 km"),
    5_000: _("Up to 5 km"),
    10_000: _("Up to 10 km"),
    20_000: _("Up to 20 km"),
    50_000: _("Anywhere in the municipality"),
}
AMOUNTS = {
    "": _("As often as it suits"),
    1: _("Once a week"),
    2: _("Twice a week"),
    3: _("Three times a week"),
    5: _("Five times a week"),
}


Choices = Iterable[tuple[str, str]]


class ServicesForm(forms.Form):
    """With what."""

    services = forms.TypedMultipleChoiceField(
        label=_("What do you want to help with?"),
        help_text=_("Choose one or more. You decide each time whether you come."),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing to help with.")},
    )

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "services", services)


class WhereForm(forms.Form):
    """From where, how far, with whom."""

    place = forms.TypedChoiceField(
        label=_("Which place do you help from?"),
        help_text=_("Often where you live. Others see how far away it is, never where."),
        coerce=UUID,
        error_messages={"required": _("Choose the place you help from.")},
    )
    reach = forms.TypedChoiceField(
        label=_("How far do you want to go?"),
        coerce=int,
        choices=list(REACHES.items()),
        widget=forms.RadioSelect,
        initial=2_000,
        error_messages={"required": _("Choose how far from the list.")},
    )
    groups = forms.TypedMultipleChoiceField(
        label=_("Which groups do you want to be in?"),
        help_text=_("Some asks are seen in certain groups only. Be in as many as you like."),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, places: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "place", [("", _("Choose the nearest place")), *places])
        _choose(self, "groups", groups)


@dataclass(frozen=True, slots=True)
class Box:
    """One box of the week."""

    value: str
    id: str
    words: str
    is_ticked: bool


class WhenForm(forms.Form):
    """When in the week."""

    any_time = forms.BooleanField(
        label=_("Any time suits me"),
        help_text=_("You see everything, and say yes to what fits."),
        required=False,
    )
    ticks = forms.MultipleChoiceField(
        label=_("These times suit me"),
        required=False,
        choices=[(f"{day}-{part}", f"{day} {part}") for day in rules.WEEKDAYS for part in rules.PARTS],
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> frozenset[rules.Tick]:
        """What is ticked."""
        return frozenset(rules.read_tick(value) for value in self.cleaned_data["ticks"])

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The heads of the columns: what a part is called, and its hours."""
        return [(str(words), HOURS[part]) for part, words in PARTS.items()]

    @property
    def week(self) -> list[tuple[str, list[Box]]]:
        """The rows of the table."""
        ticked = set(self["ticks"].value() or ())
        return [(spoken.weekdays(day), [_box(day, part, ticked) for part in PARTS]) for day in rules.WEEKDAYS]


def _box(day: int, part: str, ticked: set[str]) -> Box:
    value = f"{day}-{part}"
    words = f"{spoken.WEEKDAYS[day]}, {PARTS[part]}"
    return Box(value, f"id_ticks_{value}", words, value in ticked)


class AmountForm(forms.Form):
    """In which languages, and how much."""

    languages = languages_spoken()
    most_in_week = forms.TypedChoiceField(
        label=_("How often do you want to help at most?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "most_in_week", [(str(number), words) for number, words in AMOUNTS.items()])


class PauseForm(forms.Form):
    """Until when to rest."""

    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("Leave it empty to rest until you come back by yourself."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2026-11-26.")},
    )


def _choose(form: forms.Form, name: str, choices: Choices | Sequence[Any]) -> None:
    field = cast("forms.ChoiceField", form.fields[name])
    field.choices = list(choices)
