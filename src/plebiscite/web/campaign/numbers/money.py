"""Money as it was filed: reports handed in and added up, and a plan held against them.

No payment is taken here and none is made. What is handed in are reports that a law has
already made public; the measure's public page adds them up too.
"""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from plebiscite.errors import InputError, PlebisciteError
from plebiscite.money import Ledger
from plebiscite.money.filed import Filed, filed, hand_in, read, take_out
from plebiscite.money.limit import LAW, Limits
from plebiscite.money.shown.flag import Flag, flags
from plebiscite.money.shown.public import HIDDEN
from plebiscite.money.shown.table import ledger_table
from plebiscite.petition.campaign.books.plan import (
    Heading,
    Plan,
    make_plan,
    plan,
    read_heading,
)
from plebiscite.report.drive.course import Course
from plebiscite.report.drive.filing import Filing, goal
from plebiscite.report.drive.spending import spending_of
from plebiscite.web.accounts.access import needs
from plebiscite.web.campaign.desk import LEAD, Desk, desk_of
from plebiscite.web.campaign.given import number
from plebiscite.web.campaign.numbers.views import UNREAD, WHOLE, numbers
from plebiscite.web.campaign.page import REFUSED, show, told
from plebiscite.web.measures.shelf import index

MOST_BYTES = 20 * 2**20
SHOWN = 40
"""Rows of the ledger on the page; the file has them all."""
FLAGS = 30
ROWS = 8
"""Headings a plan's form has room for, beyond those there are: see `_form`."""
BOM = "\ufeff"
"""At the head of a table, so that spreadsheets read its letters as they are."""


