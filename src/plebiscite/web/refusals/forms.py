"""What the engine refuses at a desk, as forms and words; `spoken` tells what they are.

Each has its Spanish in the catalogue. The more of its own words a form has, the sooner
it is tried; the last ones say only where something stands.
"""

from __future__ import annotations

REFUSED = (
    "section {name1}, row {name2} is keyed otherwise than in the file people "
    "have worked on; key only the lines that were drawn since, and leave the "
    "others as they were",
    "these are specimens, not for circulation: {name1}; print sections with the "
    "measure's official title and summary",
    "entry {name1} of the campaign's register changes {name2}, which no entry "
    "before it added; restore the register",
    "{name1}: either its lines are counted and it is not returned, or it is "
    "returned and they are not",
    "nobody on this roll is registered in {name1}; it holds {name2}. Hand in the "
    "roll of {name3}, or of the state",
    "these sections are not back: {name1}; take their bundles back first, or "
    "correct the serials",
    "bundles.jsonl names the {words1} {name1}, whom no register knows; restore "
    "the campaign's registers",
    "a chapter's key is small letters, figures and hyphens, such as 'san-diego': "
    "not {name1}",
    "these sections were never printed: {name1}; print them first, or correct "
    "the serials",
    "a circulator's key is letters, figures, hyphens and dots, such as C0012: "
    "not {name1}",
    "{name1} is the campaign of {name2}; name the folder of this measure's own "
    "(--campaign)",
    "this manifest counts lines of {name1}; the desk is {name2}'s. Keep the rows "
    "of {name3} only",
    "these sections were never handed out: {name1}; write down first who had them",
    "entry {n1} cannot be undone while later ones rest on it; undo those first",
    "there is no entry {n1} that could be undone; 'bundles list' numbers them",
    "{words1} holds what cannot be seen ({name1}); copied text often does: type "
    "it anew",
    "{name1} is not a ledger of issued sections, or a later one; restore it",
    "{n1} of {n2} entries are no images; nothing of this file was taken over",
    "{name1} is not a campaign's register, or a later one; restore it",
    "{name1} stands in two lists; each section has become one thing",
    "serials are written 1-100 or 1-100,150, from 1 up: not {name1}",
    "{name1} has not come yet; write the day on which it happened",
    "{name1}: a code is two to five letters, such as PET: not {name2}",
    "these are more than {n1} serials; print them in parts",
    "{n1} sections have {n2} lines at most, not {n3}; count again",
    "there is no receipt {name1}; 'bundles list' names them",
    "there is no bundle {name1}; 'bundles list' names them",
    "payments coded {name1} would count under two headings",
    "{name1}: write the amount as 12000 or 12,000.00, not {name2}",
    "there is a chapter {name1} already; change that one",
    "{n1} lines cannot be received; write 0 or more",
    "{n1} lines, and no section that they stand on",
    "serials end at {n1}; begin another campaign",
    "print at most {n1} sections at a time",
    "{name1} is not a register of plans; restore it",
    "these sections cannot come back in {name1} on {iso1}",
    "{name1}: entry {name2} is missing; restore the file",
    "the sections add up to {n1} lines, not {n2}",
    "{words1} is a whole number from 0 up, not {n1}",
    "{name1} is not in {name2}; name its own bundle",
    "there is a circulator {name1} already: {name2}",
    "the serial {name1} stands in {name2} twice",
    "a plan has {n1} headings at most",
    "out with chapter {name1} since {iso1} ({name2})",
    "returned by chapter {name1} on {iso1} ({name2})",
    "{name1} to {name2} were printed on {name3} for {name4}",
    "the time {name1} has no time zone",
    "unused by chapter {name1} on {iso1} ({name2})",
    "spoilt by chapter {name1} on {iso1} ({name2})",
    "{n1} lines valid of {n2} checked",
    "write {words1}, in 1 to {n1} letters",
    "lost by chapter {name1} on {iso1} ({name2})",
    "nothing of {name1} comes back",
    "there is no volunteer {name1}",
    "… and {n1} more like these",
    "{name1} is of chapter {name2}, not {name3}",
    "{name1} is not out any more",
    "out with {name1} since {iso1} ({name2})",
    "returned by {name1} on {iso1} ({name2})",
    "{name1} has {n1} lines, not {n2}",
    "unused by {name1} on {iso1} ({name2})",
    "spoilt by {name1} on {iso1} ({name2})",
    "lost by {name1} on {iso1} ({name2})",
    "there is no {words1} {name1}; {words2}",
    "did you mean {name1}?",
    "{name1} stands twice",
    "{name1}: below zero",
    "row {n1}, column {name1} ({name2}): {words1}",
    "row {n1}, column {name1}: {words1}",
    "row {n1} ({name1}): {words1}",
    "row {n1}: {words1}",
    "column {name1} ({name2}): {words1}",
    "column {name1}: {words1}",
    "{name1}: {words1}",
)
WORDS = (
    "these sections cannot be handed out; a section is with one holder at a time",
    "a check without a section is none",
    "say who takes the sections: a circulator, or a chapter",
    "a section has 0 lines or more",
    "name the sections to hand out: 1-10",
    "these serials were issued before, and none is issued twice; print new ones "
    "(--next), also in place of sheets that were lost or spoilt",
    "a receipt names who handed the sheets in, and who took them",
    "an address to write to is kept only of who agreed to be written to; leave "
    "it out, or record the consent",
    "who writes this down",
    "why it is undone",
    "the circulator's name",
    "the volunteer's name",
    "the chapter's name",
    "a quota",
    "the number of sheets",
    "where to write to",
    "how it was checked",
    "what it is for",
    "the lines to file",
    "the plan cannot be",
    "a plan has a heading at least",
    "the files are gone; hand them in again",
    "this cannot be read",
    "write the day as 2018-06-28",
    "this file unpacks to too much; split it",
    "not a PNG or JPEG image of at most 5 MB",
    "this file holds no image",
    "this is no ZIP file; pack the images into one",
    "the queue needs a roll, a draw and the keyed lines first",
    "add it first",
    "circulator",
    "chapter",
)
