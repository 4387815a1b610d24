"""A home of its own for every unit test of the site."""

import pytest


@pytest.fixture(autouse=True)
def home(request, tmp_path):
    """Unit tests have a home of their own, never the user's."""
    asked = {"settings", "db", "transactional_db"} & {*request.fixturenames}
    if not asked and request.node.get_closest_marker("django_db") is None:
        yield tmp_path
        return
    from django.conf import settings

    from plebiscite.web.serve import make_home

    make_home(tmp_path / "home")
    before, settings.HOME = settings.HOME, tmp_path / "home"
    yield tmp_path / "home"
    settings.HOME = before
