"""Addresses of asking."""

from django.urls import URLPattern, URLResolver, path

from handtag.errands.views import asking, asks

_ASK = "<slug:town>/mina-fragor/<uuid:ask_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/be-om-hjalp/", asking.start, name="ask_start"),
    path("<slug:town>/be-om-hjalp/vad-vi-inte-gor/", asking.not_done_here, name="ask_not_done_here"),
    path("<slug:town>/be-om-hjalp/ring-hellre/", asking.advice, name="ask_advice"),
    path("<slug:town>/be-om-hjalp/nagot-annat/", asking.something_else, name="ask_something_else"),
    path("<slug:town>/be-om-hjalp/svart-att-fraga/", asking.hard_to_ask, name="hard_to_ask"),
    path("<slug:town>/be-om-hjalp/slang/", asking.drop, name="ask_drop"),
    path("<slug:town>/be-om-hjalp/<slug:path>/", asking.step, name="ask_step"),
    path("<slug:town>/mina-fragor/", asks.asks, name="asks"),
    path(_ASK, asks.ask, name="ask"),
    path(f"{_ASK}nu/", asks.now, name="ask_now"),
    path(f"{_ASK}andra/", asking.change, name="ask_change"),
    path(f"{_ASK}andra/<slug:path>/", asking.change, name="ask_change_step"),
    path(f"{_ASK}beratta/", asks.tell_more, name="ask_tell_more"),
    path(f"{_ASK}ta-tillbaka/", asks.withdraw, name="ask_withdraw"),
    path(f"{_ASK}angra/", asks.restore, name="ask_restore"),
    path(f"{_ASK}datum/<uuid:occasion_id>/ta-bort/", asks.except_date, name="ask_except_date"),
    path(f"{_ASK}datum/<uuid:occasion_id>/angra/", asks.include_date, name="ask_include_date"),
    path(f"{_ASK}vem/<uuid:errand_id>/", asks.who, name="ask_who"),
    path(f"{_ASK}kort/", asks.card, name="ask_card"),
]
