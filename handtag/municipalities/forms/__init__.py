"""What is typed when a municipality is set up, and when somebody tells what did not work."""

from handtag.municipalities.forms.places import AddressesForm, AreasForm, PlaceForm, RenameForm
from handtag.municipalities.forms.settings import CommitteeForm, DecisionForm, LogoForm, SetUpForm
from handtag.municipalities.forms.texts import FeedbackForm, NoticeForm, StatementForm

__all__ = [
    "AddressesForm",
    "AreasForm",
    "CommitteeForm",
    "DecisionForm",
    "FeedbackForm",
    "LogoForm",
    "NoticeForm",
    "PlaceForm",
    "RenameForm",
    "SetUpForm",
    "StatementForm",
]
