"""The pages of an account: where its doors are, and coming in by invitation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plebiscite.web.accounts.access import seat_of, signed_in


def closed(request: HttpRequest) -> HttpResponse:
    """Say that there is no sign-up: 404."""
    raise Http404


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show the person which desks their roles open."""
    return render(request, "accounts/home.html", {"seat": seat_of(request)})
