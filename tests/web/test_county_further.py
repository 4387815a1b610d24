"""After the draw: extended, revised, counted whole; what was before stays to see."""

import json
import subprocess
import sys

import pytest
from cluster import why_not
from county_whole import MEASURE, offices

from plebiscite.docket import store

pytestmark = pytest.mark.long

LINES = 620
PAGE = f"/county/{MEASURE}/Alpine/"
SEED, FRESH = "31415926", "27182818284"
EXTEND = f"""
client = signed_in('county')
def further(seed, number='60'):
    said = {{'act': 'further', 'seed': seed, 'further': number}}
    answer = client.post('{PAGE}draw/', said)
    return [answer.status_code, answer.content.decode()]
"""
LINE = "[[n.line_id, n.version, n.state] for n in desk.lines.order_by('position')]"
CERTIFIED = """
settle()
close(desk, at=AT)
made = certify()
print(json.dumps([made.head, made.drawn, made.round]))
"""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def copies(request, tmp_path_factory):
    """Copies of an office with 500 of 620 lines drawn, each of them settled."""
    if request.param == "postgresql" and (reason := why_not()):
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("further")
    with offices(folder, request.param, LINES) as found:
        yield found


def docket(office, kind):
    events = store.read(office.home / "measures" / MEASURE)
    return [event["body"] for event in events if event["kind"] == kind]


