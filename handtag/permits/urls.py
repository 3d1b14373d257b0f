"""Addresses of the room permits."""

from django.urls import URLPattern, URLResolver, path, register_converter

from handtag.permits.views import cases, checks, own, public, settings


class SideConverter:
    """The two sides of a service as people see them in an address."""

    regex = "fraga|hjalpa"
    _sides = {"fraga": "ask", "hjalpa": "perform"}

    def to_python(self, value: str) -> str:
        """The side's word in the code."""
        return self._sides[value]

    def to_url(self, value: str) -> str:
        """The side's word in the address."""
        return {side: word for word, side in self._sides.items()}[str(value)]


register_converter(SideConverter, "side")

_TOWN = "<slug:town>"
_QUEUE = f"{_TOWN}/behorigheter"
_SETTINGS = f"{_TOWN}/tjanster"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_TOWN}/villkor/", public.rules, name="rules"),
    path(f"{_TOWN}/villkor/<uuid:service_id>/<side:side>/", public.rule_history, name="rule_history"),
    path(f"{_TOWN}/behorighet/", public.verify, name="verify"),
    path(f"{_TOWN}/behorighet/<slug:code>/", public.verify_helper, name="verify_helper"),
    path(f"{_TOWN}/mina-behorigheter/", own.mine, name="my_permits"),
    path(f"{_TOWN}/mina-behorigheter/<uuid:service_id>/<side:side>/", own.apply, name="apply_permit"),
    path(f"{_TOWN}/mina-behorigheter/<uuid:permit_id>/ny-provning/", own.ask_review, name="ask_review"),
    path(f"{_QUEUE}/", cases.permits, name="permits"),
    path(f"{_QUEUE}/disken/", checks.counter, name="checks"),
    path(f"{_QUEUE}/person/<uuid:person_id>/", checks.of_person, name="permits_of_person"),
    path(f"{_QUEUE}/person/<uuid:person_id>/kontroll/", checks.note, name="note_check"),
    path(f"{_QUEUE}/kontroll/<uuid:check_id>/", checks.withdraw_check, name="withdraw_check"),
    path(f"{_QUEUE}/<uuid:permit_id>/", cases.permit, name="permit"),
    path(f"{_QUEUE}/<uuid:permit_id>/beslut/", cases.decide, name="permit_decide"),
    path(f"{_QUEUE}/<uuid:permit_id>/kontroll/", cases.check, name="permit_check"),
    path(f"{_SETTINGS}/", settings.services, name="services"),
    path(f"{_SETTINGS}/ny/", settings.make_service, name="make_service"),
    path(f"{_SETTINGS}/<uuid:service_id>/", settings.service, name="service"),
    path(f"{_SETTINGS}/<uuid:service_id>/lage/", settings.place_service, name="place_service"),
    path(f"{_SETTINGS}/<uuid:service_id>/villkor/<side:side>/", settings.rule, name="rule"),
]
