"""What is typed on the way to an ask, step by step, as the plain answers that a draft keeps."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, Protocol, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.errands.rules import asks as rules
from handtag.kernel import clock
from handtag.kernel.picks import Pick
from handtag.kernel.tongues import TONGUES

Answers = dict[str, Any]
Choices = Sequence[tuple[str, str]]


class Home(Protocol):
    """A place known from before."""

    place: str
    address: str
    longitude: float | None
    latitude: float | None
    door: str

    @property
    def said(self) -> str: ...


class StepForm(forms.Form):
    """One step: the answers so far are what it starts with."""

    def answers(self) -> Answers:
        """What a draft keeps of it."""
        return {name: _plain(value) for name, value in self.cleaned_data.items()}

    @property
    def given(self) -> list[str]:
        """The fields in which there is something that can be read."""
        return [name for name, value in self.cleaned_data.items() if value not in (None, "", [])]


def _choices(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field of choices, to be given those of this municipality."""
    return cast(forms.ChoiceField, form.fields[name])


def _plain(value: object) -> object:
    if value is None:
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, list | int) else str(value).strip()


class WhomForm(StepForm):
    """For whom the help is, and which languages they manage."""

    for_whom = forms.ChoiceField(
        label=_("Who needs a hand?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who needs a hand.")},
    )
    for_name = forms.CharField(
        label=_("What is the one you live with called?"),
        help_text=_("A first name, so that whoever comes knows whom to greet. Only they see it."),
        max_length=rules.LENGTHS["for_name"],
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Which languages go well?"),
        help_text=_("We ask only people who speak one of them. Choose none if it does not matter."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, helped: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = _("Somebody %(name)s lives with") % {"name": helped} if helped else _("Somebody I live with")
        _choices(self, "for_whom").choices = [
            ("self", Pick(helped or _("I do"), icon="user")),
            ("household", Pick(other, icon="users")),
        ]
        _choices(self, "languages").choices = list(TONGUES.items())

    def answers(self) -> Answers:
        """The name goes with the choice it belongs to."""
        found = super().answers()
        return found if found.get("for_whom") == "household" else {**found, "for_name": ""}


class WhatForm(StepForm):
    """Which service."""

    service = forms.ChoiceField(
        label=_("What do you need help with?"),
        help_text=_("Choose what fits best. You can tell more in a moment."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you need help with.")},
    )

    def __init__(self, *args: Any, services: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "service").choices = [
            (str(row.id), Pick(row.words.name, icon=row.icon, hint=row.words.summary)) for row in services
        ]


# What one could write, for the kinds of the catalogue.
EXAMPLES: Final = {
    "shopping": _("For example: milk, bread and coffee from the shop, one bag."),
    "errand": _("For example: fetch a parcel that weighs four kilos."),
    "care_companion": _("For example: come along to an appointment and home again."),
    "company": _("For example: a cup of coffee and a walk round the park."),
    "digital": _("For example: get BankID on a new phone."),
    "homework": _("For example: mathematics in year eight, an hour."),
    "language": _("For example: talk Swedish for an hour, or go through a letter."),
    "practical": _("For example: change two ceiling lamps. I have a ladder."),
    "dog_walk": _("For example: half an hour with a calm poodle."),
    "library": _("For example: take back three books and fetch one."),
}


class MoreForm(StepForm):
    """What is needed, what is good to know, and money where the service has it."""

    need = forms.CharField(
        label=_("Tell us shortly what you need"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=rules.LENGTHS["need"],
        required=False,
    )
    know = forms.CharField(
        label=_("Is there anything good to know?"),
        help_text=_("For example: the lift is narrow, the dog barks but is kind."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=rules.LENGTHS["know"],
        required=False,
    )
    outlay_how = forms.ChoiceField(
        label=_("How do you pay for what is bought?"),
        help_text=_("The money is between the two of you. Nothing passes through us."),
        choices=[
            ("", _("Nothing is to be bought")),
            ("swish", _("I pay back by Swish")),
            ("cash", _("I pay back in cash")),
            ("ahead", _("I give the money beforehand")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    outlay_ceiling = forms.IntegerField(
        label=_("How much may it cost at most, in kronor?"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": rules.MOST_OUTLAY}),
        required=False,
    )

    def __init__(self, *args: Any, kind: str = "", has_outlay: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].help_text = EXAMPLES.get(kind, _("A sentence is enough."))
        if not has_outlay:
            del self.fields["outlay_how"], self.fields["outlay_ceiling"]

    def answers(self) -> Answers:
        """With a mark that this screen was seen: both its texts may be empty."""
        nothing = {"outlay_how": "", "outlay_ceiling": ""}
        return {**nothing, **super().answers(), "more": "yes"}


class WhenForm(StepForm):
    """Which day, what time, once or weekly, and how many are needed."""

    when = forms.ChoiceField(
        label=_("Which day?"),
        choices=[
            ("soon", _("As soon as possible")),
            ("tomorrow", _("Tomorrow")),
            ("day", _("Another day")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a day.")},
    )
    day = forms.DateField(
        label=_("The date, if you chose another day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year, month and day: 2026-11-26.")},
        required=False,
    )
    part = forms.ChoiceField(label=_("What time suits you?"), widget=forms.RadioSelect, required=False)
    from_time = forms.TimeField(
        label=_("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hour and minute: 14:00.")},
        required=False,
    )
    to_time = forms.TimeField(
        label=_("To"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hour and minute: 16:00.")},
        required=False,
    )
    often = forms.ChoiceField(
        label=_("Once, or every week?"),
        choices=[("once", _("Once")), ("weekly", _("Every week, the same day and time"))],
        widget=forms.RadioSelect,
        initial="once",
        required=False,
    )
    last_on = forms.DateField(
        label=_("The last date, if it is every week"),
        help_text=_("At most 26 weeks on. You can take away single dates before you send."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year, month and day: 2026-11-26.")},
        required=False,
    )
    wanted = forms.TypedChoiceField(
        label=_("How many helpers do you need?"),
        choices=[(number, str(number)) for number in range(1, rules.MOST_HELPERS + 1)],
        coerce=int,
        initial=1,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "part").choices = [
            ("morning", Pick(_("Morning"), hint=_("8 to 12"))),
            ("midday", Pick(_("Midday"), hint=_("11 to 14"))),
            ("afternoon", Pick(_("Afternoon"), hint=_("13 to 17"))),
            ("evening", Pick(_("Evening"), hint=_("17 to 20"))),
            ("own", Pick(_("A time of my own"))),
        ]

    def clean(self) -> None:
        """What the choices call for must be there; whether it is possible is the rules' matter."""
        said = self.cleaned_data
        if said.get("when") == "day" and "day" in said and not said["day"]:
            self.add_error("day", _("Say which date."))
        if said.get("when") in ("tomorrow", "day"):
            self._clean_time(said)
        if said.get("often") == "weekly" and "last_on" in said and not said["last_on"]:
            self.add_error("last_on", _("Say which date is the last."))

    def _clean_time(self, said: Mapping[str, Any]) -> None:
        if not said.get("part"):
            self.add_error("part", _("Choose a time of day."))
        if said.get("part") == "own":
            for field in ("from_time", "to_time"):
                if field in said and not said[field]:
                    self.add_error(field, _("Say the time: 14:00."))

    def answers(self) -> Answers:
        """Tomorrow becomes its date at once: read a day later it must still be the same day."""
        found = super().answers()
        if found.get("when") == "tomorrow":
            found |= {"when": "day", "day": (clock.today() + timedelta(days=1)).isoformat()}
        return found


class WhereForm(StepForm):
    """Where: a place that is known, or one from the list, with an address or a point on the map."""

    where = forms.ChoiceField(
        label=_("Where do you need help?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where you need help.")},
    )
    place = forms.ChoiceField(label=_("Place"), required=False)
    address = forms.CharField(
        label=_("Street and number"),
        help_text=_("Shown only to the one who comes, once you are agreed."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        max_length=rules.LENGTHS["address"],
        required=False,
    )
    door = forms.CharField(
        label=_("How does one find the door?"),
        help_text=_("For example: second floor, the name Berg on the door. Do not write the door code here."),
        max_length=rules.LENGTHS["door"],
        required=False,
    )
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    groups = forms.MultipleChoiceField(
        label=_("Who may see the question?"),
        help_text=_("Choose none and all approved helpers in the municipality may see it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, home: Home | None = None, places: Choices = (), groups: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.home = home
        _choices(self, "place").choices = [("", _("Choose a place")), *places]
        _choices(self, "groups").choices = groups
        if not groups:
            del self.fields["groups"]
        if home is None:
            self.fields["where"] = forms.CharField(widget=forms.HiddenInput, required=False)
            return
        _choices(self, "where").choices = [
            ("home", Pick(home.said, icon="house")),
            ("else", Pick(_("Somewhere else"), icon="map-pin")),
        ]

    def answers(self) -> Answers:
        """The known place in full where that was chosen."""
        found = super().answers() | {"where": self.cleaned_data.get("where") or "else"}
        home = self.home
        if home is not None and found["where"] == "home":
            return found | {
                "place": home.place,
                "address": home.address,
                "longitude": home.longitude,
                "latitude": home.latitude,
            }
        return found | self._point()

    def _point(self) -> Answers:
        """The point put on the map. One from before counts no more once place or address is another."""
        before = {name: self.initial.get(name) or "" for name in ("longitude", "latitude")}
        put = {name: _plain_number(self.cleaned_data.get(name)) for name in before}
        if all(put.values()) and put != before:
            return put
        moved = any(
            self.cleaned_data.get(name) != (self.initial.get(name) or "") for name in ("place", "address")
        )
        return {"longitude": "", "latitude": ""} if moved else before


def _plain_number(value: float | None) -> float | str:
    return "" if value is None else value


class SendForm(forms.Form):
    """The last look: the text of responsibility accepted. `mend` leads to where a fault can be mended."""

    mend: str = ""

    accepted = forms.BooleanField(
        label=_("I have read this and agree"),
        error_messages={"required": _("Read the text about responsibility and tick that you agree.")},
    )


class TellForm(forms.Form):
    """More about what is needed, once somebody has agreed."""

    need = MoreForm.base_fields["need"]
    know = MoreForm.base_fields["know"]
