"""The API's document as a page. Oracle: the document itself, name by name."""

import html5lib
import pytest

from plebiscite.web.api.reference import kind

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("settings")]
DOCUMENT, PAGE = "/api/v1/openapi.json", "/api/docs/"


@pytest.fixture
def read(client):
    """Return a page's tree, and its elements by their id."""

    def of(address):
        text = client.get(address).content.decode()
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        return tree, {each.get("id"): each for each in tree.iter() if each.get("id")}

    return of


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_every_operation_stands_there_with_all_it_takes_and_answers(client, read):
    document = client.get(DOCUMENT).json()
    tree, known = read(PAGE)
    articles = {
        each.get("aria-labelledby"): words(each) for each in tree.iter("article")
    }
    tried = 0
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            tried += 1
            told = articles[said["operationId"]]
            assert words(known[said["operationId"]]) == f"{method.upper()} {path}"
            names = [each["name"] for each in said.get("parameters", [])]
            assert [
                name for name in [*names, *said["responses"]] if name not in told
            ] == []
            assert ("Needs a key" in told) == bool(said.get("security"))

    assert tried > 15


def test_every_shape_stands_there_and_every_link_leads_to_one(client, read):
    shapes = client.get(DOCUMENT).json()["components"]["schemas"]
    tree, known = read(PAGE)
    articles = {
        each.get("aria-labelledby"): words(each) for each in tree.iter("article")
    }

    for name, shape in shapes.items():
        told = articles[f"shape-{name}"]
        assert [key for key in shape.get("properties", {}) if key not in told] == []
    links = [each.get("href") for each in tree.iter("a")]
    inner = [link for link in links if link.startswith("#")]
    assert [link for link in inner if link[1:] not in known] == []
    assert {"#shape-Error", "#shape-Event"} <= set(inner)
    assert list(tree.iter("script")) == []


def test_what_is_ours_is_in_spanish_and_what_is_the_documents_says_it_is_english(read):
    tree, _known = read(f"/es{PAGE}")

    assert "La API" in words(next(tree.iter("h1")))
    assert "en inglés" in words(next(tree.iter("main")))
    english = [each for each in tree.iter() if each.get("lang") == "en"]
    assert any("in neutral order" in words(each) for each in english)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        (
            {"type": "integer", "minimum": 1, "maximum": 9, "default": 5},
            "integer, from 1, to 9, without it 5",
        ),
        ({"type": "string", "default": ""}, "string"),
        ({"anyOf": [{"$ref": "#/x/Me"}, {"type": "null"}]}, "Me or null"),
        ({"type": "array", "items": {}}, "list of any value"),
        ({"type": "string", "enum": ["a", "b"]}, "string: a, b"),
        ({"type": "boolean", "default": False}, "boolean, without it False"),
    ],
)
def test_a_kind_of_value_is_said_in_words(schema, said):
    assert "".join(part.text for part in kind(schema)) == said
