"""People whom an answer must not tell apart."""

import re

MEASURE_AT_WORK = "simulated/16-0012"


def a_voter(site, *, confidential):
    """Return a voter of the demonstration's county roll, with a middle name."""
    wanted = "" if confidential else "~"
    return _voters(site, f"{wanted}pl.col('confidential') & (pl.col('middle') > '')")[0]


def confidential_voters(site):
    """Return confidential voters of the demonstration's county roll."""
    return _voters(site, "pl.col('confidential')")


def nobody_of(site, voters):
    """Return as many people who do not exist, by the words of those who do.

    Each has the first name of one voter, the surname and the address of another.
    """
    everybody = _voters(site, "pl.lit(True)")
    names = {(each["first"], each["last"]) for each in everybody}
    for shift in range(1, len(voters)):
        firsts = [each["first"] for each in (*voters[shift:], *voters[:shift])]
        made = [{**v, "first": first} for v, first in zip(voters, firsts, strict=True)]
        if not names & {(each["first"], each["last"]) for each in made}:
            return made
    raise RuntimeError("somebody bears each name made up of two voters' names")


def _voters(site, wanted):
    columns = ("first", "middle", "last", "house", "street", "confidential")
    return site.do(
        "import polars as pl\n"
        "from plebiscite.web.county.desks import roll_of\n"
        "from plebiscite.web.county.models import Desk\n"
        f"desk = Desk.objects.get(measure={MEASURE_AT_WORK!r}, county='Alpine')\n"
        "roll = roll_of(desk).scan(['Alpine'])\n"
        f"kept = roll.filter({wanted}).sort('voter_id').select({columns!r}).collect()\n"
        "rows = kept.to_dicts()\n"
        "print(json.dumps([{k: str(v or '') for k, v in n.items()} for n in rows]))"
    )


def strip(text, *typed):
    """Return a page without what was typed and what differs on every answer."""
    for each in typed:
        text = text.replace(each, "…")
    return re.sub(r'(csrfmiddlewaretoken"|nonce)[^>]*', "", text)