@needs(*WHOLE)
@require_http_methods(["GET", "HEAD", "POST"])
def money(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what was given and spent as filed; take a report in."""
    desk = desk_of(request, measure)
    if request.method != "POST":
        return _money(request, desk)
    desk.needs_lead()
    try:
        ledger, name = _handed_in(request, desk)
    except PlebisciteError as problem:
        return _money(request, desk, problem=told(problem), status=REFUSED)
    index(measure)
    said = ngettext(
        "%(name)s is in. The ledger has %(rows)s row.",
        "%(name)s is in. The ledger has %(rows)s rows.",
        len(ledger.rows),
    )
    messages.success(request, said % {"name": name, "rows": f"{len(ledger.rows):,}"})
    return redirect("campaign:money", measure=measure)


@needs(*LEAD)
@require_POST
def remove(request: HttpRequest, measure: str) -> HttpResponse:
    """Take a report out; the register says that it was there."""
    desk = desk_of(request, measure)
    name = request.POST.get("name", "")
    try:
        take_out(desk.folder, desk.booking(), name)
    except PlebisciteError as problem:
        return _money(request, desk, problem=told(problem), status=REFUSED)
    index(measure)
    messages.success(request, _("%(name)s is taken out.") % {"name": name})
    return redirect("campaign:money", measure=measure)


@needs(*WHOLE)
@require_safe
def ledger_file(request: HttpRequest, measure: str) -> HttpResponse:
    """Give the ledger as a table: each row once, names from the law's mark on."""
    desk = desk_of(request, measure)
    try:
        table = ledger_table(read(desk.folder), _mark(desk), every=True)
    except PlebisciteError as problem:
        return show(
            request, "numbers/money", desk, {"problem": told(problem)}, status=UNREAD
        )
    answer = HttpResponse(BOM + table.write_csv(), content_type="text/csv")
    name = measure.replace("/", "-")
    answer["Content-Disposition"] = f'attachment; filename="{name}-ledger.csv"'
    return answer


@needs(*WHOLE)
@require_http_methods(["GET", "HEAD", "POST"])
def budget(request: HttpRequest, measure: str) -> HttpResponse:
    """Show cost against plan; write a plan down."""
    desk = desk_of(request, measure)
    if request.method != "POST":
        return _budget(request, desk)
    desk.needs_lead()
    try:
        headings, lines = _planned(request)
        made = make_plan(desk.campaign, desk.booking(), headings, lines=lines)
    except PlebisciteError as problem:
        return _budget(request, desk, problem=told(problem), status=REFUSED)
    messages.success(
        request,
        _("The plan is written down: $%(sum)s.") % {"sum": f"{made.total:,.2f}"},
    )
    return redirect("campaign:budget", measure=measure)


def _money(
    request: HttpRequest, desk: Desk, *, problem: str = "", status: int = 200
) -> HttpResponse:
    reports: list[Filed] = []
    try:
        reports, ledger = filed(desk.folder), read(desk.folder)
        table = ledger_table(ledger, _mark(desk), as_of=desk.day)
        context = {
            "reports": reports,
            "sums": ledger.totals(as_of=desk.day),
            "purses": ledger.by_committee(as_of=desk.day),
            "rows": table.sort("day", descending=True).head(SHOWN).to_dicts(),
            "count": len(table),
            "flags": _flags(desk, ledger)[:FLAGS],
            "mark": _mark(desk),
            "hidden": HIDDEN,
            "problem": problem,
        }
    except PlebisciteError as fault:
        context, status = {"problem": told(fault), "reports": reports}, UNREAD
    return show(request, "numbers/money", desk, context, status=status)


def _budget(
    request: HttpRequest, desk: Desk, *, problem: str = "", status: int = 200
) -> HttpResponse:
    def context(course: Course, filing: Filing) -> dict[str, Any]:
        known = plan(desk.campaign)
        aim = goal(filing)
        found = spending_of(read(desk.folder), known, course, needed=aim)
        return {
            "spending": found,
            "goal": aim,
            "more": max(aim - course.whole.standing.lines, 0),
            "form": _form(request, known),
            "lines": request.POST.get("lines") or (known.lines if known else ""),
            "problem": problem,
        }

    return numbers(request, "budget", desk, context, status=status)


def _handed_in(request: HttpRequest, desk: Desk) -> tuple[Ledger, str]:
    """Take the file of a form over, and return the ledger with it, and its name."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.name:
        raise InputError(_("choose a file"))
    if not request.POST.get("filed"):
        raise InputError(
            _("tick the box: what is handed in here is shown to everybody")
        )
    if (file.size or 0) > MOST_BYTES:
        raise InputError(
            _("the file is larger than 20 MB; put it into the measure's folder 'money'")
        )
    name = Path(file.name).name
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return hand_in(desk.folder, desk.booking(), Path(kept.name), name), name


def _planned(request: HttpRequest) -> tuple[list[Heading], int | None]:
    """Return the plan that a form holds; rows left empty are no headings."""
    given = zip(
        request.POST.getlist("name"),
        request.POST.getlist("amount"),
        request.POST.getlist("codes"),
        strict=False,
    )
    headings = [
        read_heading(" ".join(name.split()), amount, codes)
        for name, amount, codes in given
        if name.strip() or amount.strip()
    ]
    return headings, number(request, "lines", _("Raw lines to file"))


def _form(request: HttpRequest, known: Plan | None) -> list[dict[str, str]]:
    """Return the rows of the form: as sent, else as planned, and some empty ones."""
    names = ("name", "amount", "codes")
    if request.method == "POST":
        sent = [request.POST.getlist(each) for each in names]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*sent, strict=False)]
    else:
        rows = [_row(each) for each in (known.headings if known else ())]
    empty = max(ROWS - len(rows), 2)
    return rows + [dict.fromkeys(names, "")] * empty


def _row(heading: Heading) -> dict[str, str]:
    codes = " ".join(heading.codes)
    return {"name": heading.name, "amount": f"{heading.amount:.2f}", "codes": codes}


def _mark(desk: Desk) -> Decimal | None:
    """Return from which sum on a giver's name is public; None where nobody knows."""
    if not LAW.startswith(_state(desk)):
        return None
    return Limits.on(desk.day, LAW).limit("itemised_from").amount


def _flags(desk: Desk, ledger: Ledger) -> list[Flag]:
    """Return what asks for a look, by the law of disclosure of the measure's state."""
    if not LAW.startswith(_state(desk)):
        return []
    return flags(
        ledger,
        Limits.on(desk.day, LAW),
        as_of=desk.day,
        election=desk.measure.election,
    )


def _state(desk: Desk) -> str:
    """Return the place whose law of disclosure goes for a measure: us/ca."""
    return "/".join(desk.measure.law.split("/")[:2])
