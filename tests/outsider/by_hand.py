"""The law's arithmetic a second time, in whole numbers only.

Written from 2 CCR §§ 20530-20532, Elec. Code §§ 9030-9031 and WAC 434-379-010, and not
from the program: nothing of it is imported here. Fractions are held as scaled integers.
"""

from itertools import count as upwards
from math import isqrt


def half_up(number, by, places):
    """Return number / by times 10**places, rounded half up."""
    return (2 * number * 10**places + by) // (2 * by)


def up(number, by):
    return -(-number // by)


def shown(scaled, places):
    sign = "-" if scaled < 0 else ""
    whole, rest = divmod(abs(scaled), 10**places)
    return f"{sign}{whole}.{rest:0{places}d}"


def county(raw, sampled, valid, duplicates):
    """Return what a clerk in California writes down for one county."""
    percent = half_up(100 * valid, sampled, 2)
    value = half_up(raw, sampled, 4)
    weight = value * (value - 10_000)  # eight decimals
    uncorrected, deducted = (
        up(raw * percent, 10_000),
        up(weight * duplicates, 10**8),
    )
    literal = uncorrected - deducted
    if sampled == raw:
        uncorrected, deducted = valid, 0
    return {
        "percent": shown(percent, 2),
        "value": shown(value, 4),
        "weight": shown(half_up(weight, 10**4, 0), 4),
        "uncorrected": uncorrected,
        "deducted": deducted,
        "projected": uncorrected - deducted,
        "projected_literal": literal,
    }


def california(rows, required):
    """Return the state's figures and its band; `rows` as in a table of counts."""
    counties = {name: county(*numbers) for name, *numbers in rows}
    projected = sum(each["projected"] for each in counties.values())
    filed = sum(raw for _, raw, *_ in rows)
    if filed < required:
        band = "failed"
    elif all(raw == sampled for _, raw, sampled, *_ in rows):
        band = "qualified" if projected >= required else "failed"
    elif 100 * projected < 95 * required:
        band = "failed"
    else:
        band = "qualified" if 100 * projected > 110 * required else "full_count"
    percent = half_up(abs(100 * projected), required, 2)
    return {
        "raw": filed,
        "projected": projected,
        "projected_literal": sum(c["projected_literal"] for c in counties.values()),
        "percent": shown(percent if projected >= 0 else -percent, 2),
        "band": band,
    }, counties


def accepted(filed, sampled, invalid, pairs, required):
    """Tell whether Washington accepts the sample: k <= E - 1.65 sqrt(E).

    The root of the invalid lines is bracketed by integers, ever finer, until both ends
    give one answer. Where they are a square both ends are the root itself.
    """
    for digits in upwards():
        fine = 10**digits
        low = isqrt(invalid * fine**2)
        high = low if low**2 == invalid * fine**2 else low + 1
        answers = set()
        for root in (low, high):
            # E is top / by
            lost = filed * sampled * (2 * fine * invalid + 3 * root)
            top = 2 * fine * sampled**2 * (filed - required) - lost
            by = 2 * fine * filed**2
            spare = top - pairs * by
            enough = 27_225 * top * by <= 10_000 * spare**2
            answers.add(top > 0 and spare >= 0 and enough)
        if len(answers) == 1:
            return answers.pop()
    return None
