"""Receipts and the sheet of top funders. Oracle: PDFium reads the PDFs back."""

from datetime import date

import pytest
from made_forms import order, pages, span, texts

from plebiscite.errors import InputError
from plebiscite.petition.form.issued.funders import PaidBy, funders_pdf, read_paid_by
from plebiscite.petition.form.issued.receipt import Receipt, receipt_pdf

RECEIPT = {
    "number": "F-17",
    "measure": "us/ca/16-0099",
    "title": "Counts in Public.",
    "lines": 57,
    "sections": (range(1, 4), range(9, 10)),
    "handed_in_by": "Ana Ruiz",
    "chapter": "Fresno",
    "received_by": "Lee Park",
    "day": date(2017, 3, 1),
}
PAID = PaidBy(month="May 2023", committee="A Committee", contributors=("One", "Two"))


def test_a_receipt_says_twice_on_one_page_what_was_received_and_when():
    (page,) = texts(receipt_pdf(Receipt(**RECEIPT)))

    said = ["57 lines received on 4 sections: 000001-000003, 000009", "Receipt F-17"]
    said += ["Ana Ruiz", "Lee Park", "Fresno", "2017-03-01"]
    assert [page.count(words) for words in said] == [2] * len(said)


def test_a_receipt_for_one_line_or_none_says_so():
    for lines, said in ((1, "1 line received"), (0, "0 lines received")):
        made = Receipt(**{**RECEIPT, "lines": lines, "sections": ()})
        assert said in texts(receipt_pdf(made))[0]


def test_a_long_note_stays_on_the_page():
    made = Receipt(**RECEIPT, note="The second sheet was wet. " * 12)

    assert len(texts(receipt_pdf(made))) == 1


@pytest.mark.parametrize(
    "wrong", [{"lines": -1}, {"handed_in_by": " "}, {"received_by": ""}]
)
def test_a_receipt_without_a_count_or_a_name_is_refused(wrong):
    with pytest.raises(InputError):
        Receipt(**{**RECEIPT, **wrong})


def test_the_sheet_of_top_funders_has_the_words_and_sizes_of_the_law():
    """Oracle: Cal. Elec. Code § 107(a)(1)-(4): 16 points bold, then 14 points."""
    (page,) = pages(funders_pdf(order(day="2023-05-01"), PAID))

    head = span(page, "OFFICIAL TOP FUNDERS. Valid only for May 2023")
    assert {(round(size, 2), weight >= 600) for *_, size, weight in head} == {
        (16, True)
    }
    for words, bold in [
        ("COUNTS IN PUBLIC. INITIATIVE CONSTITUTIONAL AMENDMENT.", False),
        ("Petition circulation paid for by", True),
        ("A Committee", False),
        ("Committee major funding from:", False),
        ("OneTwo", False),
    ]:
        found = span(page, words)
        assert {(round(size, 2), weight >= 600) for *_, size, weight in found} == {
            (14, bold)
        }


def test_the_law_of_2017_knows_no_such_sheet():
    with pytest.raises(InputError, match="leave --funders out"):
        funders_pdf(order(day="2017-01-26"), PAID)


def test_a_sheet_that_would_take_two_pages_is_refused():
    many = PaidBy(month="May 2023", committee="A", contributors=("Somebody",) * 60)

    with pytest.raises(InputError, match="does not fit on a page"):
        funders_pdf(order(day="2023-05-01"), many)


def test_who_pays_is_read_from_its_file(tmp_path):
    path = tmp_path / "funders.yaml"
    path.write_text(
        "month: 2023-05\ncommittee: A Committee\ncontributors: [One, Two]\n"
    )

    assert read_paid_by(path) == PAID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "month: 2023-05",
        "month: May\ncommittee: A",
        "month: 2023-13\ncommittee: A",
        "month: 2023-05\ncommittee: A\nwho: B",
        "month: 2023-05\ncommittee: A\ncontributors: B",
    ],
)
def test_funders_written_otherwise_are_refused_with_their_file(tmp_path, text):
    path = tmp_path / "funders.yaml"
    path.write_text(text)

    with pytest.raises(InputError, match=r"funders\.yaml"):
        read_paid_by(path)
