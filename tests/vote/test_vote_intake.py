"""Reading results. Oracle: small files whose every figure is written beside them."""

from pathlib import Path

import pytest

from plebiscite.errors import InputError
from plebiscite.vote.intake.read import chosen, mapping_for, read_results

HEAD = "part,registered,cast,valid,blank,yes,no\n"


@pytest.fixture
def read(tmp_path):
    def reading(text, name="results.csv", mapping=None):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_results([path], mapping=mapping_for(mapping))

    return reading


def test_the_contracts_table_is_read_and_an_empty_cell_is_not_nought(read):
    (found,) = read(f"{HEAD}A,100,80,78,2,40,38\nB,50,,,,,\n")

    assert found.rows()["B"]["yes"] is None
    assert found.totals["registered"] == 150
    assert found.totals["yes"] is None
    assert found.out["part"].to_list() == ["B"]


def test_each_file_is_noted_with_the_hash_of_its_bytes(read):
    """Oracle: sha256sum of these bytes."""
    (found,) = read("part,yes,no\nA,1,2\n")

    assert found.sources[0].sha256 == (
        "7eb3d434f516de5685b94ff438fbef2ed34bbbca362cf9c457b74f07b93cba0c"
    )


def test_valid_votes_that_are_not_told_are_the_yes_and_the_no(read):
    (found,) = read("part,yes,no\nA,3,2\n")

    assert found.totals == {"valid": 5, "yes": 3, "no": 2}


def test_questions_side_by_side_share_registered_and_cast(read):
    text = "part,registered,cast,51.yes,51.no,52 Yes,52 No\nA,10,8,5,3,2,4\n"
    first, second = read(text.replace("Yes", "yes").replace("No", "no"))

    assert (first.question, second.question) == ("51", "52")
    assert first.totals == {"registered": 10, "cast": 8, "valid": 8, "yes": 5, "no": 3}
    assert second.totals["no"] == 4


def test_questions_in_a_column_are_told_apart(read):
    found = read("question,part,yes,no\nX,A,1,2\nY,A,3,4\nX,B,5,6\n")

    assert [(each.question, each.totals["yes"]) for each in found] == [
        ("X", 6),
        ("Y", 3),
    ]


def test_a_question_is_chosen_by_its_last_word(read):
    found = read("question,part,yes,no\nProposition 5,A,1,2\nProposition 51,A,3,4\n")

    assert chosen(found, "51").totals["yes"] == 3
    with pytest.raises(InputError, match="no question '6'"):
        chosen(found, "6")
    with pytest.raises(InputError, match="several questions"):
        chosen(found, None)


def test_a_total_row_is_kept_apart(read):
    (found,) = read("part,yes,no\nA,1,2\nB,3,4\nTotal,4,6\nPercent,40,60\n")

    assert found.frame["part"].to_list() == ["A", "B"]
    assert found.stated["yes"] == 4


def test_a_total_under_another_name_is_refused(read):
    with pytest.raises(InputError, match="every vote would count twice"):
        read("part,yes,no\nA,1,2\nB,3,4\nC,5,6\nSomewhere,9,12\n")


GROUPS = "part,group,registered,yes,no\n"


def test_groups_are_added_once_and_held_against_their_total(read):
    """Oracle: 3 and 4 at the polls and by post, and the total that says 7."""
    (found,) = read(
        f"{GROUPS}A,polls,20,3,1\nA,post,20,4,2\nA,total,20,7,3\nB,polls,9,1,1\n"
    )

    assert found.totals == {"registered": 29, "valid": 12, "yes": 8, "no": 4}


def test_groups_that_do_not_add_up_to_their_total_are_refused(read):
    says = "add up to 7 yes, and its total says 8"
    with pytest.raises(InputError, match=says) as caught:
        read(f"{GROUPS}A,polls,20,3,1\nA,post,20,4,2\nA,total,20,8,3\n")

    [refusal] = caught.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (4, "yes", "8")


def test_a_group_that_stands_twice_is_refused(read):
    with pytest.raises(InputError, match="'post' a second time") as caught:
        read(f"{GROUPS}A,post,20,3,1\nA,post,20,4,2\n")

    [refusal] = caught.value.refusals
    assert (refusal.row, refusal.column, refusal.value) == (3, "group", "post")


def test_groups_that_disagree_on_the_registered_are_refused_where_they_stand(read):
    with pytest.raises(InputError, match="belong to the part") as caught:
        read(f"{GROUPS}B,polls,9,1,1\nA,polls,20,3,1\nA,post,21,4,2\n")

    [refusal] = caught.value.refusals
    assert (refusal.row, refusal.column) == (3, "registered")


OPEN = "county,precinct,office,district,party,candidate,votes\n"


