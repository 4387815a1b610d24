"""Every word of a law's files, given a value of another kind.

Oracle: the word itself, as the file writes it, and on its own line; what kind it is
follows from the reference of law files.
"""

import pytest

from plebiscite.errors import LawError
from plebiscite.rules.file.calendar import read_calendar
from plebiscite.rules.rulebook import open_law
from plebiscite.rules.worked.cases import read_cases

TEXT = "is a text; write it on one line"
LIST = "is a list; begin each entry with '- '"
MAPPING = "is a mapping; write it as 'word: value'"
DAY = "is a day; write it as 2017-01-26, not 'soon'"
HEAD = "title: T\ngoverned_by: d\nsources: {s: {title: S, checked: no}}\nr:\n"
MET = "{a: {at_least: 1}}"
STEP = f"step: s, by: b, test: {MET}"
CORRECTION = "name: N, day: 05-02, holiday: no, from: 2010-01-01, cite: [s]"


def refused(read, path, text):
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LawError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{text.rstrip().count(chr(10)) + 1}: ")
    return str(caught.value).partition(": ")[2]


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("text: [a]", f"'text' {TEXT}"),
        ("deadline: [a]", f"a deadline {TEXT}"),
        ("amount: [a]", f"an amount {MAPPING}"),
        ("amount: {sum: 5}", f"'sum' {LIST}"),
        ("amount: {lesser_of: 5}", f"'lesser_of' {LIST}"),
        ("amount: {sum_over: 5}", f"'sum_over' {MAPPING}"),
        ("amount: {sum_over: {of: [a], each: b}}", f"'of' {TEXT}"),
        ("amount: {sum_over: {off: a, each: b}}", "'off' is none of the words of"),
        ("amount: {function: [a], of: [b]}", f"'function' {TEXT}"),
        ("amount: {function: us_sd_sample, of: a}", f"'of' {LIST}"),
        ("amount: {count_of: 5}", f"'count_of' {MAPPING}"),
        ("test: [a]", f"a test {MAPPING}"),
        ("test: {all: 5}", f"'all' {LIST}"),
        ("test: {a: [b]}", f"the test of 'a' {MAPPING}"),
        ("test: {routes: 5}", f"'routes' {MAPPING}"),
        ("test: {steps: 5}", f"'steps' {LIST}"),
        ("test: {steps: [5]}", f"'a step' {MAPPING}"),
        (f"test: {{steps: [{{{STEP.replace('s,', '[s],')}}}]}}", f"'step' {TEXT}"),
        (f"test: {{steps: [{{{STEP.replace('b,', '[b],')}}}]}}", f"'by' {TEXT}"),
        (f"test: {{steps: [{{{STEP}, deadline: [x]}}]}}", f"'deadline' {TEXT}"),
        (f"test: {{steps: [{{{STEP}, note: [x]}}]}}", f"'note' {TEXT}"),
        (f"test: {{steps: [{{{STEP}, cite: x}}]}}", f"'cite' {LIST}"),
        (f"test: {{parts: {{of: [a], meet: {MET}, in: {{b: c}}}}}}", "'b' is none of"),
        (f"test: {{parts: {{of: a, meet: {MET}, in: 5}}}}", f"'in' {MAPPING}"),
        (
            f"test: {{parts: {{of: a, meet: {MET}, weight: [w], in: {MET[4:-1]}}}}}",
            f"'weight' {TEXT}",
        ),
        (
            f"test: {{elections: {{needs: 2, consecutive: [no], each: {MET}}}}}",
            f"'consecutive' {TEXT}",
        ),
        ("test: {judgment: {of: [a], question: b}}", f"the body {TEXT}"),
        ("test: {judgment: {of: a, question: [b]}}", f"'question' {TEXT}"),
        ("choose: 5", f"'choose' {MAPPING}"),
        ("choose: {a: [b], otherwise: c}", f"the name of a rule {TEXT}"),
        ("bands: 5", f"'bands' {LIST}"),
        ("bands: [5]", f"a band {MAPPING}"),
        ("bands: [{otherwise: [a]}]", f"a band's name {TEXT}"),
        (f"bands: [{{when: {MET}, then: [a]}}, {{otherwise: b}}]", "a band's name is"),
        ("bands: [{otherwise: a, means: [b]}]", f"'means' {TEXT}"),
        ("amount: 5, note: [a]", f"'note' {TEXT}"),
        ("amount: 5, until: soon", f"'until' {DAY}"),
        ("amount: 5, until: [a]", f"'until' {TEXT}"),
    ],
)
def test_a_version_s_word_of_another_kind_is_refused_by_name(tmp_path, says, said):
    text = f"{HEAD}- {{from: 2020-01-01, cite: [s], {says}}}\n"

    assert refused(open_law, tmp_path / "law.yaml", text).startswith(said)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("- 5", f"a version {MAPPING}"),
        ("- {from: soon, cite: [s], amount: 5}", f"'from' {DAY}"),
        ("- {from: unknown, seen: soon, cite: [s], amount: 5}", f"'seen' {DAY}"),
        ("- {from: 2020-01-01, cite: [[s]], amount: 5}", f"a source's key {TEXT}"),
        ("  {governed_by: [a], versions: []}", f"'governed_by' {TEXT}"),
        ("  {published: 5, versions: []}", f"'published' {LIST}"),
        ("  {published: [5], versions: []}", f"a published figure {MAPPING}"),
        (
            "  {published: [{from: 2020-01-01, cite: [s], value: [5]}], versions: []}",
            f"'value' {TEXT}",
        ),
        ("  {versions: 5}", f"the rule 'r' {LIST}"),
    ],
)
def test_a_rule_s_word_of_another_kind_is_refused_by_name(tmp_path, rule, said):
    text = f"{HEAD}{rule}\n"

    assert refused(open_law, tmp_path / "law.yaml", text).startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title: [T]", f"'title' {TEXT}"),
        ("title: T\nplace: [P]", f"'place' {TEXT}"),
        ("title: T\ninstrument: [I]", f"'instrument' {TEXT}"),
        ("title: T\nalso: [a.yaml]", f"'also' {TEXT}"),
        ("title: T\ngoverned_by: [d]", f"'governed_by' {TEXT}"),
        ("title: T\ngoverned_by: d\ncalendar: [c]", f"'calendar' {TEXT}"),
        ("title: T\ngoverned_by: d\nassume: 5", f"'assume' {MAPPING}"),
        (
            "title: T\ngoverned_by: d\nassume: {a: [b]}",
            f"the clock that stands in for 'a' {TEXT}",
        ),
        ("title: T\nsources: 5", f"'sources' {MAPPING}"),
        ("title: T\nsources: {k: 5}", f"the source 'k' {MAPPING}"),
        ("title: T\nsources: {k: {title: [a], checked: no}}", f"'title' {TEXT}"),
        ("title: T\nsources: {k: {title: a, checked: soon}}", f"'checked' {DAY}"),
        ("title: T\nsources: {k: {title: a, checked: no, url: [b]}}", f"'url' {TEXT}"),
        ("title: T\nsources: {k: {tilte: a}}", "'tilte' is none of the words of the "),
        ("title: T\ngoverned_by: d\n? [a, b]\n: 5", "a key is a single word"),
    ],
)
def test_a_law_s_own_word_of_another_kind_is_refused_by_name(tmp_path, line, said):
    path = tmp_path / "law.yaml"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(LawError) as caught:
        open_law(path)

    assert str(caught.value).partition(": ")[2].startswith(said)
    assert caught.value.line == line.partition("\n:")[0].count("\n") + 1


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("day: 05-02", "day: [05-02]", f"'day' {TEXT}"),
        ("name: N", "name: [N]", f"'name' {TEXT}"),
        ("holiday: no", "holiday: [no]", f"'holiday' {TEXT}"),
        ("day: 05-02", "called: [a]", f"'called' {TEXT}"),
        ("day: 05-02", "day: 05-02, on: [friday]", f"'on' {TEXT}"),
        ("day: 05-02", "day: 05-02, until: soon", f"'until' {DAY}"),
        ("from: 2010-01-01", "from: soon", f"'from' {DAY}"),
        (f"{{{CORRECTION}}}", "5", f"a correction {MAPPING}"),
        (f"[{{{CORRECTION}}}]", "5", f"'corrections' {LIST}"),
    ],
)
def test_a_calendar_s_word_of_another_kind_is_refused_by_name(
    tmp_path, was, becomes, said
):
    text = "title: T\nsources: {s: {title: S, checked: no}}\ncorrections: "
    text += f"[{{{CORRECTION}}}]\n".replace(was, becomes)

    assert refused(read_calendar, tmp_path / "calendar.yaml", text).startswith(said)


@pytest.mark.parametrize(
    ("says", "said"),
    [
        ("- 5", f"a case {MAPPING}"),
        ("- {case: [a], day: 2020-01-01, gives: b}", f"'case' {TEXT}"),
        ("- {case: a, day: soon, gives: b}", f"'day' {DAY}"),
        ("- {case: a, day: 2020-01-01, gives: [b]}", f"'gives' {TEXT}"),
        ("- {case: a, day: 2020-01-01, gives: b, rule: [c]}", f"'rule' {TEXT}"),
        ("- {case: a, day: 2020-01-01, gives: b, source: [c]}", f"'source' {TEXT}"),
        ("- {case: a, dates: 5, gives: b}", f"'dates' {MAPPING}"),
        ("- {case: a, dates: {filed: soon}, gives: b}", f"filed {DAY}"),
        ("- {case: a, day: 2020-01-01, gives: b, facts: 5}", f"'facts' {MAPPING}"),
        ("case: a", f"a file of cases {LIST}"),
    ],
)
def test_a_case_s_word_of_another_kind_is_refused_by_name(tmp_path, says, said):
    found = refused(read_cases, tmp_path / "law.cases.yaml", f"{says}\n")

    assert found.startswith(said)