def checked(office, name):
    """Run the kit that lies in a published bundle."""
    folder = office.home / "measures" / MEASURE / "public" / name
    done = subprocess.run(
        [sys.executable, "-I", "check.py"],
        cwd=folder / "bundle",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((folder / "certificate.json").read_bytes())


def test_a_sample_is_extended_with_fresh_dice_and_nothing_found_is_lost(copies):
    office = copies.another()
    before = office.do(f"print(json.dumps({LINE}))")
    assert len(before) == 500
    used = office.do(f"{EXTEND}\nprint(json.dumps(further('{SEED}')))")
    many = office.do(f"{EXTEND}\nprint(json.dumps(further('{FRESH}', '121')))")
    assert (used[0], many[0]) == (409, 409)
    assert "was used on this commitment before" in used[1]
    assert "only 120 are left" in many[1]

    assert office.do(f"{EXTEND}\nprint(json.dumps(further('{FRESH}')))")[0] == 302
    assert set(office.do("print(json.dumps(jobs()))")) == {""}

    after = office.do(f"print(json.dumps({LINE}))")
    assert after[:500] == before
    assert len(after) == len({line_id for line_id, *_ in after}) == 560
    assert {version for _id, version, _state in after[500:]} == {0}
    head, drawn, round_ = office.do(CERTIFIED)
    data = checked(office, "Alpine")
    assert (head, drawn, round_) == (
        docket(office, "certified")[0]["bundle_head"],
        560,
        0,
    )
    assert data["counties"][0]["sampled"] == 560
    assert [body["seed"] for body in docket(office, "sample_drawn")] == [SEED, FRESH]


def test_an_extension_cut_off_before_its_row_is_completed_by_the_same_dice(copies):
    office = copies.another()
    cut = """
from plebiscite.web.county.drawing import further as module
def cut(*_all, **_more):
    raise SystemExit(9)
module.{step} = cut
module.draw_further(desk, seed='27182818284', further=60, by='Cora', at=AT)
"""
    from county_whole import START

    for step in ("record", "_go_on"):  # before the docket is told, and after it
        assert office.start(START + cut.format(step=step)).returncode == 9
    assert office.do("print(json.dumps(desk.drawn))") == 500
    list_ = office.home / "county" / "desk-1" / "office" / "drawn-2.csv"
    drawn = list_.read_bytes()
    other = office.do(f"{EXTEND}\nprint(json.dumps(further('55555555')))")
    assert other[0] == 409
    assert "27182818284" in other[1]

    assert office.do(f"{EXTEND}\nprint(json.dumps(further('{FRESH}')))")[0] == 302
    assert list_.read_bytes() == drawn
    assert office.do("print(json.dumps(desk.drawn))") == 560
    assert len(docket(office, "sample_drawn")) == 2


def test_counts_revised_after_the_draw_leave_both_to_be_seen(copies):
    """Two lines more were filed in the last section than the manifest said.

    The act is cut off before the docket is told, and after it, and told once.
    """
    office = copies.another()
    place = office.home / "county" / "desk-1" / "office"
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    revise = f"""
from plebiscite.web.county.demo import hand_in
from plebiscite.web.county.files.take import take
client = signed_in('county')
def revise():
    answer = client.post('{PAGE}commit/', {{'act': 'revise'}})
    return [answer.status_code, client.get('{PAGE}commit/').content.decode()]
early = revise()
path = settings.HOME / 'corrected.csv'
text = (desk.office / 'manifest.csv').read_text()
path.write_text(text.replace('Alpine,61,10,0', 'Alpine,61,12,0'))
take(hand_in(desk, Kind.MANIFEST, path, User.objects.get(name='Cora')), silent)
path.unlink()
from plebiscite.web.county.drawing import further as module
def cut(*_all, **_more):
    raise SystemExit(9)
for step in ('record', '_note'):
    kept = getattr(module, step)
    setattr(module, step, cut)
    try:
        revise()
    except SystemExit:
        setattr(module, step, kept)
print(json.dumps([early, revise(), revise()]))
"""
    early, done, again = office.do(revise)

    assert (early[0], done[0], again[0]) == (409, 302, 409)
    assert "Alpine 620" in done[1]
    assert "Alpine 622" in done[1]
    after = {path.name: path.read_bytes() for path in place.iterdir()}
    gone = {name for name in before if after[name] != before[name]}
    assert gone == {"commitment.draws.jsonl"}  # one line longer: who took its place
    assert after["commitment.draws.jsonl"].startswith(before["commitment.draws.jsonl"])
    told = docket(office, "raw_counts_committed")
    assert [body["raw"] for body in told] == [{"Alpine": 620}, {"Alpine": 622}]
    assert told[1]["was"] == {"Alpine": 620}
    assert told[1]["revises"] == told[0]["commitment"]
    office.do(CERTIFIED)
    data = checked(office, "Alpine")
    assert data["raw"] == 622
    assert any("620 to 622" in note for note in data["notes"])
    assert docket(office, "raw_counts_committed") == told


def test_every_line_is_counted_after_a_sample_and_both_certificates_stay(copies):
    office = copies.another()
    ask = f"""
client = signed_in('county')
def ask(**said):
    answer = client.post('{PAGE}draw/', {{'act': 'every_now', **said}})
    return answer.status_code
"""
    assert office.do(f"{ask}\nprint(ask(source='the state'))") == 409
    office.do(CERTIFIED)
    public = office.home / "measures" / MEASURE / "public"
    first = {p: p.read_bytes() for p in (public / "Alpine").rglob("*") if p.is_file()}
    assert office.do(f"{ask}\nprint(ask(source=' '))") == 409
    assert office.do(f"{ask}\nprint(ask(source='the state, 2017-09-29'))") == 302
    assert set(office.do("print(json.dumps(jobs()))")) == {""}
    waits = "desk.lines.filter(state='open').count()"
    assert office.do(f"print(json.dumps([{waits}, desk.lines.count()]))")[1] == 620

    _head, drawn, round_ = office.do(CERTIFIED)

    assert (drawn, round_) == (620, 1)
    assert {p: p.read_bytes() for p in first} == first
    assert checked(office, "Alpine")["counties"][0]["sampled"] == 500
    assert checked(office, "Alpine-full")["counties"][0]["sampled"] == 620
    heads = [body["bundle_head"] for body in docket(office, "certified")]
    assert len(set(heads)) == 2
    kept = "from plebiscite.web.county.retention.purge import planned\n"
    stays = office.do(f"{kept}print(json.dumps(planned(desk)['stays']))")
    assert {"verification/public/head.txt", "verification-2/public/head.txt"} <= {
        *stays
    }
