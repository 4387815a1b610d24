"""More people than there are places: some wait, the rest are sent away in order.

Oracle: an application whose answers are held up by hand, so that it is known how many
are being made.
"""

import json
import threading
import time
from io import BytesIO

import pytest

from plebiscite.web.frame.crowd import Crowd, threads_for

PATIENCE_S = 300
"""Nobody waits so long but where something is wrong."""


class Held:
    """An application that answers when it is let go, and counts who is inside."""

    def __init__(self):
        self.go, self.inside, self.most = threading.Event(), 0, 0
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.go.wait(PATIENCE_S)
        with self.lock:
            self.inside -= 1
        start_response("200 OK", [])
        return [b"made"]


def asking(crowd, path="/"):
    """Ask from a thread of its own; return it and where the status will stand."""
    said = {}

    def answer(status, headers):
        said["status"], said["headers"] = status, dict(headers)

    def ask():
        said["body"] = b"".join(crowd({"PATH_INFO": path}, answer))

    thread = threading.Thread(target=ask)
    thread.start()
    return thread, said


def settled(held, number):
    end = time.monotonic() + PATIENCE_S
    while held.inside != number and time.monotonic() < end:
        time.sleep(0.005)
    return held.inside == number


def test_no_more_are_served_at_once_than_there_are_places():
    held = Held()
    crowd = Crowd(held, at_once=3, patience=PATIENCE_S)

    everybody = [asking(crowd) for _ in range(8)]
    assert settled(held, 3)
    held.go.set()
    for thread, _said in everybody:
        thread.join(PATIENCE_S)

    assert held.most == 3
    assert [said["status"] for _, said in everybody] == ["200 OK"] * 8


@pytest.mark.parametrize(
    ("path", "kind", "word"),
    [
        ("/measures/", "text/html", "Nothing of it was stored"),
        ("/es/measures/", "text/html", "No se guardó nada"),
        ("/api/v1/measures", "application/json", "crowded"),
    ],
)
def test_who_finds_no_place_in_time_is_asked_to_come_back(path, kind, word):
    held = Held()
    crowd = Crowd(held, at_once=1, patience=0.01)
    first, served = asking(crowd)
    assert settled(held, 1)

    late, sent = asking(crowd, path)
    late.join(PATIENCE_S)
    held.go.set()
    first.join(PATIENCE_S)

    assert sent["status"].startswith("503")
    assert int(sent["headers"]["Retry-After"]) > 0
    assert sent["headers"]["Content-Type"].startswith(kind)
    assert word in sent["body"].decode()
    assert len(sent["body"]) == int(sent["headers"]["Content-Length"])
    assert served["status"] == "200 OK"
    if kind == "application/json":
        assert json.loads(sent["body"])["error"]["code"] == "crowded"


@pytest.mark.parametrize("path", ["/healthz", "/static/plebiscite.css"])
def test_whether_the_site_lives_is_answered_in_any_crowd(path):
    held = Held()
    crowd = Crowd(held, at_once=1, patience=0.01)
    first, _ = asking(crowd)
    assert settled(held, 1)

    second, said = asking(crowd, path)
    assert settled(held, 2)
    held.go.set()
    for thread in (first, second):
        thread.join(PATIENCE_S)

    assert said["status"] == "200 OK"


def test_a_fault_gives_its_place_back():
    def broken(_environ, _start):
        raise ValueError("a fault")

    crowd = Crowd(broken, at_once=1, patience=0.01)

    for _ in range(3):
        with pytest.raises(ValueError, match="a fault"):
            crowd({"PATH_INFO": "/"}, lambda *_: None)


def test_who_sends_slowly_leaves_the_place_to_others_and_takes_it_again():
    """One place; the first sender's bytes come once the second was answered."""
    body = Slow()

    def reading(environ, start_response):
        said = environ["wsgi.input"].read(4) if "wsgi.input" in environ else b"none"
        start_response("200 OK", [])
        return [said]

    crowd, said = Crowd(reading, at_once=1, patience=0.01), {}
    slow = threading.Thread(
        target=lambda: said.update(
            body=crowd(
                {"PATH_INFO": "/", "wsgi.input": body, "CONTENT_LENGTH": "4"},
                lambda *_: None,
            )
        )
    )
    slow.start()
    assert body.asked.wait(PATIENCE_S)

    assert crowd({"PATH_INFO": "/"}, lambda *_: None) == [b"none"]
    body.come.set()
    slow.join(PATIENCE_S)

    assert said["body"] == [b"four"]
    assert crowd({"PATH_INFO": "/"}, lambda *_: None) == [b"none"]


@pytest.mark.parametrize("ask", ["read", "read(8)", "read(2)", "readline", "whole"])
def test_what_ends_before_it_is_whole_is_never_taken_for_the_whole(ask):
    """Of ten bytes six came; a server whose client has gone says only: no more."""

    def reading(environ, _start):
        body, found = environ["wsgi.input"], []
        if ask == "whole":
            return list(body)
        how, _, size = ask.rstrip(")").partition("(")
        while piece := getattr(body, how)(int(size or -1)):
            found.append(piece)
        return found

    def asked(text):
        crowd = Crowd(reading, at_once=1)
        sent = {"wsgi.input": BytesIO(text), "CONTENT_LENGTH": "10"}
        return crowd({"PATH_INFO": "/", **sent}, lambda *_: None)

    assert b"".join(asked(b"one\ntwo\nxx")) == b"one\ntwo\nxx"
    with pytest.raises(ConnectionResetError, match="before it was whole"):
        asked(b"one\ntw")


class Slow:
    """A body that comes when it is let go."""

    def __init__(self):
        self.asked, self.come = threading.Event(), threading.Event()

    def read(self, size):
        self.asked.set()
        assert self.come.wait(PATIENCE_S)
        return b"four"[:size]


def test_those_who_wait_have_threads_too():
    assert threads_for(4) > 4
