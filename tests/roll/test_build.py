"""Building a roll: whole or not at all, and refused without naming anyone."""

from datetime import date

import pytest

from plebiscite.core.table import parquet
from plebiscite.errors import InputError
from plebiscite.roll.manifest import FILE
from plebiscite.roll.read import formats, open_mapping
from plebiscite.roll.store import build_roll, open_roll
from plebiscite.roll.voter import Status

HEAD = "voter_id,last,first,zip,county,registered_on,status,confidential"
DAY = date(2017, 7, 25)
GOOD = [
    "1,Lopez,Ana,96120,Alpine,2016-01-02,active,0",
    "2,Nguyen,Bao,95901,Yuba,2016-01-02,INACTIVE,1",
    "3,Smith,Cy,96120,Alpine,,cancelled,",
]


def source(tmp_path, rows, *, head=HEAD, name="voters.csv"):
    path = tmp_path / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def build(tmp_path, rows, **options):
    head = options.pop("head", HEAD)
    return build_roll(
        source(tmp_path, rows, head=head), out=tmp_path / "roll", as_of=DAY, **options
    )


def refusal(tmp_path, rows, **options):
    with pytest.raises(InputError) as caught:
        build(tmp_path, rows, **options)
    assert not (tmp_path / "roll").exists()
    assert [each.name for each in tmp_path.iterdir()] == ["voters.csv"]
    return str(caught.value).split("\n", 1)[-1].strip()


def test_a_roll_is_split_by_county_in_the_sources_order(tmp_path):
    manifest = build(tmp_path, GOOD)

    roll = open_roll(tmp_path / "roll")
    roll.verify()
    assert roll.as_of == DAY
    assert roll.counties == manifest.counties == {"Alpine": 2, "Yuba": 1}
    assert roll.scan(["Alpine"]).collect()["voter_id"].to_list() == ["1", "3"]
    assert roll.scan().select(
        "voter_id", "status", "confidential"
    ).collect().rows() == [
        ("1", "active", False),
        ("3", "cancelled", False),
        ("2", "inactive", True),
    ]
    assert roll.scan(["Nowhere"]).collect().schema == roll.scan().collect_schema()
    assert (tmp_path / "roll").stat().st_mode & 0o777 == 0o700


def test_the_same_source_gives_the_same_hash_and_another_day_another(tmp_path):
    first = build(tmp_path, GOOD)
    again = build(tmp_path, GOOD, replace=True)
    other = build_roll(
        tmp_path / "voters.csv", out=tmp_path / "other", as_of=date(2017, 7, 26)
    )

    assert first == again
    assert first.digest != other.digest


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [*GOOD, "1,Canary,X,,Yuba,,active,"],
            "row 5, column 'voter_id': this voter id stands in row 2 already; each "
            "voter is given once",
        ),
        (
            [*GOOD, ",Canary,X,,Yuba,,active,"],
            "row 5, column 'voter_id': empty; every row needs one",
        ),
        (
            [*GOOD, "4,,Canary,,Yuba,,active,"],
            "row 5, column 'last': empty; every row needs one",
        ),
        (
            [*GOOD, "4,Canary,X,,,,active,"],
            "row 5, column 'county': empty; every row needs one",
        ),
        (
            [*GOOD, "4,Canary,X,,Yuba,,gone,"],
            "row 5, column 'status': write one of: active, inactive, "
            "cancelled, pending",
        ),
        (
            [*GOOD, "4,Canary,X,,Yuba,42761,active,"],
            "row 5, column 'registered_on': Excel's own number for a day; format the "
            "column as YYYY-MM-DD, save",
        ),
        (
            [*GOOD, "4,Canary,X,94110.0,Yuba,,active,"],
            "row 5, column 'zip': a program turned this number into a decimal; format "
            "the column as Text in the original, and export it again",
        ),
        (
            [*GOOD, "Total,,,3,,,,"],
            "row 5, column 'voter_id': this is a total, not a row of its own; delete "
            "it",
        ),
        (
            [*GOOD, "4,Canary,X,,ALPINE,,active,"],
            "voters.csv: one county is written 'Alpine' (2 voters) and 'ALPINE' (1); "
            "write it one way, or give a mapping that holds:  "
            "values: {county: {ALPINE: Alpine}}",
        ),
    ],
)
def test_a_refusal_names_row_and_column_and_nobody(tmp_path, rows, says):
    message = refusal(tmp_path, rows)

    assert message.endswith(says)
    assert "Canary" not in message


