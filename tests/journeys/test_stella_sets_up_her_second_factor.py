"""Stella of the state office comes in by invitation and guards her account."""

import hmac
import re
import struct
import time
from base64 import b32decode
from hashlib import sha1

import pytest
from looked_at import faults_of_access

SENTENCE = "four horses under a bridge"


@pytest.fixture(scope="module")
def link(office):
    token = office.do(
        "from plebiscite.web.accounts.invitations import Place, invite\n"
        "from plebiscite.web.accounts.roles import Role\n"
        "print(json.dumps(invite('stella@x.org', 'Stella', Role.STATE, Place(),"
        " by='x')))"
    )
    return f"/account/invited/{token}/"


def code_of(secret, at):
    """Return the code of an authenticator app (RFC 6238), worked out here."""
    counter = struct.pack(">Q", int(at) // 30)
    told = hmac.new(b32decode(secret), counter, sha1).digest()
    begin = told[-1] & 15
    number = struct.unpack(">I", told[begin : begin + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def activates(page, secret):
    """Type the app's code; where it was too late on a busy machine, type the next."""
    for _ in range(20):
        code = code_of(secret, time.time())
        page.get_by_label(re.compile("code", re.IGNORECASE)).fill(code)
        with page.expect_navigation():
            page.get_by_role("button", name="Activate").click()
        if not page.url.endswith("/app/"):
            return
    raise AssertionError(page.locator("main").inner_text())


def test_the_apps_code_is_that_of_the_standard():
    """Oracle: RFC 6238, appendix B, SHA-1 at 59 seconds, the last six digits."""
    assert code_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_stella_comes_in_sets_up_an_app_and_needs_it_ever_after(office, opened, link):
    page = opened(office)

    page.goto(link)
    page.get_by_label("Password").fill(SENTENCE)
    page.get_by_label("The same again").fill(SENTENCE)
    page.get_by_role("button", name="Come in").click()
    page.get_by_role("heading", name="Your desk").wait_for()

    # No office's page opens before there is a second factor.
    page.get_by_role("link", name="People").click()
    assert page.url.endswith("/account/second-factor/")
    page.get_by_role("link", name="Activate").click()
    page.get_by_label("Password").fill(SENTENCE)
    page.get_by_role("button", name="Confirm").click()
    assert faults_of_access(page) == []
    secret = page.locator("#authenticator_secret").input_value()
    activates(page, secret)
    page.goto("/account/second-factor/")
    page.get_by_text("authenticator app is active").wait_for()
    for place in ("codes/", "codes/new/", "app/off/", "keys/add/"):
        page.goto(f"/account/second-factor/{place}")
        assert faults_of_access(page) == [], place
    page.goto("/account/second-factor/codes/")
    on_paper = page.locator("#recovery_codes").input_value().split("\n")[0]
    page.goto("/account/people/")
    page.get_by_role("heading", name="People").first.wait_for()

    # The password alone no longer opens the account.
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("stella@x.org")
    page.get_by_label("Password").fill(SENTENCE)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/sign-in/code/**")
    assert faults_of_access(page) == []
    assert office.visitor().get("/account/").status == 302
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill("000000")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Incorrect code").wait_for()
    # The telephone is lost: one of the codes on paper opens instead.
    page.get_by_label(re.compile("code", re.IGNORECASE)).fill(on_paper)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Your desk").wait_for()

    # The link has been used.
    assert office.visitor().get(link).status == 410


def test_whoever_guesses_passwords_is_shut_out_for_a_while(office):
    account = {"email": "stella@x.org", "password": "not the password"}
    answers = [
        office.visitor().post(
            "/sign-in/", login=account["email"], password=account["password"]
        )
        for _ in range(7)
    ]

    assert "Too many failed" in answers[-1].text
    assert all("Too many failed" not in each.text for each in answers[:4])
