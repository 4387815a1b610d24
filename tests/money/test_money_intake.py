"""Files of money that are wrong. Oracle: a person is told where, and what to do."""

import pytest

from plebiscite.core.table import ColumnMapping
from plebiscite.errors import InputError
from plebiscite.money import Ledger
from plebiscite.money.entry import Side


def refused(*paths, mapping=None):
    with pytest.raises(InputError) as told:
        Ledger.read(list(paths), mapping=mapping)
    return str(told.value)


def test_every_wrong_row_is_told_at_once(written):
    text = refused(
        written(
            "kind,committee,day,amount,currency\n"
            "contribution,A,2018-01-01,ten,USD\n"
            "gift,A,2018-01-01,10,USD\n"
            "contribution,A,1/2/2018,10,USD\n"
            "contribution,,2018-01-01,10,USD\n"
            "contribution,A,2018-01-01,,USD\n"
            "contribution,A,2018-01-01,10,dollars\n"
        )
    )

    assert "6 things to put right" in text
    assert "row 2, column 'amount' ('ten'): write the figure alone" in text
    assert "row 3, column 'kind' ('gift'): write one of: contribution" in text
    assert "row 4, column 'day' ('1/2/2018'): not a day as YYYY-MM-DD" in text
    assert "row 5, column 'committee': nobody is named who reports this" in text
    assert "row 6, column 'amount': empty; every row needs one" in text
    assert "row 7, column 'currency' ('dollars'): write a currency as its" in text


def test_a_givers_name_never_stands_in_a_message(written):
    text = refused(
        written("kind,committee,day,amount,name\ncontribution,A,x,y,Secret Person")
    )

    assert "Secret" not in text


def test_an_empty_file_is_refused(tmp_path):
    path = tmp_path / "none.csv"
    path.write_bytes(b"")

    assert "the file is empty" in refused(path)


def test_a_file_that_is_not_of_money_says_what_is_looked_for(written):
    text = refused(written("a,b\n1,2"))

    assert "RCPT_DATE" in text
    assert "columns: {amount: THEIR_HEADING" in text


def test_another_encoding_is_told(tmp_path):
    path = tmp_path / "latin.csv"
    path.write_bytes(
        "kind,committee,day,amount,name\ncontribution,A,2018-01-01,5,Peña\n".encode(
            "latin-1"
        )
    )

    assert "not in UTF-8" in refused(path)


def test_the_same_file_twice_is_refused(written):
    one = written("kind,committee,day,amount\ncontribution,A,2018-01-01,5")
    two = written("kind,committee,day,amount\ncontribution,A,2018-01-01,5", "two.csv")

    assert "the same, byte for byte, as" in refused(one, two)


def test_a_filing_nobody_lists_is_refused(written):
    text = refused(written("kind,filing,amount\ncontribution,77,5"))

    assert "row 2, column 'filing' ('77'): this filing is in no list" in text


def test_a_filing_listed_twice_with_other_words_is_refused(written):
    rows = written("kind,filing,amount\ncontribution,7,5")
    filings = written(
        "filing,amendment,committee,form,from,through,filed\n"
        "7,0,A,F460,,,2018-04-30\n7,0,B,F460,,,2018-04-30",
        "filings.csv",
    )

    assert "filing 7, amendment 0 is listed again" in refused(rows, filings)


def test_a_period_that_ends_before_it_begins_is_refused(written):
    rows = written("kind,filing,amount\ncontribution,7,5")
    filings = written(
        "filing,amendment,committee,form,from,through,filed\n"
        "7,0,A,F460,2018-03-31,2018-01-01,2018-04-30",
        "filings.csv",
    )

    assert "are the two days exchanged" in refused(rows, filings)


def test_a_folder_without_tables_is_refused(tmp_path):
    assert "this folder has no table in it" in refused(tmp_path)


def test_a_mapping_reads_any_other_file(written):
    path = written(
        "Giver;Sum;When;To\nAnn;1250.00;31.01.2018;Ja zu 9\nBen;5;01.02.2018;Ja zu 9"
    )
    mapping = ColumnMapping(
        columns={"name": "Giver", "amount": "Sum", "day": "When", "committee": "To"},
        constants={"kind": "contribution", "currency": "EUR", "side": "support"},
        date_format="%d.%m.%Y",
        separator=";",
    )
    (found,) = Ledger.read([path], mapping=mapping).totals()

    assert (found.side, found.currency) == (Side.SUPPORT, "EUR")
    assert found.totals.contributions == 1255


def test_days_of_a_cleaned_export_are_read_too(written):
    """The Civic Data Coalition writes ISO days where the office writes others."""
    for day in ("2018-03-10", "2018-03-10 00:00:00", "3/10/2018"):
        path = written(
            "FILING_ID,AMEND_ID,LINE_ITEM,FORM_TYPE,FILER_ID,CTRIB_NAML,RCPT_DATE,"
            f"AMOUNT\n1,0,1,A,99,Acme,{day},5.00"
        )

        (row,) = Ledger.read([path]).contributions()
        assert row.day.isoformat() == "2018-03-10"


def test_a_tab_separated_export_is_read(written):
    path = written(
        "FILING_ID\tAMEND_ID\tFORM_TYPE\tFILER_ID\tRCPT_DATE\tAMOUNT\n"
        "1\t0\tA\t99\t3/10/2018 12:00:00 AM\t5.00",
        "RCPT_CD.TSV",
    )

    (found,) = Ledger.read([path]).totals()
    assert found.totals.contributions == 5


def test_a_form_of_another_money_does_not_count(written):
    path = written(
        "FILING_ID,AMEND_ID,FORM_TYPE,FILER_ID,RCPT_DATE,AMOUNT\n"
        "1,0,F900,99,2018-03-10,5.00"
    )
    ledger = Ledger.read([path])

    assert ledger.judged()["left_out"].to_list() == ["detail"]


def test_progress_is_told_and_never_falls(written):
    path = written("kind,committee,amount\n" + "contribution,A,1\n" * 500)
    seen = []
    Ledger.read([path], progress=lambda *told: seen.append(told[1:]))

    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]
