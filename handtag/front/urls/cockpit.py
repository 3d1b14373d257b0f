"""Addresses of the coordinator's overview."""

from django.urls import path

from handtag.front.views import cockpit, what_if

_ASK = "<slug:town>/oversikt/fraga/<uuid:ask_id>/"

urlpatterns = [
    path("<slug:town>/oversikt/", cockpit.overview, name="cockpit"),
    path("<slug:town>/oversikt/tank-om/", what_if.what_if, name="what_if"),
    path("<slug:town>/oversikt/tank-om/<uuid:what_if_id>/", what_if.answer, name="what_if_answer"),
    path("<slug:town>/oversikt/tank-om/<uuid:what_if_id>/nu/", what_if.now, name="what_if_now"),
    path(_ASK, cockpit.ask, name="cockpit_ask"),
    path(f"{_ASK}vidga/", cockpit.widen, name="cockpit_widen"),
    path(f"{_ASK}grupp/", cockpit.group, name="cockpit_group"),
    path(f"{_ASK}foresla/", cockpit.propose, name="cockpit_propose"),
    path(f"{_ASK}bjud-in/", cockpit.invite, name="cockpit_invite"),
    path(f"{_ASK}placera/", cockpit.place, name="cockpit_place"),
    path(f"{_ASK}ring/", cockpit.ring, name="cockpit_ring"),
    path(f"{_ASK}ta-tillbaka/", cockpit.withdraw, name="cockpit_withdraw"),
    path(f"{_ASK}angra/", cockpit.restore, name="cockpit_restore"),
]
