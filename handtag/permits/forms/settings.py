"""Setting a service and its rules."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer
from handtag.permits import rules
from handtag.permits.rules import Demand, DemandKind

# The demands with a checkbox each; trainings are written line by line.
TICKED = tuple(kind for kind in rules.DEMANDS if kind not in (DemandKind.TRAINING, DemandKind.CASEWORKER))
Choices = Iterable[tuple[str, Any]]

# What the pictures of services show, for who does not see them.
PICTURES = {
    "hand-helping": _("a helping hand"),
    "shopping-basket": _("a shopping basket"),
    "package": _("a parcel"),
    "stethoscope": _("a stethoscope"),
    "dog": _("a dog"),
    "library": _("a shelf of books"),
    "graduation-cap": _("a student's cap"),
    "languages": _("letters of two languages"),
    "wrench": _("a spanner"),
    "coffee": _("a cup of coffee"),
    "tablet-smartphone": _("a tablet and a phone"),
    "book-open": _("an open book"),
    "house": _("a house"),
    "heart": _("a heart"),
    "calendar": _("a calendar"),
    "users": _("two people"),
    "key-round": _("a key"),
    "mail": _("a letter"),
    "map": _("a map"),
    "phone": _("a telephone"),
}

CHOOSE_THERE = {"invalid_choice": _("Choose one of those in the list."), "required": _("Choose one of them.")}


class ServiceForm(forms.Form):
    """What a service is called and looks like, who answers for it, and how two people come together."""

    name = forms.CharField(
        label=_("Name"), max_length=60, required=False, help_text=_("Empty: the name of the catalogue.")
    )
    summary = forms.CharField(
        label=_("In one line"), max_length=120, required=False, help_text=_("What it can be, in plain words.")
    )
    icon = forms.ChoiceField(
        label=_("Picture"),
        choices=[(icon, PICTURES[icon]) for icon in rules.ICONS],
        initial="hand-helping",
        error_messages=CHOOSE_THERE,
    )
    committee_id = forms.ChoiceField(
        label=_("Committee"),
        help_text=_("It answers for the service and for the personal data in it."),
        error_messages=CHOOSE_THERE,
    )
    frame = forms.ChoiceField(
        label=_("Legal frame"),
        widget=forms.RadioSelect,
        help_text=_("It decides secrecy, what may be demanded, and the text that both sides see."),
        error_messages=CHOOSE_THERE,
    )
    responsibility = forms.CharField(
        label=_("Text about responsibility"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Both sides read it before they agree. Empty: the text of the legal frame."),
    )
    agreement = forms.ChoiceField(
        label=_("How the two come together"), widget=forms.RadioSelect, error_messages=CHOOSE_THERE
    )
    minutes = forms.IntegerField(
        label=_("Usual length in minutes"),
        min_value=15,
        max_value=480,
        initial=60,
        error_messages={
            "min_value": _("Between 15 minutes and eight hours."),
            "max_value": _("Between 15 minutes and eight hours."),
            "required": _("Write a number of minutes."),
            "invalid": _("Write a number of minutes."),
        },
    )
    with_children = forms.BooleanField(
        label=_("It means direct and regular contact with children"), required=False
    )
    in_the_home = forms.BooleanField(label=_("It takes place in somebody's home"), required=False)
    open_to_youth = forms.BooleanField(label=_("Open to those who are 13 to 17"), required=False)
    outlay = forms.BooleanField(
        label=_("The helper may lay out money"),
        required=False,
        help_text=_("The sum and how it is paid back are agreed beforehand."),
    )

    def __init__(
        self,
        *args: Any,
        committees: Choices = (),
        frames: Choices = (),
        agreements: Choices = (),
        kind: str = rules.OWN,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if kind == rules.OWN:
            own = self.fields["name"]
            own.required, own.help_text = True, ""
            own.error_messages["required"] = _("Give the service a name.")
        for name, choices in (("committee_id", committees), ("frame", frames), ("agreement", agreements)):
            offer(self, name, choices)

    def words(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        said = dict(self.cleaned_data)
        return said | {"committee_id": UUID(said["committee_id"])}


class RuleForm(forms.Form):
    """What is demanded on one side of a service: a box for each demand, and how long it counts."""

    trainings = forms.CharField(
        label=_("Introductions"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One on each line."),
    )
    trainings_months = forms.IntegerField(required=False, min_value=1, max_value=120)
    automatic = forms.ChoiceField(
        label=_("Who decides?"),
        widget=forms.RadioSelect,
        choices=[
            ("yes", _("The rule itself, as soon as all is met")),
            ("no", _("A caseworker, each time")),
        ],
        error_messages=CHOOSE_THERE,
    )
    valid_months = forms.IntegerField(
        label=_("Approval holds for (months)"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("Empty: until further."),
    )
    re_examine = forms.ChoiceField(
        label=_("Those who are already approved"),
        widget=forms.RadioSelect,
        initial="no",
        choices=[
            ("no", _("Keep it, by the rule they were approved by")),
            ("yes", _("Are measured by the new rule, and have 30 days for what remains")),
        ],
        error_messages=CHOOSE_THERE,
    )

    def __init__(self, *args: Any, names: dict[str, str], trainings: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names, self.known_trainings = names, trainings
        for kind in TICKED:
            self.fields[kind] = forms.BooleanField(label=names[kind], required=False)
            self.fields[f"{kind}_months"] = forms.IntegerField(required=False, min_value=1, max_value=120)

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each demand's box beside its field for months."""
        return [(self[kind], self[f"{kind}_months"]) for kind in TICKED]

    def demands(self) -> list[Demand]:
        """The demands as ticked, in the order of the page."""
        said = self.cleaned_data
        found: list[Demand] = []
        for kind in rules.DEMANDS:
            if kind == DemandKind.TRAINING:
                found += self._taught()
            elif said.get(kind):
                found.append(Demand(kind.value, "", said.get(f"{kind}_months")))
        return found

    def _taught(self) -> list[Demand]:
        lines = [line.strip() for line in self.cleaned_data.get("trainings", "").splitlines() if line.strip()]
        keys = {words.casefold(): key for key, words in self.known_trainings.items()}
        months = self.cleaned_data.get("trainings_months")
        return [Demand(DemandKind.TRAINING.value, keys.get(line.casefold(), line), months) for line in lines]

    @staticmethod
    def initial_of(
        demands: Sequence[Demand], automatic: bool, valid_months: int | None, trainings: dict[str, str]
    ) -> dict[str, Any]:
        """The form as the rule now stands."""
        first: dict[str, Any] = {"automatic": "yes" if automatic else "no", "valid_months": valid_months}
        lines = []
        for demand in demands:
            if demand.kind == DemandKind.TRAINING:
                lines.append(trainings.get(demand.name, demand.name))
                first["trainings_months"] = demand.months
            else:
                first[demand.kind], first[f"{demand.kind}_months"] = True, demand.months
        return first | {"trainings": "\n".join(lines), "re_examine": "no"}
