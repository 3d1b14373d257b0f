"""What a caller asks for, on one page: who they are, what, when and where, and how they hear from us."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, Protocol
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from handtag.desk.rules.calls import Reading, Way
from handtag.errands.rules import asks as rules
from handtag.kernel import clock, spoken
from handtag.kernel.picks import offer

Choices = Sequence[tuple[str, str]]
Answers = dict[str, Any]
_DAYS_NAMED: Final = 7
_MORE: Final = (
    *("day", "from_time", "to_time", "last_on", "wanted", "outlay_how", "outlay_ceiling"),
    *("door", "know", "for_name"),
)
_PARTS: Final = (
    ("morning", _("Morning, 8 to 12")),
    ("midday", _("Midday, 11 to 14")),
    ("afternoon", _("Afternoon, 13 to 17")),
    ("evening", _("Evening, 17 to 20")),
    ("own", _("A time of their own")),
)


class Home(Protocol):
    """A place known from before."""

    @property
    def place(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def longitude(self) -> float | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def door(self) -> str: ...


class PersonForm(forms.Form):
    """A caller who is new; where they live is asked for with the help."""

    given_name = forms.CharField(
        max_length=60, label=_("First name"), error_messages={"required": _("Write a first name.")}
    )
    family_name = forms.CharField(max_length=60, required=False, label=_("Last name"))
    phone = forms.CharField(
        max_length=30,
        required=False,
        label=_("Phone number"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    age = forms.ChoiceField(
        label=_("Age"),
        choices=[("adult", _("18 years or older")), ("youth", _("13 to 17 years old"))],
    )
    language = forms.ChoiceField(label=_("Language"))
    postcode = forms.CharField(label=_("Postcode"), max_length=10, required=False)
    post_town = forms.CharField(label=_("Post town"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", settings.LANGUAGES)


class AskForm(forms.Form):
    """What, when and where."""

    service = forms.ChoiceField(
        label=_("What with?"), error_messages={"required": _("Choose what they need help with.")}
    )
    need = forms.CharField(label=_("In a few words"), max_length=rules.LENGTHS["need"], required=False)
    when = forms.ChoiceField(label=_("Which day?"))
    day = forms.DateField(
        label=_("The date, if another"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year, month and day: 2026-11-26.")},
    )
    part = forms.ChoiceField(label=_("What time?"), choices=_PARTS, initial="morning")
    from_time = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hour and minute: 14:00.")},
    )
    to_time = forms.TimeField(
        label=_("To"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hour and minute: 16:00.")},
    )
    place = forms.ChoiceField(label=_("Nearest place"), error_messages={"required": _("Choose a place.")})
    address = forms.CharField(
        label=_("Street and number"), max_length=rules.LENGTHS["address"], required=False
    )
    door = forms.CharField(
        label=_("How one finds the door"), max_length=rules.LENGTHS["door"], required=False
    )
    know = forms.CharField(label=_("Good to know"), max_length=rules.LENGTHS["know"], required=False)
    last_on = forms.DateField(
        label=_("Every week until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the date as year, month and day: 2026-11-26.")},
    )
    wanted = forms.TypedChoiceField(
        label=_("How many helpers"), choices=[(n, n) for n in range(1, 7)], coerce=int, initial=1
    )
    outlay_how = forms.ChoiceField(
        label=_("What is bought is paid"),
        required=False,
        choices=[
            ("", _("Nothing is to be bought")),
            ("cash", _("in cash")),
            ("swish", _("by Swish")),
            ("ahead", _("beforehand")),
        ],
    )
    outlay_ceiling = forms.IntegerField(
        label=_("At most, in kronor"),
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 1, "max": rules.MOST_OUTLAY}),
    )
    for_name = forms.CharField(
        label=_("For somebody they live with: the name"), max_length=rules.LENGTHS["for_name"], required=False
    )

    def __init__(
        self, *args: Any, services: Choices, places: Choices, home: Home | None = None, **kwargs: Any
    ) -> None:
        at_home = {"place": home.place, "address": home.address, "door": home.door} if home else {}
        kwargs["initial"] = {**at_home, "when": "0", **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.home = home
        today = clock.today()
        days = [today + timedelta(days=ahead) for ahead in range(1, _DAYS_NAMED)]
        named = [(each.isoformat(), capfirst(spoken.day(each))) for each in days]
        offer(self, "service", [("", _("Choose")), *services])
        offer(
            self,
            "when",
            [
                *named[:1],
                (today.isoformat(), _("Today")),
                *named[1:],
                ("soon", _("As soon as possible")),
                ("day", _("Another date")),
            ],
        )
        offer(self, "place", [("", _("Choose a place")), *places])
        if self.initial["when"] == "0":
            self.initial["when"] = named[0][0]

    @staticmethod
    def known(words: Answers) -> Answers:
        """An ask that was sent, as this form shows it."""
        soon = {(clock.today() + timedelta(days=ahead)).isoformat() for ahead in range(_DAYS_NAMED)}
        day = str(words.get("day", ""))
        return {**words, "when": day if day in soon else "day"}

    def clean(self) -> None:
        """What the choices call for must be there; whether it is possible is the rules' matter."""
        said = self.cleaned_data
        if said.get("when") == "day" and "day" in said and not said["day"]:
            self.add_error("day", _("Say which date."))
        if said.get("part") == "own" and said.get("when") != "soon":
            for field in ("from_time", "to_time"):
                if field in said and not said[field]:
                    self.add_error(field, _("Say the time: 14:00."))

    @property
    def has_more(self) -> bool:
        """Whether anything stands in what is seldom needed."""
        usual = (None, "", 1, "1")
        return any(self[name].errors or self[name].value() not in usual for name in _MORE)

    def answers(self) -> Answers:
        """The same as the steps of the web keep them."""
        said = {name: _plain(value) for name, value in self.cleaned_data.items()}
        if said["when"] not in ("soon", "day"):
            said |= {"day": said["when"], "when": "day"}
        said["often"] = "weekly" if said["last_on"] else "once"
        said["for_whom"] = "household" if said["for_name"] else "self"
        said |= {"more": "yes", "where": "else", "languages": self.initial.get("languages") or []}
        home = self.home
        if home and (said["place"], said["address"]) == (home.place, home.address):
            said |= {"longitude": home.longitude, "latitude": home.latitude}
        return said


