"""Addresses of the room municipalities."""

from django.urls import URLPattern, URLResolver, path

from handtag.municipalities.views import areas, committees, looks, places, settings, texts

_SET = "<slug:town>/installningar/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/tema.css", looks.theme, name="theme"),
    path("<slug:town>/logotyp/", looks.logo_file, name="logo_file"),
    path("<slug:town>/tillganglighet/", texts.accessibility, name="accessibility"),
    path("<slug:town>/personuppgifter/", texts.personal_data, name="personal_data"),
    path(_SET, settings.settings, name="settings"),
    path(f"{_SET}logotyp/", settings.logo, name="logo"),
    path(f"{_SET}utseende.css", settings.preview, name="look_preview"),
    path(f"{_SET}namnder/", committees.committees, name="committees"),
    path(f"{_SET}namnder/<uuid:committee_id>/", committees.committee, name="committee"),
    path(f"{_SET}namnder/<uuid:committee_id>/beslut/", committees.decision, name="committee_decision"),
    path(f"{_SET}namnder/<uuid:committee_id>/upphor/", committees.stop, name="committee_stop"),
    path(f"{_SET}tillganglighet/", texts.statement, name="statement_form"),
    path(f"{_SET}personuppgifter/", texts.notice, name="notice_form"),
    path(f"{_SET}omraden/", areas.areas, name="areas"),
    path(f"{_SET}platser/", places.places, name="places"),
    path(f"{_SET}platser/adresser/", places.addresses, name="addresses"),
    path(f"{_SET}platser/<uuid:place_id>/", places.place, name="place"),
    path(f"{_SET}platser/<uuid:place_id>/ur-bruk/", places.retire, name="place_retire"),
]
