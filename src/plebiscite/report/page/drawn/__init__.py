"""Drawings of a measure's page: SVG of our own, no script, no style sheet needed.

Colour repeats what position and words say; each drawing names what it shows for whoever
does not see it, and the figures stand in a table beside it.
"""
