"""How to quote a figure: who gave it, when, which revision, and where it stands."""

from __future__ import annotations

from plebiscite.report.page.figure import Figure, Revision
from plebiscite.report.page.said import plain

NAMES = {
    "required": "signatures required",
    "claimed": "signatures claimed",
    "raw": "raw count",
    "projected": "valid signatures, projected",
    "verified": "valid signatures, verified",
}
VOTES = {
    "yes": "yes votes",
    "no": "no votes",
    "blank": "blank or invalid ballots",
    "cast": "ballots cast",
    "registered": "registered voters",
}
LICENCE = "CC0-1.0"
LICENCE_URL = "https://creativecommons.org/publicdomain/zero/1.0/"


def name_of(figure: Figure) -> str:
    """Return what a figure counts, in a few words."""
    if figure.kind == "votes":
        return VOTES.get(figure.key, figure.key)
    return NAMES[figure.kind]


def citation(measure: str, figure: Figure, revision: Revision, address: str) -> str:
    """Return the line to quote a value of a figure by."""
    value = "not known" if revision.value is None else plain(revision.value)
    about = f"{name_of(figure)} of {measure}"
    if figure.question:
        about += f", further question '{figure.question}'"
    day = f", {plain(revision.day)}" if revision.day else ""
    where = f"revision {revision.number}"
    if revision.seq:
        where += f", docket event {revision.seq}"
    mark = f" ({revision.hash[:12]})" if revision.hash else ""
    return f"{revision.by}: {about}: {value}{day}; {where}{mark}. {address}"


def notice(figure: Figure, revision: Revision) -> str:
    """Return what has become of a value since; "" while it stands."""
    later = figure.later(revision.seq)
    if not later:
        return ""
    last = later[-1]
    value = "struck" if last.value is None else plain(last.value)
    day = f" on {plain(last.day)}" if last.day else ""
    why = f", because {last.why}" if last.why else ""
    return f"This value no longer stands: it was changed to {value}{day}{why}."
