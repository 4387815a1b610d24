"""Reading names: split or in one piece, in whatever order people write them.

What can be told apart without a roll is told apart here (titles, suffixes, particles,
"Last, First"). What cannot, such as which word of "Garcia Lopez Maria" is the surname,
is left to the comparison, which tries the other reading too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from plebiscite.match.written import people
from plebiscite.match.written.fold import LONGEST, fold
from plebiscite.match.written.words import forms, given_names

PLAIN_WORDS = 3
"""Up to so many words are read without the library: first, middle, last."""
PART = 3
"""A part of a double surname has at least so many letters."""


_DOTTED = re.compile(r"(?<= )(?:[A-Za-z]{1,2}\. ?){2,4}(?=\s*(?:,|$))")
"""Letters with dots at the end of a name of two words or more: M.D., Ph. D."""
STEMS = frozenset({"MC", "MAC", "ST", "SAINT", "SAN", "SANTA"})
"""Words that begin a surname and are no name by themselves."""
UNKNOWN = ("FNU", "NFN")
"""What offices write for a first name that a person does not have."""
CUT = frozenset(word for word, whole in forms("cut").items() if word != whole)
"""Given names as they are abbreviated; the names themselves need no reading."""
READ = frozenset({*UNKNOWN, *CUT, *forms("title")})
"""Single words in the cell of a first name that are not read as they stand."""
LED = frozenset({"DE", "DEL", "LA", "LAS", "LOS"})
"""Words that lead to a middle name: Maria del Carmen, Maria de los Angeles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A name, folded; a part that is not written is empty.

    Attributes:
        first: given name, its words run together (MARY ANN is MARYANN).
        forename: the first word of the given name alone (MARY).
        middle: the other given names, or their initials.
        last: surname in its comparable form (`last_form`).
        parts: the parts of a double surname, or the surname alone.
        suffix: JR, SR, II …

    """

    first: str = ""
    forename: str = ""
    middle: str = ""
    last: str = ""
    parts: tuple[str, ...] = ()
    suffix: str = ""


def last_form(folded: str) -> str:
    """Return a surname so that its usual spellings coincide.

    >>> [last_form(x) for x in ("MC DONALD", "MACDONALD", "DE LA CRUZ", "SAINT JOHN")]
    ['MCDONALD', 'MCDONALD', 'DELACRUZ', 'STJOHN']
    """
    words = folded.split()
    if words and words[0] == "SAINT":
        words[0] = "ST"
    whole = "".join(words)
    longest_short_name = 6  # MACIAS stays MACIAS; MACDONALD is MCDONALD
    if whole.startswith("MAC") and len(whole) > longest_short_name:
        whole = "MC" + whole[3:]
    return whole


def last_parts(folded: str) -> tuple[str, ...]:
    """Return the parts of a double surname by which half of it may be signed.

    >>> last_parts("GARCIA LOPEZ"), last_parts("DE LA CRUZ"), last_parts("MC DONALD")
    (('GARCIA', 'LOPEZ'), ('DELACRUZ',), ('MCDONALD',))
    """
    parts: list[str] = []
    stem = ""
    for word in folded.split():
        if word in forms("particle") or word in STEMS:
            stem = f"{stem} {word}"
        else:
            parts.append(last_form(f"{stem} {word}".strip()))
            stem = ""
    long = tuple(part for part in parts if len(part) >= PART)
    return long if len(long) > 1 else ((last_form(folded),) if folded else ())


def split_suffix(folded: str) -> tuple[str, str]:
    """Return a folded name without its suffix and degrees, and the suffix.

    >>> split_suffix("GARCIA JR"), split_suffix("TERRELL MD"), split_suffix("V")
    (('GARCIA', 'JR'), ('TERRELL', ''), ('V', ''))
    """
    words = folded.split()
    suffix = ""
    while len(words) > 1 and (
        words[-1] in forms("suffix") or words[-1] in forms("degree")
    ):
        suffix = forms("suffix").get(words.pop(), suffix)
    return " ".join(words), suffix


def middle_form(folded: str) -> str:
    """Return middle names without the words that lead to them.

    >>> middle_form("DE LOS ANGELES"), middle_form("DEL CARMEN LUZ"), middle_form("DE")
    ('ANGELES', 'CARMEN LUZ', 'DE')
    >>> middle_form("WM")
    'WILLIAM'
    """
    words = [forms("cut").get(word, word) for word in folded.split()]
    while len(words) > 1 and words[0] in LED:
        words = words[1:]
    return " ".join(words)


def read_split(
    first: str | None, middle: str | None, last: str | None, suffix: str | None
) -> WrittenName:
    """Read a name given in parts; a suffix or a middle name may hide in a part.

    Of a name that is not its bearer's own (see `people`) no first name is read; that
    one was written is seen by the middle name.

    >>> [read_split(x, None, "Lee", None).first for x in ("Mrs. Ann", "Mrs. Robert")]
    ['ANN', '']
    >>> found = [read_split(x, None, "Lee", None) for x in ("Al y Bo", "Al or Bo")]
    >>> [(each.first, each.middle) for each in found]
    [('', 'AL Y BO'), ('', 'AL OR BO')]
    """
    given, suffix_there = split_suffix(fold(first))
    surname, suffix_here = split_suffix(fold(last))
    written = fold(suffix)
    words = given.split()
    behind = middle_form(fold(middle))
    if len(words) == 1 and words[0] in forms("title"):
        words, behind = [*words, *behind.split()], ""
    while len(words) > 1 and words[0] in forms("title"):
        words.pop(0)
    words[:1] = [forms("cut").get(word, word) for word in words[:1]]
    rest = middle_form(" ".join(words[1:]))
    if len(words) == 1 and words[0] in UNKNOWN:
        words = []
    elif (
        people.joined_given(words)
        or people.over_cells(first or "", middle or "", last or "", suffix or "")
        or not people.is_own(first or "", words)
        or not people.is_own(people.married(middle, last, suffix), words)
    ):
        words, rest = [], " ".join(words)
    middle_words = [rest, behind]
    return WrittenName(
        first="".join(words),
        forename=words[0] if words else "",
        middle=" ".join(each for each in middle_words if each),
        last=last_form(surname),
        parts=last_parts(surname),
        suffix=forms("suffix").get(written, "") or suffix_here or suffix_there,
    )


def read_whole(text: str | None) -> WrittenName:
    """Read a name given as one text, "First Middle Last" or "Last, First Middle".

    Of a name that is not its bearer's own (see `people`) no first name is read.

    >>> found = read_whole("Smith Jonathan A")
    >>> found.first, found.middle, found.last, read_whole("Mrs. Robert Lee").first
    ('JONATHAN', 'A', 'SMITH', '')
    >>> found = read_whole("Maria del Carmen Garcia Lopez")
    >>> found.first, found.middle, found.last
    ('MARIA', 'CARMEN', 'GARCIALOPEZ')
    >>> read_whole("Maria E. Garcia-Lopez").parts
    ('GARCIA', 'LOPEZ')
    >>> read_whole("de la Cruz, Maria Jr").last, read_whole("Dr. Ann Tran, M.D.").last
    ('DELACRUZ', 'TRAN')
    >>> found = read_whole("Smith, Jr., John")
    >>> found.first, found.last, found.suffix, read_whole("Al Smith, D.O.").last
    ('JOHN', 'SMITH', 'JR', 'SMITH')
    """
    shown = _DOTTED.sub(_degree, (text or "")[:LONGEST].strip())
    read = _read_whole(people.without_note(shown))
    if read.first and not people.is_own(shown, [read.forename], read.last):
        if read.last in forms("husband") and not _is_given(read.forename):
            read = read_split(read.last, read.middle, read.first, read.suffix)
        return replace(
            read, first="", forename="", middle=f"{read.first} {read.middle}".strip()
        )
    return read


def _read_whole(shown: str) -> WrittenName:
    """Read a name of one person, given as one text."""
    pieces = [piece for piece in shown.split(",") if fold(piece)]
    ending = ""
    while len(pieces) > 1 and _is_ending(fold(pieces[-1]), behind=fold(pieces[-2])):
        ending = forms("suffix").get(fold(pieces.pop()), ending)
    if len(pieces) == 3 and fold(pieces[1]) in forms("suffix"):  # noqa: PLR2004 - "Last, Jr, First"
        ending = forms("suffix").get(fold(pieces.pop(1)), ending)
    if len(pieces) == 2:  # noqa: PLR2004 - "Last, First Middle"
        return _read_listed(pieces[0], fold(pieces[1]), ending)
    shown = " ".join(pieces)
    folded, suffix = split_suffix(fold(shown))
    suffix = suffix or ending
    words = [
        word for word in folded.split() if word not in forms("title")
    ] or folded.split()
    marked = any(mark in shown for mark in '("“')
    # De La Rosa Ann R; nobody's given name begins so.
    start = next((at for at, word in enumerate(words) if word not in LED), 0)
    *front, given, letter = ["", "", *words]
    if start and start + 3 == len(words) and len(letter) == 1 and _is_given(given):
        return read_split(given, letter, " ".join(front), suffix)
    if not marked and (end := _devoted_end(words)):
        middle = " ".join(words[1:end])
        return read_split(words[0], middle, " ".join(words[end:]), suffix)
    if (
        marked
        or len(words) > PLAIN_WORDS
        or any(word in forms("particle") for word in words[:-1])
    ):
        return _read_with_library(shown, suffix)
    return _read_few(words or [""], shown, suffix)


def _read_listed(surname: str, given: str, ending: str) -> WrittenName:
    """Read a name with the surname in front of a comma; `given` is folded."""
    given, suffix = split_suffix(given)
    words = given.split()
    while len(words) > 1 and words[0] in forms("title"):
        words = words[1:]
    first, middle = " ".join(words[:1]), " ".join(words[1:])
    return read_split(first, middle, surname, suffix or ending)


def _read_few(words: Sequence[str], shown: str, suffix: str) -> WrittenName:
    """Read a name of up to three words, folded, of what is shown."""
    if len(words) == 1:
        return read_split(None, None, words[0], suffix)
    first, *middle_words, last = words
    # Smith Jonathan A; but of Jose Luis R nobody can say which is the surname.
    initial_last = len(last) == 1 < len(first)
    if middle_words and initial_last and _is_surname(first, before=middle_words[0]):
        return read_split(middle_words[0], last, first, suffix)
    if middle_words and middle_words[-1] in STEMS | people.SIGNING:
        last = f"{middle_words.pop()} {last}"
    if middle_words:
        # A hyphen joins what folding would part: Maria Garcia-Lopez has no middle name.
        tail = fold(shown.rsplit(maxsplit=1)[-1]) if "-" in shown else last
        if tail.endswith(f"{middle_words[-1]} {last}"):
            return read_split(first, None, tail, suffix)
    return read_split(first, " ".join(middle_words), last, suffix)


def _is_given(word: str) -> bool:
    return word in given_names()


def _is_surname(word: str, *, before: str) -> bool:
    """Tell whether a word before a given name and an initial is the surname.

    Richard Linda A is Linda Richard, for no Richard is called Linda as well.

    >>> _is_surname("SMITH", before="JOHN"), _is_surname("RICHARD", before="LINDA")
    (True, True)
    >>> _is_surname("JOSE", before="LUIS"), _is_surname("JOSE", before="MARIA")
    (False, False)
    """
    if word not in forms("forename"):
        return True
    his, devoted = forms("husband"), forms("devotion")
    hers = before in given_names() and before not in his and before not in devoted
    return word in his and hers and before != "MARIA" and len(before) > PLAIN_WORDS


def _devoted_end(words: Sequence[str]) -> int:
    """Return where a given name of devotion ends at the front of a name, or 0.

    >>> _devoted_end("MARIA DE LA LUZ LOPEZ".split()), _devoted_end(["MARIA", "LUZ"])
    (4, 0)
    """
    at = 1
    while at < len(words) and words[at] in LED:
        at += 1
    known = 1 < at < len(words) - 1 and words[at] in forms("devotion")
    return at + 1 if known else 0


def _degree(found: re.Match[str]) -> str:
    """Return a degree without its dots, or nothing else than stood there."""
    run = fold(found[0]).replace(" ", "")
    before = found.string[: found.start()].rstrip(", ")
    apart = found.string[: found.start()].rstrip().endswith(",")
    known = run in forms("degree") or (apart and run in forms("degree_too"))
    return run if known and " " in before else found[0]


def _is_ending(folded: str, *, behind: str) -> bool:
    """Whether a piece after a comma is a suffix or a degree.

    >>> _is_ending("DO", behind="ANN TERRELL"), _is_ending("DO", behind="TRAN")
    (True, False)
    >>> _is_ending("MRS", behind="ANN TERRELL"), _is_ending("MRS", behind="TRAN")
    (True, False)
    """
    if folded in forms("degree_too") or folded in forms("title"):
        return " " in behind
    return folded in forms("suffix") or folded in forms("degree")


def _read_with_library(shown: str, suffix: str) -> WrittenName:
    """Read long names, particles and nicknames in quotes with nameparser."""
    from nameparser import HumanName

    parsed = HumanName(shown)
    return read_split(
        parsed.first, parsed.middle, parsed.last, suffix or fold(parsed.suffix)
    )
