"""What every page is held against: valid HTML, axe, no third party, width, CSP."""

from functools import cache

import html5lib
from axe_playwright_python.base import AXE_SCRIPT

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})
  .then(found => found.violations.map(each => each.id + ': ' + each.help + ' at '
    + each.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')))"""


@cache
def faults_of_html(text):
    """Return where a document is not valid HTML, as html5lib's strict parser says."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    return [f"{place}: {code} {said}" for place, code, said in parser.errors]


def faults_of_access(page):
    """Return axe's violations on the page as it stands, each in a sentence."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, RULES)


def overflows(page):
    """Return whether the page is wider than its window: nobody scrolls sideways."""
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth > {root}.clientWidth + 1")


class Watched:
    """Notes what a browser page asks for beyond the site, and what its CSP refuses.

    From its making on, and no longer than a block, if one is made with it.
    """

    def __init__(self, page, url):
        self.page, self.url = page, url
        self.foreign, self.refused = [], []
        self._told = {
            "request": self._asked,
            "console": self._said,
            "pageerror": self._failed,
        }
        for name, hears in self._told.items():
            page.on(name, hears)

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        for name, hears in self._told.items():
            self.page.remove_listener(name, hears)

    def _asked(self, request):
        if not request.url.startswith((self.url, "data:", "about:", "blob:")):
            self.foreign.append(request.url)

    def _said(self, message):
        if "Content Security Policy" in message.text:
            self.refused.append(message.text)

    def _failed(self, error):
        self.refused.append(str(error))
