"""Every state of every route, held against HTML, axe, width, CSP and third parties."""

import pytest
from looked_at import PHONE, Watched, faults_of_access, faults_of_html, overflows
from states import all_routes, all_states

ALL = all_states()
PAGES = [each for each in ALL if each.page and not each.posts]
REST = [each for each in ALL if not each.page and not each.posts]


def test_every_route_has_a_state():
    """A new route fails here until somebody says who may see it and how it looks."""
    listed = {each.route for each in ALL}

    assert sorted(set(all_routes()) - listed) == []


def test_every_route_says_whom_it_lets_in():
    unmarked = [
        name for name, view in all_routes().items() if not hasattr(view, "access")
    ]

    assert unmarked == []


@pytest.mark.parametrize("state", PAGES, ids=str)
def test_a_page_is_valid_accessible_narrow_enough_and_asks_nobody_else(
    site, stays, state
):
    """Oracles: html5lib's strict parser, axe, the window's width, the browser's CSP."""
    page = stays(site, state.who)
    with Watched(page, site.url) as watched:
        answer = page.goto(state.at(site))
        text = answer.text()
        if state.act is not None:
            state.act(page)

        assert answer.status == state.status
        assert faults_of_html(text) == []
        assert faults_of_access(page) == []
        page.set_viewport_size(PHONE)
        assert not overflows(page)
    assert watched.foreign == []
    assert watched.refused == []
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("state", REST, ids=str)
def test_what_is_no_page_answers_as_said(site, state):
    visitor = site.sign_in(state.who) if state.who else site.visitor()

    assert visitor.get(state.at(site)).status == state.status