class ReadForm(forms.Form):
    """The text was read, somebody said yes, and this is how they hear from us."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    said_by = forms.ChoiceField(label=_("Who is on the line?"), required=False)
    accepted = forms.BooleanField(
        label=_("I have read this aloud, and heard a yes"),
        error_messages={"required": _("Read the text to the caller, and say that they said yes.")},
    )
    way = forms.ChoiceField(label=_("How shall they hear from us?"))
    told_name = forms.CharField(label=_("Whom we tell"), max_length=60, required=False)
    told_phone = forms.CharField(
        label=_("Their number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def __init__(
        self, *args: Any, line: Choices = (), holders: Choices = (), keep: str = "", **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"way": "keep" if keep else "ring", **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        offer(self, "said_by", line)
        if len(line) < 2:
            del self.fields["said_by"]
        ways: list[tuple[str, Any]] = [("ring", _("Ring me back")), ("letter", _("Write me a letter"))]
        ways += [(f"tell:{key}", _("Tell %(name)s") % {"name": name}) for key, name in holders]
        ways += [("tell", _("Tell my daughter, or somebody else"))]
        # Somebody without phone and address comes by, or rings from another's.
        stays = [("keep", keep)] if keep else []
        offer(self, "way", [*stays, *ways, *([] if keep else [("keep", _("They ask us themselves"))])])

    def way_of(self) -> Way:
        """How they hear from us, as a plain value."""
        said = self.cleaned_data
        way, _colon, told = said["way"].partition(":")
        if told:
            return Way(way, told_id=UUID(told))
        return Way(way, told_name=said["told_name"], told_phone=said["told_phone"])

    def reading(self) -> Reading:
        """What stood on the page, and who said yes to it."""
        said_by = self.cleaned_data.get("said_by")
        return Reading(self.cleaned_data["digest"], UUID(said_by) if said_by else None)


def _plain(value: object) -> object:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) or hasattr(value, "isoformat") else value
