"""The campaign's own records: chapters, circulators, volunteers, bundles, credit.

All of it lies in ``campaign/`` of the measure's folder. It knows sheets and counts of
lines; it holds nobody's signature, and nothing that could be joined with one.
"""
