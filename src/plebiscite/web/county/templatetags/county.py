"""Addresses of a desk's pages, and findings in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.template import Library
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plebiscite.report.words import reason
from plebiscite.web.county.models import Desk, Line, Stage, State, Turn
from plebiscite.web.county.ready import Step

register = Library()
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WHERE = {
    Stage.FILES: "files",
    Stage.COMMIT: "commit",
    Stage.DRAW: "draw",
    Stage.LINES: "files",
    Stage.QUEUE: "queue",
    Stage.CERTIFY: "certify",
}


@register.simple_tag
def desk_url(name: str, desk: Desk, *more: Any) -> str:
    """Return the address of a desk's page."""
    if more:
        return reverse(f"county:{name}", args=[desk.measure, desk.county, *more])
    return _address(name, desk.measure, desk.county, get_language())


@lru_cache(maxsize=4_096)
def _address(name: str, measure: str, county: str, _language: str) -> str:
    """Return an address, found once for each language: every page holds twenty."""
    return reverse(f"county:{name}", args=[measure, county])


@register.simple_tag
def step_url(step: Step, desk: Desk, works: bool) -> str:
    """Return where a step is taken; who only reads sees the lines, not the queue."""
    reads = step.stage == Stage.QUEUE and not works
    return desk_url("lines" if reads else WHERE[step.stage], desk)


@register.simple_tag
def said(finding: Any) -> str:
    """Say what somebody found: a decision, or a finding not stored."""
    if getattr(finding, "turn", "") == Turn.UNDO:
        back = finding.takes_back
        return _("taken back: %(what)s") % {"what": said(back)} if back else ""
    return _words(finding.word, finding.reason)


@register.simple_tag
def finding(line: Line) -> str:
    """Say what stands of a line now."""
    if line.state == State.RECORD:
        return _("not valid by the record: %(why)s") % {"why": reason(line.reason)}
    if not line.word:
        return _("nothing found yet")
    return _words(line.word, line.reason)


@register.filter
def figure(number: int) -> str:
    """Return a count with its thousands separated."""
    return f"{number:,}"


@register.filter
def day_of(name: str) -> str:
    """Return the day an image's name tells, or nothing."""
    day = DAY.search(name)
    return day[0] if day else ""


def _words(word: str, code: str) -> str:
    if word == "invalid":
        return _("not valid: %(why)s") % {"why": reason(code)}
    return {"valid": _("valid"), "undecided": _("undecided")}.get(str(word), str(word))
