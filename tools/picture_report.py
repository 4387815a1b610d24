"""Takes the demonstration's picture anew: python tools/picture_report.py FOLDER.

FOLDER is what `plebiscite demo --out FOLDER` wrote; Chromium shows its report.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "demo-report.png"
WIDTH, HEIGHT = 1000, 1230
COLOURS = 128


def main(folder: Path) -> None:
    """Show the top of the report, in few colours so that the file stays small."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto((folder / "report.html").resolve().as_uri())
        page.evaluate("document.fonts.ready")
        shown = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    shown.convert("RGB").quantize(COLOURS).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
