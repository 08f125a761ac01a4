"""One-click sign-in, in the demo only."""

from django.urls import path

from commonroot.web.shell import demo_views

app_name = "demo"
urlpatterns = [
    path("", demo_views.list_cast, name="list-cast"),
    path("sign-in/<uuid:key>/", demo_views.sign_in, name="sign-in"),
]
