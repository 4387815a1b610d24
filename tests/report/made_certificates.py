"""Certificates made by hand for the tests, and a strategy for any number of them.

The county figures follow 2 CCR 20530-20532, worked out here in fractions and
independently of the package.
"""

from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st

NAMES = """
Alameda, Alpine, Amador, Butte, Calaveras, Colusa, Contra Costa, Del Norte,
El Dorado, Fresno, Glenn, Humboldt, Imperial, Inyo, Kern, Kings, Lake, Lassen,
Los Angeles, Madera, Marin, Mariposa, Mendocino, Merced, Modoc, Mono, Monterey,
Napa, Nevada, Orange, Placer, Plumas, Riverside, Sacramento, San Benito,
San Bernardino, San Diego, San Francisco, San Joaquin, San Luis Obispo,
San Mateo, Santa Barbara, Santa Clara, Santa Cruz, Shasta, Sierra, Siskiyou,
Solano, Sonoma, Stanislaus, Sutter, Tehama, Trinity, Tulare, Tuolumne, Ventura,
Yolo, Yuba
"""
CALIFORNIA = [name.strip() for name in NAMES.replace("\n", " ").split(",")]


def half_up(number, places):
    return Fraction(floor(number * 10**places + Fraction(1, 2)), 10**places)


def shown(number, places):
    scaled = floor(number * 10**places + Fraction(1, 2))
    sign = "-" if scaled < 0 else ""
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def county(name, raw, sampled, valid, duplicates, *, undecided=0, split=(1,)):
    every_line = sampled == raw
    percent = half_up(Fraction(100 * valid, sampled), 2)
    uncorrected = ceil(raw * percent / 100)
    value = half_up(Fraction(raw, sampled), 4)
    weight = value * (value - 1)
    deducted = ceil(weight * duplicates)
    literal = uncorrected - deducted
    invalid = sampled - valid - undecided - duplicates
    codes = ["NOT_REGISTERED", "ADDR_DIFFERENT", "WRONG_COUNTY", "SIG_MISMATCH"]
    reasons = {}
    for code, part in zip(codes, split, strict=False):
        reasons[code] = invalid * part // sum(split)
    reasons["NOT_REGISTERED"] += invalid - sum(reasons.values())
    if duplicates:
        reasons["DUPLICATE"] = duplicates
    return {
        "county": name,
        "raw": raw,
        "sampled": sampled,
        "valid": valid,
        "duplicates": duplicates,
        "undecided": undecided,
        "every_line": every_line,
        "percent": shown(percent, 2),
        "uncorrected": valid if every_line else uncorrected,
        "value": shown(value, 4),
        "weight": shown(weight, 4),
        "deducted": 0 if every_line else deducted,
        "projected": valid if every_line else literal,
        "projected_literal": literal,
        "standard_error": "0.00" if every_line else shown(Fraction(raw, 150), 2),
        "mode": "sample",
        "reasons": {code: lines for code, lines in reasons.items() if lines >= 5},
        "reasons_withheld": sum(lines for lines in reasons.values() if lines < 5),
        "_reasons": reasons,
    }


