"""The inks of the drawings, the same as the style sheet's."""

from __future__ import annotations

INK = "#1b2126"
SOFT = "#5a636b"
RULE = "#c9c3b4"
PAPER = "#fffdf8"
TINT = "#f1ecdf"
DEEP = "#1d4e6f"
PALE = "#d5e3ea"
WARM = "#9a4a22"
SANS = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
