"""An intruder tries every route in every role.

Oracle: the lists in `states_*.py`, written by hand from what each role is for.
"""

import pytest
from states import ROLES, all_states

ALL = [each for each in all_states() if each.act is None]
CLOSED = [each for each in ALL if None not in each.opens_to]


def let_in(answer, state):
    """Return whether an answer let somebody in, and not merely to the sign-in."""
    if answer.status in {301, 302}:
        return "/sign-in/?next=" not in answer.headers.get("Location", "")
    if state.posts and answer.status == 405:
        return False
    return answer.status not in {401, 403}


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_route_opens_to_those_it_is_for_and_to_nobody_else(site, role):
    visitor = site.sign_in(role) if role else site.visitor()
    wrong = []
    for state in ALL:
        if state.posts or (role and state.route == "account_logout"):
            continue
        found = let_in(visitor.get(state.at(site)), state)
        if found != (role in state.opens_to) and state.status != 404:
            wrong.append((str(state), found))

    assert wrong == []


@pytest.mark.parametrize("role", [None, *ROLES])
def test_nobody_sends_a_form_to_a_route_that_is_not_theirs(site, role):
    """The auditor sends none at all, but for what belongs to the own account."""
    visitor = site.sign_in(role) if role else site.visitor()
    own = ("account", "mfa_", "accounts:keys", "accounts:end_key", "accounts:come_in")
    wrong = []
    for state in CLOSED:
        if role in state.opens_to and (
            role != "auditor" or state.route.startswith(own)
        ):
            continue
        answer = visitor.post(state.at(site), **state.fields)
        if answer.status not in {302, 403, 404, 405} or (
            answer.status == 302 and "/sign-in/" not in answer.headers["Location"]
        ):
            wrong.append((str(state), answer.status))

    assert wrong == []


def test_a_form_without_its_token_changes_nothing(site):
    answer = site.sign_in("state").ask("POST", "/account/people/", b"name=x")

    assert answer.status == 403
    assert "too old" in answer.text


@pytest.fixture(scope="module")
def elsewhere(site):
    """Return people who hold every role, for another county and another measure."""
    made = site.do(
        "from plebiscite.web.accounts.invitations import Place, accept, give, invite\n"
        "from plebiscite.web.accounts.roles import Role\n"
        "found = {}\n"
        "for name, place in [('butte', Place(county='Butte')),"
        " ('other', Place(measure='us/ca/13-0063'))]:\n"
        "    email, word = f'{name}@demo.invalid', 'four horses under a bridge'\n"
        "    user = accept(invite(email, name, None, place, by='t'), word)\n"
        "    for role in Role:\n"
        "        give(user, role, place, by='t')\n"
        "    found[name] = {'email': email, 'password': word}\n"
        "print(json.dumps(found))"
    )
    return {name: site.visitor().sign_in(account) for name, account in made.items()}


@pytest.mark.parametrize("who", ["butte", "other"])
def test_a_role_elsewhere_opens_no_desk_here(site, elsewhere, who):
    """Oracle: a desk's address names measure and county, and neither is theirs."""
    wrong, tried = [], 0
    for state in CLOSED:
        path = state.at(site)
        if "/Alpine/" not in path:
            continue
        tried += 1
        answers = (elsewhere[who].get(path), elsewhere[who].post(path))
        wrong += [
            (str(state), answer.status)
            for answer in answers
            if answer.status not in {403, 404, 405}
        ]

    assert wrong == []
    assert tried > 10
