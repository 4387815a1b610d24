"""Pace, validity, how many to file, and what to see to before filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from plebiscite.errors import PlebisciteError
from plebiscite.forecast.shown import shown
from plebiscite.petition.campaign.books.plan import plan
from plebiscite.petition.campaign.whereabouts import Sheet
from plebiscite.report.drive.course import Course, Part, together
from plebiscite.report.drive.filing import GOAL, Filing, goal
from plebiscite.report.drive.pace_chart import pace_chart
from plebiscite.report.drive.valid import valid_rows
from plebiscite.web.accounts.access import needs
from plebiscite.web.accounts.roles import Role
from plebiscite.web.campaign.desk import READ, Desk, desk_of
from plebiscite.web.campaign.numbers.asked import course_and_filing
from plebiscite.web.campaign.numbers.examined import examinations, within
from plebiscite.web.campaign.page import show, told

CALIFORNIA = "us/ca/"
WHOLE = (Role.PROPONENT, Role.AUDITOR)
UNREAD = 503
"""A record is damaged: no number is shown rather than a wrong one."""
NOTHING = Filing(
    answer=None, why_not="", targets=(), finish=None, counties={}, unplaced=0
)


@needs(*READ)
@require_safe
def pace(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what came back, where it leads, and what is needed a day."""
    desk = desk_of(request, measure)

    def context(course: Course, filing: Filing) -> dict[str, Any]:
        parts = [each for each in course.parts if desk.shows(each.standing.key)]
        whole = desk.sees is None
        part = course.whole if whole or not parts else together(parts)
        aim = goal(filing) if whole else part.standing.quota or 0
        asked = filing if whole else NOTHING
        drawing = pace_chart(course, asked, part.counts, needed=aim) if parts else None
        return {
            "part": part if parts else None,
            "parts": [(each, _quota_a_day(course, each)) for each in parts],
            "whole": whole,
            "goal": aim,
            "a_day": course.a_day(part.standing.lines, aim) if aim else None,
            "leads_to": course.leads_to(part),
            "chart": drawing,
            "finish": asked.finish,
            "chance": _chance(asked),
        }

    return numbers(request, "pace", desk, context)


@needs(*READ)
@require_safe
def validity(request: HttpRequest, measure: str) -> HttpResponse:
    """Show the share of valid lines among those the campaign checked itself."""
    desk = desk_of(request, measure)

    def context(course: Course, filing: Filing) -> dict[str, Any]:
        rows = [
            row
            for row in valid_rows(course, filing)
            if desk.sees is None or desk.shows(row.standing.chapter)
        ]
        return {
            "rows": rows,
            "whole": desk.sees is None,
            "checked": sum(
                r.standing.credit.checked for r in rows if r.of == "chapter"
            ),
        }

    return numbers(request, "validity", desk, context)


@needs(*WHOLE)
@require_safe
def to_file(request: HttpRequest, measure: str) -> HttpResponse:
    """Show how many lines to file, for a chance, and how many are still to gather."""
    desk = desk_of(request, measure)

    def context(course: Course, filing: Filing) -> dict[str, Any]:
        asked = list(dict.fromkeys(t.need.what for t in filing.targets))
        chances = list(dict.fromkeys(t.need.chance for t in filing.targets))
        by_place = {(t.need.what, t.need.chance): t for t in filing.targets}
        return {
            "whats": asked,
            "table": [
                (chance, [by_place[what, chance] for what in asked])
                for chance in chances
            ],
            "goal": goal(filing),
            "sure": GOAL,
            "plan": plan(desk.campaign),
        }

    return numbers(request, "to_file", desk, context)


@needs(*WHOLE)
@require_safe
def filing(request: HttpRequest, measure: str) -> HttpResponse:
    """Show what to see to before filing, and what may follow it."""
    desk = desk_of(request, measure)

    def context(course: Course, filing: Filing) -> dict[str, Any]:
        whole = course.whole.standing
        aim = goal(filing)
        return {
            "goal": aim,
            "more": max(aim - whole.lines, 0),
            "out": whole.sheets[Sheet.OUT],
            "lost": whole.sheets[Sheet.LOST],
            "unchecked": max(whole.lines - whole.credit.checked, 0),
            "chapters_out": [
                each for each in course.status.chapters if each.sheets[Sheet.OUT]
            ],
            "examinations": examinations(measure),
            "within": within(course.record.law, desk.day),
            "california": course.record.law.id.startswith(CALIFORNIA),
        }

    return numbers(request, "filing", desk, context)


def numbers(
    request: HttpRequest,
    name: str,
    desk: Desk,
    context: Callable[[Course, Filing], Mapping[str, Any]],
    *,
    status: int = 200,
) -> HttpResponse:
    """Render a page of numbers; where a record cannot be read, only that is said."""
    try:
        course, asked = course_and_filing(desk)
        found = {"course": course, "filing": asked, **context(course, asked)}
    except PlebisciteError as problem:
        return show(
            request, f"numbers/{name}", desk, {"problem": told(problem)}, status=UNREAD
        )
    return show(request, f"numbers/{name}", desk, found, status=status)


def _quota_a_day(course: Course, part: Part) -> Any:
    quota = part.standing.quota
    return None if quota is None else course.a_day(part.standing.lines, quota)


def _chance(filing: Filing) -> str:
    """Return the chance of enough valid lines in words; "" where none can be told."""
    end = filing.finish
    return "" if end is None or end.required is None else shown(end.chance())
