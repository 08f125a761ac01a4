"""Addresses of places and people."""

from django.urls import path

from commonroot.web.network import views

app_name = "network"
urlpatterns = [
    path("places/", views.list_places, name="list-places"),
    path("places/<uuid:place>/", views.show_place, name="show-place"),
    path("places/<uuid:place>/invite/", views.invite_person, name="invite-person"),
    path("roles/<uuid:role>/end/", views.end_role, name="end-role"),
    path("people/", views.list_people, name="list-people"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept-invitation"),
]
