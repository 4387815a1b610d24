"""What a section says, and in what size. Oracle: PDFium reads the PDF back."""

import pytest
from made_forms import order, pages, rules, span, texts, wording

from plebiscite.petition.form.section import plan, printed, section_pdf

HEADING = "INITIATIVE MEASURE TO BE SUBMITTED DIRECTLY TO THE VOTERS"


def flat(text):
    return " ".join(text.split())


def made(**changes):
    found = plan(order(**changes))
    return found, section_pdf(found, [123])


def test_the_page_of_lines_reads_in_the_order_of_the_form():
    """Oracle: Cal. Elec. Code §§ 9008, 101, 9021, 100, 104, in that order."""
    found, pdf = made()
    text = flat(texts(pdf)[-1])
    asked = rules()

    said = [HEADING, "has prepared the following", "(16-0099.)", "Counts in Public."]
    said += ["Fiscal estimate", *(words for words, _ in asked.notices)]
    said += ["County of Alpine", "may sign this section"]
    said += ["Section 000123", "1"]
    said += ["Print Name", "Residence Address ONLY", "Signature", "City", "Zip"]
    said += [
        "DECLARATION OF CIRCULATOR",
        asked.declaration,
        "Printed name of circulator",
    ]
    said += ["Residence address of circulator", "Obtained from", "until"]
    said += ["Executed on", "at (place, state)", "Signature of circulator"]

    at = 0
    for words in said:
        at = text.index(words, at) + len(words)
    assert text.count("Print Name") == found.lines


def test_title_and_summary_stand_before_the_text_of_the_measure_and_above_every_line():
    """Oracle: Cal. Elec. Code § 9008(b), (c); the summary as given."""
    _, pdf = made(lines=9)
    first, *_ = found = [flat(text) for text in texts(pdf)]

    assert first.index("Counts in Public.") < first.index(
        "Text of the proposed measure"
    )
    with_lines = [text for text in found if "Print Name" in text]
    assert len(with_lines) > 1
    for text in with_lines:
        assert flat(wording().summary) in text
        assert "(16-0099.)" in text
        assert "County of Alpine" in text


def test_the_whole_text_of_the_measure_is_printed():
    _, pdf = made()
    said = flat(" ".join(texts(pdf)))

    for passage in wording().text:
        assert passage.heading in said
        for _, words in passage.pieces:
            assert words in said


@pytest.mark.parametrize(
    ("day", "points", "bold"), [("2017-01-26", 12, True), ("2021-05-01", 11, False)]
)
def test_type_has_the_size_and_weight_that_the_law_of_the_day_asks(day, points, bold):
    """Oracle: Cal. Elec. Code §§ 9008, 101, in the words of 2017 and of 2020."""
    _, pdf = made(day=day)
    asked = rules(day)
    for page in pages(pdf):
        text = page.get_textpage().get_text_range()
        if "Print Name" not in text:
            continue
        title = wording().title if bold else wording().title.upper()
        for words, heavy in [
            (HEADING, True),
            (asked.heading_says, True),
            (title, bold),
            (wording().summary, bold),
            (wording().fiscal, True),
        ]:
            found = span(page, words)
            assert {round(size, 2) for *_, size, _ in found} == {points}
            assert all((weight >= 600) == heavy for *_, weight in found), words
        for words, heavy in asked.notices:
            found = span(page, words)
            assert {round(size, 2) for *_, size, _ in found} == {11}
            assert all((weight >= 600) == heavy for *_, weight in found), words


def test_only_the_last_page_has_the_declaration_and_lines_are_numbered_through():
    found, pdf = made(lines=19)
    said = [flat(text) for text in texts(pdf)]

    assert [leaf.declaration for leaf in found.leaves] == [False, False, True]
    assert found.lines == 19
    assert ["DECLARATION OF CIRCULATOR" in text for text in said] == [
        *[False] * (found.pages - 1),
        True,
    ]


def test_from_2023_each_line_tells_not_to_sign_without_the_sheet():
    """Oracle: Cal. Elec. Code § 9020(a)(5): below the name, above the signature."""
    found, pdf = made(day="2023-01-01")
    text = flat(texts(pdf)[-1])
    one = "Print Name Residence Address ONLY DO NOT SIGN UNLESS you have seen Official "
    one += "Top Funders sheet and its month is still valid. Signature City Zip"

    assert text.count(one) == found.lines
    assert "DO NOT SIGN" not in flat(texts(made(day="2022-12-31")[1])[-1])


def test_every_page_says_section_page_county_and_number_of_the_measure():
    found, pdf = made(lines=9)

    for number, text in enumerate(texts(pdf), start=1):
        said = flat(text)
        for words in ("000123", f"Page {number} of {found.pages}", "16-0099"):
            assert words in said
        assert "County of Alpine" in said


def test_each_section_of_a_file_begins_anew_with_its_own_serial():
    found = plan(order())
    files = list(printed(found, range(1, 8), at_once=3))

    assert [list(part) for part, _ in files] == [[1, 2, 3], [4, 5, 6], [7]]
    for part, pdf in files:
        said = [flat(text) for text in texts(pdf)]
        assert len(said) == found.pages * len(part)
        for at, text in enumerate(said):
            assert f"Section {part[at // found.pages]:06d}" in text
            assert f"Page {at % found.pages + 1} of {found.pages}" in text


def test_a_two_sided_section_has_an_even_number_of_pages():
    odd = plan(order(lines=9))
    even = plan(order(lines=9, two_sided=True))

    assert (odd.pages % 2, even.pages % 2) == (1, 0)
    assert "left blank" in texts(section_pdf(even, [1]))[even.text_pages - 1]


def test_a_county_that_is_a_city_too_is_named_so():
    """Oracle: Cal. Elec. Code § 9021(a), a county or city and county."""
    text = flat(" ".join(texts(made(county="San Francisco")[1])))

    assert "residents of the City and County of San Francisco" in text
    assert "registered in the City and County of San Francisco may sign" in text


@pytest.mark.parametrize(
    "title", ["#panic() *bold* `x` $y$ @z <w>", "«Ñandú» №1 — “ß”"]
)
def test_a_title_is_words_never_instructions(title):
    text = flat(texts(made(said=wording(title=title))[1])[-1])

    assert title in text


def test_a_specimen_says_so_on_every_page():
    lacking = wording(lacks=("no full text is recorded",))

    for text in texts(made(said=lacking)[1]):
        assert "SPECIMEN, not for circulation: no full text" in flat(text)
    for text in texts(made()[1]):
        assert "SPECIMEN" not in text
