"""The engine's own sentences in Spanish: all of one, or none of it.

Oracle for what must be known: every sentence that certificates of every kind hold.
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from made_certificates import certificate, county
from messages import read

from plebiscite.match.explain import _expected
from plebiscite.match.levels import ADDRESSES, MIDDLES, NAMES, RARITY, SUFFIXES, UNITS
from plebiscite.report.certificate_text import certificate_text
from plebiscite.report.words import REASONS, conclusion
from plebiscite.rules.rulebook import open_law
from plebiscite.verify.certificate import as_data
from plebiscite.verify.count import FullCount
from plebiscite.verify.tally import conclude
from plebiscite.web.measures.spoken import FORMS, LONGEST, WORDS, understood
from plebiscite.web.measures.templatetags.told import ours

SOURCE = Path(__file__).parents[2] / "src" / "plebiscite"
CATALOGUE = SOURCE / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"
LA, ALPINE = county("Los Angeles", 24_034, 722, 516, 2), county("Alpine", 60, 60, 41, 6)
OPEN = county("Kern", 1302, 500, 380, 0, undecided=9, split=(5, 3, 2, 1))


def kinds():
    """Yield certificates of every kind: band, open lines, counties out, every line."""
    yield certificate([LA, ALPINE], required=15_000)
    yield certificate([LA], required=20_000)
    yield certificate([LA], required=10_000)
    yield certificate([ALPINE], required=40)
    yield certificate([ALPINE], required=40) | {"verified": 41}
    yield certificate([OPEN], required=900, status="preliminary") | {
        "band": None,
        "if_all_valid": {"projected": 1013, "band": "qualified"},
        "if_none_valid": {"projected": 990, "band": "full_count"},
    }
    yield certificate([OPEN], required=900, status="preliminary") | {
        "band": None,
        "awaited": {"the other counties": None},
        "notes": ["Preliminary: counties are still out"],
    }
    yield certificate([LA, OPEN], required=15_000) | {"projected_literal": 1}


def said(text):
    """Yield every sentence of ours that the page shows of a certificate."""
    yield from (text.heading, text.conclusion, *text.summary, *text.doubts)
    if text.line is not None:
        yield text.line.words
        yield from (band.name for band in text.line.bands)
    for table in text.tables:
        yield from (table.caption, *table.heads, *table.foot[:1], table.note)


def test_every_sentence_of_a_certificate_is_said_in_spanish():
    texts = [certificate_text(each) for each in kinds()]
    every = {each for text in texts for each in said(text) if each}
    with override("es"):
        told = {each: understood(each) for each in every}

    assert len(every) > 70
    assert [each for each, said in told.items() if said is None] == []
    # Figures and names are no words: what has neither must differ.
    same = {e for e, s in told.items() if e == s and re.search("[a-z]{4}", e)}
    assert same == set()


def words_of(verdict):
    yield verdict.words
    for part in verdict.parts:
        yield from words_of(part)


@pytest.mark.parametrize("count", [900, 950, 1_000, 1_100, 1_101])
@pytest.mark.parametrize("rule", ["raw_count", "qualification", "full_count"])
def test_every_sentence_of_a_verdict_on_signatures_is_said_in_spanish(rule, count):
    """At the edges of each band of California's law, and between them."""
    names = ("raw_count", "projected_valid", "verified_valid")
    facts = {"required_signatures": 1_000, **dict.fromkeys(names, count)}
    book = open_law("us/ca/constitutional_initiative").on_day(date(2026, 1, 1))
    _band, verdict = book.band(rule, facts)
    with override("es"):
        told = {each: understood(each) for each in words_of(verdict)}

    assert told
    assert [each for each, said in told.items() if said in {None, each}] == []


