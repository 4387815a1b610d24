"""Filters and tags: sentences, counts, days, sources and verdicts in the page's words.

The engine's words are looked up in the catalogue as they stand; what the catalogue does
not have (a law's own sentence) stays English, and the page marks it so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override

from plebiscite.core.citation import Source
from plebiscite.docket.table import table
from plebiscite.report.life.told import COUNTERFACTUAL, UNGROUPED
from plebiscite.report.page.beside import Rung
from plebiscite.report.page.glance import deed
from plebiscite.report.page.hurdles import Hurdle, Step
from plebiscite.report.page.judged import Cite, cites
from plebiscite.report.page.said import Value, spoken
from plebiscite.report.page.taken.cited import VOTES
from plebiscite.rules.rulebook import Law
from plebiscite.web.measures.spoken import DAY_FORMATS, understood

register = template.Library()
NAMES = {"en": "English", "es": "Español"}
SEVERAL = re.compile(r"(los|las|ambos|ambas)\b|.+, |.+ y (el|la|los|las)\b")
"""How a name of several begins, or goes on, in the languages that bend the verb."""
IN_A_LINE = 6
"""Up to so many counties an event's counts of each stand in its line."""
PATTERNS = [
    (re.compile(pattern), form)
    for pattern, form in (
        (r"about 1 in ([\d,]+)", "about 1 in {}"),
        (r"about (\d+) in 10", "about {} in 10"),
        (r"about (\d+) in 20", "about {} in 20"),
        (r"about (\d+) in 100", "about {} in 100"),
        (r"below 1 in ([\d,]+)", "below 1 in {}"),
        (r"above ([\d,]+) in ([\d,]+)", "above {} in {}"),
        (r"last day: (.+)", "last day: {}"),
        (r"(.+), election office", "{}, election office"),
        (
            r"(\d+) days after (.+), or the next working day",
            "{} days after {}, or the next working day",
        ),
        (r"(\d+) working days after (.+)", "{} working days after {}"),
        (r"(\d+) days after (.+)", "{} days after {}"),
        (r"(\d+) months after (.+)", "{} months after {}"),
        (r"(\d+) days before (.+)", "{} days before {}"),
        (
            r"whole, head unverified: ([\d,]+) events",
            "whole, head unverified: {} events",
        ),
        (
            r"whole: ([\d,]+) events, head as published",
            "whole: {} events, head as published",
        ),
    )
]
"""Words of the engine with a figure or another word in them."""


def word(text: str) -> str:
    """Return words in the page's language; "" stays so (gettext has a head there)."""
    if not text:
        return ""
    if (whole := understood(text)) is not None:
        return whole
    for pattern, form in PATTERNS:
        if found := pattern.fullmatch(text):
            return gettext(form).format(*map(gettext, found.groups()))
    # Several bodies that must act together stand in one line.
    parts = text.split(", ")
    told = [gettext(part) for part in parts]
    return text if any(map(str.__eq__, parts, told)) else ", ".join(told)


def written(value: str | int | date) -> str:
    """Return a count or a day as the page's language writes it."""
    if isinstance(value, bool):
        return word("yes") if value else word("no")
    if isinstance(value, date):
        return date_format(value, DAY_FORMATS[(get_language() or "en")[:2]])
    return f"{value:,}" if isinstance(value, int) else value


@register.filter
def say(value: Value | None) -> str:
    """Say a sentence or a word in the page's language."""
    return "" if value is None else spoken(value, written, word)


@register.filter
def sentence(value: Value | None) -> str:
    """Say it with a capital letter first."""
    told = say(value)
    return told[:1].upper() + told[1:]


@register.filter
def ours(value: str) -> SafeString:
    """Say a sentence of ours; one that is not known whole stays, marked English."""
    told = understood(value)
    if told is None:
        return format_html('<span lang="en">{}</span>', value)
    return format_html("{}", told)


@register.filter
def several(name: str) -> int:
    """Return 2 for a name of several, 1 of one: some languages bend the verb to it."""
    return 2 if SEVERAL.match(word(name)) else 1