def test_a_missing_column_is_named_with_the_nearest_heading(tmp_path):
    says = refusal(
        tmp_path, ["1,x,Alpine,active"], head="voter_id,last_name,county,status"
    )

    assert says == (
        "there is no column 'last'; is it 'last_name'? Rename it, or give a mapping "
        "that holds:  columns: {last: last_name}"
    )


def test_petition_lines_given_as_a_roll_are_recognised(tmp_path):
    says = refusal(
        tmp_path, ["Alpine,1,1,x,y,"], head="county,section,row,name,address,signed_on"
    )

    assert "this looks like petition lines" in says


def test_a_roll_that_exists_stays_unless_replaced(tmp_path):
    build(tmp_path, GOOD)
    before = open_roll(tmp_path / "roll").digest

    with pytest.raises(InputError, match=r"a roll is here already.*--replace"):
        build(tmp_path, GOOD[:1])
    with pytest.raises(InputError, match="3 things to put right"):
        build(tmp_path, ["1,,,,,,,"], replace=True)
    assert open_roll(tmp_path / "roll").digest == before

    build(tmp_path, GOOD[:1], replace=True)
    assert open_roll(tmp_path / "roll").counties == {"Alpine": 1}


def test_what_is_not_a_roll_is_never_replaced(tmp_path):
    (tmp_path / "roll").mkdir()
    (tmp_path / "roll" / "letters.txt").write_text("dear")

    with pytest.raises(InputError, match="something that is not a roll is here"):
        build(tmp_path, GOOD, replace=True)
    assert (tmp_path / "roll" / "letters.txt").read_text() == "dear"


def test_lost_leading_zeros_come_back_and_are_counted(tmp_path):
    rows = ["1,A,,2138,Alpine,,active,", "2,B,,501-1234,Alpine,,active,", GOOD[2]]

    manifest = build(tmp_path, rows)

    assert manifest.zips_completed == 2
    found = open_roll(tmp_path / "roll").scan().collect()
    assert found["zip"].to_list() == ["02138", "00501-1234", "96120"]


def test_former_names_and_addresses_are_kept(tmp_path):
    head = (
        "voter_id,last,county,status,former_last,former_house,former_street,changed_on"
    )
    build(tmp_path, ["1,Lee,Alpine,active,Diaz,12,Oak St,2017-03-01"], head=head)

    voter = open_roll(tmp_path / "roll").scan().collect().row(0, named=True)
    assert (voter["former_last"], voter["former_house"]) == ("Diaz", "12")
    assert voter["changed_on"] == date(2017, 3, 1)


def test_a_folder_of_parquet_parts_is_one_roll_and_ids_are_unique_over_all(tmp_path):
    flat = open_roll(source(tmp_path, GOOD)).scan().collect()
    parts = tmp_path / "parts"
    parts.mkdir()
    flat.head(2).write_parquet(parts / "a.parquet")
    flat.tail(1).write_parquet(parts / "b.parquet")

    manifest = build_roll(parts, out=tmp_path / "roll", as_of=DAY)
    assert manifest.voters == 3

    flat.tail(2).write_parquet(parts / "b.parquet")
    with pytest.raises(InputError) as caught:
        build_roll(parts, out=tmp_path / "two", as_of=DAY)
    assert (
        "row 2, column 'voter_id': this voter id stands in row 3 of a.parquet"
        in str(caught.value)
    )


