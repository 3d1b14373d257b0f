"""Roles follow the groups of the staff's directory, at each login: only what came from there goes again."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from handtag.history.actions import record
from handtag.kernel.actor import Actor, Via, system
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Role
from handtag.login import rules
from handtag.login.models import GroupMapping, MappedRole, Provider
from handtag.people import actions as people
from handtag.people import queries as people_queries
from handtag.people.models import RoleHeld


def wanted(provider: Provider, groups: Collection[str]) -> frozenset[Role]:
    """The roles that these groups give here."""
    rows = GroupMapping.objects.filter(provider=provider)
    return rules.granted(
        groups, [rules.Mapping(row.group, Role(row.role), row.is_protected_too) for row in rows]
    )


def remember(provider: Provider, person_id: UUID, role: Role) -> None:
    """That a role came from the directory."""
    MappedRole.objects.get_or_create(provider=provider, person_id=person_id, role=role.value)


def follow(provider: Provider, person_id: UUID, groups: Collection[str]) -> None:
    """Give and take roles so that they are as the directory says; each change is written down by itself."""
    by = system(provider.municipality_id, Via.WEB)
    held = {hat.role for hat in people_queries.hats(person_id, provider.municipality_id)}
    rows = MappedRole.objects.filter(provider=provider, person_id=person_id)
    mapped = {Role(row.role) for row in rows}
    todo = rules.plan(wanted(provider, groups), held, mapped)
    for role in sorted(todo.give):
        people.give_role(by=by, person_id=person_id, role=role.value)
        remember(provider, person_id, role)
    for role in sorted(todo.take):
        _take(by, provider, person_id, role)
    # What was taken by hand is no longer the directory's to take.
    rows.filter(role__in=[role.value for role in mapped - held - todo.give]).delete()


def _take(by: Actor, provider: Provider, person_id: UUID, role: Role) -> None:
    """Take a role away; the last coordinator and the last administrator keep theirs, and it is noted."""
    try:
        with transaction.atomic():
            if role == Role.ADMINISTRATOR and _is_last(by, person_id):
                raise Problem("the last administrator")
            people.take_role(by=by, person_id=person_id, role=role.value)
    except Problem:
        record(
            by=by,
            verb="mapping.last_kept",
            kind="provider",
            object_id=provider.id,
            about=person_id,
            kept_role=role.value,
        )
        return
    MappedRole.objects.filter(provider=provider, person_id=person_id, role=role.value).delete()


def _is_last(by: Actor, person_id: UUID) -> bool:
    """Two who come at the same moment wait for one another here."""
    rows = RoleHeld.objects.of(by.tenant).filter(role=Role.ADMINISTRATOR, until=None)
    return [row.person_id for row in rows.order_by("id").select_for_update()] == [person_id]