@register.filter
def count(value: int | str | None) -> str:
    """Print a count; words stay; what is not known says so."""
    return word("not known") if value is None else written(value)


@register.filter
def day(value: date | str | None) -> str:
    """Print a day, for readers and for programs."""
    if not value:
        return ""
    try:
        known = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return format_html(
        '<time datetime="{}">{}</time>', known.isoformat(), written(known)
    )


@register.filter
def details(body: Mapping[str, Any]) -> SafeString:
    """Say what an event's body says: what is short in a line, tables folded below."""
    said = {key: each for key, each in body.items() if key != COUNTERFACTUAL}
    long = {key: each for key, each in said.items() if _is_long(each)}
    line = format_html_join(
        "; ",
        "<span>{} {}</span>",
        ((_named(key), _value(key, said[key])) for key in said if key not in long),
    )
    tables = format_html_join(
        "", "{}", ((_table(key, each),) for key, each in long.items())
    )
    return format_html("{}{}", format_html("<p>{}</p>", line) if line else "", tables)


def _is_long(value: Any) -> bool:
    return isinstance(value, dict) and len(value) > IN_A_LINE


def _named(key: str) -> str:
    return word(key.replace("_", " "))


def _table(key: str, rows: Mapping[str, Any]) -> SafeString:
    """Fold what an event says of each county away: a row each, its counts beside it."""
    parts = {
        name: each if isinstance(each, dict) else {key: each}
        for name, each in rows.items()
    }
    heads = list(dict.fromkeys(head for each in parts.values() for head in each))
    told = format_html_join(
        "",
        "<tr><th scope=row>{}</th>{}</tr>",
        (
            (
                name,
                format_html_join(
                    "",
                    "<td class=number>{}</td>",
                    ((_value(h, each.get(h)),) for h in heads),
                ),
            )
            for name, each in parts.items()
        ),
    )
    return format_html(
        "<details><summary>{} ({})</summary><div class=scroll tabindex=0><table><thead>"
        "<tr><th scope=col>{}</th>{}</tr></thead><tbody>{}</tbody></table></div>"
        "</details>",
        _named(key),
        len(parts),
        word("county"),
        format_html_join(
            "", "<th scope=col class=number>{}</th>", ((_named(h),) for h in heads)
        ),
        told,
    )


def _value(key: str, value: Any) -> str:
    match value:
        case None:
            return word("not recorded")
        case int():
            grouped = isinstance(value, bool) or key not in UNGROUPED
            return written(value) if grouped else str(value)
        case dict():
            return ", ".join(f"{k} {_value(k, v)}" for k, v in value.items())
        case list() | tuple():
            return ", ".join(_value(key, each) for each in value)
    return _text(str(value))


def _text(text: str) -> str:
    try:
        return written(date.fromisoformat(text))
    except ValueError:
        return word(text.replace("_", " "))


@register.filter
def sources(cites: Sequence[Cite]) -> SafeString:
    """Name sources, each a link to its place in the law; the unread ones are marked."""
    return format_html_join(
        "; ", "{}{}", ((_source(c), _mark(c.checked)) for c in cites)
    )


def _source(cite: Cite) -> SafeString:
    if not cite.law:
        return format_html('<cite lang="en">{}</cite>', cite.title)
    return format_html(
        '<a href="{}#source-{}"><cite lang="en">{}</cite></a>',
        reverse("measures:law", args=[cite.law]),
        cite.key,
        cite.title,
    )


def _mark(checked: date | None) -> SafeString:
    if checked:
        return mark_safe("")
    return format_html(' <span class="unchecked">{}</span>', word("not checked"))


@register.filter
def unchecked(value: str | date | None) -> SafeString:
    """Mark what nobody has read: `checked` is a day, or ``no``."""
    return _mark(None) if value in {None, "no"} else mark_safe("")


