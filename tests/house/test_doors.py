"""Every address says who may enter, and keeps to it."""

import re
import uuid

import pytest
from django.conf import settings
from django.test import Client

from handtag.kernel.doors import Door
from handtag.kernel.rights import ROLES, Right, Role
from tests.house.ground import HANDTAG, Route, listed, modules, routes, shown

LINES_OF_A_SCREEN = 55


def door(route: Route) -> Door | None:
    """What stands on the door of a route."""
    return getattr(route.view, "door", None)


def address(route: Route) -> str:
    """The path of a route with something plausible in every hole."""
    fillings = {"uuid": str(uuid.UUID(int=7)), "int": "7", "slug": "helsingborg", "str": "x", "path": "x"}
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda hole: fillings.get(hole[1] or "str", "x"), route.path)
    return re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]", "x", path) if "(?P" in path else path


def test_every_address_says_who_may_enter() -> None:
    assert [route.path for route in routes() if door(route) is None] == []


def test_every_public_page_says_why() -> None:
    silent = [
        route.path
        for route in routes()
        if (sign := door(route)) and sign.right is None and len(sign.public_because) < 10
    ]
    assert silent == [], listed(silent)


def test_every_address_has_its_own_name() -> None:
    names = [route.name for route in routes()]
    assert sorted({name for name in names if names.count(name) > 1 or not name}) == []


@pytest.mark.django_db
def test_a_visitor_is_sent_to_log_in(client: Client) -> None:
    open_to_visitors = []
    for route in routes():
        sign = door(route)
        if sign is None or sign.right is None:
            continue
        answer = client.get(address(route)) if "GET" in sign.methods else client.post(address(route))
        refused = answer.status_code in (403, 404) or (
            answer.status_code == 302 and answer["Location"].startswith(settings.LOGIN_URL)
        )
        if not refused:
            open_to_visitors.append(f"{route.path}: {answer.status_code}")
    assert open_to_visitors == [], listed(open_to_visitors)


def test_every_role_stands_in_the_table_and_every_right_is_given() -> None:
    assert set(ROLES) == set(Role)
    assert {right for role, rights in ROLES.items() if role != Role.SYSTEM for right in rights} == set(Right)


def test_the_table_of_roles_fits_a_screen() -> None:
    text = (HANDTAG / "kernel" / "rights.py").read_text()
    table = text[text.index("ROLES:") : text.index("IN_PARTNERSHIP")]
    assert len(table.splitlines()) <= LINES_OF_A_SCREEN


def test_views_ask_for_rights_by_their_door() -> None:
    """`request.user` is Django's; who acts is `request.actor`, and only the room login knows both."""
    others = [file for file in modules() if "login" not in file.parts]
    assert [shown(file) for file in others if "request.user" in file.read_text()] == []
