"""Where signers must live: which rules of a law ask it.

Where a law asks it, enough signatures in number are not yet sufficient. A rule asks it
that is called as such rules are, and so does a test of the signatures of a part, or of
parts, whatever it is called. Words count as asking it, unless they only tell who may
sign, or begin with "none". What a court has stayed asks nothing as long as it does, and
may ask it of this petition yet: a rule called ``…_if_upheld``, or words beginning
"stayed".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from plebiscite.errors import InputError, NoInstitutionError, NotInForceError
from plebiscite.rules.algebra import Test
from plebiscite.rules.rulebook import Rulebook
from plebiscite.rules.version import Content, Version

SIGNATURES = "signatures"
"""What a law's test calls the signatures of a part, or of the whole petition."""
SIGNERS = "signers"
"""The rule on who may sign: in words, it asks nothing of where they live."""
CALLED = ("distribution", "district", "county_cap", "state_minimum")
"""How the names of rules begin that ask that signers live in particular places."""
A_NUMBER = frozenset({"district_signatures"})
"""Rules called so that ask for a number all the same."""
IF_UPHELD = "_if_upheld"
"""How the name of a rule ends that a court has stayed."""


class Asking(Enum):
    """How a rule asks where signers live."""

    ASKED = "asked"
    STAYED = "stayed by a court"
    UNREAD = "not recorded for that day"


def is_called_so(rule: str) -> bool:
    """Tell whether a rule is called as those are that ask where signers live."""
    return rule == SIGNERS or (rule.startswith(CALLED) and rule not in A_NUMBER)


def asks_where(rulebook: Rulebook) -> bool:
    """Tell whether a law asks, on a measure's day, that signers live in some places.

    Raises:
        InputError: it has such a rule, but the date is missing that decides which
            version of it holds.

    """
    return bool(rules_on_where(rulebook))


def surely_asks_where(rulebook: Rulebook) -> bool:
    """Tell whether the law is recorded to ask it on the measure's day, and not stayed.

    Where the date is missing that decides it, it is not.
    """
    try:
        return Asking.ASKED in rules_on_where(rulebook).values()
    except InputError:
        return False


def rules_on_where(rulebook: Rulebook) -> Mapping[str, Asking]:
    """Return the rules that ask it, as the law calls them; raises as `asks_where`.

    Those are among them of which is not recorded what they say on that day, unless
    another rule says then that signers may live anywhere.
    """
    said = {
        rule: _asks(rule, rulebook)
        for rule in rulebook.law.rules
        if _may_ask(rule, rulebook)
    }
    asking = {rule: asks for rule, asks in said.items() if asks}
    if set(asking.values()) != {Asking.UNREAD}:
        return {r: asks for r, asks in asking.items() if asks is not Asking.UNREAD}
    anywhere = any(_says_anywhere(rule, rulebook) for rule in rulebook.law.rules)
    return {} if anywhere else asking


def _says_anywhere(rule: str, rulebook: Rulebook) -> bool:
    """Tell whether a rule says on the measure's day that nothing of it is asked."""
    if not is_called_so(rule) or rule == SIGNERS:
        return False
    if not any(isinstance(each.content, str) for each in _versions(rule, rulebook)):
        return False  # on whichever day
    said = rulebook.said(rule)
    return isinstance(said, str) and not _is_asking(rule, said)


def _versions(rule: str, rulebook: Rulebook) -> tuple[Version, ...]:
    return rulebook.law.rules[rule].versions


def _may_ask(rule: str, rulebook: Rulebook) -> bool:
    """Tell whether any version of a rule asks it."""
    contents = [each.content for each in _versions(rule, rulebook)]
    if not is_called_so(rule) and not any(map(_tests_them, contents)):
        return False
    return any(_is_asking(rule, content) for content in contents)


def _asks(rule: str, rulebook: Rulebook) -> Asking | None:
    """Tell how a rule asks it on the measure's day; None where it does not."""
    try:
        said = rulebook.content(rule)
    except NoInstitutionError:
        return None
    except NotInForceError as gap:
        # What nobody has read of a day is not taken for a law that asks nothing.
        first = _versions(rule, rulebook)[0]
        begun = gap.day >= first.since or not first.first_day_known
        return Asking.UNREAD if begun else None
    if not _is_asking(rule, said):
        return None
    stayed = isinstance(said, str) and said.casefold().startswith("stayed")
    return Asking.STAYED if stayed or rule.endswith(IF_UPHELD) else Asking.ASKED


def _is_asking(rule: str, said: Content) -> bool:
    if isinstance(said, str):
        return rule != SIGNERS and not said.casefold().startswith("none")
    return True


def _tests_them(content: Content) -> bool:
    return isinstance(content, Test) and SIGNATURES in content.names()
