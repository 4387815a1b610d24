"""Who sends slowly has a thread, and never all of them.

Oracle: bodies that come when the test lets them, so that it is known who is sending.
"""

import threading
from contextlib import suppress

import pytest

from plebiscite.web.frame.crowd import SENDING, SENDING_OF_ONE, Crowd, threads_for
from plebiscite.web.frame.senders import Senders

PATIENCE_S = 300
"""Nobody waits so long but where something is wrong."""


class Dripping:
    """What comes only when it is let go; or never, and then the sender is gone."""

    def __init__(self):
        self.asked, self.come, self.gone = threading.Event(), threading.Event(), False

    def read(self, size):
        self.asked.set()
        assert self.come.wait(PATIENCE_S)
        return b"" if self.gone else b"four"[:size]


def reading(environ, start_response):
    said = environ["wsgi.input"].read(4) if "wsgi.input" in environ else b"none"
    start_response("200 OK", [])
    return [said]


def ask(crowd, body=None, address="192.0.2.1", path="/"):
    said = []
    environ = {"PATH_INFO": path, "REMOTE_ADDR": address}
    if body is not None:
        sent = {"wsgi.input": body, "CONTENT_LENGTH": "4", "REQUEST_METHOD": "POST"}
        environ |= sent
    crowd(environ, lambda status, *_: said.append(status))
    return said[0]


@pytest.fixture
def begin():
    """Begin to send to a crowd; return the bodies, and the threads that wait."""
    begun = []

    def begin(crowd, addresses, path="/"):
        for address in addresses:
            body = Dripping()
            asking = {"body": body, "address": address, "path": path}
            thread = threading.Thread(target=quietly, args=(crowd,), kwargs=asking)
            thread.start()
            begun.append((body, thread))
            assert body.asked.wait(PATIENCE_S)
        return begun

    yield begin
    for body, thread in begun:
        body.come.set()
        thread.join(PATIENCE_S)


def quietly(crowd, **asking):
    with suppress(ConnectionResetError):  # the sender went away
        ask(crowd, **asking)


def come():
    body = Dripping()
    body.come.set()
    return body


def test_from_one_address_so_many_send_and_others_and_readers_are_served(begin):
    crowd = Crowd(reading, at_once=1, patience=PATIENCE_S)

    begin(crowd, ["192.0.2.1"] * SENDING_OF_ONE)

    assert ask(crowd, come()).startswith("503")
    assert ask(crowd, come(), address="192.0.2.2") == "200 OK"
    assert ask(crowd) == "200 OK"


def test_from_all_addresses_so_many_send_and_threads_are_left_for_readers(begin):
    crowd = Crowd(reading, at_once=1, patience=PATIENCE_S)

    begin(crowd, [f"192.0.2.{n}" for n in range(SENDING)])

    assert ask(crowd, come(), address="198.51.100.1").startswith("503")
    assert ask(crowd) == "200 OK"
    assert threads_for(1) > SENDING


def test_behind_a_proxy_one_address_is_everybody(begin):
    crowd = Crowd(reading, at_once=1, patience=PATIENCE_S, behind=True)

    begin(crowd, ["127.0.0.1"] * SENDING_OF_ONE)

    assert ask(crowd, come(), address="127.0.0.1") == "200 OK"


@pytest.mark.parametrize("gone", [False, True])
def test_who_has_sent_all_or_has_gone_leaves_room(begin, gone):
    crowd = Crowd(reading, at_once=1, patience=PATIENCE_S)

    for body, thread in begin(crowd, ["192.0.2.1"] * SENDING_OF_ONE):
        body.gone = gone
        body.come.set()
        thread.join(PATIENCE_S)

    for _ in range(2 * SENDING_OF_ONE):
        assert ask(crowd, come()) == "200 OK"


def test_what_nobody_read_leaves_room_too():
    def deaf(_environ, start_response):
        start_response("200 OK", [])
        return []

    crowd = Crowd(deaf, at_once=1, patience=PATIENCE_S)

    for _ in range(2 * SENDING):
        assert ask(crowd, Dripping()) == "200 OK"


def test_to_send_slowly_to_the_health_page_is_sending_all_the_same(begin):
    """Only to ask for it is never held up."""
    crowd = Crowd(reading, at_once=1, patience=PATIENCE_S)

    begin(crowd, ["192.0.2.1"] * SENDING_OF_ONE, path="/healthz")

    assert ask(crowd, come(), path="/healthz").startswith("503")
    assert ask(crowd, path="/healthz") == "200 OK"


def test_nobody_who_is_not_sending_is_remembered():
    """Addresses of people are kept no longer than they are needed."""
    senders = Senders(most=2, of_one=1)

    assert senders.come("192.0.2.1")
    assert not senders.come("192.0.2.1")
    senders.go("192.0.2.1")

    assert "192.0.2.1" not in repr(vars(senders))
