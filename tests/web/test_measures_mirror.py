"""The mirror: the same bytes as the site, whole or not at all, and every word said."""

import ast
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from messages import compiled, read

from plebiscite.core.progress import silent
from plebiscite.docket.table import table
from plebiscite.errors import InputError

SOURCE = Path(__file__).parents[2] / "src" / "plebiscite"
SITE_ONLY = {
    f"{root}{end}" for root in ("/", "/es/") for end in ("account/", "api/docs/")
}
CATALOGUE = SOURCE / "web" / "locale" / "es" / "LC_MESSAGES" / "django.po"


@pytest.fixture
def mirror(db, home, settings):  # noqa: ARG001 - the site's own
    from plebiscite.web.measures import mirror, shelf

    settings.PUBLIC_URL = "http://testserver"
    for each in ("us/ca/16-0011", "us/ca/16-0011-counterfactual"):
        shelf.take_in(shelf.SHIPPED / each)
    return mirror


def test_the_mirror_holds_the_bytes_the_site_answers_and_no_dead_address(
    mirror, client, tmp_path
):
    out = tmp_path / "mirror"

    done = mirror.write(out, progress=silent)

    assert _dead(out) == []
    addresses = [*mirror.pages(), *mirror.files()]
    assert done.files == len(set(addresses)) > 150
    for address in addresses:
        path = out / unquote(address).lstrip("/")
        path = path / "index.html" if address.endswith("/") else path
        assert path.read_bytes() == client.get(address).content, address


def _dead(out):
    """Return the addresses that pages name and the mirror lacks, but for the site's.

    A mirror has neither desks nor an API.
    """
    named = set()
    for page in out.rglob("*.html"):
        named |= set(re.findall(r'(?:href|src)="(/[^"#?]*)', page.read_text()))
    return [
        each
        for each in sorted(named - SITE_ONLY)
        if not (out / unquote(each).lstrip("/")).exists()
    ]


@pytest.fixture
def small(mirror, monkeypatch):
    """The mirror of two pages: how it is put in place does not mind how many."""
    monkeypatch.setattr(mirror, "pages", lambda: iter(["/", "/es/about/"]))
    monkeypatch.setattr(mirror, "files", lambda: iter(["/feed.atom"]))
    return mirror


def test_an_earlier_mirror_gives_way_and_anything_else_does_not(small, tmp_path):
    out, mirror = tmp_path / "mirror", small
    mirror.write(out, progress=silent)
    (out / "gone.html").write_text("old")

    mirror.write(out, progress=silent)

    assert not (out / "gone.html").exists()
    other = tmp_path / "photographs"
    other.mkdir()
    (other / "summer.jpg").write_bytes(b"x")
    with pytest.raises(InputError, match="no mirror"):
        mirror.write(other, progress=silent)
    assert (other / "summer.jpg").exists()


def test_a_mirror_that_fails_leaves_the_one_before_as_it_was(
    small, tmp_path, monkeypatch
):
    out, mirror = tmp_path / "made" / "mirror", small
    mirror.write(out, progress=silent)
    before = sorted(out.rglob("*"))
    monkeypatch.setattr(mirror, "files", lambda: iter(["/measures/none/1/"]))

    with pytest.raises(InputError, match="answered 404"):
        mirror.write(out, progress=silent)

    assert sorted(out.rglob("*")) == before
    assert list(out.parent.iterdir()) == [out]


def test_the_compiled_catalogue_is_that_of_its_source():
    made = compiled(read(CATALOGUE.read_text(encoding="utf-8")))

    assert CATALOGUE.with_suffix(".mo").read_bytes() == made


def _in_templates():
    """Yield what the public templates say, as gettext looks it up."""
    places = [*(SOURCE / "web/templates/measures").rglob("*.html")]
    for path in [*places, SOURCE / "web/templates/public.html"]:
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'\{% translate "([^"]+)"', text)
        yield from re.findall(r"\{% translate '([^']+)'", text)
        for inner in re.findall(
            r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate %\}", text, re.DOTALL
        ):
            said = re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", inner.replace("%", "\0"))
            said = re.sub("\0 plural \0", "% plural %", said).replace("\0", "%%")
            yield "\0".join(said.split("{% plural %}"))


def _in_code():
    """Yield the sentences the page package says, and the engine's words."""
    for path in (SOURCE / "report" / "page").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = (
                isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Said"
            )
            if named and node.args and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value
    from plebiscite.report.page import figure, glance, hurdles, level
    from plebiscite.report.page.taken import cited
    from plebiscite.rules.rulebook import laws, open_law
    from plebiscite.rules.told.sections import SECTIONS
    from plebiscite.web.measures.templatetags.told import PATTERNS

    for words in (
        figure.MEANS,
        figure.PROVES,
        glance.TO_DO,
        hurdles.WORDS,
        cited.NAMES,
        cited.VOTES,
        table().stages,
    ):
        yield from words.values()
    yield from (kind.words for kind in table().kinds.values())
    yield from (act.silence for acts in table().next.values() for act in acts)
    yield from (words for each in table().offices.values() for words in each.values())
    yield from filter(None, level.WORDS.values())
    yield from SECTIONS
    yield from (form for _pattern, form in PATTERNS)
    for law in laws():
        yield from (name.replace("_", " ") for name in open_law(law).rules)


def test_everything_the_public_pages_say_has_its_spanish():
    known = read(CATALOGUE.read_text(encoding="utf-8"))

    said = {each for each in (*_in_templates(), *_in_code()) if each}

    assert len(said) > 300
    assert sorted(said - set(known)) == []


def test_spanish_keeps_every_place_for_a_value():
    """A sentence that lost a place would fail at the reader, in one language only."""
    for said, told in read(CATALOGUE.read_text(encoding="utf-8")).items():
        places = re.compile(r"\{\w*\}|%\(\w+\)s")
        if "Content-Type" in told:
            continue
        for form, origin in zip(told.split("\0"), said.split("\0"), strict=True):
            assert set(places.findall(form)) == set(places.findall(origin)), said
