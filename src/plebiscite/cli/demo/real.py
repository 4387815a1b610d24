"""Figures from the outside world, recomputed beside what was published.

What is expected stands here as text, as its source prints it; what is computed comes
from the same functions the certificate comes from.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from plebiscite.core.share import printed
from plebiscite.report.demo_page import Comparison, RealCase
from plebiscite.report.words import figure
from plebiscite.rules.rulebook import Rulebook, open_law
from plebiscite.verify.certificate import Certificate
from plebiscite.verify.count import SampleCount
from plebiscite.verify.tally import conclude, figures

CALIFORNIA = "us/ca/constitutional_initiative"
WASHINGTON = "us/wa/initiative"


def real_cases() -> tuple[RealCase, ...]:
    """Return every case, computed now."""
    california = open_law(CALIFORNIA).on_day(date(2014, 9, 12))
    return (
        regulation(california),
        six_counties(california),
        yuba(california),
        i_1351(open_law(WASHINGTON).on_day(date(2014, 7, 3))),
    )


def regulation(law: Rulebook) -> RealCase:
    """Compute the example that California's regulation works out itself."""
    count = SampleCount(
        county="Example", raw=24_034, sampled=722, valid=516, duplicates=2
    )
    found = figures(count, law)
    return RealCase(
        key="20540",
        title="The regulation's own example, every step",
        words="24,034 lines filed, 722 drawn, 516 of them valid, 2 duplicates.",
        source="Cal. Code Regs. tit. 2, § 20540",
        comparisons=(
            Comparison(
                name="Valid in the sample",
                published="71.47%",
                computed=f"{found.percent}%",
            ),
            Comparison(
                name="Valid before duplicates",
                published="17,178",
                computed=figure(found.uncorrected),
            ),
            Comparison(
                name="Each line stands for",
                published="33.2881",
                computed=figure(found.value),
            ),
            Comparison(
                name="One duplicate takes off",
                published="1,074.8095",
                computed=figure(found.weight),
            ),
            Comparison(
                name="Taken off", published="2,150", computed=figure(found.deducted)
            ),
            Comparison(
                name="Projected valid",
                published="15,028",
                computed=figure(found.projected),
            ),
        ),
        note="The regulation counts 205 lines not valid, which makes 721 with the 516 "
        "valid, not 722; the slip changes none of these figures.",
    )


SIX = (
    ("Big", 260_000, 7_800, 5_694, 11, "177,944"),
    ("Large", 120_000, 3_600, 2_700, 3, "86,766"),
    ("Mid", 42_500, 1_275, 995, 1, "32,089"),
    ("The regulation's example", 24_034, 722, 516, 2, "15,028"),
    ("Small", 3_720, 500, 395, 2, "2,843"),
    ("Tiny, every line checked", 350, 350, 262, 0, "262"),
)


def six_counties(law: Rulebook) -> RealCase:
    """Compute a statewide sum in which one county checked every line."""
    certificate = _concluded(
        [
            SampleCount(
                county=name, raw=raw, sampled=drawn, valid=valid, duplicates=twice
            )
            for name, raw, drawn, valid, twice, _ in SIX
        ],
        law,
        required=300_000,
    )
    projected = {line.county: line.projected for line in certificate.counties}
    return RealCase(
        key="six-counties",
        title="A statewide sum, one county having checked every line",
        words="Six counties with 350 to 260,000 lines; 300,000 signatures required.",
        source="Invented counties, worked out by hand; the fourth is the regulation's",
        comparisons=(
            *(
                Comparison(name=name, published=known, computed=figure(projected[name]))
                for name, *_, known in SIX
            ),
            Comparison(
                name="All together",
                published="314,932",
                computed=figure(certificate.projected),
            ),
            Comparison(
                name="By the letter of the regulation",
                published="314,933",
                computed=figure(certificate.projected_literal),
            ),
            Comparison(
                name="Of the requirement",
                published="104.98%",
                computed=f"{certificate.percent}%",
            ),
        ),
        note="A county that checked every line contributes its count, 262. Rounding as "
        "the regulation writes it would give it 263: a signature nobody found.",
    )


def yuba(law: Rulebook) -> RealCase:
    """Compute how six more duplicates moved a county's validity in 2014."""

    def validity(duplicates: int) -> str:
        count = SampleCount(
            county="Yuba", raw=3_720, sampled=500, valid=307, duplicates=duplicates
        )
        share = Fraction(100 * figures(count, law).projected, count.raw)
        return f"{printed(share, 1)}%"

    return RealCase(
        key="yuba",
        title="Yuba County, 2014: what six duplicates do",
        words="3,720 lines filed, 500 drawn; a second look found 8 duplicates, not 2.",
        source="Six Californias initiative, random sample reports, as logged by "
        "S. Chessin (calitics.com, 2014)",
        comparisons=(
            Comparison(
                name="Valid, with 2 duplicates", published="58.8%", computed=validity(2)
            ),
            Comparison(
                name="Valid, with 8 duplicates", published="51.1%", computed=validity(8)
            ),
        ),
        note="The 307 valid lines are not in the report; they follow from its 58.8%.",
    )


def i_1351(law: Rulebook) -> RealCase:
    """Compute Washington's test of the sample of Initiative 1351."""
    certificate = _concluded(
        [
            SampleCount(
                county="Washington",
                raw=348_072,
                sampled=10_512,
                valid=9_606,
                duplicates=9,
            )
        ],
        law,
        required=246_372,
    )
    test = certificate.acceptance
    if test is None or test.limit is None:
        raise AssertionError("Washington's law asks for its test of the sample")
    return RealCase(
        key="i-1351",
        title="Washington, Initiative 1351: another law, another test",
        words="348,072 filed, 10,512 drawn: 9,606 accepted, 737 not registered, 7 "
        "pending, 153 signatures differing, 9 duplicates; 246,372 required.",
        source="Washington Secretary of State, initiatives FAQ (2014); "
        "WAC 434-379-010, worked out by hand",
        comparisons=(
            Comparison(
                name="Not valid in the sample",
                published="897",
                computed=figure(test.invalid),
            ),
            Comparison(
                name="Upper limit of invalid signatures",
                published="31,189",
                computed=f"{test.most_invalid:,.0f}",
            ),
            Comparison(
                name="Duplicates it could bear",
                published="70,511",
                computed=f"{test.most_pairs:,.0f}",
            ),
            Comparison(
                name="Most pairs the sample may hold",
                published="51.1",
                computed=f"{test.limit:.1f}",
            ),
            Comparison(
                name="The sample",
                published="accepted",
                computed="accepted" if test.accepted else "not accepted",
            ),
        ),
        note="The FAQ gives the counts and that the initiative was certified; the "
        "steps between are those of the code.",
    )


def _concluded(
    counts: list[SampleCount], law: Rulebook, *, required: int
) -> Certificate:
    return conclude(
        counts,
        rulebook=law,
        required=required,
        measure_id="example",
        title="Example",
        signatures_compared=True,
    )
