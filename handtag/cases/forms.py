"""What staff write in a case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.cases.rules import MOST_WORDS, OUTCOMES, Closing
from handtag.kernel.errors import Words


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


class NoteForm(forms.Form):
    """A line of what was done."""

    text = forms.CharField(
        label=_("What was done or found out?"),
        help_text=_("It can be read by everybody who can open this case."),
        max_length=MOST_WORDS,
        widget=_area(),
    )


class ReasonForm(forms.Form):
    """Why a protected record is opened."""

    reason = forms.CharField(label=_("Why do you need to open it?"), max_length=200)


class ReaderForm(forms.Form):
    """Who else is let read."""

    person = forms.ChoiceField(label=_("Who else needs to read it?"))

    def __init__(self, *args: Any, staff: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(one), name) for one, name in staff]
        self.fields["person"].choices = [("", _("Choose a colleague")), *chosen]  # type: ignore[attr-defined]  # a choice field

    @property
    def person_id(self) -> UUID:
        """Who was chosen."""
        return UUID(self.cleaned_data["person"])


class CloseForm(forms.Form):
    """How the case ends."""

    came_of = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect)
    answer = forms.CharField(label=_("Your answer"), required=False, max_length=MOST_WORDS, widget=_area())
    note = forms.CharField(
        label=_("For the municipality only"), required=False, max_length=MOST_WORDS, widget=_area()
    )

    def __init__(self, *args: Any, outcomes: dict[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["came_of"].choices = [(code, outcomes[code]) for code in OUTCOMES]  # type: ignore[attr-defined]  # a choice field

    @property
    def closing(self) -> Closing:
        """The same as a plain value."""
        said = self.cleaned_data
        return Closing(said["came_of"], said["answer"], said["note"])
