"""Under which question a voter would look for a rule, and the sentence that answers it.

A name decides; a name nobody foresaw goes by its kind. Every rule stands under exactly
one question.
"""

from __future__ import annotations

from plebiscite.rules import spread
from plebiscite.rules.algebra import Choose, Test, spoken
from plebiscite.rules.deadline import Term
from plebiscite.rules.version import NONE, Content

WHAT = "What it is"
HOW_MANY = "How many signatures"
WHERE = "From where"
HOW_LONG = "How long"
CHECKED = "How they are checked"
TO_PASS = "What it needs to pass"  # noqa: S105  a question, no password
THEN = "What happens then"
BESIDES = "What else the law says"
SECTIONS = (WHAT, HOW_MANY, WHERE, HOW_LONG, CHECKED, TO_PASS, THEN, BESIDES)

_NAMES = {
    NONE: WHAT,
    "subject": WHAT,
    "subjects": WHAT,
    "excluded": WHAT,
    "proposed_by": WHAT,
    "question": WHAT,
    "exempt": WHAT,
    "single_subject": WHAT,
    "sliding_threshold": WHAT,
    "vote_of_a_part": WHAT,
    "revision": WHAT,
    "most_signatures": CHECKED,
    "lines_counted": CHECKED,
    "one_bad_line": CHECKED,
    "comparison_of_signatures": CHECKED,
    "quarter_notice": THEN,
    "certified_by": CHECKED,
    "estimate": CHECKED,
    "ward_sample": CHECKED,
    "sufficiency_due": CHECKED,
    "raw_count_due": CHECKED,
    "legislature_due": HOW_LONG,
    "supplementary_filing": HOW_LONG,
    "sponsors": HOW_MANY,
    **dict.fromkeys(spread.A_NUMBER, HOW_MANY),
    "supplementary_signatures": HOW_MANY,
    "signatures_to_suspend": HOW_MANY,
    "later_change": THEN,
    "if_approved": THEN,
    "if_rejected": THEN,
    "suspends": THEN,
    "vote_at": THEN,
    "removed_by_court": THEN,
    spread.SIGNERS: WHERE,
    "window": HOW_LONG,
    "circulation_days": HOW_LONG,
    "last_start": HOW_LONG,
    "sample_unit": CHECKED,
    "projection": CHECKED,
    "acceptance": CHECKED,
    "quorum": TO_PASS,
    "deciding_question": TO_PASS,
    "consent": TO_PASS,
    "rejection": TO_PASS,
    "in_force": THEN,
    "conflict": THEN,
    "prevails_by": THEN,
    "governing": THEN,
}
_BEGINNINGS = {
    "required": HOW_MANY,
    "votes_for": HOW_MANY,
    "first_signatures": HOW_MANY,
    **dict.fromkeys(spread.CALLED, WHERE),
    "last_filing": HOW_LONG,
    "signature_life": HOW_LONG,
    "circulation": HOW_LONG,
    "verification": CHECKED,
    "county_sample": CHECKED,
    "state_sample": CHECKED,
    "least_sample": CHECKED,
    "sample": CHECKED,
    "raw_count": CHECKED,
    "projected": CHECKED,
    "qualification": CHECKED,
    "full_count": CHECKED,
    "count_": CHECKED,
    "sampled": CHECKED,
    "first_sample": CHECKED,
    "second_sample": CHECKED,
    "line_value": CHECKED,
    "pair": CHECKED,
    "cure": CHECKED,
    "signature_comparison": CHECKED,
    "certification": CHECKED,
    "passing": TO_PASS,
    "approval": TO_PASS,
    "votes_on": TO_PASS,
    "rejection": TO_PASS,
    "withdraw": THEN,
    "counter": THEN,
    "same_measure": THEN,
    "legislature": THEN,
    "decision": THEN,
    "hearing": THEN,
}
_SENTENCES = {
    "required_signatures": "It needs this many valid signatures: {says}.",
    "distribution": "They must be spread: {says}.",
    "window": "The time to collect: {says}.",
    "circulation_days": "The time to collect: {says}.",
    "last_filing_day": "The last day to hand them in: {says}.",
    "sample_unit": "A random sample is drawn by {says}.",
    "county_sample": "So many lines are drawn: {says}.",
    "state_sample": "So many lines are drawn: {says}.",
    "projection": "The sample is carried to the whole by: {says}.",
    "qualification": "By that projection it is: {says}.",
    "full_count": "After a check of every signature it is: {says}.",
    "raw_count": "By the bare count of lines it is: {says}.",
    "cure_period": "The time to make up what is lacking: {says}.",
    "passing": "It passes if {says}.",
    "passing_rule": "Which rule judges it: {says}.",
    "quorum": "The vote counts if {says}.",
    "deciding_question": "If both pass, the deciding question goes to it if {says}.",
    "in_force": "It takes effect: {says}.",
}

_UNITS = {"circulation_days": " days"}
"""What a bare number counts, where only the name of its rule says it."""

_FORMULAS = {
    "california": "the regulation's formula, which weighs each repeated signature",
    "washington": "a test that can accept the petition and never reject it",
    "pair": "the pair estimator, which weighs each repeated signature",
    "proportion": "proportion, the lines filed times the share found valid",
}
_ALONE = {NONE, "verification", "conflict", "governing", "counter_proposal", "subject"}
"""Rules of words that are understood without their name."""
SHORT = 45
"""Up to this length, a text needs the name of its rule to be understood."""
_OF_ONE_WORD = {"sample_unit", "projection", "circulation_days"}
"""Rules of words whose one word needs a sentence around it."""


def section(name: str, content: Content) -> str:
    """Return the question under which a rule stands."""
    if name in _NAMES:
        return _NAMES[name]
    for beginning, found in _BEGINNINGS.items():
        if name.startswith(beginning):
            return found
    match content:
        case Term():
            return THEN
        case Choose():
            return TO_PASS
        case _:
            return BESIDES


def rank(name: str) -> int:
    """Return where a rule stands among those under the same question."""
    return list(_SENTENCES).index(name) if name in _SENTENCES else len(_SENTENCES)


def sentence(name: str, content: Content) -> str:
    """Return what a rule says as a sentence."""
    says = str(content)
    if name == "projection":
        says = _FORMULAS.get(says, says)
    if isinstance(content, str) and name not in _OF_ONE_WORD:
        alone = (
            name in _SENTENCES
            or name in _ALONE
            or (says[0].isupper() and len(says) > SHORT)
        )
        whole = alone and " " in says
        return _ended(
            says[0].upper() + says[1:] if whole else f"{_begun(name)}: {spoken(says)}"
        )
    if name in _SENTENCES:
        unit = _UNITS.get(name, "") if says.replace(",", "").isdecimal() else ""
        return _ended(_SENTENCES[name].format(says=says.rstrip(".") + unit))
    of = spoken(name).removeprefix("passing if ").removeprefix("passing ")
    if isinstance(content, Test):
        passing = f"Where “{of}” applies, it passes if {says}"
        holds = f"{_begun(name)} holds if {says}"
        return _ended(passing if name.startswith("passing_") else holds)
    return _ended(f"{_begun(name)}: {says}")


def _begun(name: str) -> str:
    words = spoken(name)
    return words[0].upper() + words[1:]


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."
