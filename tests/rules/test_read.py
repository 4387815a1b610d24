"""Reading law files. Oracle: each message names file, line and remedy."""

from datetime import date

import pytest

from plebiscite.errors import InputError, LawError, NotInForceError
from plebiscite.rules.rulebook import open_law

HEAD = "title: T\ngoverned_by: d\nsources: {s: {title: S, checked: no}}\nr:\n"
OK = "from: 2020-01-01"
CITE = "cite: [s]"


def law(tmp_path, text):
    path = tmp_path / "law.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("version", "says"),
    [
        (f"{{{OK}, amount: 8% of v}}", "every version needs a 'cite'"),
        (f"{{{OK}, amount: 8% of v, cite: [x]}}", "'x' is not under 'sources:'"),
        (f"{{{OK}, amount: 8% of v, cite: []}}", "'cite' is empty"),
        (f"{{{OK}, amount: 8% of v, cite: s}}", "'cite' is a list"),
        (f"{{{OK}, amount: 0.08 of v, {CITE}}}", "write a share as '8%' or '2/3'"),
        (f"{{{OK}, amount: v * 2, {CITE}}}", "cannot read the amount 'v * 2'"),
        (f"{{{OK}, amount: 8% of v, rounded up, {CITE}}}", "stands in quotes"),
        (f"{{{OK}, test: {{v: {{over: 5}}}}, {CITE}}}", "'over' is none of the"),
        (f"{{{OK}, test: {{all: []}}, {CITE}}}", "'all' of nothing"),
        (f"{{{OK}, test: {{}}, {CITE}}}", "compares one quantity"),
        (f"{{{OK}, bands: [], {CITE}}}", "end the bands with 'otherwise'"),
        (
            f"{{{OK}, bands: [{{otherwise: a}}, {{otherwise: b}}], {CITE}}}",
            "'otherwise' comes last",
        ),
        (f"{{{OK}, bands: [{{then: a}}], {CITE}}}", "a band is 'when: … then: …'"),
        (
            f"{{{OK}, bands: [{{otherwise: a, means: yes}}], {CITE}}}",
            "a band means one of: met, not met, open",
        ),
        (f"{{{OK}, deadline: 8 weeks after d, {CITE}}}", "cannot read the deadline"),
        (f"{{{OK}, deadline: 99999 days after d, {CITE}}}", "cannot read the deadline"),
        (
            f"{{{OK}, deadline: '1 month after d, counting that day', {CITE}}}",
            "leave ', counting that day' out",
        ),
        (f"{{{OK}, {CITE}}}", "a version says one thing, and this one 0"),
        (f"{{{OK}, amount: 5, text: a, {CITE}}}", "and this one 2"),
        (f"{{{OK}, amont: 5, {CITE}}}", "'amont' is none of the words"),
        (f"{{amount: 5, {CITE}}}", "every version needs a 'from'"),
        (f"{{from: 1.1.2020, amount: 5, {CITE}}}", "write it as 2017-01-26"),
        (f"{{from: 2020-02-30, amount: 5, {CITE}}}", "write it as 2017-01-26"),
        (f"{{from: unknown, amount: 5, {CITE}}}", "'from: unknown' needs a 'seen'"),
        (f"{{{OK}, seen: 2020-01-01, amount: 5, {CITE}}}", "only beside 'from: unk"),
        (f"{{{OK}, until: 2019-01-01, amount: 5, {CITE}}}", "before the first day"),
        (f"{{{OK}, {OK}, amount: 5, {CITE}}}", "stands here a second time"),
        (f"{{{OK}, amount: {{sum_of: [1, 2]}}, {CITE}}}", "'sum_of' is none of the"),
        (f"{{{OK}, amount: {{greater_of: []}}, {CITE}}}", "'greater_of' of nothing"),
        (f"{{{OK}, amount: r, {CITE}}}", "'r' needs itself to be computed"),
    ],
)
def test_a_message_names_file_line_and_remedy(tmp_path, version, says):
    path = law(tmp_path, f"{HEAD}- {version}\n")

    with pytest.raises(LawError) as caught:
        open_law(path)

    assert str(caught.value).startswith(f"{path}:5: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "the file is empty"),
        ("- a\n", 1, "a law file is a mapping"),
        ("governed_by: d\n", 1, "needs a 'title'"),
        ("title: T\n", 1, "needs 'governed_by:'"),
        ("title: T\ngoverned_by: d\nalso: none.yaml\n", 3, "there is no file"),
        ("title: T\ngoverned_by: d\nalso: law.yaml\n", 3, "names this file again"),
        ("title: T\ngoverned_by: d\ncalendar: no.yaml\n", 3, "no calendar 'no.yaml'"),
        ("title: T\ngoverned_by: d\nsources: {s: {title: S}}\n", 3, "needs 'checked'"),
        (
            "title: T\ngoverned_by: d\nsources: {s: {checked: no}}\n",
            3,
            "needs a 'title'",
        ),
        ("title: T\ngoverned_by: d\nr: 5\n", 3, "begin each entry with '- '"),
        ("title: T\ngoverned_by: d\nr: []\n", 3, "has no version"),
        ("title: &a T\ngoverned_by: *a\n", 1, "anchors and aliases are not read"),
        ("title: [\n", 2, "this is not YAML"),
        ("[" * 9_999, 1, "nested too deeply"),
        ("title: T\ntitle: T\n", 2, "'title' stands here a second time"),
    ],
)
def test_a_broken_file_is_refused_on_its_line(tmp_path, text, line, says):
    path = law(tmp_path, text)

    with pytest.raises(LawError) as caught:
        open_law(path)

    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert says in str(caught.value)