def test_one_process_tries_all_parts_and_the_torn_one_is_named(tmp_path, monkeypatch):
    """Each of 189 parts had a process of its own: they took twice as long as one."""
    flat = open_roll(source(tmp_path, GOOD)).scan().collect()
    starts, program = tmp_path / "starts", tmp_path / "noted.py"
    program.write_text(
        f"import runpy\nwith open({str(starts)!r}, 'a') as noted:\n"
        "    noted.write('started ')\n"
        f"runpy.run_path({str(parquet.PROGRAM)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(parquet, "PROGRAM", program)
    parts = tmp_path / "parts"
    parts.mkdir()
    for nth in range(3):
        flat.slice(nth, 1).write_parquet(parts / f"{nth}.parquet")

    assert build_roll(parts, out=tmp_path / "roll", as_of=DAY).voters == 3
    assert starts.read_text() == "started "

    torn = parts / "1.parquet"
    torn.write_bytes(torn.read_bytes()[:-20])
    with pytest.raises(InputError) as caught:
        build_roll(parts, out=tmp_path / "two", as_of=DAY)
    assert str(caught.value) == f"{torn}: {parquet.TORN}"
    assert not (tmp_path / "two").exists()


def test_counties_mixed_in_a_batch_are_parted_as_those_that_come_one_by_one(tmp_path):
    """A batch of a single county is not parted; the roll must be the same."""
    rows = [f"{n},A,,,{'XYZ'[n % 3]},,active," for n in range(9)]
    build(tmp_path, rows)
    parts = tmp_path / "parts"
    parts.mkdir()
    flat = open_roll(source(tmp_path, rows)).scan().collect()
    for county in "ZXY":
        here = flat.filter(flat["county"] == county)
        here.write_parquet(parts / f"{county}.parquet")
    build_roll(parts, out=tmp_path / "by county", as_of=DAY)

    one, other = (open_roll(tmp_path / name) for name in ("roll", "by county"))
    assert one.digest == other.digest
    assert one.counties == {"X": 3, "Y": 3, "Z": 3}


def test_a_county_name_cannot_leave_the_folder(tmp_path):
    build(tmp_path, ["1,A,,,../../etc,,active,"])

    assert open_roll(tmp_path / "roll").counties == {"../../etc": 1}
    assert sorted(each.name for each in (tmp_path / "roll").iterdir()) == [
        "county=..%2F..%2Fetc",
        FILE,
    ]


DIMS = (
    "lVoterUniqueID\tszNameLast\tszNameFirst\tszNameMiddle\tsNameSuffix\tsHouseNum\t"
    "sUnitNum\tszStreetName\tsStreetSuffix\tszSitusCity\tsSitusZip\tsPrecinctID\t"
    "dtBirthDate\tdtRegDate\tsStatusCode\tcounty\tsixty others"
)
VRDB = (
    "StateVoterID|FName|MName|LName|NameSuffix|Birthyear|RegStNum|RegStFrac|RegStName|"
    "RegStType|RegStPreDirection|RegStPostDirection|RegStUnitNum|RegCity|RegZipCode|"
    "CountyCode|PrecinctCode|Registrationdate|StatusCode"
)


@pytest.mark.parametrize(
    ("name", "head", "row"),
    [
        (
            "us-ca-dims",
            DIMS,
            "7\tLopez\tAna\t\tJr\t12\tB\tOAK\tST\tMarkleeville\t96120\t1\t3/4/1980\t"
            "1/2/2016\tA\tAlpine\tx",
        ),
        (
            "us-wa-vrdb",
            VRDB,
            "7|Ana||Lopez|Jr|1980|12||OAK|ST|||B|Markleeville|96120|KI|1|2016-01-02|"
            "Active",
        ),
    ],
)
def test_a_shipped_format_reads_its_own_ten_columns(tmp_path, name, head, row):
    manifest = build(tmp_path, [row], head=head, mapping=open_mapping(name))

    assert manifest.counties in ({"Alpine": 1}, {"King": 1})
    voter = open_roll(tmp_path / "roll").scan().collect().row(0, named=True)
    assert voter["street"] == "OAK ST"
    assert voter["birth_year"] == 1980
    assert voter["registered_on"] == date(2016, 1, 2)
    assert voter["status"] == Status.ACTIVE


def test_an_unknown_format_lists_those_there_are():
    assert formats() == ["plebiscite", "us-ca-dims", "us-wa-vrdb"]
    with pytest.raises(InputError) as caught:
        open_mapping("us-wa-vrbd")
    assert str(caught.value) == (
        "there is no mapping 'us-wa-vrbd': did you mean us-wa-vrdb? Give the path of a "
        "mapping file, or one of plebiscite, us-ca-dims, us-wa-vrdb"
    )
