"""How a caller wants to help, on one sheet: the four questions that they would answer on the web."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from handtag.helpers import rules
from handtag.kernel import spoken
from handtag.kernel.asked import languages_spoken
from handtag.kernel.picks import offer

Choices = Iterable[tuple[str, Any]]


class HelpingForm(forms.Form):
    """With what, from where, when and how much."""

    services = forms.TypedMultipleChoiceField(
        label=_("What do you want to help with?"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing to help with.")},
    )
    place = forms.TypedChoiceField(
        label=_("Which place do you help from?"),
        coerce=UUID,
        error_messages={"required": _("Choose the place you help from.")},
    )
    reach = forms.TypedChoiceField(label=_("How far do you want to go?"), coerce=int, initial=2_000)
    groups = forms.TypedMultipleChoiceField(
        label=_("Which groups do you want to be in?"),
        coerce=UUID,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    any_time = forms.BooleanField(label=_("Any time suits me"), required=False)
    ticks = forms.MultipleChoiceField(
        label=_("These times suit me"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = languages_spoken()
    most_in_week = forms.TypedChoiceField(
        label=_("How often do you want to help at most?"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self, *args: Any, services: Choices, places: Choices, groups: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "services", services)
        offer(self, "place", [("", _("Choose a place")), *places])
        offer(self, "groups", groups)
        offer(self, "reach", [(metres, f"{metres // 1000} km") for metres in rules.REACHES])
        offer(self, "ticks", _week())
        often = [(times, _("%(times)s a week") % {"times": times}) for times in rules.AMOUNTS]
        offer(self, "most_in_week", [("", _("As often as it suits")), *often])

    def wish(self) -> rules.Wish:
        """What the caller has answered."""
        said = self.cleaned_data
        return rules.Wish(
            service_ids=tuple(said["services"]),
            place_id=said["place"],
            reach=said["reach"],
            group_ids=tuple(said["groups"]),
            any_time=said["any_time"],
            ticks=frozenset(map(rules.read_tick, said["ticks"])),
            languages=tuple(said["languages"]),
            most_in_week=said["most_in_week"],
        )


def _week() -> list[tuple[str, str]]:
    """The parts of each weekday, by their hours."""
    return [
        (f"{day}-{part}", f"{capfirst(str(spoken.WEEKDAYS[day]))} {begins // 60}–{ends // 60}")
        for day in rules.WEEKDAYS
        for part, (begins, ends) in rules.PARTS.items()
    ]
