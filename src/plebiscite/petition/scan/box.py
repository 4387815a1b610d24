"""A box of sheets: what came back of which section, what is missing, what is twice.

From the records of single pages to the answer about all of them. A page belongs to the
petition that is asked for, or to the one that most pages are of; of a page that was
scanned twice the better picture counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plebiscite.petition.scan.sight.page import Standing

FORMAT = 1
COLUMNS = (
    "line_id", "section", "row", "county", "circulator_id", "name", "address", "city",
    "zip", "signed_on", "signature_present", "struck", "withdrawn_on", "page", "image",
)  # fmt: skip
KEPT = (Standing.READ.value, Standing.COARSE.value)
"""The standings of pages whose lines are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """All pages that were given, judged together.

    Attributes:
        measure: whose petition it is; empty if no page says.
        pages: their records, in the order given; `standing` and `why` are final.
        sections: of each section its pages, those missing and those scanned twice.

    """

    measure: str
    pages: tuple[dict[str, Any], ...]
    sections: tuple[dict[str, Any], ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as ``pages.json`` holds it."""
        standing = Counter(page["standing"] for page in self.pages)
        return {
            "format": FORMAT,
            "measure": self.measure,
            "counts": {
                "pages": len(self.pages),
                **{each.value: standing[each.value] for each in Standing},
                "sections": len(self.sections),
                "missing": sum(len(each["missing"]) for each in self.sections),
                "lines": self._lines("written", yes=None),
                "from_print": len(self.printed),
                "written": self._lines("written"),
                "blank": self._lines("written", yes=False),
                "struck": self._lines("struck"),
            },
            "sections": list(self.sections),
            "pages": list(self.pages),
        }

    @property
    def names(self) -> list[str]:
        """The sections that pages came of, as stamped."""
        return [each["section"] for each in self.sections]

    @property
    def printed(self) -> list[dict[str, Any]]:
        """The pages known by what stands in print on them: both codes are covered."""
        return [
            page
            for page in self.pages
            if page["standing"] in KEPT and page["known_by"] == "print"
        ]

    def _lines(self, what: str, *, yes: bool | None = True) -> int:
        return sum(
            yes is None or line[what] is yes
            for page in self.pages
            if page["standing"] in KEPT
            for line in page.get("lines", ())
        )

    def lines(self, counties: Mapping[str, str]) -> list[list[Any]]:
        """Return the rows of ``lines.csv``: the written lines, their texts to be keyed.

        Args:
            counties: of each section, where known.

        """
        kept = [page for page in self.pages if page["standing"] in KEPT]
        return [
            _row(page, line, counties.get(page["section"], ""))
            for page in sorted(
                kept, key=lambda page: (int(page["section"]), page["page"])
            )
            for line in page.get("lines", ())
            if line["written"]
        ]


def _row(page: Mapping[str, Any], line: Mapping[str, Any], county: str) -> list[Any]:
    known = {
        "line_id": f"{page['section']}-{line['row']}",
        "section": page["section"],
        "row": line["row"],
        "county": county,
        "signature_present": "yes" if "signature" in line["fields"] else "no",
        "struck": int(line["struck"]),
        "page": page["page"],
        "image": f"{page['images']}/line-{line['row']:03d}.jpg",
    }
    return [known.get(column, "") for column in COLUMNS]


def judged(records: Sequence[Mapping[str, Any]], measure: str | None) -> Box:
    """Return what the pages are, judged together.

    Args:
        records: one for each page, in the order given.
        measure: whose petition is expected; None for the one most pages are of.

    """
    pages = [dict(each) for each in records]
    named = Counter(page["measure"] for page in pages if "measure" in page)
    ours = measure or (named.most_common(1)[0][0] if named else "")
    for page in pages:
        if "measure" in page and page["measure"] != ours:
            page["standing"] = Standing.OTHER.value
            page["why"] = (
                f"a page of {page['measure']}, section {page['section']}; it belongs "
                "into another petition's box"
            )
    _name_doubles(pages)
    return Box(measure=ours, pages=tuple(pages), sections=tuple(_sections(pages)))


def _name_doubles(pages: Sequence[dict[str, Any]]) -> None:
    """Let the best picture of each page count, and say of the others which it is."""
    same: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in pages:
        if page["standing"] in KEPT:
            same[page["says"]].append(page)
    for each in same.values():
        best = max(each, key=_worth)
        for page in each:
            if page is not best:
                page["standing"] = Standing.DUPLICATE.value
                page["why"] = (
                    f"section {page['section']}, page {page['page']} a second time; "
                    f"{best['file']} (page {best['number'] + 1}) is taken"
                )


def _worth(page: Mapping[str, Any]) -> tuple[bool, bool, int, int]:
    read, coded = page["standing"] == Standing.READ.value, page["known_by"] == "code"
    return read, coded, page["marks"], min(page["dpi"], 200)


def _sections(pages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    of_section: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    twice = (*KEPT, Standing.DUPLICATE.value)
    for page in pages:
        if page["standing"] in twice:
            of_section[page["section"]].append(page)
    out = []
    for section in sorted(of_section, key=int):
        each = of_section[section]
        seen = Counter(page["page"] for page in each)
        many = max(page["pages"] for page in each)
        out.append(
            {
                "section": section,
                "pages": many,
                "seen": sorted(seen),
                "missing": [at for at in range(1, many + 1) if at not in seen],
                "twice": sorted(at for at, count in seen.items() if count > 1),
            }
        )
    return out
