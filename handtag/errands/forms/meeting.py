"""What helpers and askers type when they meet: filters, a yes, messages, money, how it was, worries."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from handtag.errands.rules import receipts
from handtag.kernel.picks import offer
from handtag.papers import photos
from handtag.papers.photos import Photo

REACHES = (
    ("", _("As far as I have said")),
    ("1000", _("At most 1 km")),
    ("2000", _("At most 2 km")),
    ("5000", _("At most 5 km")),
    ("10000", _("At most 10 km")),
    ("20000", _("At most 20 km")),
    ("60000", _("In the whole municipality")),
)
WHENS = (
    ("", _("Any time")),
    ("hours", _("At hours that suit me")),
    ("soon", _("In the next seven days")),
    ("weekend", _("At weekends")),
)
HOWS = (("good", _("It was good")), ("fair", _("It was all right")), ("bad", _("It was not good")))
CONCERNS = (
    ("unsafe", _("I felt unsafe")),
    ("behaviour", _("How I was treated")),
    ("money", _("Money or things")),
    ("no_show", _("Nobody came")),
    ("other", _("Something else")),
)
MOST_SHOWN = 200


class LookForm(forms.Form):
    """How far and when somebody looks for asks; a choice that does not exist means none."""

    within = forms.ChoiceField(label=_("How far"), choices=REACHES, required=False)
    when = forms.ChoiceField(label=_("When"), choices=WHENS, required=False)
    most = forms.IntegerField(required=False, min_value=1, max_value=MOST_SHOWN, widget=forms.HiddenInput)

    def look(self) -> dict[str, Any]:
        """What was chosen, as the list takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        found: dict[str, Any] = {"when": chosen.get("when", "")}
        if chosen.get("within"):
            found["within"] = int(chosen["within"])
        if chosen.get("most"):
            found["most"] = chosen["most"]
        return found


class DatesField(forms.TypedMultipleChoiceField):
    """Dates to choose among; one that is gone since the page was shown is for the deed to refuse."""

    def valid_value(self, value: Any) -> bool:
        """Every id is let through."""
        return True


class YesForm(forms.Form):
    """Yes, I can come: on which dates, and the text of responsibility accepted."""

    occasions = DatesField(
        label=_("Which days can you come?"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one day."),
            "invalid_choice": _("One of the days is no longer open. Choose again among those that are left."),
        },
    )
    accept = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Read what applies and tick the box, then you can say yes.")},
    )

    def __init__(self, *args: Any, dates: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        choices = [(str(each), words) for each, words in dates]
        super().__init__(*args, **kwargs)
        if isinstance(self.data, MultiValueDict) and self.data.get("all"):
            every = [each for each, _said in choices]
            self.data = MultiValueDict({**dict(self.data.lists()), "occasions": every})
        offer(self, "occasions", choices)
        if len(choices) == 1:
            self.fields["occasions"].widget = forms.MultipleHiddenInput()
            self.initial["occasions"] = [choices[0][0]]


class MessageForm(forms.Form):
    """A few words to the other side."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Write nothing about health or other private matters."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write something first.")},
    )


class SpentForm(forms.Form):
    """What the goods cost."""

    spent = forms.IntegerField(
        label=_("What did the goods cost?"),
        help_text=_("In whole kronor, as on the receipt."),
        min_value=0,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write what the goods cost, in whole kronor."),
            "invalid": _("Write the sum with digits only, for example 240."),
        },
    )


class ReceiptForm(forms.Form):
    """A photo of a receipt; what the file is called, and what it says of itself, counts for nothing."""

    receipt = forms.FileField(
        label=_("A photo of the receipt"),
        help_text=_("JPEG, PNG or WebP, at most 5 MB. Where and when it was taken is not kept."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose a photo first."),
            "invalid": _("Choose a photo first."),
            "missing": _("Choose a photo first."),
            "empty": _("That file is empty. Choose the photo again."),
            "max_length": _("The name of that file is too long. Give it a shorter one and try again."),
        },
    )

    def clean_receipt(self) -> Photo:
        """The photo written anew, by what the file holds."""
        sent = self.cleaned_data["receipt"]
        if sent.size > receipts.MOST_BYTES:
            raise forms.ValidationError(
                _("The photo is larger than 5 MB. Cut away what is not the receipt, and try again.")
            )
        photo = photos.read(sent.read())
        if photo is None:
            raise forms.ValidationError(
                _("We cannot read that as a photo. Take a new one, or save it as JPEG, and try again.")
            )
        return photo


class FeedbackForm(forms.Form):
    """How it was, thanks to the other, and a word to the municipality."""

    how = forms.ChoiceField(
        label=_("How was it?"),
        choices=HOWS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it was.")},
    )
    thanks = forms.CharField(
        label=_("Would you like to say thank you?"),
        help_text=_("The other one can read this."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    for_municipality = forms.CharField(
        label=_("Something the municipality should know?"),
        help_text=_("Only the municipality reads this. Write nothing about health or other private matters."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CancelForm(forms.Form):
    """Why somebody cannot come, if they like to say."""

    reason = forms.CharField(
        label=_("Would you like to say why?"),
        help_text=_("Only the municipality reads this. Write nothing about health or other private matters."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReportForm(forms.Form):
    """What feels wrong."""

    concern = forms.ChoiceField(
        label=_("What is it about?"),
        choices=CONCERNS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    words = forms.CharField(
        label=_("Tell us what happened"),
        help_text=_("Only those who handle reports at the municipality read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words about what happened.")},
    )


class MissedForm(forms.Form):
    """Who did not come."""

    missed_by = forms.ChoiceField(
        label=_("Who did not come?"),
        choices=(("asker", _("The one who wanted help")), ("helper", _("The one who was going to help"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who did not come.")},
    )
