"""The demonstration: a simulated petition on the shelf, and an account for each role.

Each part of the site adds its own scenes: a module `demo.py` of an app with a function
`fill(scene)`, called in the order of the apps. It must be able to run again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from plebiscite.web.accounts.roles import Role

if TYPE_CHECKING:  # models, which need Django started
    from plebiscite.web.accounts.models import User

COUNTY = "Alpine"
CHAPTER = "north"
PARTS = ("measures", "county", "campaign")
NAMES: Mapping[Role, str] = {
    Role.STATE: "Stella of the state office",
    Role.COUNTY: "Cora of the county office",
    Role.REVIEWER: "Ravi, reviewer",
    Role.PROPONENT: "Pat, proponent",
    Role.CHAPTER: "Chandra of the north chapter",
    Role.AUDITOR: "Audra, auditor",
}
SECOND_CLERK = "Rosa, second reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the demonstration, with its password: shown once, at the start."""

    key: str
    role: str
    name: str
    email: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoScene:
    """What the parts of the site fill their scenes from.

    Attributes:
        worked: the folder of the simulated measure that has its certificate.
        at_work: the folder of the one whose counties are to sample.
        files: roll/ (built), petition/lines.csv, sections.csv, manifest.csv,
            decisions.csv: the petition of both.
        county: the county of the county's accounts.
        chapter: the key of the chapter's account.
        people: the account of each role, and the second reviewer as "second".

    """

    worked: Path
    at_work: Path
    files: Path
    county: str = COUNTY
    chapter: str = CHAPTER
    people: Mapping[str, User] = field(default_factory=dict)


def fill(worked: Path, at_work: Path, files: Path) -> list[Account]:
    """Make the accounts with new passwords and fill every part; return the accounts."""
    made = [_account(role, role.value, name) for role, name in NAMES.items()]
    made.append(_account(Role.REVIEWER, "second", SECOND_CLERK))
    scene = DemoScene(
        worked=worked,
        at_work=at_work,
        files=files,
        people={each.key: user for each, user in made},
    )
    for part in PARTS:
        import_module(f"plebiscite.web.{part}.demo").fill(scene)
    return [account for account, _ in made]


def _account(role: Role, key: str, name: str) -> tuple[Account, User]:
    """Make an account, or give the one there a new password."""
    from allauth.account.models import EmailAddress

    from plebiscite.web.accounts.invitations import Place, give
    from plebiscite.web.accounts.models import EVERYWHERE, User

    email, password = f"{key}@demo.invalid", token_urlsafe(12)
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name, password)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    else:
        user.set_password(password)
        user.save(update_fields=["password"])
    local = role in {Role.COUNTY, Role.REVIEWER}
    place = Place(
        county=COUNTY if local else EVERYWHERE,
        chapter=CHAPTER if role == Role.CHAPTER else "",
    )
    give(user, role, place, by="the demonstration")
    account = Account(
        key=key, role=role.value, name=name, email=email, password=password
    )
    return account, user
