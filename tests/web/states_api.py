"""The addresses of the API, for the checks that walk all routes."""

from states import State

V1, CALEXIT = "/api/v1", "/api/v1/measures/us/ca/16-0011"


def asked(route, path, **more):
    return State(f"api:{route}", path, page=False, **more)


STATES = [
    asked("openapi-json", f"{V1}/openapi.json"),
    State("api_docs", "/api/docs/"),
    State("api_docs", "/es/api/docs/", words="in Spanish"),
    asked("api-root", f"{V1}/"),
    asked("about", f"{V1}/"),
    asked("measures", f"{V1}/measures"),
    asked("measure", CALEXIT),
    asked("counts", f"{CALEXIT}/counts"),
    asked("verdicts", f"{CALEXIT}/verdicts"),
    asked("docket", f"{CALEXIT}/docket"),
    asked("record", f"{CALEXIT}/docket", words="to record"),
    asked("results", f"{CALEXIT}/results"),
    asked("certificates", f"{CALEXIT}/certificates"),
    asked("forecast", f"{CALEXIT}/forecast"),
    asked("table", f"{CALEXIT}/tables/events"),
    asked("law_list", f"{V1}/laws"),
    asked("law", f"{V1}/laws/us/ca/constitutional_initiative"),
    # These need a key; a session opens none of them. See test_api.py.
    asked("me", f"{V1}/me", opens_to=frozenset(), status=401),
    asked("jobs", f"{V1}/jobs", opens_to=frozenset(), status=401),
    asked(
        "job",
        f"{V1}/jobs/00000000-0000-0000-0000-000000000000",
        opens_to=frozenset(),
        status=401,
    ),
]
