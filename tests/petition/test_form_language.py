"""The form in other languages. Oracles: the keys of one another; PDFium reads back."""

import pytest
from made_forms import order, rules, texts, wording

from plebiscite.errors import InputError
from plebiscite.petition.form import typeset
from plebiscite.petition.form.language import language, languages
from plebiscite.petition.form.layout import Paper
from plebiscite.petition.form.section import plan, section_pdf

OTHERS = [code for code in languages() if code != "en"]
DAYS = ["2017-01-26", "2021-05-01", "2023-01-01"]


def here(code):
    family = language(code).family
    return not family or typeset.has_family(family, ())


def test_the_form_is_had_in_six_languages():
    assert languages() == ["en", "es", "ko", "tl", "vi", "zh"]


@pytest.mark.parametrize("code", OTHERS)
def test_every_language_says_everything(code):
    spanish, other = language("es"), language(code)

    assert other.labels.keys() == spanish.labels.keys()
    assert other.words.keys() == spanish.words.keys()
    assert all("{county}" in language(each).words["county"] for each in OTHERS)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("code", OTHERS)
def test_a_form_in_another_language_says_the_english_and_the_other_words(code, day):
    if not here(code):
        pytest.skip(f"the font {language(code).family} is not installed")
    found = plan(order(day=day, language=code))
    said = [" ".join(text.split()) for text in texts(section_pdf(found, [1]))]
    english = plan(order(day=day))
    spoken = language(code)

    assert found.pages == english.pages + 1
    assert found.lines == english.lines
    for words, _ in rules(day).notices:
        assert words in said[-1]
    for name in ("name", "residence", "signature", "city", "zip"):
        assert said[-1].count(squeezed(spoken.labels[name], said[-1])) >= found.lines
    page = said[found.text_pages - 1]
    for name in ("page_head", "not_official", "heading", "notice_circulator"):
        assert plain(spoken.words[name]) in plain(page)
    asked = "declaration" if day < "2020" else "declaration_2020"
    assert plain(spoken.words[asked]) in plain(page)
    assert (plain(spoken.words["signer"]) in plain(page)) == (day >= "2023")


def plain(words):
    """The letters alone: PDFium drops blanks between some, and hyphens at line ends."""
    return "".join(each for each in words if each.isalnum())


def squeezed(words, page):
    """The words as the page has them: between some letters it has no blanks."""
    return words if words in page else "".join(words.split())


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("code", OTHERS)
def test_every_label_fits_its_cell_on_every_paper(code, paper):
    if not here(code):
        pytest.skip(f"the font {language(code).family} is not installed")

    assert plan(order(language=code, paper=paper)).lines > 0


def test_a_translation_of_the_title_stands_on_the_page_of_its_language():
    given = {"es": {"title": "Recuentos en público.", "summary": "Exige publicarlos."}}
    found = plan(order(language="es", said=wording(translations=given)))
    page = texts(section_pdf(found, [1]))[found.text_pages - 1]

    assert "(16-0099.) Recuentos en público. Exige publicarlos." in page
    assert "no están traducidos" not in page


def test_a_font_that_is_not_there_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(typeset, "PLACES", ())
    typeset._fonts.cache_clear()
    try:
        with pytest.raises(InputError, match=r"Noto Serif CJK TC.*fonts-noto-cjk"):
            plan(order(language="zh"))
    finally:
        monkeypatch.undo()
        typeset._fonts.cache_clear()


def test_letters_that_no_font_has_are_named_and_never_printed_as_boxes():
    found = plan(order(said=wording(title="Petition ⵣ 𓀀")))

    with pytest.raises(InputError, match=r"no font here has the letters '(ⵣ|𓀀)'"):
        section_pdf(found, [1])


def test_a_language_we_do_not_have_is_refused_with_those_we_do():
    with pytest.raises(InputError, match="en, es, ko, tl, vi, zh"):
        plan(order(language="fr"))
