"""What people say on the list of what a new municipality has left to set up."""

from django.utils.translation import gettext_lazy as _

from handtag.kernel.actor import Actor
from handtag.kernel.rights import Role
from handtag.municipalities.queries import Step
from handtag.people.models import RoleHeld


def steps(by: Actor) -> list[Step]:
    """Somebody to share the work with: a second coordinator, and somebody who decides on permits."""
    rows = RoleHeld.objects.of(by.tenant).filter(until=None, role__in=[Role.COORDINATOR, Role.CASEWORKER])
    held = list(rows.values_list("role", flat=True))
    return [
        Step(
            "coordinators",
            _("A second coordinator"),
            _("So that somebody answers when the first is away."),
            "../roller/",
            held.count(Role.COORDINATOR) > 1,
            order=50,
        ),
        Step(
            "caseworker",
            _("A caseworker"),
            _("Decides who may help where the rules want a person to decide."),
            "../roller/",
            Role.CASEWORKER in held,
            order=55,
        ),
    ]