def certificate(counties, *, required, status="final", title="A measure", notes=()):
    projected = sum(c["projected"] for c in counties)
    band = (
        "failed"
        if projected < Fraction(95, 100) * required
        else "qualified"
        if projected > Fraction(110, 100) * required
        else "full_count"
    )
    undecided = sum(c["undecided"] for c in counties)
    reasons = {}
    for one in counties:
        for code, lines in one["_reasons"].items():
            reasons[code] = reasons.get(code, 0) + lines
    supposed = {"projected": projected, "band": band}
    return {
        "format": 1,
        "measure": "16-0011",
        "title": title,
        "law": "us/ca/constitutional_initiative",
        "law_title": "California constitutional amendment by initiative",
        "law_version": "2015-01-01 (1a2b3c4d)",
        "status": status,
        "required": required,
        "raw": sum(c["raw"] for c in counties),
        "projected": projected,
        "projected_literal": sum(c["projected_literal"] for c in counties),
        "verified": None,
        "percent": shown(Fraction(100 * projected, required), 2),
        "band": band,
        "standing": {"failed": "not_met", "qualified": "met"}.get(band, "open"),
        "verdict": {
            "standing": "open",
            "words": "full count: at least 95% and at most 110% of required",
            "cite": ["elec-9030"],
            "parts": [
                {
                    "standing": "not_met",
                    "words": "projected_valid must be less than 95% of required",
                    "cite": ["elec-9030", "reg-20530"],
                    "parts": [],
                },
                {
                    "standing": "not_met",
                    "words": "projected_valid must be more than 110% of required",
                    "cite": ["elec-9031"],
                    "parts": [],
                },
            ],
        },
        "if_all_valid": {**supposed, "projected": projected + 7} if undecided else None,
        "if_none_valid": supposed if undecided else None,
        "standard_error": shown(Fraction(sum(c["raw"] for c in counties), 290), 2),
        "chance_full_count_differs": "0.0241",
        "value_of_one_duplicate": max((c["weight"] for c in counties), key=Fraction),
        "counties": [
            {key: value for key, value in one.items() if key != "_reasons"}
            for one in counties
        ],
        "reasons": reasons,
        "projection": "california",
        "acceptance": None,
        "awaited": {},
        "issued_on": None,
        "seed": "20170804170425",
        "seeds": ["20170804170425"],
        "commitment": "9f2c" * 16,
        "roll_as_of": "2017-07-25",
        "citations": [
            {
                "key": "elec-9030",
                "title": "Cal. Elec. Code § 9030",
                "checked": "2026-11-01",
                "url": "https://leginfo.legislature.ca.gov/",
            },
            {
                "key": "elec-9031",
                "title": "Cal. Elec. Code § 9031",
                "checked": "no",
                "url": None,
            },
            {
                "key": "reg-20530",
                "title": "Cal. Code Regs. tit. 2, § 20530",
                "checked": "2026-11-01",
                "url": None,
            },
        ],
        "required_cite": ["elec-9031"],
        "notes": list(notes),
        "program_version": "0.1.0",
    }


def statewide(status="final"):
    """All 58 counties, sizes falling like California's; made, not measured."""
    counties = []
    for number, name in enumerate(CALIFORNIA):
        raw = 311_924 if name == "Los Angeles" else 60_000 // (1 + (number * 7) % 58)
        raw = 350 if name == "Alpine" else raw + 400
        sampled = raw if raw <= 500 else max(500, ceil(Fraction(3, 100) * raw))
        valid = sampled * (66 + number % 17) // 100
        open_lines = number % 3 if status == "preliminary" else 0
        split = (5, 3, 1, 1)
        counties.append(
            county(
                name, raw, sampled, valid, number % 4, undecided=open_lines, split=split
            )
        )
    return certificate(
        counties,
        required=395_000,
        status=status,
        title="California Nationhood. Initiative Constitutional Amendment and Statute.",
        notes=(
            "The requirement is the published one; 8% of 7,317,581 gives the same.",
        ),
    )


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")),
    min_size=1,
    max_size=30,
)


@st.composite
def counted(draw, name=None):
    raw = draw(st.integers(1, 400_000))
    sampled = draw(st.integers(1, min(raw, 20_000)))
    valid = draw(st.integers(0, sampled))
    duplicates = draw(st.integers(0, min(12, sampled - valid, max(0, sampled - 1))))
    undecided = draw(st.integers(0, min(3, sampled - valid - duplicates)))
    name = name or draw(st.sampled_from(CALIFORNIA))
    return county(
        name, raw, sampled, valid, duplicates, undecided=undecided, split=(3, 2, 1)
    )


@st.composite
def certificates(draw):
    chosen = draw(
        st.lists(st.sampled_from(CALIFORNIA), min_size=1, max_size=6, unique=True)
    )
    counties = [draw(counted(name)) for name in chosen]
    return certificate(
        counties,
        required=draw(st.integers(1, 900_000)),
        status=draw(st.sampled_from(["final", "preliminary"])),
    )


def figures(data):
    """Every figure of a certificate, as a reader should find it printed."""
    whole = ["required", "raw", "projected", "projected_literal"]
    found = [f"{data[key]:,}" for key in whole]
    found += [data["percent"], data["seed"], data["commitment"], data["roll_as_of"]]
    found += [data["law_version"], data["program_version"]]
    found.append(data["chance_full_count_differs"])
    for key in ("if_all_valid", "if_none_valid"):
        if data[key]:
            found.append(f"{data[key]['projected']:,}")
    found += [f"{count:,}" for count in data["reasons"].values()]
    for one in data["counties"]:
        for key, value in one.items():
            if key == "reasons":
                found += [f"{count:,}" for count in value.values()]
            elif key in {"percent", "value", "weight", "standard_error"}:
                head, _, tail = value.partition(".")
                found.append(f"{int(head):,}.{tail}")
            elif key not in {"every_line", "county", "mode"}:
                found.append(f"{value:,}")
    return found
