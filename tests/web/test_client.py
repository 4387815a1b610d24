"""The typed client against a real site."""

import socket
from datetime import date
from threading import Thread

import pytest

from plebiscite.docket import store
from plebiscite.petition.measure import measure_folder, shipped_measures
from plebiscite.web.client import ApiError, Client

CALEXIT = "us/ca/16-0011"


@pytest.fixture
def client(site):
    return Client(site.url)


def test_it_lists_every_measure_that_ships(client):
    assert set(shipped_measures()) <= {each.id for each in client.measures()}


def test_it_gives_the_docket_as_the_engine_reads_it(client):
    """Oracle: the store's own reading of the file that ships."""
    expected = [each["hash"] for each in store.read(measure_folder(CALEXIT))]

    assert [each.hash for each in client.docket(CALEXIT)] == expected


def test_it_asks_as_of_a_day(client):
    """Oracle: 16-0011 was titled on 26 January 2017 and not before."""
    before = client.measure(CALEXIT, on=date(2017, 1, 25))["stage"]
    after = client.measure(CALEXIT, on=date(2017, 1, 26))["stage"]

    assert before != after


def test_what_it_has_read_it_does_not_read_again(client):
    first = client.law("us/ca/constitutional_initiative")

    assert client._get("laws/us/ca/constitutional_initiative") == first
    assert client._kept["laws/us/ca/constitutional_initiative"].data == first


def test_a_refusal_says_what_and_why(client):
    with pytest.raises(ApiError) as refused:
        client.measure("us/ca/none-1")
    assert (refused.value.status, refused.value.code) == (404, "not_found")

    with pytest.raises(ApiError) as refused:
        client.me()
    assert refused.value.code == "no_key"


@pytest.mark.parametrize(
    "half",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n[{",
        b"HTTP/1.1 500 Oh\r\nContent-Length: 90\r\n\r\n[{",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"no answer\r\n\r\n",
        b"",
    ],
)
def test_a_site_that_goes_away_in_an_answer_is_told_as_a_lost_connection(half):
    """Whoever asks catches what they catch for a site that is not there."""

    def answer_by_half():
        connection, _ = site.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(half)

    with socket.create_server(("127.0.0.1", 0)) as site:
        Thread(target=answer_by_half).start()
        client = Client(f"http://127.0.0.1:{site.getsockname()[1]}")

        with pytest.raises((OSError, ApiError)):
            client.me()
