"""What staff write in a case."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.cases.rules import MOST_WORDS, OUTCOMES, Closing
from handtag.kernel.errors import Words
from handtag.kernel.picks import offer


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


class ReaderForm(forms.Form):
    """Who else is let read."""

    person = forms.ChoiceField(label=_("Who else needs to read it?"))

    def __init__(self, *args: Any, staff: Sequence[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(one), name) for one, name in staff]
        offer(self, "person", [("", _("Choose a colleague")), *chosen])

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
        offer(self, "came_of", [(code, outcomes[code]) for code in OUTCOMES])

    @property
    def closing(self) -> Closing:
        """The same as a plain value."""
        said = self.cleaned_data
        return Closing(said["came_of"], said["answer"], said["note"])
