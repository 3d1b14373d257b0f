"""The places: found, added, renamed and retired; addresses as a file."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.kernel import spoken
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.municipalities import actions, queries
from handtag.municipalities.forms import AddressesForm, PlaceForm, RenameForm
from handtag.once.actions import fulfil, perform


@needs(Right.MANAGE_PLACES, methods=("GET", "POST"))
def places(request: Request, town: str) -> HttpResponseBase:
    """Every named place, and a form for one that is missing."""
    rows = queries.places(request.municipality.id)
    form = PlaceForm(request.POST or None, places=[(str(row.id), row.name) for row in rows])
    if where := fulfil(submission(request), form, lambda: _add(request, form)):
        return redirect(where)
    return _page(request, rows, form=form)


@needs(Right.MANAGE_PLACES, methods=("GET", "POST"))
def place(request: Request, town: str, place_id: UUID) -> HttpResponseBase:
    """One place: its name, or out of use with it."""
    found = queries.place(request.municipality.id, place_id)
    form = RenameForm(request.POST or None, initial={"name": found.name})
    if where := fulfil(submission(request), form, lambda: _rename(request, form, place_id)):
        return redirect(where)
    return render(request, "municipalities/place.html", {"form": form, "place": found})


@needs(Right.MANAGE_PLACES, methods=("POST",))
def retire(request: Request, town: str, place_id: UUID) -> HttpResponseBase:
    """Take a place out of use."""

    def deed() -> str:
        actions.retire_place(by=request.actor, place_id=place_id)
        messages.success(request, _("The place is out of use. What already points at it keeps it."))
        return _list(request)

    return redirect(perform(submission(request), deed))


@needs(Right.MANAGE_PLACES, methods=("POST",))
def addresses(request: Request, town: str) -> HttpResponseBase:
    """A file becomes the municipality's list of addresses."""
    form = AddressesForm(request.POST, request.FILES)
    if where := fulfil(submission(request), form, lambda: _upload(request, form)):
        return redirect(where)
    return _page(request, queries.places(request.municipality.id), addresses_form=form)


def _page(request: Request, rows: list[queries.PlaceRow], **forms: Any) -> HttpResponse:
    choices = [(str(row.id), row.name) for row in rows]
    context = {
        "places": rows,
        "form": forms.get("form") or PlaceForm(places=choices),
        "addresses_form": forms.get("addresses_form") or AddressesForm(),
        "address_count": queries.address_count(request.municipality.id),
        "map": queries.map_data(request.municipality.id),
        "tile_url": settings.TILE_URL,
    }
    return render(request, "municipalities/places.html", context)


def _add(request: Request, form: PlaceForm) -> str:
    made = actions.add_place(by=request.actor, new=form.words())
    messages.success(request, _("%(place)s is on the list.") % {"place": made.name})
    return _list(request)


def _rename(request: Request, form: RenameForm, place_id: UUID) -> str:
    actions.rename_place(by=request.actor, place_id=place_id, name=form.cleaned_data["name"])
    messages.success(request, _("The place has its new name."))
    return _list(request)


def _upload(request: Request, form: AddressesForm) -> str:
    count = actions.upload_addresses(by=request.actor, text=form.upload())
    words = ngettext("The list has %(count)s address.", "The list has %(count)s addresses.", count)
    messages.success(request, words % {"count": spoken.grouped(count)})
    return _list(request)


def _list(request: Request) -> str:
    return reverse("places", args=[request.municipality.slug])
