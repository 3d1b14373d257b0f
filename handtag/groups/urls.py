"""Addresses of the room groups."""

from django.urls import path

from handtag.groups import views

urlpatterns = [
    path("<slug:town>/grupper/", views.groups, name="groups"),
    path("<slug:town>/grupper/skotsel/", views.manage_groups, name="manage_groups"),
    path("<slug:town>/grupper/<uuid:group_id>/", views.group, name="group"),
    path("<slug:town>/grupper/<uuid:group_id>/ga-med/", views.join_group, name="join_group"),
    path("<slug:town>/grupper/<uuid:group_id>/lamna/", views.leave_group, name="leave_group"),
    path("<slug:town>/grupper/<uuid:group_id>/andra/", views.change_group, name="change_group"),
    path("<slug:town>/grupper/<uuid:group_id>/stang/", views.close_group, name="close_group"),
    path(
        "<slug:town>/grupper/<uuid:group_id>/svara/<uuid:membership_id>/",
        views.answer_member,
        name="answer_member",
    ),
]
