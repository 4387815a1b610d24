"""Mapping files: what is written comes back, and what cannot be is refused."""

import pytest

from plebiscite.core.table import ColumnMapping, read_mapping
from plebiscite.errors import InputError


def test_a_mapping_file_says_all_a_mapping_can(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(
        "columns: {last: LNAME, street: [DIR, NAME]}\n"
        "constants: {county: Alpine}\n"
        "values: {status: {A: active}}\n"
        "date_format: '%m/%d/%Y'\n"
        'separator: "\\t"\n'
    )

    assert read_mapping(path) == ColumnMapping(
        columns={"last": "LNAME", "street": ("DIR", "NAME")},
        constants={"county": "Alpine"},
        values={"status": {"A": "active"}},
        date_format="%m/%d/%Y",
        separator="\t",
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "a mapping file begins with 'columns:'"),
        ("just words", "a mapping file begins with 'columns:'"),
        ("columns: [a", "this is no YAML file"),
        ("column: {a: b}", "a mapping has no 'column'; it has columns, constants"),
        ("columns: {a: b}\nconstants: {a: c}", "takes a from a column and from"),
        ("date_format: MM/DD/YYYY", "write it with %Y (year), %m (month)"),
        ("separator: comma", 'write one of "," ";"'),
        ("columns: words", "'columns' must hold lines such as"),
        ("values: {status: active}", "'values' of 'status' must hold lines such as"),
    ],
)
def test_a_wrong_mapping_says_what_to_write(tmp_path, content, says):
    path = tmp_path / "m.yaml"
    path.write_text(content)

    with pytest.raises(InputError) as caught:
        read_mapping(path)

    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)
