"""The sentences of a certificate: the page, the PDF and the terminal print the same.

Every function takes the certificate as `plebiscite.verify.certificate.as_data` gives it
(the content of certificate.json) and returns words. Nothing here decides anything; a
figure is printed as it stands in the data, with its thousands separated.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from plebiscite.core.share import as_decimal
from plebiscite.verify import certificate
from plebiscite.verify.judgement import ENOUGH

Certified: TypeAlias = Mapping[str, Any]

PRELIMINARY, STILL_OUT = certificate.PRELIMINARY, certificate.STILL_OUT
FINAL = "Certificate of signature verification"
NOT_CHECKED = "not checked"
MOST_PLACES = 12

# The normal quantile for an interval of 95%: Decimal, so that it is the same anywhere.
Z95 = Decimal("1.959964")

REASONS = {
    "NOT_REGISTERED": "Not registered",
    "REG_LATE": "Registered too late",
    "REG_CANCELLED": "Registration cancelled",
    "INACTIVE_INELIGIBLE": "Not eligible",
    "UNDER_18": "Under 18",
    "WRONG_COUNTY": "Other county",
    "OUT_OF_STATE": "Out of state",
    "ADDR_DIFFERENT": "Other address",
    "ADDR_MISSING": "No address",
    "PO_BOX_ONLY": "PO box only",
    "NAME_MISSING": "No printed name",
    "SIG_MISSING": "No signature",
    "SIG_MISMATCH": "Signature differs",
    "NOT_OWN_HAND": "Not in own hand",
    "ILLEGIBLE": "Illegible",
    "DUPLICATE": "Duplicate",
    "WITHDRAWN": "Withdrawn",
    "DATE_OUT_OF_RANGE": "Date out of range",
    "CIRC_DECL_DEFECT": "Circulator's declaration",
    "FORMAT_DEFECT": "Format of the section",
    "LINE_CROSSED_OUT": "Crossed out",
}

STANDING = {"met": "met", "not_met": "not met", "open": "open"}

BAND_SIGN = {"failed": "✕", "full_count": "◐", "qualified": "✓", None: "○"}
BAND_NAME = {
    "failed": "Failed",
    "full_count": "Full count",
    "qualified": "Qualified",
    None: "Open",
}


def figure(number: int | str | Decimal) -> str:
    """Print a count or a decimal as it stands, thousands separated.

    >>> figure(585407), figure("1074.8095")
    ('585,407', '1,074.8095')
    """
    return f"{Decimal(str(number)):,f}"


def whole(number: Decimal) -> str:
    """Print a decimal rounded up to a whole count: the cautious side for a loss."""
    return f"{int(number.to_integral_value(ROUND_CEILING)):,}"


def signatures_of(count: str) -> str:
    """Say a printed count of signatures: "1 signature", "2 signatures"."""
    return f"{count} signature{'' if count == '1' else 's'}"


def lines_of(count: int) -> str:
    """Say a count of lines: "1 line", "2 lines"."""
    return f"{count:,} line{'' if count == 1 else 's'}"


def reason(code: str) -> str:
    """Say a reason code in words a voter knows; an unknown code stays recognisable."""
    return REASONS.get(code, code.replace("_", " ").capitalize())


def is_preliminary(data: Certified) -> bool:
    """Tell whether anything the certificate rests on is still undecided."""
    return bool(data["status"] == "preliminary")


def heading(data: Certified) -> str:
    """Return what the document is headed."""
    if not is_preliminary(data):
        return FINAL
    return STILL_OUT if STILL_OUT in data["notes"] else PRELIMINARY


def is_part(data: Certified) -> bool:
    """Tell whether counties are out of which not even the lines filed are known."""
    return any(raw is None for raw in data["awaited"].values())


def counted(data: Certified) -> int:
    """Return the valid signatures the conclusion rests on: verified, or projected."""
    verified = data["verified"]
    return int(data["projected"] if verified is None else verified)


def looked_at_every_line(data: Certified) -> bool:
    """Tell whether nothing was projected, and no line shown is open."""
    return data["verified"] is not None or all(
        one["every_line"] and one["sampled"] == one["raw"] and not one["undecided"]
        for one in data["counties"]
    )


def interval(data: Certified) -> tuple[int, int]:
    """Return the 95% interval of the projection in signatures, rounded outwards."""
    if data.get("low") is not None and data.get("high") is not None:
        return int(data["low"]), int(data["high"])
    width = Z95 * Decimal(data["standard_error"])
    middle = Decimal(counted(data))
    return (
        int((middle - width).to_integral_value(ROUND_FLOOR)),
        int((middle + width).to_integral_value(ROUND_CEILING)),
    )


def count_sentence(data: Certified) -> str:
    """Say how many signatures were found valid, out of how many, and how."""
    raw = lines_of(data["raw"])
    filed = "filed in the counties shown" if data["awaited"] else "filed"
    if looked_at_every_line(data):
        return (
            f"Of {raw} {filed}, {figure(counted(data))} signatures were found "
            "valid, each looked at."
        )
    return (
        f"Of {raw} {filed}, {figure(data['projected'])} signatures are projected valid."
    )


def percent_of_need(data: Certified) -> str:
    """Return the count in percent of the requirement, with decimals that tell it apart.

    One signature short of a million is no "100.00%": two decimals are the data's own,
    and more are shown where they round to a whole percent, at which laws draw lines.
    """
    shown, required = Decimal(data["percent"]), int(data["required"])
    exact = Fraction(100 * counted(data), max(required, 1))
    # Of figures made otherwise than from these two, only what stands there is known.
    own = shown == int(shown) != exact and as_decimal(exact, 2) == shown
    apart = (as_decimal(exact, places) for places in range(3, MOST_PLACES))
    return str(next((each for each in apart if each != shown), shown) if own else shown)


def need_sentence(data: Certified) -> str:
    """Set the count against the requirement."""
    if is_part(data):
        return (
            f"The law asks for {figure(data['required'])} in all counties together; "
            f"this part is {percent_of_need(data)}% of that."
        )
    return (
        f"The law asks for {figure(data['required'])}; the count is "
        f"{percent_of_need(data)}% of that."
    )


def by_number_alone(data: Certified) -> bool:
    """Tell whether it is open though every supposition finds enough signatures.

    It is so where the law asks where signers live, too, or may.
    """
    supposed = [data[key] for key in ("if_all_valid", "if_none_valid") if data[key]]
    unsaid = data["awaited"] and not supposed
    return (
        data["band"] is None
        and not unsaid
        and all(each["band"] == "qualified" for each in supposed)
    )


def conclusion(data: Certified) -> str:
    """Say what follows under the law, in one sentence."""
    match data["band"]:
        case "qualified":
            return "The petition is sufficient."
        case "failed":
            return "The petition is not sufficient."
        case "full_count":
            return "The sample does not decide: every signature must be checked."
        case _ if by_number_alone(data):
            why = str(data["verdict"]["words"]).partition(ENOUGH)[2]
            return f"There are enough in number. {why[:1].upper()}{why[1:]}."
        case _ if data["awaited"]:
            return "Not decided: counties are still out."
        case _:
            return "Not decided: the lines still open decide it."


def supposition_sentences(data: Certified) -> list[str]:
    """Say what the undecided lines could still make of it; empty when none is open."""
    if is_part(data):
        return ["The counties still out add theirs to this count."]
    said = []
    for key, words in (
        ("if_all_valid", "If every undecided line proves valid"),
        ("if_none_valid", "If none does"),
    ):
        supposed = data[key]
        if supposed is not None:
            said.append(
                f"{words}, the count is {figure(supposed['projected'])}: "
                f"{BAND_NAME[supposed['band']].lower()}."
            )
    return said


def how_often(data: Certified) -> str:
    """Say how often the interval holds, and on what supposition while lines are open.

    The interval is chance's alone: it knows nothing of lines nobody has decided.
    """
    undecided = any(county["undecided"] for county in data["counties"])
    supposing = ", if no undecided line proves valid" if undecided else ""
    return f"nineteen times in twenty{supposing}"


def interval_sentence(data: Certified) -> str:
    """Say how far the projection may lie from a count of every line."""
    if Decimal(data["standard_error"]) == 0:
        return "Every line was looked at, so no sampling error remains."
    low, high = interval(data)
    often = how_often(data)
    return (
        f"{often[0].upper()}{often[1:]}, a count of every line would find between "
        f"{low:,} and {high:,} valid signatures (standard error "
        f"{figure(data['standard_error'])})."
    )


def chance_words(chance: Decimal) -> str:
    """Say a chance in words.

    >>> chance_words(Decimal("0.025")), chance_words(Decimal("0.47"))
    ('about 1 in 40', 'about even')
    """
    if chance == 0:
        return "none"
    if chance < Decimal("0.0005"):
        return "less than 1 in 2,000"
    if chance < Decimal("0.4"):
        one_in = (1 / chance).to_integral_value()
        if one_in > 20:  # noqa: PLR2004 - beyond 20 the last digit says too much
            step = Decimal(10) ** (one_in.adjusted() - 1)
            one_in = (one_in / step).to_integral_value() * step
        return f"about 1 in {int(one_in):,}"
    if chance <= Decimal("0.6"):
        return "about even"
    return f"about {int((chance * 10).to_integral_value())} in 10"


def chance_sentence(data: Certified) -> str:
    """Say how likely a count of every line would decide otherwise."""
    chance = Decimal(data["chance_full_count_differs"])
    if data["verified"] is not None:
        return "Nothing was projected, so a full count cannot decide otherwise."
    if is_part(data):
        return "Counties are still out, so the chance of an outcome cannot be told."
    if data["band"] is None and not by_number_alone(data):
        return (
            "Taking the lines still open the worse way, the chance that a count of "
            f"every line would decide otherwise is {chance_words(chance)} "
            f"({chance:f})."
        )
    outcome = {
        "failed": "a count of every line would find enough after all",
        "full_count": "the full count ends below the requirement",
        "qualified": "a count of every line would find too few",
    }[data["band"] or "qualified"]
    return f"The chance that {outcome} is {chance_words(chance)} ({chance:f})."


def duplicate_sentence(data: Certified) -> str:
    """Say what one duplicate weighs where it weighs most."""
    value = Decimal(data["value_of_one_duplicate"])
    if value <= 0:
        return "No duplicate was projected: a repeated signature takes off itself only."
    heaviest = max(data["counties"], key=lambda c: Decimal(c["weight"]))
    return (
        f"One duplicate more among the lines sampled in {heaviest['county']} takes off "
        f"{signatures_of(whole(value))} ({figure(data['value_of_one_duplicate'])}) "
        "beyond the copy itself; no county weighs one more."
    )


def literal_sentence(data: Certified) -> str | None:
    """Say how the letter of the regulation differs, or None where it does not."""
    if data["projected_literal"] == data["projected"]:
        return None
    return (
        f"By the letter of the regulation the projection is "
        f"{figure(data['projected_literal'])}: it rounds percentages even where a "
        "county looked at every line. Such counties' own counts stand here instead."
    )


def source_words(source: Mapping[str, Any]) -> str:
    """Quote a source with the day somebody last read it, or `not checked`."""
    if source["checked"] == "no":
        return f"{source['title']} ({NOT_CHECKED})"
    return f"{source['title']} (read {source['checked']})"


def notes(data: Certified) -> list[str]:
    """Return the notes; the heading is not said twice."""
    return [note for note in data["notes"] if note != heading(data)]


def certificate_lines(data: Certified) -> list[str]:
    """Return the certificate as a person reads it in a terminal, a line each."""
    said = [
        heading(data),
        f"{data['title']} ({data['measure']})",
        "",
        f"{BAND_SIGN[data['band']]} {BAND_NAME[data['band']]}. {conclusion(data)}",
        f"  {count_sentence(data)}",
        f"  {need_sentence(data)}",
        *(f"  {line}" for line in supposition_sentences(data)),
        f"  {interval_sentence(data)}",
        f"  {chance_sentence(data)}",
        f"  {duplicate_sentence(data)}",
    ]
    literal = literal_sentence(data)
    if literal:
        said.append(f"  {literal}")
    said += [f"  Note: {note}" for note in notes(data)]
    return said