@register.simple_tag(takes_context=True)
def in_language(context: Context, language: str) -> str:
    """Return the page's own address in a language."""
    path: str = context["request"].path
    told = str(translate_url(path, language))
    if told != path or (get_language() or "en").startswith(language):
        return told
    with override(language):  # of no page: the list in that language instead
        return reverse("measures:home")


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> SafeString:
    """Return a link to the same page in the other language, named in that language."""
    other = "es" if (get_language() or "en").startswith("en") else "en"
    address = in_language(context, other)
    return format_html(
        '<a href="{}" lang="{}" hreflang="{}">{}</a>',
        address,
        other,
        other,
        NAMES[other],
    )


@register.simple_tag
def asks(each: Hurdle | Step) -> SafeString:
    """Quote what the law asks, as a link to the rule; unread sources show."""
    unread = any(cite.checked is None for cite in each.cites)
    said: str | SafeString = format_html('<q lang="en">{}</q>', each.asks)
    if each.law:
        address = reverse("measures:law", args=[each.law])
        said = format_html('<a href="{}#rule-{}">{}</a>', address, each.rule, said)
    return format_html("{}{}", said, _mark(None) if unread else "")


STATES = {"stopped": "ended here", "never": "not reached", "ahead": "still ahead"}


@register.simple_tag
def sign(standing: str) -> SafeString:
    """Return a sign and the word for a standing; the sign is not read out."""
    signs = {
        "met": "✓",
        "not met": "✕",
        "open": "○",
        "passed": "✓",
        "stopped": "✕",
        "next": "→",
        "ahead": "○",
        "never": "·",
    }
    return format_html(
        '<span class="standing {}"><span aria-hidden="true">{}</span> {}</span>',
        standing.replace(" ", "-"),
        signs.get(standing, "○"),
        word(STATES.get(standing, standing)),
    )


OPS = {"amend": "amended", "repeal": "repealed", "add": "added"}
COUNT_NAMES = {"raw": "raw count", **VOTES}


@register.filter
def money(amount: Decimal, currency: str = "USD") -> str:
    """Print an amount in whole units, with its currency."""
    sign = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{amount:,.0f}"


@register.filter
def kind(name: str) -> str:
    """Name a kind of count."""
    return word(COUNT_NAMES.get(name, name))


@register.filter
def event(name: str) -> str:
    """Say what an event of a kind is."""
    return word(table().kind(name).words)


@register.filter
def stage(name: str) -> str:
    """Say a stage in words."""
    return word(table().stages.get(name, name))


register.filter("deed", deed)


@register.filter
def op_word(name: str) -> str:
    """Say what a measure does to a provision."""
    return word(OPS.get(name, name))


@register.filter
def of_law(found: Sequence[Source], law: Law) -> tuple[Cite, ...]:
    """Return sources of a law as `sources` names them."""
    return cites(law, found)


@register.filter
def under(place: str, name: str) -> str:
    """Return a file's path below a folder that may be none."""
    return f"{place}/{name}" if place else name


@register.filter
def plain(measure: str) -> str:
    """Return an id as it stands in a file's name."""
    return measure.replace("/", "-")


@register.filter
def key(titles: Mapping[str, Mapping[str, Any]], name: str) -> str:
    """Return the title a table of sources has for a key."""
    return str(titles[name]["title"]) if name in titles else name


@register.simple_tag
def chance_bar(rung: Rung) -> SafeString:
    """Draw the range of a chance, and its middle, on a line from 0 to 100."""
    said = f"{rung.low}–{rung.high}"  # noqa: RUF001 - a range
    width = max(rung.high - rung.low, 1)
    return format_html(
        '<span class="range">{}</span><svg class="drawn chance" aria-hidden="true" '
        'width="100%" height="14"><line class="axis" x1="0" x2="100%" y1="7" y2="7"/>'
        '<rect class="gone" x="{}%" y="3" width="{}%" height="8"/>'
        '<circle cx="{}%" cy="7" r="5"/></svg>',
        said,
        rung.low,
        width,
        rung.middle,
    )
