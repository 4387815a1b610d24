"""The circulator's declaration: whole, in the window, and around every line's date.

Source: Cal. Elec. Code §§ 104, 9014, 9021, 9022 (read as summarised, not checked); what
counts as a reason, and since when, is the law file's.
"""

from __future__ import annotations

from collections.abc import Iterator

from plebiscite.petition.check.remark import Ground, Remark, Weight
from plebiscite.petition.check.sheet import Sheet
from plebiscite.petition.county import plain_county
from plebiscite.petition.section import NO_COUNTY, Declaration

DEFECT, DATES = "CIRC_DECL_DEFECT", "DATE_OUT_OF_RANGE"
COUNTY = "WRONG_COUNTY"
REMEDIES = {
    Declaration.MISSING: "have the circulator fill in and sign the declaration",
    Declaration.INCOMPLETE: "have the circulator complete it in their own hand",
    Declaration.UNSIGNED: "have the circulator sign it, with the day and the place",
    Declaration.UNDATED: "have the circulator write the day on which they sign",
    Declaration.NO_NAME: "have the circulator print their name",
    Declaration.NO_ADDRESS: "have the circulator write their residence address",
    Declaration.NO_PLACE: "have the circulator write where they sign",
    Declaration.DATES_MISSING: "have the circulator write between which days the lines "
    "were signed",
    Declaration.NOT_OWN_HAND: "have the circulator write the declaration themselves",
    Declaration.NOT_OF_AGE: "do not file it before counsel has looked: nobody under 18 "
    "may circulate",
}
KEYED_WRONG = "look at the sheet: correct what was keyed, or "


def declaration_remarks(sheet: Sheet, ground: Ground) -> Iterator[Remark]:
    """Yield what is wrong with a section as a whole."""
    yield from _of_county(sheet, ground)
    if not sheet.lines:
        words = "every line is struck" if sheet.struck else "no line was keyed"
        yield sheet.remark(
            Weight.LOOK, "no_lines", words, "leave it out, or key its lines"
        )
    if sheet.declared is None:
        yield sheet.remark(
            Weight.SECTION,
            DEFECT,
            "nothing is known of its declaration",
            "key the section's declaration",
            cite=ground.cite(DEFECT),
        )
        return
    if sheet.declared.declaration is not Declaration.COMPLETE:
        yield sheet.remark(
            Weight.SECTION,
            DEFECT,
            sheet.declared.declaration.words,
            REMEDIES[sheet.declared.declaration],
            cite=ground.cite(DEFECT),
        )
    yield from _of_days(sheet, ground)


def _of_county(sheet: Sheet, ground: Ground) -> Iterator[Remark]:
    named = plain_county(sheet.county)
    known = ground.counties
    if sheet.county != NO_COUNTY and (
        known is None or named in {plain_county(each) for each in known}
    ):
        return
    yield sheet.remark(
        Weight.SECTION,
        COUNTY,
        "its heading names no county"
        if sheet.county == NO_COUNTY
        else f"its heading names no county of this law ({sheet.county!r})",
        KEYED_WRONG + "ask the office: a section is of one county",
        cite=ground.cite(COUNTY),
    )


def _of_days(sheet: Sheet, ground: Ground) -> Iterator[Remark]:
    known = sheet.declared
    first, last = (known.first_day, known.last_day) if known else (None, None)
    if (
        known
        and (first is None or last is None)
        and known.declaration is Declaration.COMPLETE
    ):
        yield sheet.remark(
            Weight.SECTION,
            DEFECT,
            "the days between which it was signed are not both known",
            KEYED_WRONG + REMEDIES[Declaration.DATES_MISSING],
            cite=ground.cite(DEFECT),
        )
    for day, bound, before in (
        (first, ground.opens, True),
        (last, ground.closes, False),
    ):
        if day and bound and (day < bound if before else day > bound):
            edge = "before circulation began" if before else "after its last day"
            yield sheet.remark(
                Weight.SECTION,
                DATES,
                f"declared to be signed {'from' if before else 'to'} {day}, {edge} "
                f"({bound})",
                KEYED_WRONG + "have the circulator correct the day if it is a slip; "
                "lines signed outside the window do not count",
                cite=ground.cite(DATES),
            )
    outside = tuple(
        line.row
        for line in sheet.lines
        if line.day and ((first and line.day < first) or (last and line.day > last))
    )
    if outside:
        yield sheet.remark(
            Weight.SECTION,
            DATES,
            f"lines are dated outside the declared days ({first or '…'} to "
            f"{last or '…'})",
            KEYED_WRONG + "have the circulator correct the declared days, if they are "
            "wrong; lines outside them do not count",
            rows=outside,
            cite=ground.cite(DATES),
        )
    beyond = tuple(
        line.row
        for line in sheet.lines
        if line.day
        and line.row not in outside
        and (
            (ground.opens and line.day < ground.opens)
            or (ground.closes and line.day > ground.closes)
        )
    )
    if beyond:
        yield sheet.remark(
            Weight.LINE,
            DATES,
            "dated outside the window of circulation",
            KEYED_WRONG + "strike them",
            rows=beyond,
            cite=ground.cite(DATES),
        )