def test_versions_stand_oldest_first(tmp_path):
    path = law(
        tmp_path,
        HEAD
        + f"- {{from: 2020-01-01, amount: 5, {CITE}}}\n"
        + f"- {{from: 2019-01-01, amount: 4, {CITE}}}\n",
    )

    with pytest.raises(LawError, match=r":6: .*list versions oldest first"):
        open_law(path)


def test_yes_no_and_on_stay_the_words_they_are(tmp_path):
    """Plain YAML would make a boolean of each."""
    path = law(tmp_path, HEAD + f"- {{{OK}, text: no, {CITE}}}\n")

    assert open_law(path).on_day(date(2020, 1, 1)).text("r") == "no"


def test_a_file_that_is_no_utf8_is_refused(tmp_path):
    path = tmp_path / "law.yaml"
    path.write_bytes("title: Gesetz über".encode("latin-1"))

    with pytest.raises(InputError, match="save it as UTF-8"):
        open_law(path)


def test_a_rule_refuses_before_between_and_after_its_versions(tmp_path):
    path = law(
        tmp_path,
        HEAD
        + f"- {{from: 2000-01-01, until: 2004-12-31, amount: 4, {CITE}}}\n"
        + "- {from: unknown, seen: 2010-01-01, until: 2014-12-31, "
        + f"amount: 5, {CITE}}}\n",
    )
    opened = open_law(path)

    def ask(year):
        return opened.on_day(date(year, 6, 1)).count("r", {})

    assert (ask(2000), ask(2004), ask(2010), ask(2014)) == (4, 4, 5, 5)
    with pytest.raises(NotInForceError, match="it is recorded from 2000-01-01"):
        ask(1999)
    with pytest.raises(NotInForceError, match="it is recorded until 2004-12-31 only"):
        ask(2007)
    with pytest.raises(NotInForceError, match="it is recorded until 2014-12-31 only"):
        ask(2020)
    with pytest.raises(NotInForceError, match="we do not know 'r' as of 2007-06-01"):
        opened.rules["r"].on(date(2007, 6, 1))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("us/ca/statute_initiativ", "did you mean 'us/ca/statute_initiative'"),
        ("statute_initiative", "did you mean"),
        ("us/ca/constitutional-initiative", "'us/ca/constitutional_initiative'"),
        ("zz", "there are laws of: "),
        ("us/ca", "is a place with several laws; say which: us/ca/"),
        ("../../etc/passwd", "there is no law"),
        ("nowhere.yaml", "there is no such law file"),
        ("", "there is no law ''"),
    ],
)
def test_an_unknown_law_is_answered_with_the_nearest(name, says):
    with pytest.raises(InputError) as caught:
        open_law(name)

    assert says in str(caught.value)
