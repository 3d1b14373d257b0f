"""A municipality comes into being, and joins others."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from handtag.geo import municipalities as listed
from handtag.geo import polygons
from handtag.geo.polygons import Shape
from handtag.history import actions as history
from handtag.kernel import clock
from handtag.kernel.actor import Actor
from handtag.kernel.errors import NotAllowed, NotFound, Problem
from handtag.kernel.rights import Right, Role
from handtag.municipalities.models import Area, Committee, Membership, Municipality, Partnership, Place
from handtag.municipalities.queries.areas import Areas
from handtag.municipalities.rules.places import sought

# Rooms above give the new town what is theirs (services with rules, area groups) in their apps.ready().
AFTER_ADD: list[Callable[[Municipality, Actor], None]] = []

COMMITTEES = ("Kommunstyrelsen", "Socialnämnden")


class AlreadyHere(Problem):
    """The municipality is live already."""


@transaction.atomic
def add(*, by: Actor, code: str, sample: bool = False) -> Municipality:
    """Make one of the 290 live at once: name, places, an area, committees, and what the rooms above give it.

    Only the product itself does this, by a command. The sample towns get the areas drawn for them; any other
    begins as one area, and its coordinator uploads the real ones.
    """
    _by_the_product(by)
    town = listed.by_code(code)
    made = _new(town, sample=sample)
    here = replace(by, municipality_id=made.id)
    for name in COMMITTEES:
        Committee.objects.create(municipality=made, name=name)
    _draw(made, listed.areas(town.code) if sample else [])
    _name_places(made)
    Membership.objects.filter(code=town.code, municipality=None).update(municipality=made)
    history.record(by=here, verb="municipality.added", kind="municipality", object_id=made.id, code=town.code)
    for consequence in AFTER_ADD:
        consequence(made, here)
    return made


@transaction.atomic
def found_partnership(*, by: Actor, name: str, slug: str, codes: Iterable[str]) -> Partnership:
    """Name the municipalities that mean to run one programme together; all of them watch at first."""
    _by_the_product(by)
    made = Partnership.objects.create(name=name, slug=slug)
    live = dict(Municipality.objects.filter(code__in=codes).values_list("code", "id"))
    for code in codes:
        town = listed.by_code(code)
        Membership.objects.create(partnership=made, code=town.code, municipality_id=live.get(town.code))
    history.record(by=by, verb="partnership.founded", kind="partnership", object_id=made.id)
    return made


@transaction.atomic
def join(*, by: Actor, partnership: Partnership) -> Membership:
    """The municipality joins a partnership in which it has watched; joining again changes nothing."""
    by.must(Right.SET_UP)
    member = Membership.objects.filter(partnership=partnership, municipality_id=by.tenant).first()
    if member is None:
        raise NotFound("membership")
    joined = Membership.objects.filter(pk=member.pk, joined_at=None).update(joined_at=clock.now())
    if joined:
        history.record(by=by, verb="partnership.joined", kind="partnership", object_id=partnership.id)
    member.refresh_from_db()
    return member


def _by_the_product(by: Actor) -> None:
    if by.role != Role.SYSTEM:
        raise NotAllowed("only a command adds municipalities")


def _new(town: listed.Listed, *, sample: bool) -> Municipality:
    try:
        with transaction.atomic():
            return Municipality.objects.create(
                code=town.code,
                name=town.name,
                slug=town.slug,
                county=town.county,
                longitude=town.centre.lon,
                latitude=town.centre.lat,
                languages=[code for code, _name in settings.LANGUAGES],
                is_sample=sample,
            )
    except IntegrityError as fault:
        raise AlreadyHere(_("%(town)s is here already.") % {"town": str(town)}) from fault


def _draw(made: Municipality, shapes: list[Shape]) -> None:
    note = (
        "Ritade för exemplet, ingen officiell indelning" if shapes else "Hela kommunen (SCB, generaliserad)"
    )
    for shape in shapes or [listed.boundary(made.code)]:
        geometry = polygons.geojson_of(shape)
        Area.objects.create(municipality=made, name=shape.name, geometry=geometry, note=note)


def _name_places(made: Municipality) -> None:
    areas = Areas.of(made.id)
    once = {sought(place.name): place for place in listed.places(made.code)}
    Place.objects.bulk_create(
        Place(
            municipality=made,
            area_id=areas.id_at(place.point),
            name=place.name,
            sought=key,
            longitude=place.point.lon,
            latitude=place.point.lat,
        )
        for key, place in once.items()
    )
