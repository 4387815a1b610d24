"""Uploads that never come whole, at the socket of a real server.

Oracle: the same bytes sent whole are answered; of those cut off there is afterwards no
row, no file and no error in the log, and the site answers others meanwhile.
"""

import socket
import struct
import time
from urllib.parse import urlsplit

import pytest

PATH = "/county/simulated/16-0012/Alpine/files/"
BOUNDARY = "----made-up"
COUNT = (
    "from plebiscite.web.county.models import Upload\n"
    "print(json.dumps(Upload.objects.filter(name='halfway.csv').count()))"
)
SIZE = 4 * 2**20
VANISHED = struct.pack("ii", 1, 0)
"""A socket that lingers for no second is reset when it is closed."""


@pytest.fixture
def sending(site):
    """Begin to send a form of 4 MB; return the socket, and what is still to come."""
    who, where = site.sign_in("county"), urlsplit(site.url)
    made = []

    def begin(first, kind="manifest"):
        fields = {"csrfmiddlewaretoken": who.token(), "kind": kind}
        head = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{value}\r\n"
            for name, value in fields.items()
        )
        head += (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            'filename="halfway.csv"\r\nContent-Type: text/csv\r\n\r\n'
        )
        body = head.encode() + b"x" * SIZE + f"\r\n--{BOUNDARY}--\r\n".encode()
        cookies = "; ".join(f"{each.name}={each.value}" for each in who.jar)
        link = socket.create_connection((where.hostname, where.port), timeout=300)
        made.append(link)
        link.sendall(
            f"POST {PATH} HTTP/1.1\r\nHost: {where.netloc}\r\nReferer: {site.url}\r\n"
            f"Cookie: {cookies}\r\nContent-Length: {len(body)}\r\n"
            f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode()
        )
        link.sendall(body[:first])
        return link, body[first:]

    yield begin
    for link in made:
        link.close()


def coming(site):
    """Return the files that uploads are being written to."""
    places = (site.home / "uploads", site.home / "county")
    return {
        path
        for place in places
        for path in place.rglob("*")
        if "upload" in path.name and path.is_file()
    }


def until(what, seconds=300):
    end = time.monotonic() + seconds
    while not (found := what()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


def test_who_vanishes_in_the_middle_leaves_nothing_behind(site, sending):
    before, said = coming(site), site.log.stat().st_size
    link, rest = sending(SIZE // 2)
    assert until(lambda: coming(site) - before), "nothing was being taken in"

    link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, VANISHED)
    link.close()

    assert until(lambda: coming(site) <= before)
    assert site.do(COUNT) == 0
    assert site.sign_in("county").get(PATH).status == 200
    log = site.log.read_bytes()[said:]
    assert b"ERROR" not in log
    assert b"Traceback" not in log
    # The same bytes sent whole do arrive: as no kind of file, so that nothing is kept.
    link, rest = sending(SIZE // 2, kind="nothing")
    link.sendall(rest)
    assert link.recv(64).startswith(b"HTTP/1.1 400 ")


def test_many_who_send_slowly_hold_nobody_up(site, sending):
    """More of them than answers are made at once: whoever asks meanwhile is answered.

    They still send when the answer is there: nobody has waited for their end.
    """
    before = coming(site)
    slow = [sending(70_000 + n)[0] for n in range(20)]

    for _ in range(3):
        for link in slow:
            link.sendall(b"x")
        assert site.visitor().get("/measures/").status == 200

    for link in slow:
        link.close()
    assert until(lambda: coming(site) <= before)
    assert site.do(COUNT) == 0
