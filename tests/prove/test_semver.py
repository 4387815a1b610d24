"""The order of crates' versions. Oracle: the examples of Semantic Versioning 2.0."""

from __future__ import annotations

from itertools import pairwise

import pytest

from prove.security.ingredients import crates
from prove.security.semver import key


def test_versions_follow_one_another_as_the_standard_has_them():
    """Sections 11.2 and 11.4, and the lowest word of all, which advisories use."""
    before = "0", "alpha", "alpha.1", "alpha.beta", "beta", "beta.2", "beta.11", "rc.1"
    after = "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.1.10"
    order = [key(each) for each in (*(f"1.0.0-{word}" for word in before), *after)]

    assert all(one < other for one, other in pairwise(order))


def test_build_metadata_does_not_count():
    assert key("1.0.0-beta+exp.sha.5114f85") == key(
        "1.0.0-beta+21AF26D3---117B344092BD"
    )


@pytest.mark.parametrize(
    "text",
    ["", "1.0.0-", "1.0.0-01", "01.0.0", "1.0.0.0", "v1.0.0", "1.0.0 ", "\u0661.0.0"],
)
def test_what_is_no_version_is_refused(text):
    with pytest.raises(ValueError, match="no version by Semantic Versioning"):
        key(text)


def test_every_crate_that_is_pinned_can_be_read():
    for versions in crates().values():
        for each in versions:
            assert key(each) >= key("0.0.0-0")
