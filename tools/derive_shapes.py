"""Derive the outlines of counties and states that `plebiscite vote map` draws.

Run:  python tools/derive_shapes.py --atlas FOLDER

FOLDER holds counties-10m.json and states-albers-10m.json of us-atlas 3.0.1 (ISC
licence), which was made from the US Census Bureau's cartographic boundary files of 2017
(public domain). Each state is projected on a plane of its own (Albers, equal areas) and
laid on a grid of whole numbers; what falls together there is left out. Neighbours keep
the border they share, since the same points fall together for both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from pathlib import Path
from typing import Any

OUT = Path("src/plebiscite/report/results/shapes.json.gz")
WIDE = 620
"""Units of the grid along a state's longer side."""
INDEPENDENT_CITY = 500
"""From this county code on, the Census Bureau numbers cities that are no county's."""
POSTAL = {
    "01": "al", "02": "ak", "04": "az", "05": "ar", "06": "ca", "08": "co", "09": "ct",
    "10": "de", "11": "dc", "12": "fl", "13": "ga", "15": "hi", "16": "id", "17": "il",
    "18": "in", "19": "ia", "20": "ks", "21": "ky", "22": "la", "23": "me", "24": "md",
    "25": "ma", "26": "mi", "27": "mn", "28": "ms", "29": "mo", "30": "mt", "31": "ne",
    "32": "nv", "33": "nh", "34": "nj", "35": "nm", "36": "ny", "37": "nc", "38": "nd",
    "39": "oh", "40": "ok", "41": "or", "42": "pa", "44": "ri", "45": "sc", "46": "sd",
    "47": "tn", "48": "tx", "49": "ut", "50": "vt", "51": "va", "53": "wa", "54": "wv",
    "55": "wi", "56": "wy",
}  # fmt: skip

Point = tuple[float, float]


def main() -> None:
    """Read the atlas and write the outlines of every state."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--atlas", type=Path, required=True)
    atlas = parser.parse_args().atlas
    counties = json.loads((atlas / "counties-10m.json").read_text())
    states = json.loads((atlas / "states-albers-10m.json").read_text())
    places = {"us": _on_grid(_outlines(states, "states", lambda _: True), flat=True)}
    for fips, postal in sorted(POSTAL.items(), key=lambda each: each[1]):
        places[f"us/{postal}"] = _on_grid(
            _outlines(counties, "counties", lambda code, f=fips: code[:2] == f)
        )
    text = json.dumps(places, separators=(",", ":"), sort_keys=True)
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{OUT}: {len(places)} places, {OUT.stat().st_size:,} bytes")


def _outlines(atlas: dict[str, Any], layer: str, wanted: Any) -> dict[str, list[Any]]:
    """Return each part's rings of (longitude, latitude), decoded from its arcs."""
    arcs = [_decoded(arc, atlas.get("transform")) for arc in atlas["arcs"]]
    found: dict[str, list[list[Point]]] = {}
    shapes = [
        shape
        for shape in atlas["objects"][layer]["geometries"]
        if shape.get("type") is not None and wanted(shape["id"])
    ]
    for shape in sorted(shapes, key=lambda each: str(each["id"])):
        code = shape["id"]
        name = shape["properties"]["name"]
        if len(code) > 2 and int(code[2:]) >= INDEPENDENT_CITY and name in found:  # noqa: PLR2004
            name += " city"
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        found[name] = [_joined(ring, arcs) for rings in polygons for ring in rings]
    return found


def _decoded(arc: list[list[int]], transform: dict[str, Any] | None) -> list[Point]:
    if transform is None:
        return [(x, y) for x, y in arc]
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def _joined(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc if not points else arc[1:]
    return points


def _on_grid(parts: dict[str, list[Any]], *, flat: bool = False) -> dict[str, Any]:
    """Return the parts on a grid of whole numbers, north upward, with its size."""
    if not flat:
        parts = _projected(parts)
    xs = [x for rings in parts.values() for ring in rings for x, _ in ring]
    ys = [y for rings in parts.values() for ring in rings for _, y in ring]
    scale = WIDE / max(max(xs) - min(xs), max(ys) - min(ys))
    laid = {}
    for name, rings in sorted(parts.items()):
        kept = []
        for ring in rings:
            points: list[int] = []
            for x, y in ring:
                at = [round((x - min(xs)) * scale), round((y - min(ys)) * scale)]
                if points[-2:] != at:
                    points += at
            if len(points) >= 8:  # noqa: PLR2004 - a triangle and its first point again
                kept.append(points)
        # An island that the grid swallows whole stays as a small square.
        laid[name] = kept or [_square(rings[0][0], min(xs), min(ys), scale)]
    size = [round((max(v) - min(v)) * scale) for v in (xs, ys)]
    return {"size": size, "parts": laid}


def _square(point: Point, left: float, top: float, scale: float) -> list[int]:
    x, y = round((point[0] - left) * scale), round((point[1] - top) * scale)
    return [x, y, x + 3, y, x + 3, y + 3, x, y + 3, x, y]


def _projected(parts: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Project by Albers' conic of equal areas, with parallels at a sixth of the height.

    Source: J. P. Snyder, Map Projections: A Working Manual (USGS 1395, 1987), p. 100.
    """
    lons = [_east(x) for rings in parts.values() for ring in rings for x, _ in ring]
    lats = [y for rings in parts.values() for ring in rings for _, y in ring]
    middle = math.radians((max(lons) + min(lons)) / 2)
    low, high = math.radians(min(lats)), math.radians(max(lats))
    one, two = low + (high - low) / 6, high - (high - low) / 6
    n = (math.sin(one) + math.sin(two)) / 2
    c = math.cos(one) ** 2 + 2 * n * math.sin(one)

    def project(lon: float, lat: float) -> Point:
        radius = math.sqrt(c - 2 * n * math.sin(math.radians(lat))) / n
        angle = n * (math.radians(_east(lon)) - middle)
        return radius * math.sin(angle), radius * math.cos(angle)

    return {
        name: [[project(*point) for point in ring] for ring in rings]
        for name, rings in parts.items()
    }


def _east(longitude: float) -> float:
    """Return a longitude counted westward past the day line, for the Aleutians."""
    return longitude - 360 if longitude > 0 else longitude


if __name__ == "__main__":
    main()
