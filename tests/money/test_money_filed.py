"""Handing reports in. Oracle: a folder that read before reads after, or is the same."""

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

import pytest

from plebiscite.errors import InputError, RecordError
from plebiscite.money.filed import FILE, filed, hand_in, read, take_out
from plebiscite.petition.campaign.register import Booking, read_entries

GIFTS = (
    "kind,committee,side,day,amount,name\ncontribution,X,support,2017-02-01,100,Ann\n"
)
MORE = GIFTS.replace("100", "250")
BILLS = "kind,committee,day,amount,name,purpose\npayment,X,2017-02-03,40.50,Hall,PET\n"


def on(day):
    at = datetime(2017, 7, 1, 12, tzinfo=UTC)
    return Booking(by="Lee Park", day=date.fromisoformat(f"2017-{day}"), at=at)


def give(folder, name, text, day="02-10"):
    source = folder.parent / "upload.tmp"
    source.write_text(text, encoding="utf-8")
    return hand_in(folder, on(day), source, name)


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "measure"
    found.mkdir()
    return found


def sums(folder):
    return [
        (each.totals.contributions, each.totals.spent) for each in read(folder).totals()
    ]


def test_reports_add_up_and_say_who_handed_them_in(folder):
    give(folder, "gifts.csv", GIFTS)
    ledger = give(folder, "bills.csv", BILLS, day="02-12")

    assert len(ledger.rows) == 2
    assert sums(folder) == [(Decimal(100), Decimal("40.50"))]
    assert [(f.name, f.day, f.by) for f in filed(folder)] == [
        ("bills.csv", date(2017, 2, 12), "Lee Park"),
        ("gifts.csv", date(2017, 2, 10), "Lee Park"),
    ]


def test_a_report_of_the_same_name_takes_the_place_of_the_first(folder):
    give(folder, "gifts.csv", GIFTS)
    give(folder, "gifts.csv", MORE, day="03-01")

    assert sums(folder) == [(Decimal(250), Decimal(0))]
    told = read_entries(folder / "campaign", FILE)
    hashes = [sha256(text.encode()).hexdigest() for text in (GIFTS, MORE)]
    assert [each.body["sha256"] for each in told] == hashes


def test_a_report_that_cannot_be_read_changes_nothing(folder):
    give(folder, "gifts.csv", GIFTS)

    with pytest.raises(InputError) as refused:
        give(folder, "bills.csv", BILLS.replace("40.50", "forty"))

    assert "bills.csv" in str(refused.value)
    assert "row 2" in str(refused.value)
    assert str(folder.parent) not in str(refused.value)
    assert [path.name for path in (folder / "money").iterdir()] == ["gifts.csv"]
    assert len(read_entries(folder / "campaign", FILE)) == 1


def test_the_same_report_under_another_name_is_refused(folder):
    give(folder, "gifts.csv", GIFTS)

    with pytest.raises(InputError, match="the same, byte for byte"):
        give(folder, "again.csv", GIFTS)


@pytest.mark.parametrize(
    "name", ["../x.csv", "x.exe", ".csv", "a/b.csv", "x.csv\n", "", f"{'x' * 90}.csv"]
)
def test_a_name_that_leads_elsewhere_is_refused(folder, name):
    with pytest.raises(InputError, match="plain name"):
        give(folder, name, GIFTS)

    assert not (folder / "money").exists()


def test_a_report_taken_out_counts_no_more_and_is_still_named(folder):
    give(folder, "gifts.csv", GIFTS)
    take_out(folder, on("03-02"), "gifts.csv")

    assert read(folder).sources == ()
    assert not (folder / "money").exists()
    assert [e.kind for e in read_entries(folder / "campaign", FILE)] == [
        "handed_in",
        "taken_out",
    ]
    with pytest.raises(InputError, match="no report"):
        take_out(folder, on("03-02"), "gifts.csv")


def test_a_report_put_there_by_hand_says_nobody_handed_it_in(folder):
    (folder / "money").mkdir()
    (folder / "money" / "gifts.csv").write_text(GIFTS, encoding="utf-8")

    assert [(each.day, each.by) for each in filed(folder)] == [(None, "")]


def test_what_somebody_laid_beside_the_reports_outlives_the_last_of_them(folder):
    give(folder, "gifts.csv", GIFTS)
    (folder / "money" / "README.txt").write_text("where they come from\n")
    take_out(folder, on("03-02"), "gifts.csv")

    assert [path.name for path in (folder / "money").iterdir()] == ["README.txt"]
    assert read(folder).sources == ()


def test_a_damaged_register_of_reports_is_named(folder):
    give(folder, "gifts.csv", GIFTS)
    path = folder / "campaign" / FILE
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"sha256":', '"sha":'), encoding="utf-8")

    with pytest.raises(RecordError, match="restore it"):
        filed(folder)


def test_an_act_cut_off_and_given_again_was_noted_twice(folder, monkeypatch):
    """Between the register and the file: oracle, the act undisturbed."""
    give(folder, "gifts.csv", GIFTS)
    give(folder, "gifts.csv", GIFTS, day="02-11")  # as after a cut at the very end

    def cut(_path, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.unlink", cut)
        with pytest.raises(KeyboardInterrupt):
            take_out(folder, on("03-02"), "gifts.csv")
    assert [path.name for path in (folder / "money").iterdir()] == ["gifts.csv"]
    take_out(folder, on("03-03"), "gifts.csv")

    told = read_entries(folder / "campaign", FILE)
    assert [each.kind for each in told] == ["handed_in", "taken_out"]
    assert not (folder / "money").exists()
