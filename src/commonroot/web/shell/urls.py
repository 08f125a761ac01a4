"""Addresses of the shell."""

from django.urls import path

from commonroot.web.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("you/", views.show_account, name="account"),
    path("search/", views.search, name="search"),
    path("help/<slug:topic>/", views.show_help, name="show-help"),
    path("favicon.ico", views.show_mark, name="show-mark"),
    path("health/", views.tell_health, name="health"),
    path(
        "language/setlang/",
        views.choose_language,
        name="set_language",
    ),
]
