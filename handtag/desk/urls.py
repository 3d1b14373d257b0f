"""Addresses of the room desk."""

from django.urls import URLPattern, URLResolver, path

from handtag.desk.views import prints

_PRINTS = "<slug:town>/utskrifter/"
_FOR = "<slug:town>/personer/<uuid:person_id>/utskrifter/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_PRINTS, prints.prints, name="prints"),
    path(f"{_PRINTS}affisch.pdf", prints.poster_file, name="poster_file"),
    path(f"{_PRINTS}vid-disken.pdf", prints.counter_list, name="counter_list"),
    path(f"{_PRINTS}mitt-kort.pdf", prints.own_card, name="own_card"),
    path(f"{_PRINTS}fraga/<uuid:ask_id>.pdf", prints.own_ask, name="own_ask_paper"),
    path("<slug:town>/hos/<uuid:around_id>/", prints.around, name="around"),
    path(_FOR, prints.person_prints, name="person_prints"),
    path(f"{_FOR}kort.pdf", prints.person_card, name="person_card"),
    path(f"{_FOR}fraga/<uuid:ask_id>.pdf", prints.person_ask, name="person_ask_paper"),
]
