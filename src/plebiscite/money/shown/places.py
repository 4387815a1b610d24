"""Which addresses are at home: the states and territories of the United States."""

from __future__ import annotations

POSTAL = """
AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT
NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY
AS GU MP PR VI UM
AA AE AP
"""
STATES = tuple(POSTAL.split())
"""Postal codes of states, territories, and the armed forces' post abroad. Micronesia,
the Marshalls and Palau (FM, MH, PW) share the post, and are states of their own."""
HOME = (
    "US",
    "USA",
    "U.S.",
    "U.S.A.",
    "UNITED STATES",
    "UNITED STATES OF AMERICA",
    "PUERTO RICO",
    "GUAM",
)
