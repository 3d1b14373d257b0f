"""Addresses of the room people."""

from django.urls import URLPattern, URLResolver, path

from handtag.people.views import own, protecting, roles, staff

_PERSON = "<slug:town>/personer/<uuid:person_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:town>/personer/", staff.people, name="people"),
    path("<slug:town>/personer/ny/", staff.register, name="person_register"),
    path(_PERSON, staff.person, name="person"),
    path(f"{_PERSON}uppgifter/", staff.details, name="person_details"),
    path(f"{_PERSON}roller/", roles.give, name="person_roles"),
    path(f"{_PERSON}skydd/", protecting.protect, name="person_protect"),
    path(f"{_PERSON}skydd/upphor/", protecting.unprotect, name="person_unprotect"),
    path("<slug:town>/roller/", roles.roles, name="roles"),
    path("<slug:town>/roller/<uuid:person_id>/<slug:role>/ta/", roles.take, name="role_take"),
    path("<slug:town>/mina-kontaktuppgifter/", own.own_details, name="own_details"),
    path("<slug:town>/mina-kontaktuppgifter/sparr/<uuid:other_id>/", own.lift_block, name="block_lift"),
]
