"""Finding who is on the line, and noting what came of a call."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer

Choices = Sequence[tuple[str, str | Promise]]


class CallForm(forms.Form):
    """Who is on the line."""

    words = forms.CharField(
        max_length=120,
        label=_("Who is ringing? Number or name"),
        help_text=_("The whole number leads straight to them."),
        error_messages={"required": _("Write a number or a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )


class WordsForm(forms.Form):
    """Somebody at a door."""

    words = forms.CharField(
        max_length=120,
        label=_("Name, number on the card, or the address"),
        error_messages={"required": _("Write a name, the number on the card, or the address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autofocus": True}),
    )


class NoteForm(forms.Form):
    """A short note to the call."""

    note = forms.CharField(
        max_length=300,
        label=_("A note to this call"),
        help_text=_("Shown for a month. Nothing about health."),
        error_messages={"required": _("Write something first.")},
    )


class OutcomeForm(forms.Form):
    """What came of ringing."""

    outcome = forms.ChoiceField(
        choices=[("reached", ""), ("no_answer", ""), ("wrong_number", "")],
        error_messages={
            "required": _("Choose what came of it."),
            "invalid_choice": _("Choose what came of it."),
        },
    )

    @property
    def told_ids(self) -> list[UUID]:
        """The news that stood on the page when it was told."""
        return _ids(self.data)


def _ids(data: Any) -> list[UUID]:
    found = data.getlist("news") if hasattr(data, "getlist") else []
    return [UUID(one) for one in found if _is_id(one)]


def _is_id(word: str) -> bool:
    try:
        UUID(word)
    except ValueError:
        return False
    return True


class HowForm(forms.Form):
    """How it went, as the caller says it."""

    how = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[("good", _("Good")), ("fair", _("Fair")), ("bad", _("Not good"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was.")},
    )
    words = forms.CharField(
        label=_("What they want the municipality to know"), max_length=500, required=False
    )


class HandOnForm(forms.Form):
    """What is for others: for whom, what, and by when somebody must have taken it."""

    concern = forms.ChoiceField(
        label=_("Whom is it for?"),
        choices=[
            ("home_care", _("Home care")),
            ("social_services", _("The social services")),
            ("health_care", _("Health care")),
            ("housing", _("Where somebody lives: the landlord, the technical office")),
            ("something_else", _("Somebody else at the municipality")),
        ],
        error_messages={"required": _("Choose whom it is for.")},
    )
    words = forms.CharField(
        label=_("What does the caller need?"),
        help_text=_("A sentence or two. Whoever takes it reads this."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what the caller needs, in a sentence or two.")},
    )
    receiver = forms.ChoiceField(label=_("Who takes it?"), required=False)
    days = forms.TypedChoiceField(
        label=_("Taken within"),
        choices=[(1, _("one day")), (2, _("two days")), (7, _("a week"))],
        coerce=int,
        initial=1,
    )
    agreed = forms.BooleanField(
        label=_("The caller wants us to hand it on"),
        error_messages={"required": _("Ask the caller first.")},
    )

    def __init__(self, *args: Any, receivers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "receiver", [("", _("The coordinators")), *receivers])

    @property
    def receiver_id(self) -> UUID | None:
        """Who was chosen; nobody for the coordinators."""
        chosen = self.cleaned_data["receiver"]
        return UUID(chosen) if chosen else None
