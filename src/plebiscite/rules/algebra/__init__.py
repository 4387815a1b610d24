"""Tests and bands: they decide, and say what they decided.

A test on something not yet counted is open, unless the rest already settles it.
"""

from plebiscite.rules.algebra.bands import MEANT, OPEN_BAND, Band, Bands
from plebiscite.rules.algebra.bodies import Elections, Judgment
from plebiscite.rules.algebra.choose import Choose
from plebiscite.rules.algebra.compare import Compare, Relation
from plebiscite.rules.algebra.parts import CountOf, Parts
from plebiscite.rules.algebra.several import AllOf, AnyOf, Not, Routes
from plebiscite.rules.algebra.steps import Step, Steps
from plebiscite.rules.algebra.test import Test, cited, spoken

__all__ = [
    "MEANT",
    "OPEN_BAND",
    "AllOf",
    "AnyOf",
    "Band",
    "Bands",
    "Choose",
    "Compare",
    "CountOf",
    "Elections",
    "Judgment",
    "Not",
    "Parts",
    "Relation",
    "Routes",
    "Step",
    "Steps",
    "Test",
    "cited",
    "spoken",
]
