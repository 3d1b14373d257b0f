"""Areas, places and addresses as they are typed and uploaded."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from handtag.kernel.picks import offer
from handtag.municipalities.models import Place
from handtag.municipalities.rules.words import NewPlace

KINDS = (
    (Place.Kind.VILLAGE.value, _("A village or a part of the town")),
    (Place.Kind.PUBLIC.value, _("A public place: a library, a meeting place")),
)


class AreasForm(forms.Form):
    """A file of areas."""

    file = forms.FileField(
        label=_("File of areas (GeoJSON)"),
        help_text=_("One named area for each feature, in longitude and latitude (WGS 84), at most 5 MB."),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )

    def upload(self) -> bytes:
        """The bytes of the file, one more than may be."""
        return bytes(self.cleaned_data["file"].read(5_000_001))


class AddressesForm(forms.Form):
    """A file of addresses."""

    file = forms.FileField(
        label=_("File of addresses (CSV)"),
        help_text=_(
            "The first line names the columns: address, and lon and lat (degrees) or E and N (SWEREF 99 TM)."
        ),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def upload(self) -> bytes:
        """The bytes of the file, one more than may be."""
        return bytes(self.cleaned_data["file"].read(30_000_001))


class PlaceForm(forms.Form):
    """A new place: on the map, by coordinates, or beside another."""

    name = forms.CharField(
        max_length=120,
        label=_("Name of the place"),
        error_messages={"required": _("Write the name of the place.")},
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=KINDS, widget=forms.RadioSelect, initial="village"
    )
    beside = forms.ChoiceField(
        required=False,
        label=_("It lies beside"),
        help_text=_("Good enough when you have no coordinates."),
    )
    latitude = forms.FloatField(
        required=False,
        localize=True,
        label=_("Latitude"),
        help_text=_("For example 56.0465."),
        error_messages={"invalid": _("Write the latitude as a number, for example 56.0465.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )
    longitude = forms.FloatField(
        required=False,
        localize=True,
        label=_("Longitude"),
        help_text=_("For example 12.6945."),
        error_messages={"invalid": _("Write the longitude as a number, for example 12.6945.")},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short"}),
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "beside", [("", _("Choose a place")), *places])

    def words(self) -> NewPlace:
        """What was typed; a spot of its own goes before the place it lies beside."""
        said = self.cleaned_data
        has_spot = said["longitude"] is not None and said["latitude"] is not None
        beside = UUID(said["beside"]) if said["beside"] and not has_spot else None
        return NewPlace(said["name"], said["kind"], said["longitude"], said["latitude"], beside)


class RenameForm(forms.Form):
    """Another name for a place."""

    name = forms.CharField(
        max_length=120,
        label=_("Name of the place"),
        error_messages={"required": _("Write the name of the place.")},
    )
