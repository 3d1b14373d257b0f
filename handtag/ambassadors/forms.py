"""What ambassadors type: somebody who said yes, where they meet people, an answer in the course."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handtag.ambassadors.rules import Branch, NewHelped
from handtag.kernel import asked

Choices = Sequence[tuple[str, str | Promise]]


class NewHelpedForm(forms.Form):
    """Somebody met at work who said yes: as few fields as will do."""

    given_name = forms.CharField(
        max_length=60, label=_("First name"), error_messages={"required": _("Write a first name.")}
    )
    family_name = forms.CharField(max_length=60, required=False, label=_("Last name"))
    phone = forms.CharField(
        max_length=30,
        required=False,
        label=_("Their own phone number"),
        help_text=_("We tell them that you may ask for them. Yours, or a relative's, does not count."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    place_id = forms.ChoiceField(required=False, label=_("The nearest place"))
    address = forms.CharField(
        max_length=200,
        required=False,
        label=_("Address"),
        help_text=_("So that we can send a letter where there is no phone. Only the one who comes sees it."),
    )
    postcode, post_town = asked.postcode(), asked.post_town()
    language = forms.ChoiceField(label=_("The language they read"), choices=settings.LANGUAGES)
    services = forms.MultipleChoiceField(
        label=_("For which services?"),
        help_text=_("Choose none if it is for all of them."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    consent_how = forms.ChoiceField(
        label=_("How did they say yes?"),
        choices=[("in_person", _("In person")), ("by_phone", _("By phone, read aloud"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    said_yes = forms.BooleanField(
        label=_("They have read or heard the text in a language they understand, and said yes"),
        error_messages={"required": _("Without a yes you cannot ask for them.")},
    )
    proxy_told = forms.BooleanField(
        required=False, initial=True, label=_("Tell me too when something happens with the questions")
    )

    def __init__(self, *args: Any, places: Choices, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"language": "sv"}, **kwargs})
        chosen: Any = self.fields
        chosen["place_id"].choices = [("", _("Not known")), *places]
        chosen["services"].choices = services

    def words(self) -> NewHelped:
        """What was said, as a plain value."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "said_yes"}
        return NewHelped(**{**said, "services": tuple(said["services"])})


class BranchForm(forms.Form):
    """Where one meets people."""

    branch = forms.ChoiceField(
        label=_("Where do you meet people?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )

    def __init__(self, *args: Any, branches: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["branch"]
        choices.choices = [(key, words) for key, words in branches if key in set(Branch)]


class AnswerForm(forms.Form):
    """An answer in the course."""

    answer = forms.TypedChoiceField(
        coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Choose one of these.")}
    )

    def __init__(self, *args: Any, question: Promise, answers: Sequence[Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["answer"]
        choices.label, choices.choices = question, list(enumerate(answers))