@pytest.mark.parametrize(
    ("law", "day", "rule"),
    [
        ("us/ak/referendum", date(2026, 1, 1), "no se examina aquí: distribución"),
        ("us/ar/referendum", date(2012, 1, 1), "no consta para ese día: distribución"),
        (
            "us/ok/statute_initiative",
            date(2025, 11, 19),
            "suspendido por un tribunal: tope por condado, si se confirma",
        ),
    ],
)
def test_what_a_law_asks_of_where_signers_live_is_said_in_spanish(law, day, rule):
    found = conclude(
        [FullCount(county="A", raw=2_000, sampled=2_000, valid=1_500)],
        rulebook=open_law(law).on_day(day),
        required=1_000,
        measure_id="m",
        title="",
        signatures_compared=True,
    )
    sentences = [conclusion(as_data(found)), *words_of(found.verdict)]
    with override("es"):
        told = [understood(each) for each in sentences]

    assert found.band is None
    assert rule in told
    assert str(told[0]).startswith("Son suficientes en número. ")
    assert str(told[1]).startswith("suficientes en número; ")
    assert None not in told


def test_every_form_and_word_has_its_spanish():
    known = set(read(CATALOGUE.read_text(encoding="utf-8")))

    assert [each for each in (*FORMS, *WORDS, *REASONS.values())
            if each not in known] == []  # fmt: skip


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        (
            "failed if projected valid is less than 95% of required signatures "
            "(556,136.65): 604,300",
            "insuficiente si válidas proyectadas, menos que el 95\u00a0% de las firmas "
            "exigidas (556,136.65): 604,300",
        ),
        (
            "the yes vote must be more than the no vote (6,189,871): 6,281,340",
            "los votos a favor: se exige más que los votos en contra (6,189,871): "
            "6,281,340",
        ),
        (
            "This value no longer stands: it was changed to 823,098 on 24 August 2017.",
            "Este valor ya no vale: se cambió a 823,098 el 24 de agosto de 2017.",
        ),
    ],
)
def test_a_sentence_is_taken_apart_and_put_together(english, spanish):
    with override("es"):
        assert understood(english) == spanish
    with override("en"):
        assert understood(english) == english


@pytest.mark.parametrize(
    "english",
    [
        "The law asks for five; the count is 3% of that.",
        "full count: the moon (5) is at least 95% of required signatures (4)",
        "Of 5 sheep filed, 4 signatures are projected valid.",
        "nobody knows this sentence",
    ],
)
def test_a_sentence_that_is_not_known_whole_stays_and_is_marked(english):
    with override("es"):
        assert understood(english) is None
        assert ours(english) == f'<span lang="en">{english}</span>'


@given(st.text(alphabet="failed if:;, and {n1}<&>%s()0123", max_size=LONGEST + 9))
def test_whatever_is_written_never_breaks_a_page_nor_becomes_markup(text):
    with override("es"):
        shown = ours(text)

    assert "<" not in shown.replace('<span lang="en">', "").replace("</span>", "")


@pytest.mark.django_db
@pytest.mark.usefixtures("settings")
def test_the_spanish_page_says_the_verdict_in_spanish_and_quotes_the_law(client, home):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import shelf

    fiction = "us/ca/16-0011-counterfactual"
    shelf.take_in(shelf.SHIPPED / fiction)
    text = client.get(f"/es/measures/{fiction}/").text
    english = client.get(f"/measures/{fiction}/").text

    assert "al menos el 95\u00a0% de las firmas exigidas (556,136.65)" in text
    assert "is at least 95% of required signatures" not in text
    assert '<cite lang="en">Cal. Elec. Code' in text
    note = "queda aquí en su idioma, el inglés"
    assert note in text
    assert note not in english
    assert json.loads(client.get(f"/es/measures/{fiction}/.json").content)["stage"]


@pytest.mark.parametrize("levels", [NAMES, ADDRESSES, MIDDLES, SUFFIXES, UNITS])
def test_what_speaks_for_a_voter_is_said_in_spanish(levels):
    with override("es"):
        told = {each: understood(each) for each in levels.values()}

    assert [each for each, said in told.items() if said in {None, each}] == []


@pytest.mark.parametrize("rarity", range(len(RARITY) + 1))
@pytest.mark.parametrize("where", ["in the county", "on the roll"])
def test_how_common_a_name_is_is_said_in_spanish_with_its_number(rarity, where):
    english = f"{_expected(rarity)} of that name to be expected {where}"
    with override("es"):
        said = understood(english)

    assert said is not None
    assert re.findall(r"[\d.]+", said) == re.findall(r"[\d.]+", english)
    assert "esperar" in said
