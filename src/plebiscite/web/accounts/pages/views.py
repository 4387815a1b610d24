"""The pages of an account: its desks, its people, its keys, and who read what."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plebiscite.errors import InputError
from plebiscite.web.accounts import invitations, tokens
from plebiscite.web.accounts.access import needs, public, seat_of, signed_in
from plebiscite.web.accounts.doors import doors
from plebiscite.web.accounts.models import EVERYWHERE, Grant, Invitation, Look
from plebiscite.web.accounts.pages.forms import ComeInForm, InviteForm, TokenForm
from plebiscite.web.accounts.roles import Role

ON_A_PAGE = 100


def closed(request: HttpRequest) -> HttpResponse:
    """Say that there is no sign-up: 404."""
    raise Http404


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show the person which desks their roles open."""
    return render(request, "accounts/home.html", {"doors": doors(seat_of(request))})


@public
@never_cache
@sensitive_post_parameters("password", "again")
def come_in(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person set a password and come in."""
    found = invitations.opened(token)
    if found is None:
        return render(request, "accounts/link_is_old.html", status=410)
    form = ComeInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(token, form.cleaned_data["password"])
        except ValidationError as weak:
            form.add_error("password", weak)
        except InputError:
            return render(request, "accounts/link_is_old.html", status=410)
        else:
            perform_login(request, user, email_verification="none")
            return redirect("accounts:home")
    return render(request, "accounts/come_in.html", {"form": form, "invitation": found})


@needs(Role.STATE, Role.COUNTY, Role.PROPONENT)
def people(request: HttpRequest) -> HttpResponse:
    """Show who holds which role within one's own place; invite another."""
    seat, link = seat_of(request), ""
    form = InviteForm(seat, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        token = invitations.invite(
            said["email"],
            said["name"],
            Role(said["role"]),
            form.place(),
            by=seat.email,
        )
        where = reverse("accounts:come_in", args=[token])
        link, form = request.build_absolute_uri(where), InviteForm(seat)
    grants = Grant.objects.filter(ended_at=None).select_related("user")
    waiting = Invitation.objects.filter(
        used_at=None, withdrawn_at=None, until__gt=now()
    )
    return render(
        request,
        "accounts/people.html",
        {
            "form": form,
            "link": link,
            "grants": [each for each in grants if _manages(request, each)],
            "waiting": [each for each in waiting if _manages(request, each)],
        },
    )


def _manages(request: HttpRequest, held: Grant | Invitation) -> bool:
    """Return whether the person could have given this role."""
    place = invitations.Place(
        measure=held.measure, county=held.county, chapter=held.chapter
    )
    return bool(held.role) and invitations.may_invite(
        seat_of(request), Role(held.role), place
    )


@needs(Role.STATE, Role.COUNTY, Role.PROPONENT)
@require_POST
def end_grant(request: HttpRequest, grant: int) -> HttpResponse:
    """End a role that one could have given."""
    found = get_object_or_404(Grant, pk=grant)
    if not _manages(request, found):
        raise PermissionDenied
    invitations.end(found)
    return redirect("accounts:people")


@needs(Role.STATE, Role.COUNTY, Role.PROPONENT)
@require_POST
def withdraw(request: HttpRequest, invitation: int) -> HttpResponse:
    """Withdraw an invitation that one could have made."""
    found = get_object_or_404(Invitation, pk=invitation)
    if not _manages(request, found):
        raise PermissionDenied
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at"])
    return redirect("accounts:people")


@needs(Role.STATE, Role.COUNTY, Role.AUDITOR)
def reads(request: HttpRequest) -> HttpResponse:
    """Show who read signer data, within one's own measures and counties."""
    own = Q(pk__in=[])
    for each in seat_of(request).grants:
        if each.role in {Role.STATE, Role.COUNTY, Role.AUDITOR}:
            here = Q()
            if each.measure != EVERYWHERE:
                here &= Q(measure=each.measure)
            if each.county != EVERYWHERE:
                here &= Q(county=each.county)
            own |= here or ~Q(pk__in=[])
    found = Paginator(Look.objects.filter(own).order_by("-at", "-pk"), ON_A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    return render(request, "accounts/reads.html", {"looks": shown})


@signed_in
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """Show one's keys for programs; make another, shown this once."""
    user, key = seat_of(request).user, ""
    assert user is not None
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        key = tokens.make(user, said["label"], said["scopes"], lasts=form.lasts())
        form = TokenForm()
    held = user.tokens.filter(ended_at=None, until__gt=now())
    return render(
        request, "accounts/keys.html", {"form": form, "key": key, "held": held}
    )


@signed_in
@require_POST
def end_key(request: HttpRequest, key: int) -> HttpResponse:
    """End one of one's own keys."""
    user = seat_of(request).user
    assert user is not None
    user.tokens.filter(pk=key).update(ended_at=now())
    return redirect("accounts:keys")
