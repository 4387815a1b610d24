"""Words that nobody should send, and how to tell when a page took them for markup.

One text holds a tag with an attribute, quotes that would end an attribute, and the
signs of every format we write with. A page may show it, letter by letter; none may hold
an element or an attribute that came of it.
"""

from html.parser import HTMLParser

import html5lib

BAD = "zq<zq onzq=1>\"' onzq=1 {{7*7}}{%zq%}%(zq)s %s {0} &#60;zq&#62;"
"""No slash in it, so that it may stand in an address too."""
TURNED = "zq\u202egnorw\x07zq"
"""With a mark that turns the writing, and a bell."""


def born_of_data(text):
    """Return what of a page came of the text above: elements, attributes, addresses."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        for key, value in element.attrib.items():
            name = str(key)
            if name.startswith(("on", "zq")) or name in {"style", "srcdoc"}:
                found.append(f"{tag} {name}")
            if name in {"href", "src", "action"} and "script:" in value:
                found.append(f"{tag} {name}={value[:30]}")
        if tag.startswith("zq"):
            found.append(tag)
        if tag == "script" and "zq" in (element.text or ""):
            found.append("script")
    return found


def shows(text):
    """Return whether a page shows the text letter by letter."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    return BAD in "".join(tree.itertext())


class Forms(HTMLParser):
    """The forms of a page: where each sends what, with the words it asks for."""

    WORDS = frozenset({"text", "search", "email", "tel", "url", "number", "password"})

    def __init__(self, text):
        super().__init__()
        self.found, self.select = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "form":
            self.found.append(
                {
                    "to": said.get("action", ""),
                    "posts": said.get("method", "get").lower() == "post",
                    "words": [],
                    "others": {},
                }
            )
        if not self.found:
            return
        form, name = self.found[-1], said.get("name", "")
        kind = said.get("type", "text")
        if tag == "option" and self.select and said.get("value"):
            form["others"].setdefault(self.select, said["value"])
        self.select = name if tag == "select" else self.select
        if not name or tag not in {"input", "textarea", "button"}:
            return
        if tag == "textarea" or (tag == "input" and kind in self.WORDS):
            form["words"].append(name)
        elif kind != "file" and name != "csrfmiddlewaretoken":
            form["others"].setdefault(name, said.get("value", "yes"))
