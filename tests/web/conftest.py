"""A home of its own for every unit test of the site."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def easy_passwords():
    """Hash passwords here as surely as the site does, but without its pains.

    The sites that tests start, in processes of their own, take them all.
    """
    from django.contrib.auth.hashers import Argon2PasswordHasher as Hasher

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Hasher, "time_cost", 1)
        patch.setattr(Hasher, "memory_cost", 64)
        patch.setattr(Hasher, "parallelism", 1)
        yield


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
