"""A name by itself is read as in a column of many, whatever it tells of other people.

Oracle: the two readers, one for a line alone and one for columns, held to each other.
"""

from __future__ import annotations

from invented_roll import in_a_column_and_alone

NAMES = [
    "Mrs. Robert Lee",
    "Lee, Mrs. Robert",
    "Bob and Sue",
    "Bob & Sue Lee",
    "Bob + Sue Lee",
    "Bob y Sue",
    "Bob or Sue",
    "Bob Lee/Sue Lee",
    "Maria Garcia/Lopez",
    "FNU Sukarno",
    "fnu",
    "JP Lee",
    "Lee Jonathan A",
    "Jose Luis R",
    "Garcia Luis R",
    "Mrs. J. Lee",
    "Ms Lee",
    "John Lee, MS",
    "Al Lee by Bo Lee",
    "By Lee",
    "Al with Bo",
    "Lee & Ruiz",
    "& Bo",
    "and Bo Lee",
    "Al &",
    "Al Lee Mrs",
    "Lee Robert Mrs",
    "Lee Robert (Mrs.)",
    "Robert (Mrs.) Lee",
    "Mrs_Robert",
    "Al Lee, by Bo",
    "Al Lee dec.",
    "Lee dec'd",
    "Al POA",
    "by",
    "for",
    "&",
    "& Al",
    "Al /",
    "Or B",
    "With Lee",
    "De La Rosa Ann R",
    "Al and",
    "Al Y",
    "y Bo",
    "Y",
    "Ortega y Gasset",
    "Al Lee deceased",
    "Estate of Al Lee",
    "Lee Jonathan A Jr",
    "Maria de los Angeles Ruiz",
    "maria del carmen",
    "Maria de Jesus Lopez de Garcia",
    "A B C",
    "a/k/a Lee",
    "Al Lee et ux",
    "et al",
    "Al Lee per Bo",
    "Per Lars Lee",
    "Robert; Mary Lee",
    "Robert Lee Mary Lee",
    "Robert und Mary Lee",
    "Robert e Mary Lee",
    "robert e mary lee",
    "Robert at Mary Lee",
    "und Mary Ott",
    "y Mary Ott",
    "Ott Family Trust",
    "Al Ott Trust",
    "Lee/Mary",
    "(Mary)",
    "Lee (Mary)",
    "Robert (Mary)",
    "Robert (Bob)",
    "son of Al Lee",
    "the late Al Lee",
    "Al Ott, minor",
    "Robert, Mary",
    "Robert Ott, Mary",
    "Robert - Mary Lee",
    "x by Mary",
    "Mr.",
    "MRS",
    "Wm",
    "Chas",
    "Lee Wm Robert",
    "Ann Wm",
    "Richard Linda A",
    "Jose Maria R",
    "Robert Lee, Mrs.",
]


def test_a_name_by_itself_is_read_as_in_a_column():
    """Whole, and in each of the three cells."""
    odd = [{"name": name} for name in NAMES]
    odd += [{"first": name, "last": "Lee", "middle": "Q"} for name in NAMES]
    odd += [{"first": "Ann", "last": name} for name in NAMES]
    odd += [{"first": "Ann", "middle": name, "last": "Lee"} for name in NAMES]
    odd += [{"first": "Ann", "middle": each, "last": "Lee"} for each in ("de la Luz",)]
    odd += [{"first": "Robert", "last": "Lee", "suffix": name} for name in NAMES]
    odd += [{"first": "Mr.", "middle": name, "last": "Lee"} for name in NAMES]

    for line, row, alone in in_a_column_and_alone(odd):
        assert {name: row[name] for name in alone.words} == dict(alone.words), line
        assert tuple(row["parts"]) == tuple(alone.parts), line
