"""`law show` for a voter. Oracle: the answers a person gives who has read the law."""

import pytest
from click.testing import CliRunner

from plebiscite.cli import main
from plebiscite.rules.rulebook import laws, open_law
from plebiscite.rules.told.sections import SECTIONS, section

DAY = "2026-01-01"
QUESTIONS = (
    "What is it, and where?",
    "How many signatures does it take?",
    "How many is that, or of what?",
    "Must they come from particular places?",
    "How long does one have?",
    "Who checks them, and how?",
    "When is it enough, and when not?",
    "What does it need to pass?",
    "What happens then?",
    "Where does it stand, and has anybody read it there?",
)
ANSWERS = {
    "us/ca/constitutional_initiative": (
        "constitutional initiative, California",
        "8% of votes for governor, rounded up",
        "That came to 874,641 by the office's own figure",
        "signers may live anywhere in the state",
        "180 days after official summary date",
        "A random sample is drawn by county",
        "full count if projected valid is at most 110% of required signatures",
        "It passes if the yes vote is more than the no vote",
        "It takes effect: 5 days after statement of vote",
        "Cal. Elec. Code § 9014 (read 2026-11-22)",
    ),
    "us/fl/constitutional_initiative": (
        "constitutional initiative, Florida",
        "8% of votes for president, rounded up",
        "votes for president",
        "in at least 50% of congressional districts, the number of signatures is",
        "1 February of the year of the general election",
        "The counties check every signature",
        "failed if verified valid is less than 100% of required signatures",
        "It passes if the yes vote is at least 60% of votes on the question",
        "Where “new tax or fee” applies, it passes if the yes vote is at least "
        "2/3 of all ballots in the election",
        "From memory; not held against the text  ** not checked **",
    ),
    "us/nv/constitutional_initiative": (
        "constitutional initiative, Nevada",
        "10% of votes cast, rounded up",
        "25% of required signatures, rounded up",
        "in each of the petition districts, the number of signatures is",
        "due in the middle of June of the election year",
        "Each county examines a random sample",
        "failed if projected valid is less than 90% of required signatures",
        "It passes if at 2 consecutive elections: the yes vote is more than the no",
        "When the canvass of the second vote is complete",
        "Nev. Const. art. 19, § 2",
    ),
    "ch/popular_initiative": (
        "popular initiative, Switzerland",
        "It needs this many valid signatures: 100,000",
        "100,000",
        "Nothing here asks that signers live in particular places",
        "18 months after official summary date",
        "The commune checks every line against its register of voters",
        "failed if verified valid is less than required signatures",
        "in more than 50% of cantons by their canton vote, the yes vote is more than",
        "then the people and the cantons vote",
        "Federal Constitution of Switzerland, art. 142 (read 2026-11-22)",
    ),
}
ASKED = [
    pytest.param(law, question, answer, id=f"{law}: {question}")
    for law, answers in ANSWERS.items()
    for question, answer in zip(QUESTIONS, answers, strict=True)
]


def run(*words):
    return CliRunner().invoke(main, ["law", *words])


@pytest.mark.parametrize(("law", "question", "answer"), ASKED)
def test_a_voter_finds_the_answer_in_the_text_alone(law, question, answer):
    assert answer in run("show", law, "--on", DAY).stdout, question


@pytest.mark.parametrize("law", laws())
def test_every_rule_of_every_law_is_told_under_one_question(law):
    opened, said = open_law(law), run("show", law).stdout

    for rule in opened.rules.values():
        assert section(rule.name, rule.versions[0].content) in SECTIONS
        assert f"    {rule.name.replace('_', ' ')}" in said
    for heading in ("What it is", "Sources:"):
        assert f"\n{heading}" in said


@pytest.mark.parametrize("law", laws())
def test_every_sentence_names_its_source(law):
    opened, said = open_law(law), run("show", law).stdout.splitlines()
    titles = [source.title for source in opened.sources.values()]
    told = [line for line in said if line.startswith("  ") and line[2] != " "]
    sources = said.index("Sources:")
    sentences = [line for line in told if said.index(line) < sources]

    silent = ("Nothing here", "This file says nothing", f"{opened.title}: ")
    for line in sentences:
        cited = any(title in line for title in titles)
        assert (
            cited or line.strip().startswith(silent) or line.strip() in opened.reasons
        )


def test_a_place_without_the_institution_says_so():
    said = run("show", "us/tx/initiative").stdout

    what = said[said.index("What it is") : said.index("Sources:")]
    assert "no statewide initiative" in what
    assert "How many signatures" not in said
