"""The API under random requests made from its own OpenAPI document."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi

HELD = [
    checks.not_a_server_error,
    openapi.response_schema_conformance,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
]
STEADY = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def key(site):
    return site.do(
        "from datetime import timedelta\n"
        "from plebiscite.web.accounts.models import User\n"
        "from plebiscite.web.accounts.tokens import SCOPES, make\n"
        "user = User.objects.get(email='county@demo.invalid')\n"
        "print(json.dumps(make(user, 'x', list(SCOPES), lasts=timedelta(days=1))))"
    )


@pytest.mark.parametrize("with_key", [True, False])
def test_no_request_makes_the_api_fail_or_break_its_own_document(site, key, with_key):
    """Oracle: the document says which answers each operation has, and 5xx is none."""
    document = schemathesis.openapi.from_url(f"{site.url}/api/v1/openapi.json")
    headers = {"Authorization": f"Bearer {key}"} if with_key else {}
    asked = 0
    for found in document.get_all_operations():
        operation = found.ok()

        @STEADY
        @given(case=operation.as_strategy())
        def hold(case):
            case.call_and_validate(checks=HELD, headers=headers, timeout=300)

        hold()
        asked += 1

    assert asked >= 15
