"""Files that come in: nothing of one stays on the disk once its answer is made.

What is sent is written to a passing file while it comes. Where the sender goes away in
the middle, Django leaves that file to the collector of garbage, which comes when it
comes; it may hold names of signers, and goes at once.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

FORM = "multipart/form-data"


def nothing_half(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Remove the passing files of a request when it was answered; views copied them."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return get_response(request)
        finally:
            if request.content_type == FORM:
                for handler in request.upload_handlers:
                    handler.upload_interrupted()

    return answer
