"""Petition lines by roll: which voter signed which line (record linkage).

Callers need `plebiscite.match.find.match_lines` and the columns it gives, no more; what
lies beneath (blocking, levels, the model) can be replaced without touching them.
"""
