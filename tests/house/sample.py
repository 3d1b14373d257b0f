"""A small sample town to walk through: built once for a module, through the same actions as the large one."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.test import Client

from handtag.kernel.rights import ROLES, Right, Role

AT_HOME = "helsingborg"
NEXT_DOOR = "bjuv"


@dataclass(frozen=True)
class Sample:
    """The two towns, and a browser for everybody in the cast."""

    cast: dict[str, dict[str, Any]]
    towns: dict[str, UUID]
    browsers: dict[str, Client]

    def who(self, key: str) -> Client:
        """The browser of one of the cast, logged in."""
        return self.browsers[key]

    def holder(self, right: Right) -> str:
        """Somebody who has the right at home and none next door."""
        for key, member in self.cast.items():
            places = {held["municipality"] for held in member["roles"]}
            rights = {one for held in member["roles"] for one in ROLES[Role(held["role"])]}
            if places == {AT_HOME} and right in rights:
                return key
        return ""

    def rows(self, parameter: str, town: str) -> list[str]:
        """Ids of a town's rows that fit the parameter of an address: `ask_id` means asks."""
        name = parameter.removesuffix("_id").replace("_", "")
        for model in apps.get_models():
            if model.__module__.startswith("handtag.") and model._meta.model_name == name:
                return [str(one) for one in _of(model, self.towns[town])[:2]]
        return []


def entered(key: str, password: str) -> Client:
    """A browser in which somebody has logged in."""
    browser = Client(raise_request_exception=False)
    answer = browser.post("/login/", {"username": key, "password": password})
    assert answer.status_code == 302, f"{key} cannot log in: {answer.status_code}"
    return browser


def _of(model: type[models.Model], town: UUID) -> Any:
    rows = model._base_manager.all()
    names = {field.name for field in model._meta.fields}
    if "municipality" in names:
        rows = rows.filter(municipality_id=town)
    elif model._meta.label == "people.Person":
        held = apps.get_model("people", "RoleHeld")._base_manager.filter(municipality_id=town)
        rows = rows.filter(pk__in=held.values("person_id"))
    return rows.order_by("-pk").values_list("pk", flat=True)
