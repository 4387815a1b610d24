"""What a volunteer sees without an account: registering, and what is kept of them.

Consent is asked with a box that is not ticked, and says what it means before it is
asked. Whoever registered is given a link of their own, by which they withdraw consent
or have everything erased without asking anybody.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.petition.campaign.chapters import chapters
from plebiscite.petition.campaign.register import Booking
from plebiscite.petition.campaign.volunteers import (
    Volunteer,
    add_volunteer,
    forget_volunteer,
    volunteers,
    withdraw_consent,
)
from plebiscite.petition.measure import read_measure
from plebiscite.web.accounts.access import public
from plebiscite.web.campaign.desk import CAMPAIGN, kept
from plebiscite.web.campaign.given import number, ticked, words
from plebiscite.web.campaign.joining import links
from plebiscite.web.campaign.models import JoinLink, OwnLink
from plebiscite.web.campaign.page import REFUSED, told

GONE, TOO_MANY = 410, 429
SELF = "the volunteer"
FIELDS = ("person", "sheets", "contact")
MOST_SHEETS = 500
ERASED = {"withdraw": withdraw_consent, "forget": forget_volunteer}


def join_address(request: HttpRequest, token: str) -> str:
    """Return the whole address under which people register."""
    return request.build_absolute_uri(reverse("campaign:join", args=[token]))


@public
@never_cache
@sensitive_post_parameters("person", "contact")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody register with a chapter, by the link it shows around."""
    link = links.opened(token)
    if link is None:
        return _old(request)
    folder = kept(link.measure)
    known = chapters(folder / CAMPAIGN).get(link.chapter)
    if known is None:
        return _old(request)
    problem, status = "", 200
    if request.method == "POST":
        if links.flooded(link):
            problem, status = _("Too many people registered this hour."), TOO_MANY
        else:
            try:
                return redirect("campaign:mine", token=_registered(request, link))
            except PlebisciteError as refusal:
                problem, status = told(refusal), REFUSED
    said = {name: words(request, name) for name in FIELDS}
    return render(
        request,
        "campaign/people/join.html",
        {
            "measure": read_measure(folder),
            "chapter": known,
            "problem": problem,
            "said": {**said, "agreed": ticked(request, "agreed")},
        },
        status=status,
    )


def _registered(request: HttpRequest, link: JoinLink) -> str:
    """Write a volunteer down and return the token of their own link.

    Raises:
        InputError: a name is missing, or an address and the consent to use it differ.

    """
    agreed, contact = ticked(request, "agreed"), words(request, "contact")
    if contact and not agreed:
        raise InputError(
            _(
                "You left an address and did not agree to be written to. Tick the box, "
                "or leave the address empty."
            )
        )
    if agreed and not contact:
        raise InputError(
            _("You agreed to be written to: say where, or untick the box.")
        )
    sheets = number(request, "sheets", _("How many sheets"))
    if sheets is not None and sheets > MOST_SHEETS:
        raise InputError(
            _("Ask for at most %(most)s sheets now; there are more later.")
            % {"most": MOST_SHEETS}
        )
    added = add_volunteer(
        kept(link.measure) / CAMPAIGN,
        _booking(),
        person=words(request, "person"),
        chapter=link.chapter,
        sheets=sheets or 0,
        may_contact=agreed,
        contact=contact,
    )
    return links.own_link(link.measure, added.volunteer)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Show a volunteer what is kept of them; withdraw or erase it when they say so."""
    own = links.owned(token)
    found = _volunteer(own) if own else None
    if own is None or found is None:
        return _old(request)
    act = ERASED.get(words(request, "act")) if request.method == "POST" else None
    if act is not None and found.person:
        act(kept(own.measure) / CAMPAIGN, _booking(), own.volunteer)
        return redirect("campaign:mine", token=token)
    folder = kept(own.measure)
    return render(
        request,
        "campaign/people/mine.html",
        {
            "measure": read_measure(folder),
            "chapter": chapters(folder / CAMPAIGN)[found.chapter],
            "volunteer": found,
        },
    )


def _volunteer(own: OwnLink) -> Volunteer | None:
    return volunteers(kept(own.measure) / CAMPAIGN).get(own.volunteer)


def _booking() -> Booking:
    return Booking(by=SELF, day=timezone.localdate(), at=timezone.now())


def _old(request: HttpRequest) -> HttpResponse:
    return render(request, "campaign/people/link_is_old.html", status=GONE)
