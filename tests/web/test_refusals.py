"""Refusals on a page of another language. Oracles: the code that refuses, read as a
tree, for which sentences there are; Spanish written by hand for what they say.
"""

import ast
import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from hypothesis import given
from hypothesis import strategies as st
from made_campaign import on, small_campaign
from messages import read

from plebiscite.errors import InputError
from plebiscite.petition.campaign.chapters import add_chapter
from plebiscite.petition.campaign.handing import hand_out, take_back
from plebiscite.web.campaign.page import told
from plebiscite.web.measures.spoken import LONGEST, understood
from plebiscite.web.refusals.forms import REFUSED, WORDS
from plebiscite.web.refusals.spoken import Line, lines, refusal

SOURCE = Path(__file__).parents[2] / "src" / "plebiscite"
CATALOGUE = SOURCE / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"
CAMPAIGN = ("petition/campaign", "petition/form/issued")
DESKS = (*CAMPAIGN, "web/county", "web/campaign")
ERRORS = {"InputError", "RecordError", "CountError", "Refusal"}
ELSEWHERE = {"funders.py"}
"""What only the command line can meet."""
NUMBER = "7"
PLACE = re.compile(r"\{[a-z]+\d\}")


def calls(folders):
    """Yield every refusal in the code: its file, and the expression of its words."""
    for path in sorted(p for each in folders for p in (SOURCE / each).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS:
                named = [k.value for k in node.keywords if k.arg == "problem"]
                yield path, [*node.args, *named][0]


def sentence(node, place):
    """Return what an expression says, with `place` for each value; None for others."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (getattr(each, "value", "") for each in node.values)
        return "".join(each if isinstance(each, str) else place for each in parts)
    return None


def constants(folders):
    """Return all that the code of some folders says, places as NUL."""
    found = set()
    for path in (p for each in folders for p in (SOURCE / each).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            said = sentence(node, "\0")
            if isinstance(said, str):
                found.add(said)
    return found


def test_whatever_the_campaign_s_registers_refuse_is_said_in_spanish():
    """Each place is filled with a number, which any kind of place may hold."""
    every = {
        said
        for path, words in calls(CAMPAIGN)
        if path.name not in ELSEWHERE and (said := sentence(words, NUMBER))
    }
    with override("es"):
        told_as = {each: lines(each)[0] for each in every}

    assert len(every) > 50
    assert [each for each, line in told_as.items() if line.language] == []
    # Figures are no words: what has neither must differ.
    same = {e for e, line in told_as.items() if line.words == e}
    assert {e for e in same if re.search("[a-z]{4}", e)} == set()


def test_every_form_is_one_that_the_code_still_has():
    """By the words between its places; a part of a sentence may come from another."""
    texts = "\1".join(constants(DESKS)) + "\1" + (SOURCE / "errors.py").read_text()
    texts = texts.replace("{", "\0").replace("}", "\0")
    for form in (*REFUSED, *WORDS):
        parts = [part.strip(" (),:;") for part in PLACE.split(form)]
        gone = [
            word
            for part in parts
            for word in re.split(r"[ ,:;()]+", part)
            if word and word not in texts
        ]
        assert gone == [], form


def test_every_form_and_word_has_its_spanish_with_the_same_places():
    known = read(CATALOGUE.read_text(encoding="utf-8"))

    for form in (*REFUSED, *WORDS):
        assert sorted(PLACE.findall(known[form])) == sorted(PLACE.findall(form)), form


@pytest.fixture
def campaign(tmp_path):
    return small_campaign(tmp_path)


def refused(act, *args, **kwargs):
    """Return the refusal of an act as a Spanish page shows it."""
    with pytest.raises(InputError) as found, override("es"):
        act(*args, **kwargs)
    with override("es"):
        return str(refusal(told(found.value)))


@pytest.mark.django_db
def test_an_act_on_bundles_is_refused_in_spanish_with_every_section(campaign):
    hand_out(campaign, on("02-02"), range(1, 5), circulator="C0001")
    take_back(campaign, on("02-09"), "B0001", lines=7, lost=[4])

    said = refused(hand_out, campaign, on("02-10"), [1, 4], circulator="C0002")

    assert said.splitlines() == [
        "estas secciones no se pueden entregar; una sección la tiene una sola persona "
        "a la vez",
        "000001: devueltas por C0001 el 9 de febrero de 2017 (R0001)",
        "000004: perdidas por C0001, dicho el 9 de febrero de 2017 (R0001)",
    ]


@pytest.mark.django_db
def test_a_slip_in_a_name_is_refused_in_spanish_and_names_what_was_written(campaign):
    said = refused(add_chapter, campaign, on("02-02"), "San Diego", quota=None)

    assert said.startswith("la clave de un capítulo son letras minúsculas")
    assert said.endswith("no &#x27;San Diego&#x27;")
    nobody = refused(hand_out, campaign, on("02-02"), [1], circulator="C0009")
    assert nobody.startswith("no existe el circulador &#x27;C0009&#x27;; ¿quiso decir")


def test_what_is_not_known_stays_english_and_says_so():
    with override("es"):
        assert refusal("nobody <knows> this") == (
            '<span lang="en">nobody &lt;knows&gt; this</span>'
        )
        assert lines("row 3, column 'zip': nobody knows this") == [
            Line("row 3, column 'zip': nobody knows this", "en")
        ]


def test_a_day_that_there_is_not_stays_as_it_was_typed():
    """It ended the whole page. Oracle: no February has 31 days."""
    text = "lost by C0001 on 2017-02-31 (R0001)"
    with override("es"):
        assert lines(text) == [Line(text, "en")]
        changed = "This value no longer stands: it was changed to 5 on {} 2017."
        assert understood(changed.format("31 February")) is None
        assert understood(changed.format("3 February")) is not None


def test_what_a_desk_said_in_spanish_itself_is_left_alone():
    with override("es"):
        whole = gettext("That bundle is not out with you.")
        made = gettext("These sections are not of that bundle: %(serials)s.") % {
            "serials": "000001-000003"
        }
        assert lines(f"{whole}\n{made}") == [Line(whole), Line(made)]
        assert lines(f"row 7: {whole}") == [Line(f"fila 7: {whole}")]


def test_an_english_page_shows_a_refusal_as_it_is():
    with override("en"):
        assert refusal("nobody <knows>\nthis") == "nobody &lt;knows&gt;\nthis"


@given(st.text(alphabet="row 7, colum(): '<&>%s{n1}\nlost by", max_size=LONGEST + 9))
def test_whatever_is_refused_never_breaks_a_page_nor_becomes_markup(text):
    with override("es"):
        shown = refusal(text)

    assert "<" not in shown.replace('<span lang="en">', "").replace("</span>", "")


@pytest.mark.parametrize("part", ["a: ", "row 7: ", "a has 1 lines, not ", "1, "])
def test_sentences_within_sentences_end(part):
    with override("es"):
        assert lines(part * (LONGEST // len(part)))


def test_a_form_sent_to_a_spanish_desk_is_refused_in_spanish(site):
    """The engine's own words, through the page."""
    with override("es"):
        where = reverse("campaign:bundles", args=["simulated/26-0001"])
    answer = site.sign_in("proponent").post(
        where, to="circulator:C0001", serials="999990"
    )

    assert answer.status == 422
    assert "estas secciones nunca se imprimieron: 999990" in answer.text
    assert "were never printed" not in answer.text
