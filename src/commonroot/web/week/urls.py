"""Addresses of one's week."""

from django.urls import path

from commonroot.web.week import views

app_name = "week"
urlpatterns = [
    path("week/", views.show_week, name="show-week"),
    path("week/worker.js", views.give_worker, name="give-worker"),
]
