"""The API: the same numbers as the engine, keys with scopes, one shape of error."""

import json

import pytest

from plebiscite.docket import store
from plebiscite.petition.measure import measure_folder

V1, CALEXIT = "/api/v1", "/api/v1/measures/us/ca/16-0011"


def assert_error(answer, status, code):
    """Hold an answer against the one shape that every error has."""
    assert answer.status == status, answer.text
    assert set(answer.json) == {"error"}
    assert set(answer.json["error"]) == {"code", "message", "refusals"}
    assert answer.json["error"]["code"] == code
    assert answer.json["error"]["message"]


@pytest.fixture(scope="module")
def key(site):
    """Make keys: `key("state", "read", "record")` returns the header to send."""

    def make(who, *scopes, lasts="days=1"):
        made = site.do(
            "from datetime import timedelta\n"
            "from plebiscite.web.accounts.models import User\n"
            "from plebiscite.web.accounts.tokens import make\n"
            f"user = User.objects.get(email='{who}@demo.invalid')\n"
            f"key = make(user, 'for tests', {list(scopes)}, lasts=timedelta({lasts}))\n"
            "print(json.dumps(key))"
        )
        return {"Authorization": f"Bearer {made}"}

    return make


def test_the_docket_is_the_file_event_by_event(site):
    """Oracle: the docket that ships with the program, read by its own store."""
    events = store.read(measure_folder("us/ca/16-0011"))

    found = site.visitor().get(f"{CALEXIT}/docket?size=500").json

    assert found["count"] == len(events)
    assert found["items"] == events


def test_the_required_count_is_the_published_one(site):
    """Oracle: 585,407, the Secretary of State's figure for #1795."""
    counts = site.visitor().get(f"{CALEXIT}/counts").json

    assert counts["required"]["value"] == 585_407


def test_pages_of_a_list_join_to_the_whole_list(site):
    whole = site.visitor().get(f"{V1}/measures?size=500").json
    joined, address = [], f"{V1}/measures?size=4"
    while address:
        part = site.visitor().get(address).json
        joined += part["items"]
        address = part["next"]

    assert joined == whole["items"]
    assert len(joined) == whole["count"] > 4


def test_a_reader_who_has_the_answer_gets_none_again(site):
    first = site.visitor().get(CALEXIT)
    again = site.visitor().get(CALEXIT, **{"If-None-Match": first.headers["Etag"]})

    assert (again.status, again.body) == (304, b"")


def test_every_error_has_the_one_shape(site, key):
    visitor = site.visitor()

    assert_error(visitor.get(f"{V1}/measures/us/ca/no-99"), 404, "not_found")
    assert_error(visitor.get(f"{V1}/measures?page=0"), 422, "refused")
    assert_error(visitor.get(f"{CALEXIT}?on=soon"), 422, "refused")
    assert_error(visitor.get(f"{V1}/me"), 401, "no_key")
    assert_error(visitor.get(f"{V1}/me", Authorization="Bearer x"), 401, "no_key")
    assert_error(visitor.ask("DELETE", f"{V1}/measures"), 405, "wrong_method")
    assert_error(visitor.get(f"{V1}/jobs", **key("state", "read")), 403, "not_allowed")
    assert_error(visitor.get(f"{V1}/no/such/thing"), 404, "not_found")


def test_a_key_says_whom_it_acts_for(site, key):
    found = site.visitor().get(f"{V1}/me", **key("county", "read")).json

    assert found["email"] == "county@demo.invalid"
    assert [(each["role"], each["county"]) for each in found["roles"]] == [
        ("county", "Alpine")
    ]


def test_a_key_ends(site, key):
    gone = key("county", "read", lasts="days=-1")

    assert_error(site.visitor().get(f"{V1}/me", **gone), 401, "no_key")


EVENT = {
    "day": "2026-11-20",
    "kind": "quarter_notice",
    "by": "the proponent",
    "authority": "Cal. Elec. Code § 9034",
    "body": {"collected": 1},
}


def record(site, header, event=EVENT, measure=CALEXIT):
    header = {**header, "Content-Type": "application/json"}
    body = json.dumps(event).encode()
    return site.visitor().ask("POST", f"{measure}/docket", body, **header)


def test_only_the_state_office_with_the_scope_records_events(site, key):
    assert_error(record(site, {}), 401, "no_key")
    assert_error(record(site, key("state", "read")), 403, "not_allowed")
    assert_error(record(site, key("county", "record")), 403, "not_allowed")


def test_the_docket_refuses_what_may_not_follow(site, key):
    """Oracle: 16-0011 was withdrawn; nothing circulates after that."""
    answer = record(site, key("state", "record"))

    assert_error(answer, 422, "refused")


def test_an_event_said_twice_is_recorded_once_and_shown(site, key):
    at_work = f"{V1}/measures/simulated/16-0012"
    events = site.visitor().get(f"{at_work}/docket").json
    if "count" not in events:
        pytest.skip("the demonstration holds no measure at work")
    note = {**EVENT, "kind": "noted", "body": {"words": "the county is closed"}}
    header = key("state", "record")

    first = record(site, header, note, at_work)
    again = record(site, header, note, at_work)

    assert (first.status, again.status, again.json) == (201, 201, [])
    told = site.visitor().get(f"{at_work}/docket?size=500").json
    assert told["count"] == events["count"] + 1
    assert told["items"][-1]["hash"] == first.json[0]["hash"]