def test_openelections_precincts_are_read_and_offices_left_aside(read):
    """Oracle: these files leave out a choice that nobody made."""
    (found,) = read(
        f"{OPEN}X,1,President,,DEM,Ann,9\nX,1,Proposition 7,,,Yes,5\n"
        "X,1,Proposition 7,,,No,4\nX,2,Proposition 7,,,YES,6\n"
    )

    assert found.rows() == {
        "X 1": {"valid": 9, "yes": 5, "no": 4},
        "X 2": {"valid": 6, "yes": 6, "no": 0},
    }


def test_a_choice_told_twice_is_refused(read):
    rows = "X,1,Proposition 7,,,Yes,5\n" * 2
    with pytest.raises(InputError, match="a second time; keep one row"):
        read(f"{OPEN}{rows}X,1,Proposition 7,,,No,4\n")


def test_two_files_with_the_same_part_are_refused(tmp_path):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("part,yes,no\nA,1,2\n", encoding="utf-8")

    with pytest.raises(InputError, match=r"A stands in a\.csv too"):
        read_results([tmp_path / "a.csv", tmp_path / "b.csv"])


def test_a_small_body_writes_yaml(read):
    (found,) = read(
        "question: Shall we?\nparts:\n  North: {registered: 40, yes: 17, no: 13}\n"
        "  South: {registered: 25, yes: , no: }\n",
        "club.yaml",
    )

    assert found.question == "Shall we?"
    assert found.out["part"].to_list() == ["South"]
    with pytest.raises(InputError, match="yes is a whole number"):
        read("yes: -3\nno: 4\n", "club.yaml")


def test_an_unknown_mapping_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="openelections"):
        mapping_for("openelektions")


def test_the_shipped_mapping_reads_what_it_names(tmp_path):
    path = tmp_path / "county.csv"
    path.write_text(
        "county,office,candidate,votes\nX,Measure A,Yes,3\nX,Measure A,No,1\n"
    )
    (found,) = read_results([path], mapping=mapping_for("openelections"))

    assert found.totals == {"valid": 4, "yes": 3, "no": 1}
    assert Path(found.sources[0].file).name == "county.csv"


@pytest.mark.parametrize(
    ("name", "text", "mapping", "form"),
    [
        ("r.yaml", "yes: 1\nno: 2\n", None, "yaml"),
        ("r.yml", "yes: 1\nno: 2\n", None, "yaml"),
        ("r.csv", "part,yes,no\nA,1,2\n", None, "results"),
        ("r.csv", f"{OPEN}X,1,P,,,Yes,1\nX,1,P,,,No,2\n", None, "openelections"),
    ],
)
def test_how_a_file_was_read_is_noted(read, name, text, mapping, form):
    (found,) = read(text, name, mapping)

    assert (found.totals["yes"], found.totals["no"]) == (1, 2)
    assert [(each.file, each.form) for each in found.sources] == [(name, form)]


def test_headings_in_capitals_are_told_what_the_mapping_calls_them(read):
    """Oracle: the headings of OpenElections, for all their capitals."""
    with pytest.raises(InputError, match=r"a column 'office'.*heading is 'Office'"):
        read(f"{OPEN.title()}X,1,P,,,Yes,1\n")


@pytest.mark.parametrize(
    ("columns", "text", "form"),
    [
        ("part: Ort\n  yes: Ja\n  no: Nein", "Ort;Ja;Nein\nA;1;2\n", "results"),
        (
            "county: Kreis\n  question: Frage\n  choice: Wahl\n  votes: Stimmen",
            "Kreis;Frage;Wahl;Stimmen\nA;P;Ja;1\nA;P;Nein;2\n",
            "openelections",
        ),
    ],
)
def test_a_mapping_of_ones_own_says_how_its_file_is_read(tmp_path, columns, text, form):
    """Oracle: its sign between cells; and that it names a choice, or each answer."""
    own = tmp_path / "own.yaml"
    own.write_text(f'separator: ";"\ncolumns:\n  {columns}\n')
    path, told = tmp_path / "r.csv", []
    path.write_text(text)
    (found,) = read_results(
        [path],
        mapping=mapping_for(own),
        progress=lambda *said: told.append(said),
    )

    assert (found.totals["yes"], found.totals["no"]) == (1, 2)
    assert found.sources[0].form == form
    assert told


def test_openelections_ballots_cast_and_registered_stand_in_columns_of_their_own(read):
    """Oracle: each is told in the row of either choice, or of one alone."""
    head = f"{OPEN.strip()},reg_voters,total_ballots\n"
    (found,) = read(
        f"{head}X,1,Proposition 7,,,Yes,5,30,12\nX,1,Proposition 7,,,No,4,30,12\n"
        "X,2,Proposition 7,,,Yes,6,,9\nX,2,Proposition 7,,,No,1,20,\n"
    )

    assert found.totals == {
        "registered": 50,
        "cast": 21,
        "valid": 16,
        "yes": 11,
        "no": 5,
    }
