"""Addresses of meeting."""

from django.urls import URLPattern, URLResolver, path

from handtag.errands.views import calendar, errand, helping

_OPEN = "<slug:town>/hjalpa-till/"
_ERRAND = "<slug:town>/uppdrag/<uuid:errand_id>/"
_OFFER = "<slug:town>/erbjudande/<uuid:offer_id>/"
_CALENDAR = "<slug:town>/kalender/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_OPEN, helping.open_asks, name="open_asks"),
    path(f"{_OPEN}<uuid:ask_id>/", helping.open_ask, name="open_ask"),
    path(f"{_OPEN}<uuid:ask_id>/nej/", helping.decline_ask, name="decline_ask"),
    path(f"{_OPEN}<uuid:ask_id>/tack/", helping.ask_declined, name="ask_declined"),
    path("<slug:town>/forfragan/<uuid:invitation_id>/", helping.answer_invitation, name="answer_invitation"),
    path(f"{_OFFER}ja/", helping.offer_accept, name="offer_accept"),
    path(f"{_OFFER}nej/", helping.offer_decline, name="offer_decline"),
    path(f"{_OFFER}ta-tillbaka/", helping.withdraw_offer, name="withdraw_offer"),
    path("<slug:town>/uppdrag/", errand.errands, name="errands"),
    path(_ERRAND, errand.errand, name="errand"),
    path(f"{_ERRAND}meddelanden/", errand.errand_messages, name="errand_messages"),
    path(f"{_ERRAND}ring/", errand.errand_call, name="errand_call"),
    path(f"{_ERRAND}framme/", errand.errand_start, name="errand_start"),
    path(f"{_ERRAND}klart/", errand.errand_done, name="errand_done"),
    path(f"{_ERRAND}angra/", errand.errand_undo, name="errand_undo"),
    path(f"{_ERRAND}utlagg/", errand.errand_spent, name="errand_spent"),
    path(f"{_ERRAND}aterbetalt/", errand.errand_repaid, name="errand_repaid"),
    path(f"{_ERRAND}kvitto/", errand.receipt_add, name="errand_receipt_add"),
    path(f"{_ERRAND}kvitto/<uuid:receipt_id>/", errand.receipt, name="errand_receipt"),
    path(f"{_ERRAND}kvitto/<uuid:receipt_id>/ta-bort/", errand.receipt_remove, name="errand_receipt_remove"),
    path(f"{_ERRAND}hur-var-det/", errand.errand_feedback, name="errand_feedback"),
    path(f"{_ERRAND}forhinder/", errand.errand_cancel, name="errand_cancel"),
    path(f"{_ERRAND}traffades-inte/", errand.errand_missed, name="errand_missed"),
    path(f"{_ERRAND}nagot-kanns-fel/", errand.errand_report, name="errand_report"),
    path(_CALENDAR, calendar.my_calendar, name="my_calendar"),
    path(f"{_CALENDAR}avsluta/", calendar.revoke_calendar, name="revoke_calendar"),
    path(f"{_CALENDAR}<slug:token>.ics", calendar.calendar, name="calendar"),
]
