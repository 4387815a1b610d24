"""At 200% and 400% zoom nothing is scrolled sideways and no focus is covered.

A window of 1,280 by 1,024 at 400% is 320 by 256 CSS pixels, at 200% 640 by 512 (WCAG
2.2, 1.4.10 and 2.4.11). Tables scroll in a frame of their own. Oracle: Chromium's own
measure of the page, and what lies uppermost where each control is that takes the focus.
"""

import pytest
import states_county
from looked_at import overflows

CAMPAIGN, COUNTY = "/campaign/simulated/26-0001", states_county.DESK
PAGES = (
    (None, "/sign-in/"),
    (None, "/"),
    (None, "/measures/us/ca/16-0011/"),
    (None, "/measures/simulated/16-0011/"),
    (None, "/es/measures/simulated/26-0001/"),
    (None, "/laws/us/ca/constitutional_initiative/"),
    (None, "/api/docs/"),
    ("proponent", f"{CAMPAIGN}/"),
    ("proponent", f"{CAMPAIGN}/bundles/"),
    ("proponent", f"{CAMPAIGN}/pace/"),
    ("proponent", f"{CAMPAIGN}/budget/"),
    ("county", f"{COUNTY}/"),
    ("county", f"{COUNTY}/files/"),
    ("county", f"{COUNTY}/draw/"),
    ("county", states_county.line("dispute")),
)
COVERED = """() => {
  const found = [];
  const able = 'a[href], button, input:not([type=hidden]), select, textarea, summary';
  for (const each of [...document.querySelectorAll(able)].slice(0, 150)) {
    if (!each.checkVisibility() || each.disabled) continue;
    each.focus();
    const box = each.getClientRects()[0];
    if (document.activeElement !== each || !box || box.width < 4) continue;
    const at = (x, y) => document.elementFromPoint(x, y);
    const points = [[box.left + 2, box.top + 2], [box.right - 2, box.bottom - 2],
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2]];
    const seen = points.some(([x, y]) => {
      const top = at(Math.min(x, innerWidth - 1), y);
      return top && (each.contains(top) || top.contains(each));
    });
    if (!seen) found.push((each.textContent || each.name).trim().slice(0, 40)
      + ' at ' + points[2].map(Math.round));
  }
  return found;
}"""


@pytest.mark.parametrize(("width", "height", "scale"), [(640, 512, 2), (320, 256, 4)])
def test_a_page_zoomed_in_is_read_downwards_only(site, opened, width, height, scale):
    wrong, pages = {}, {}
    for key, where in PAGES:
        if key not in pages:
            size = {"width": width, "height": height}
            pages[key] = opened(site, key, size=size, device_scale_factor=scale)
        page, path = pages[key], where if isinstance(where, str) else where(site)

        assert page.goto(path).status == 200
        if overflows(page):
            wrong[path] = "wider than the window"
        elif found := page.evaluate(COVERED):
            wrong[path] = found

    assert wrong == {}
