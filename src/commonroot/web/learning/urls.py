"""Addresses of learning."""

from django.urls import URLPattern

from commonroot.web.learning.path_urls import PATH_PATTERNS

app_name = "learning"
urlpatterns: list[URLPattern] = []
urlpatterns += PATH_PATTERNS
