"""What an issued certificate and its law are read back as. Oracle: files by hand."""

import json
from datetime import date

import pytest
from count_strategies import CALIFORNIA, SIX

from plebiscite.errors import PlebisciteError, RecordError
from plebiscite.verify.certificate import as_data
from plebiscite.verify.publish.bundle import law_files
from plebiscite.verify.publish.certify import day_of_issue
from plebiscite.verify.rollup import read_certificate
from plebiscite.verify.tally import conclude


@pytest.mark.parametrize("day", [None, "2017-09-01"])
def test_the_day_of_issue_is_the_certificate_s_own(tmp_path, day):
    (tmp_path / "public").mkdir()
    path = tmp_path / "public" / "certificate.json"
    path.write_text(json.dumps({"issued_on": day}))

    assert day_of_issue(tmp_path) == (day and date.fromisoformat(day))
    for torn in ("{}", '{"issued_on": 3}', '{"issued_on": "soon"}', "{", "[]"):
        path.write_text(torn)
        with pytest.raises(RecordError, match="is no certificate; restore it"):
            day_of_issue(tmp_path)
    path.unlink()
    assert day_of_issue(tmp_path) is None


@pytest.mark.parametrize("ends", [".yaml", ".yml"])
def test_a_law_s_files_are_those_it_names_each_once(tmp_path, ends):
    """Oracle: three files that name one another, and a law that comes with us."""
    (tmp_path / "own.yaml").write_text(f"also: shared{ends}\ncalendar: us/ca\n")
    (tmp_path / f"shared{ends}").write_text(f"calendar: days{ends}\nalso: own.yaml\n")
    (tmp_path / f"days{ends}").write_text("- 2017-01-02\n")

    found = law_files(tmp_path / "own.yaml")

    assert [each.name for each in found] == ["own.yaml", f"shared{ends}", f"days{ends}"]


@pytest.mark.parametrize("name", ["issued_on", "roll_as_of"])
@pytest.mark.parametrize("said", ["yesterday", 3, "2017-02-30"])
def test_a_certificate_whose_day_is_none_is_refused_where_it_is_read(
    tmp_path, name, said
):
    made = conclude(
        [SIX[0]],
        rulebook=CALIFORNIA,
        required=300_000,
        measure_id="test",
        title="A test",
        signatures_compared=True,
    )
    path = tmp_path / "county.json"
    path.write_text(json.dumps(as_data(made)))
    assert read_certificate(path).data["measure"] == "test"
    path.write_text(json.dumps(as_data(made) | {name: said}))

    with pytest.raises(PlebisciteError) as refused:
        read_certificate(path)
    assert str(path) in str(refused.value)
