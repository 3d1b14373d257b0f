"""What a new municipality has left to set up: one list that several rooms write on."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from handtag.kernel.actor import Actor
from handtag.kernel.errors import Words
from handtag.municipalities.models import Committee, Municipality
from handtag.municipalities.queries.areas import in_force
from handtag.papers.palette import DEFAULT


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to set up: what it is, why, where it is done (from the settings page), and whether it is."""

    key: str
    title: Words
    hint: Words
    href: str
    is_done: bool
    order: int = 100


def checklist(by: Actor) -> list[Step]:
    """Every step, in the order they are best taken."""
    return sorted((step for steps in CHECKLIST for step in steps(by)), key=lambda step: step.order)


def _own(by: Actor) -> list[Step]:
    town = Municipality.objects.get(pk=by.tenant)
    return [
        Step(
            "contact",
            _("The contact centre's phone number and hours"),
            _("They stand on every page, for those who would rather talk."),
            "#id_phone",
            bool(town.phone and town.hours),
            order=10,
        ),
        Step(
            "look",
            _("Your colour or your logo"),
            _("So that residents see that it is their municipality."),
            "#id_accent",
            bool(town.logo) or town.accent != DEFAULT,
            order=20,
        ),
        Step(
            "areas",
            _("Your areas"),
            _("Until you upload them the whole municipality is one area."),
            "omraden/",
            in_force(town.id).count() > 1,
            order=40,
        ),
        Step(
            "committee",
            _("The committee's decision on automatic grants"),
            _("Until it is recorded, a caseworker decides on each permit."),
            "namnder/",
            Committee.objects.of(town.id).exclude(automatic_from=None).exists(),
            order=70,
        ),
        Step(
            "statement",
            _("The accessibility statement"),
            _("The law wants it. A ready one stands there until you have assessed the service."),
            "tillganglighet/",
            bool(town.statement),
            order=90,
        ),
    ]


# Rooms above add what they know of (the first coordinator, a first service) in their apps.ready().
CHECKLIST: list[Callable[[Actor], list[Step]]] = [_own]
