"""Addresses of highlights."""

from django.urls import URLPattern

app_name = "highlights"
urlpatterns: list[URLPattern] = []
