"""What an agent types with a caller on the line."""

from handtag.desk.forms.asking import AskForm, PersonForm, ReadForm
from handtag.desk.forms.calling import (
    CallForm,
    HandOnForm,
    HowForm,
    NoteForm,
    OutcomeForm,
    WordsForm,
)
from handtag.desk.forms.helping import HelpingForm

__all__ = [
    "AskForm",
    "CallForm",
    "HandOnForm",
    "HelpingForm",
    "HowForm",
    "NoteForm",
    "OutcomeForm",
    "PersonForm",
    "ReadForm",
    "WordsForm",
]
