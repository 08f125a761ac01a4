"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("commonroot.web.shell.urls")),
    path("", include("commonroot.web.network.urls")),
    path("", include("commonroot.web.records.urls")),
    path("account/", include("allauth.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("commonroot.web.shell.demo_urls")))
