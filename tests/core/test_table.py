"""Bad input, each with the message a clerk reads; the oracle is that text."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from plebiscite.core.table import Column, ColumnMapping, read_table
from plebiscite.errors import InputError

COLUMNS = (
    Column(name="county", required=True),
    Column(name="section"),
    Column(name="lines", kind="count", required=True),
    Column(name="day", kind="day"),
    Column(name="struck", kind="flag", default=False),
    Column(name="present", kind="choice", choices=("yes", "no"), default="no"),
)


@pytest.fixture
def refused(tmp_path):
    """Return a function: file content → the message, without the path before it."""

    def message(content, *, columns=COLUMNS, mapping=None, name="table.csv"):
        path = tmp_path / name
        raw = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(raw)
        with pytest.raises(InputError) as caught:
            read_table(path, columns, mapping=mapping)
        assert caught.value.path == path
        return str(caught.value).replace(f"{path}: ", "", 1)

    return message


def read(path: Path, content: str | bytes, **options):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, COLUMNS, **options)


ONE = "one thing to put right; nothing of this file was taken over\n  "
SAVE = "save it as 'CSV UTF-8 (comma delimited)' and give that file"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty; was it saved, and copied to the end?"),
        (b"\xef\xbb\xbf", "the file is empty; was it saved, and copied to the end?"),
        (
            "county,lines\n",
            "the file has headings and no rows; was the export cut short?",
        ),
        (
            b"PK\x03\x04\x14\x00\x06",
            "this is a workbook (.xlsx) or a ZIP archive, not a CSV file; open it in "
            f"Excel, {SAVE}",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "this is an old Excel workbook (.xls), not a CSV file; open it in Excel, "
            f"{SAVE}",
        ),
        (b"%PDF-1.7", "this is a PDF, not a CSV file; ask for the table behind it"),
        (
            b"\x1f\x8b\x08\x00x",
            "this file is compressed; unpack it (gunzip) and give the CSV inside",
        ),
        (
            "county,lines\nAlpine,5\n".encode("utf-16"),
            f"this file is in UTF-16 ('Unicode text'), not UTF-8; in Excel, {SAVE}",
        ),
        (
            "county,lines\nAlpine,5\n".encode("utf-16-be"),
            f"this file is in UTF-16 ('Unicode text'), not UTF-8; in Excel, {SAVE}",
        ),
        (
            b"county,lines\nAlpine,5\nCa\xf1ada,6\n",
            "this file is not in UTF-8, so letters such as ñ would be misread; save it "
            "again as 'CSV UTF-8 (comma delimited)' in Excel, or convert it with "
            "'iconv -f WINDOWS-1252 -t UTF-8'\n"
            "  row 3: the first byte that is not UTF-8 is 0xF1",
        ),
        (
            b"county,a\xf1o,lines\n",
            f"the headings are not in UTF-8; in Excel, {SAVE}, or convert it with "
            "'iconv -f WINDOWS-1252 -t UTF-8'\n  row 1: byte 9 is not UTF-8",
        ),
        (
            b"county,lines\nAlpine,5\nButte,\x006\n",
            "a NUL byte stands in this file, which damaged exports and disks leave; "
            "export it again\n  row 3: the first NUL byte is here",
        ),
        (
            "county\tlines\nAlpine\t5\n",
            "the cells of this file are separated by a tab, not a comma; save it with "
            'a comma, or give a mapping that holds the line:  separator: "\\t"',
        ),
        (
            "county;lines\nAlpine;5\n",
            "the cells of this file are separated by a semicolon, not a comma; save it "
            'with a comma, or give a mapping that holds the line:  separator: ";"',
        ),
        (
            "Voters of Alpine\n\ncounty,lines,day\nAlpine,5,2\n",
            "row 1 must hold the headings, and looks like a title; they seem to stand "
            "in row 3: delete the rows above",
        ),
        (
            '"Voters of Alpine, Butte",,\ncounty,lines,day\n',
            "row 1 must hold the headings, and looks like a title; they seem to stand "
            "in row 2: delete the rows above",
        ),
        (
            ",,,\n,,,\n,county,lines,day\n",
            "row 1 must hold the headings, and looks like a title; they seem to stand "
            "in row 3: delete the rows above",
        ),
        (
            "sep=,\r\ncounty,lines\r\n",
            "row 1 is Excel's own line 'sep=,', not the headings; delete it",
        ),
        (
            '"SEP=;"\ncounty;lines\n',
            "row 1 is Excel's own line 'SEP=;', not the headings; delete it, and give "
            'a mapping that holds the line:  separator: ";"',
        ),
        (
            "county,lines\rAlpine,5\r",
            "the lines of this file end as on an old Macintosh (CR), so that it is "
            f"one long line; open it in a spreadsheet, {SAVE}",
        ),
        (
            "\ncounty,lines\nAlpine,5\n",
            "the first row is blank and must hold the headings; delete the rows above",
        ),
        (
            'county,lines\nAlpine,5\nButte "B",6\n',
            'a quotation mark (") stands inside a cell; write it twice and put marks '
            'around the whole cell ("5 ""A"" Street"), or remove it\n'
            "  row 3: the first such mark is here",
        ),
        (
            'county,lines\nAlpine,5\n"Butte,6\nColusa,7\n',
            'a quotation mark (") is opened and not closed, so that the rest of the '
            "file would be one cell; write it twice, or remove it\n"
            "  row 3: the row it stands in, or before",
        ),
        (
            "x" * 200_000,
            "the first row cannot be the headings (field larger than field limit "
            "(131072)); is this a table?",
        ),
        (
            b"PAR1 and then something else",
            "this Parquet file is torn or damaged; copy it or write it again",
        ),
    ],
)
def test_what_is_no_table_says_what_it_is_and_what_to_do(refused, content, says):
    assert refused(content) == says


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "county,lines\nAlpine,-5\n",
            "row 2, column 'lines' ('-5'): a count cannot be below zero",
        ),
        (
            'county,lines\nAlpine,"1,234"\n',
            "row 2, column 'lines' ('1,234'): write the number without separators: "
            "1234, not 1,234",
        ),
        (
            "county,lines\nAlpine,5.0\n",
            "row 2, column 'lines' ('5.0'): a count is a whole number; remove the "
            "decimals",
        ),
        (
            "county,lines\nAlpine,1.2E+05\n",
            "row 2, column 'lines' ('1.2E+05'): the spreadsheet shortened it; format "
            "the column as Number, save",
        ),
        (
            "county,lines\nAlpine,five\n",
            "row 2, column 'lines' ('five'): not a count; write digits only",
        ),
        (
            "county,lines\nAlpine,\n",
            "row 2, column 'lines': empty; every row needs one",
        ),
        (
            "county,lines,day\nAlpine,5,42761\n",
            "row 2, column 'day' ('42761'): Excel's own number for a day; format the "
            "column as YYYY-MM-DD, save",
        ),
        (
            "county,lines,day\nAlpine,5,1/26/17\n",
            "row 2, column 'day' ('1/26/17'): not a day as YYYY-MM-DD; format the "
            "column so, or give a mapping that holds the way it is written:  "
            "date_format: '%m/%d/%Y'",
        ),
        (
            "county,lines,day\nAlpine,5,2017-02-30\n",
            "row 2, column 'day' ('2017-02-30'): not a day as YYYY-MM-DD",
        ),
        (
            "county,lines,struck\nAlpine,5,x\n",
            "row 2, column 'struck' ('x'): write 1 for yes and 0 for no",
        ),
        (
            "county,lines,present\nAlpine,5,maybe\n",
            "row 2, column 'present' ('maybe'): write one of: yes, no",
        ),
        (
            "county,lines\nAlpine,5\nGrand Total,5\n",
            "row 3, column 'county': this is a total, not a row of its own; delete it",
        ),
        (
            "county,lines\nAlpine,5\nButte\n",
            "row 3: 1 cell where the header has 2; put quotation marks around a cell "
            "that holds the separator, or fill the row",
        ),
        (
            "county,lines\nAlpine,5,6\n",
            "row 2: 3 cells where the header has 2; put quotation marks around a cell "
            "that holds the separator, or fill the row",
        ),
        (
            "conty,lines\nAlpine,5\n",
            "there is no column 'county'; is it 'conty'? Rename it, or give a mapping "
            "that holds:  columns: {county: conty}",
        ),
        (
            "lines\n5\n",
            "there is no column 'county'; add it, or give a mapping that holds:  "
            "columns: {county: THEIR_HEADING}",
        ),
        (
            "county,lines,lines\nAlpine,5,6\n",
            "row 1, column 'lines': 2 columns have this heading; rename or delete all "
            "but one",
        ),
        (
            "county,lines,struk\nAlpine,5,1\n",
            "row 1, column 'struk': did you mean 'struck'? Rename it, or delete the "
            "column if not",
        ),
    ],
)
def test_one_fault_names_row_column_value_and_remedy(refused, content, says):
    assert refused(content) == ONE + says


@pytest.mark.parametrize(
    ("headings", "looks_like", "option"),
    [
        ("voter_id,last,first,county,status", "a voter roll", "--roll"),
        ("line_id,section,row,county,name,signed_on", "petition lines", "--lines"),
        ("section,county,declaration,paid", "a list of sections", "--sections"),
        ("county,section,lines_claimed,lines_struck", "a manifest", "--manifest"),
        ("county,section,row,order", "a list of drawn lines", "--drawn"),
        ("line_id,decision,reason,by,at", "a decisions file", "--decisions"),
        ("line_id,voter_id,kind,noise", "a truth file", "--truth"),
        ("county,raw,sampled,valid,duplicates", "county counts", "--counts"),
    ],
)
def test_the_right_file_in_the_wrong_place_is_recognised(
    refused, headings, looks_like, option
):
    says = refused(f"{headings}\n{',' * headings.count(',')}\n")

    assert says.startswith(f"this looks like {looks_like} (it has ")
    assert says.endswith(f"give it with {option}, and the right file here")


def test_every_fault_of_a_file_comes_in_one_message(refused):
    says = refused("county,lines,day\nAlpine,-5,42761\n,x,\nTotal,5,\nButte,1\n")

    assert says.startswith("6 things to put right; nothing of this file was taken over")
    assert [line.split(":")[0] for line in says.splitlines()[1:]] == [
        "  row 2, column 'lines' ('-5')",
        "  row 2, column 'day' ('42761')",
        "  row 3, column 'county'",
        "  row 3, column 'lines' ('x')",
        "  row 4, column 'county'",
        "  row 5",
    ]


def test_a_common_fault_does_not_hide_a_rare_one(refused):
    many = "\n".join("Alpine,5,42761" for _ in range(5_000))

    says = refused(f"county,lines,day\n{many}\n,5,\n")

    assert "row 5,002, column 'county': empty" in says
    assert len(says.splitlines()) < 20


def test_values_of_a_private_column_are_never_shown(refused):
    private = (
        Column(name="voter_id", required=True, private=True),
        Column(name="born", kind="year", private=True),
    )

    says = refused("voter_id,born\nCANARY,CANARY\n", columns=private)

    assert "CANARY" not in says
    assert "row 2, column 'born': not a day as YYYY-MM-DD or a year" in says


def test_a_private_file_without_headings_does_not_show_its_first_person(refused):
    private = (
        Column(name="voter_id", required=True, private=True),
        Column(name="last", required=True, private=True),
    )

    says = refused("12345,CANARY,LASTA\n", columns=private)

    assert "CANARY" not in says
    assert "LASTA" not in says
    assert "is the row of headings missing" in says


def test_midnight_is_a_day_and_noon_is_not(tmp_path, refused):
    table = read(tmp_path / "t.csv", "county,lines,day\nA,1,2017-01-26 00:00:00\n")

    assert table["day"].to_list() == [date(2017, 1, 26)]
    assert "not a day" in refused("county,lines,day\nA,1,2017-01-26 12:00:00\n")


def test_a_two_digit_year_is_refused_under_a_four_digit_format(refused):
    mapping = ColumnMapping(date_format="%m/%d/%Y")

    says = refused("county,lines,day\nA,1,1/26/17\n", mapping=mapping)

    assert "row 2, column 'day' ('1/26/17'): not a day as %m/%d/%Y" in says


def test_a_mapping_that_names_what_is_not_there_says_what_is_near(refused):
    mapping = ColumnMapping(columns={"county": "CNTY", "lnes": "x"})

    says = refused("CTNY,lines\nAlpine,5\n", mapping=mapping)

    assert (
        "the mapping takes 'county' from a column 'CNTY', which this file does not "
        "have; its nearest heading is 'CTNY'"
    ) in says
    assert "fills 'lnes', which no such file has; did you mean 'lines'?" in says


def test_a_parquet_column_of_lists_is_refused(tmp_path):
    path = tmp_path / "t.parquet"
    pl.DataFrame({"county": [["a"]], "lines": [1]}).write_parquet(path)

    with pytest.raises(InputError, match="column 'county' holds List"):
        read_table(path, COLUMNS)
