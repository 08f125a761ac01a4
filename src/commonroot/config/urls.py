"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("commonroot.web.shell.urls")),
    path("", include("commonroot.web.network.urls")),
    path("", include("commonroot.web.records.urls")),
    path("", include("commonroot.web.teams.urls")),
    path("", include("commonroot.web.partnerships.urls")),
    path("", include("commonroot.web.learning.urls")),
    path("", include("commonroot.web.coaching.urls")),
    path("", include("commonroot.web.connections.urls")),
    path("", include("commonroot.web.convenings.urls")),
    path("", include("commonroot.web.week.urls")),
    path("", include("commonroot.web.highlights.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
if settings.SOCIALACCOUNT_PROVIDERS:
    openid_connect = "allauth.socialaccount.providers.openid_connect.urls"
    urlpatterns += [
        path("account/3rdparty/", include("allauth.socialaccount.urls")),
        path("account/", include(openid_connect)),
    ]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("commonroot.web.shell.demo_urls")))
