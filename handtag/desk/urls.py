"""Addresses of the room desk."""

from django.urls import URLPattern, URLResolver, path

from handtag.desk.views import caller, desk, helping, others, prints, ringing

_PRINTS = "<slug:town>/utskrifter/"
_FOR = "<slug:town>/personer/<uuid:person_id>/utskrifter/"
_DESK = "<slug:town>/telefon/"
_CALLER = f"{_DESK}<uuid:person_id>/"
_RING = f"{_DESK}ring/<uuid:ring_back_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path(_DESK, desk.desk, name="desk"),
    path(f"{_DESK}samtal/", desk.calls, name="desk_calls"),
    path(f"{_DESK}vid-dorren/", others.door, name="desk_door"),
    path(f"{_DESK}ny/", caller.new_caller, name="new_caller"),
    path(_CALLER, caller.caller, name="caller"),
    path(f"{_CALLER}fraga/<uuid:ask_id>/", caller.change, name="caller_change"),
    path(f"{_CALLER}gor/<slug:verb>/<uuid:object_id>/", caller.deed, name="caller_deed"),
    path(f"{_CALLER}hjalper/", helping.helping, name="caller_helping"),
    path(f"{_CALLER}fortsatt/", caller.go_on, name="caller_go_on"),
    path(f"{_CALLER}anteckna/", caller.note, name="caller_note"),
    path(f"{_CALLER}svar/", caller.choose_way, name="caller_way"),
    path(f"{_CALLER}lamna-vidare/", others.hand_on, name="caller_hand_on"),
    path(f"{_CALLER}ring-upp/", ringing.want_ring_back, name="want_ring_back"),
    path(f"{_RING}ta/", ringing.take, name="ring_take"),
    path(f"{_RING}lamna/", ringing.put_back, name="ring_put_back"),
    path(f"{_RING}utfall/", ringing.outcome, name="ring_outcome"),
    path(f"{_RING}hur-gick-det/", ringing.how_it_went, name="ring_how"),
    path(f"{_CALLER}ring-i-stallet/", ringing.take_letter, name="ring_letter"),
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
