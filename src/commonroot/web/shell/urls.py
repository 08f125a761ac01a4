"""Addresses of the shell."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

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
        login_not_required(set_language),
        name="set_language",
    ),
]
