"""The certificate's page. Oracle: the data it was made from, found again as printed."""

import copy
import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from made_certificates import (
    certificate,
    certificates,
    county,
    figures,
    names,
    statewide,
)

from plebiscite.report.band_line import band_line
from plebiscite.report.certificate_page import certificate_html, style


class Page(HTMLParser):
    """The text of a page, its tags, and whether they close in order."""

    VOID = ("meta", "link", "br", "img", "input", "line", "rect", "circle", "path")

    def __init__(self, html):
        super().__init__()
        self.text, self.tags, self.open = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.text.append(text)


def words_of(html):
    page = Page(html)
    assert page.open == []
    return " ".join(" ".join(page.text).split())


@given(certificates())
@settings(max_examples=40, deadline=None)
def test_every_figure_of_the_certificate_stands_on_the_page(data):
    text = words_of(certificate_html(data))

    assert [figure for figure in figures(data) if figure not in text] == []


@given(names, names)
@settings(max_examples=40, deadline=None)
def test_any_name_is_shown_as_it_is_and_never_as_markup(title, place):
    plain = certificate_html(
        certificate([county("Yuba", 900, 500, 300, 1)], required=9)
    )
    data = certificate([county(place, 900, 500, 300, 1)], required=9, title=title)

    html = certificate_html(data)

    shape = [tag for tag, _ in Page(html).tags]
    assert shape == [tag for tag, _ in Page(plain).tags]
    assert " ".join(title.split()) in words_of(html)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        "`code` & </style><style>*{display:none}",
    ],
)
def test_a_hostile_name_changes_nothing_but_words(hostile):
    data = statewide()
    calm = [tag for tag, _ in Page(certificate_html(data)).tags]
    data["title"] = data["measure"] = hostile
    data["counties"][0]["county"] = hostile
    data["notes"] = [hostile]

    html = certificate_html(data)

    assert [tag for tag, _ in Page(html).tags] == calm
    assert hostile in unescape(html)


def test_the_page_runs_nothing_and_fetches_nothing():
    html = certificate_html(statewide())
    tags = Page(html).tags

    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object"}
    held = [value for _, attrs in tags for key, value in attrs.items() if key != "href"]
    held = [value for value in held if value and "www.w3.org" not in value]
    assert not [value for value in held if re.search(r"https?:|^//", value)]
    assert "url(" not in html
    assert "@import" not in html
    assert not [key for _, attrs in tags for key in attrs if key.startswith("on")]


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        ("preliminary", "Preliminary: names and addresses only"),
        ("final", "Certificate of signature verification"),
    ],
)
def test_the_heading_says_whether_a_person_has_decided(status, heading):
    html = certificate_html(statewide(status))

    assert f"<h1>{heading}</h1>" in html
    assert ("I certify" in html) == (status == "final")
    assert ("not a certificate of sufficiency" in html) == (status == "preliminary")


def test_a_source_nobody_read_is_marked():
    assert "Cal. Elec. Code § 9031 (not checked)" in certificate_html(statewide())


def test_a_reader_who_does_not_see_finds_heads_captions_and_a_language():
    tags = Page(certificate_html(statewide())).tags

    assert dict(tags)["html"] == {"lang": "en"}
    assert [tag for tag, _ in tags].count("h1") == 1
    tables = [tag for tag, _ in tags].count("table")
    assert [tag for tag, _ in tags].count("caption") == tables == 2
    scopes = [attrs.get("scope") for tag, attrs in tags if tag == "th"]
    assert set(scopes) == {"col", "row"}
    pictures = [attrs for tag, attrs in tags if tag == "svg"]
    assert all(p["role"] == "img" and "405,176" in p["aria-label"] for p in pictures)


def test_undecided_lines_show_both_ends_of_what_they_could_make():
    data = statewide("preliminary")
    data["if_all_valid"] = {"projected": 434_501, "band": "qualified"}

    text = words_of(certificate_html(data))

    assert (
        "If every undecided line proves valid, the count is 434,501: qualified" in text
    )
    assert "If none does, the count is 405,176: full count" in text


def test_a_count_of_every_line_leaves_nothing_to_chance():
    one = county("Alpine", 350, 350, 262, 1)
    data = certificate([one], required=262)
    data |= {
        "verified": 262,
        "standard_error": "0",
        "chance_full_count_differs": "0",
        "seeds": [],
        "seed": None,
        "commitment": None,
        "value_of_one_duplicate": "0",
    }

    text = words_of(certificate_html(data))

    assert "Every line was looked at, so no sampling error remains." in text
    assert (
        "Of 350 lines filed, 262 signatures were found valid, each looked at." in text
    )
    assert "Seed" not in text


def test_the_page_leaves_its_data_as_they_were():
    data = statewide()
    before = copy.deepcopy(data)

    certificate_html(data)

    assert data == before


@pytest.mark.parametrize("required", [9_000, 300_000, 405_176, 5_000_000])
def test_the_number_line_keeps_its_order_wherever_the_count_falls(required):
    data = statewide()
    line = band_line(data | {"required": required})

    places = [mark.at for mark in line.marks]
    assert places == sorted(places)
    assert [mark.share for mark in line.marks] == ["95%", "100%", "110%"]
    assert 0 <= line.low_at <= line.count_at <= line.high_at <= 100
    assert (line.count_at >= places[1]) == (required <= 405_176)
    abreast = [one for one in line.marks if one.row == line.marks[0].row]
    assert len(abreast) == 1 or abreast[-1].at - abreast[0].at > 28


def luminance(colour):
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_letter_stands_out_from_its_ground():
    """WCAG 2 AA: 4.5 to 1, by the formula of the recommendation."""
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style("certificate.css")))
    grounds = [colours["paper"], colours["tint"], "#fdf6ef", "#efe9d8", "#e8d5c8"]
    grounds.append("#cfe0dd")
    letters = {name: colours[name] for name in ("ink", "soft", "deep", "alert")}

    for name, letter in letters.items():
        for ground in grounds:
            light, dark = sorted((luminance(letter), luminance(ground)), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (name, ground)


@pytest.mark.parametrize("undecided", [0, 40])
def test_the_interval_says_what_it_supposes_of_undecided_lines(undecided):
    """Oracle: the interval is made of the sample's counts, with none of them valid."""
    data = certificate(
        [county("Alpine", 20_000, 600, 420, 2, undecided=undecided)], required=15_000
    )
    said = "ineteen times in twenty, if no undecided line proves valid"
    page = certificate_html(data)

    # In the sentence, under the number line, and in the line's own description.
    assert page.count(said) == (3 if undecided else 0)
    assert page.count("ineteen times in twenty") == 3
