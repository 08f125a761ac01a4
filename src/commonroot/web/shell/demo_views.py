"""The cast of the demo, and how to become one of them."""

import uuid

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.network.made_region import CAST_DOMAIN
from commonroot.domain.network.models import Person, Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@login_not_required
@require_safe
def list_cast(request: HttpRequest) -> HttpResponse:
    """List everybody one can be."""
    roles = Role.objects.select_related("place")
    cast = Person.objects.filter(email__endswith=CAST_DOMAIN).prefetch_related(
        Prefetch("roles", queryset=roles)
    )
    return render(request, "shell/list_cast.html", {"cast": cast})


@login_not_required
@require_POST
def sign_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Sign in as one of the cast."""
    person = get_object_or_404(Person, pk=key, email__endswith=CAST_DOMAIN)
    login(request, person, backend=BACKEND)
    return redirect("shell:home")
