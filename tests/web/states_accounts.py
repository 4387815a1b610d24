"""The states of what belongs to no part: accounts, sign-in, jobs, health."""

from functools import cache

from states import PEOPLE, State

INVITERS = frozenset({"state", "county", "proponent"})
READERS = frozenset({"state", "county", "auditor"})


def _a_job(site):
    """Return the id of a job that the county asked for, and that failed."""
    return _job(site.url, site.do)


@cache
def _job(_url, do):
    return do(
        "from plebiscite.web.jobs.models import Job\n"
        "print(json.dumps(str(Job.objects.create(kind='none', title='Take a roll',"
        " by='county@demo.invalid', measure='simulated/16-0012', county='Alpine',"
        " state='failed', problem='12 rows were refused', refusals=['row 3: no name']"
        ").pk)))"
    )


@cache
def _invited(_url, do):
    return do(
        "from plebiscite.web.accounts.invitations import Place, invite\n"
        "print(json.dumps(invite('new@demo.invalid', 'Nora', 'reviewer',"
        " Place(county='Alpine'), by='state@demo.invalid')))"
    )


def _invitation(site):
    return f"/account/invited/{_invited(site.url, site.do)}/"


def _refused(page):
    page.get_by_label("Password").fill("not the password")
    page.get_by_label("E-mail address").fill("state@demo.invalid")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("not correct").wait_for()


def _invite(page):
    page.get_by_label("Name").fill("Nora")
    page.get_by_label("E-mail address").fill("nora@demo.invalid")
    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("works once").wait_for()


def _empty_form(page):
    page.locator("form").evaluate_all("all => all.forEach(f => f.noValidate = true)")
    page.get_by_role("button", name="Make the key").click()
    page.locator(".errorlist").first.wait_for()


def mine(route, path, **more):
    """Return a state of a page that everybody with an account has."""
    return State(route, path, opens_to=PEOPLE, who="reviewer", **more)


FACTOR = "/account/second-factor"
STATES = [
    State("healthz", "/healthz", page=False),
    State("account_login", "/sign-in/"),
    State("account_login", "/sign-in/", words="refused", act=_refused),
    State("account_login", "/es/sign-in/", words="in Spanish"),
    State("account_logout", "/sign-out/", who="reviewer"),
    State("account_signup", "/sign-up/", status=404),
    State("account_inactive", "/inactive/"),
    State("mfa_authenticate", "/sign-in/code/", status=302, page=False),
    mine("account_reauthenticate", "/sign-in/again/"),
    mine("account_change_password", "/account/password/"),
    mine("mfa_reauthenticate", "/sign-in/code/again/", status=302, page=False),
    mine("mfa_index", f"{FACTOR}/"),
    mine("mfa_activate_totp", f"{FACTOR}/app/", status=302, page=False),
    mine("mfa_deactivate_totp", f"{FACTOR}/app/off/", status=404, page=False),
    mine("mfa_view_recovery_codes", f"{FACTOR}/codes/", status=404, page=False),
    mine("mfa_generate_recovery_codes", f"{FACTOR}/codes/new/", status=302, page=False),
    mine(
        "mfa_download_recovery_codes", f"{FACTOR}/codes/file/", status=404, page=False
    ),
    mine("mfa_list_webauthn", f"{FACTOR}/keys/"),
    mine("mfa_add_webauthn", f"{FACTOR}/keys/add/", status=302, page=False),
    mine("mfa_edit_webauthn", f"{FACTOR}/keys/1/edit/", status=302, page=False),
    mine("mfa_remove_webauthn", f"{FACTOR}/keys/1/remove/", status=302, page=False),
    mine("mfa_reauthenticate_webauthn", "/sign-in/key/again/", status=302, page=False),
    mine("accounts:home", "/account/"),
    State("accounts:come_in", _invitation),
    State(
        "accounts:come_in", "/account/invited/gone/", words="that is old", status=410
    ),
    State("accounts:people", "/account/people/", opens_to=INVITERS, who="state"),
    State(
        "accounts:people",
        "/account/people/",
        opens_to=INVITERS,
        who="state",
        words="with a link made",
        act=_invite,
    ),
    State(
        "accounts:end_grant", "/account/people/1/end/", opens_to=INVITERS, posts=True
    ),
    State(
        "accounts:withdraw",
        "/account/invitations/1/withdraw/",
        opens_to=INVITERS,
        posts=True,
    ),
    State("accounts:reads", "/account/reads/", opens_to=READERS, who="auditor"),
    mine("accounts:keys", "/account/keys/"),
    mine("accounts:keys", "/account/keys/", words="refused", act=_empty_form),
    State("accounts:end_key", "/account/keys/1/end/", opens_to=PEOPLE, posts=True),
    State(
        "jobs:show",
        lambda site: f"/jobs/{_a_job(site)}/",
        opens_to=READERS,
        who="county",
    ),
    State(
        "jobs:now",
        lambda site: f"/jobs/{_a_job(site)}/now.json",
        opens_to=READERS,
        page=False,
        who="county",
    ),
    State(
        "jobs:stop",
        lambda site: f"/jobs/{_a_job(site)}/stop/",
        opens_to=frozenset({"state", "county"}),
        posts=True,
    ),
    State("none", "/there/is/no/such/page/", words="not found", status=404),
]
