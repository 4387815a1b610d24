"""Ravi, a reviewer, guards his account with a key instead of an app."""

from looked_at import Watched, faults_of_access

SENTENCE = "four horses under a bridge"
# A key that plugs in, as Chromium plays it for tests: it answers at once.
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_ravi_adds_a_key_and_is_let_in_by_it(office, opened):
    office.do(
        "from plebiscite.web.accounts.invitations import Place, accept, invite\n"
        "from plebiscite.web.accounts.roles import Role\n"
        "token = invite('ravi@x.org', 'Ravi', Role.REVIEWER, Place(), by='x')\n"
        f"accept(token, {SENTENCE!r})"
    )
    page = opened(office)
    watched = Watched(page, office.url)
    drawer = page.context.new_cdp_session(page)
    drawer.send("WebAuthn.enable")
    drawer.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    def sign_in():
        page.goto("/sign-in/")
        page.get_by_label("E-mail address").fill("ravi@x.org")
        page.get_by_label("Password").fill(SENTENCE)
        page.get_by_role("button", name="Sign in").click()

    sign_in()
    page.get_by_role("heading", name="Your desk").wait_for()
    page.goto("/account/second-factor/keys/add/")
    page.get_by_label("Password").fill(SENTENCE)
    page.get_by_role("button", name="Confirm").click()
    page.wait_for_url("**/keys/add/")
    assert faults_of_access(page) == []
    page.get_by_label("Name").fill("the key on my ring")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url(lambda url: not url.endswith("/add/"))
    page.goto("/account/second-factor/keys/")
    page.get_by_text("the key on my ring").wait_for()
    assert faults_of_access(page) == []
    page.get_by_role("link", name="Rename").click()
    assert faults_of_access(page) == []
    page.get_by_role("button", name="Sign out").click()

    sign_in()
    page.wait_for_url("**/sign-in/code/**")
    page.get_by_role("button", name="Use a security key").click()
    page.get_by_role("heading", name="Your desk").wait_for()

    assert watched.refused == []
    assert watched.foreign == []
