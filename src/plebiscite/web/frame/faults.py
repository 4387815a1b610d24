"""Pages for what went wrong: plain words, what to do, and no personal value."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plebiscite.web.frame.answers import failed

UNSEEN = "\N{REPLACEMENT CHARACTER}"


class NoPersonalValues(logging.Filter):
    """Keeps the traceback's place and kind, and drops its message and the request.

    What a library says of a value it could not read may hold a voter's name. Nor does a
    letter that cannot be seen get through: an address that somebody made up could end a
    line of the log and begin another.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Strip the record; it always passes."""
        if record.exc_info and record.exc_info[0] is not None:
            kind, _fault, trace = record.exc_info
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = (
                f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
                if trace
                else ""
            )
            record.msg = f"{record.getMessage()} [{kind.__name__} at {place}]"
            record.args, record.exc_info, record.exc_text = (), None, None
        said = record.getMessage()
        if not said.isprintable():
            record.msg = "".join(c if c.isprintable() else UNSEEN for c in said)
            record.args = ()
        return True


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        return JsonResponse(failed(status, words), status=status)
    return render(
        request, "fault.html", {"title": title, "words": words}, status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400."""
    return _page(
        request,
        400,
        _("That could not be read"),
        _("The request was not well formed. Go back and try again."),
    )


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403."""
    return _page(
        request,
        403,
        _("Not with this account"),
        _("Your account has no role that opens this page. Ask whoever invited you."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("It may have been moved, or never been here. See the list of measures."),
    )


def our_fault(request: HttpRequest) -> HttpResponse:
    """Answer 500, saying nothing of the values at hand."""
    return _page(
        request,
        500,
        _("This is a fault of ours"),
        _("Nothing of what you sent was kept half. It has been noted; try again."),
    )


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit."""
    return _page(
        request,
        403,
        _("This form is too old"),
        _("Nothing was changed. Load the page again, then send the form again."),
    )
