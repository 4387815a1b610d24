"""People whom an answer must not tell apart."""

import re

MEASURE_AT_WORK = "simulated/16-0012"


def a_voter(site, *, confidential):
    """Return an active voter of the demonstration's county roll."""
    wanted = "" if confidential else "~"
    return site.do(
        "import polars as pl\n"
        "from plebiscite.web.county.desks import roll_of\n"
        "from plebiscite.web.county.models import Desk\n"
        f"desk = Desk.objects.get(measure={MEASURE_AT_WORK!r}, county='Alpine')\n"
        "parts = sorted(roll_of(desk).path.rglob('*.parquet'))\n"
        "found = [pl.read_parquet(each) for each in parts]\n"
        "found = [each for each in found if 'confidential' in each.columns]\n"
        f"kept = found[0].filter({wanted}pl.col('confidential'))\n"
        "kept = kept.filter(pl.col('middle') > '').sort('voter_id')\n"
        "one = kept.row(0, named=True)\n"
        "print(json.dumps({k: str(v or '') for k, v in one.items()}))"
    )


def strip(text, *typed):
    """Return a page without what was typed and what differs on every answer."""
    for each in typed:
        text = text.replace(each, "…")
    return re.sub(r'(csrfmiddlewaretoken"|nonce)[^>]*', "", text)
