"""The site knocks at its own door. Oracle: what comes in at a door held by the test."""

import socket
import sys
import threading

import pytest

from plebiscite.web import serve
from plebiscite.web.frame.knock import ASKED, knock

PATIENCE_S = 300
"""Nobody waits so long but where something is wrong."""
SERVER = """
import socket
with socket.create_server(("127.0.0.1", {port})) as door:
    door.settimeout({patience})
    for _ in range({times}):
        link, _who = door.accept()
        with link:
            link.recv(1000)
raise SystemExit(7)
"""
"""A server that answers nobody, and ends when it was knocked at so often."""


@pytest.fixture
def door():
    with socket.create_server(("127.0.0.1", 0)) as found:
        found.settimeout(PATIENCE_S)
        yield found


def heard(door, answer, said):
    link, _who = door.accept()
    with link:
        said.append(link.recv(1000))
        link.sendall(answer)


def test_a_knock_asks_for_a_file_that_is_there(site):
    asked = site.visitor().ask("HEAD", ASKED)

    assert asked.status == 200
    assert knock("localhost", int(site.url.rpartition(":")[2]), 3) == 3


@pytest.mark.parametrize(("answer", "came"), [(b"HTTP/1.1 200 OK", 1), (b"", 0)])
def test_a_knock_is_a_whole_question_and_takes_no_answer_for_one(door, answer, came):
    said = []
    server = threading.Thread(target=heard, args=(door, answer, said))
    server.start()

    assert knock(*door.getsockname()) == came
    server.join(PATIENCE_S)
    assert said[0].startswith(f"HEAD {ASKED} HTTP/1.1\r\n".encode())
    assert said[0].endswith(b"\r\n\r\n")


def test_a_server_that_never_answers_is_not_waited_for(door):
    """It has taken the connection, and says nothing."""
    assert knock(*door.getsockname()) == 0


def test_nobody_at_home_is_no_fault(door):
    host, port = door.getsockname()
    door.close()

    assert knock(host, port) == 0


def test_who_serves_knocks_again_and_again(door, monkeypatch, tmp_path):
    """Else this waits until the server that counts the knocks loses its patience."""
    port = door.getsockname()[1]
    door.close()
    words = SERVER.format(port=port, patience=PATIENCE_S, times=4)
    command = [sys.executable, "-c", words]
    monkeypatch.setattr(serve, "server_command", lambda **_: command)
    serve.make_home(tmp_path / "home")
    environ = serve.environment(tmp_path / "home")

    ended = serve.serve(environ, host="127.0.0.1", port=port, workers=2, threads=1)

    assert ended == 7
