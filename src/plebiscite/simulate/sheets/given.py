"""Sheets of given sections, on whose lines given signers write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from plebiscite.core.files import whole_folder
from plebiscite.petition.form.geometry import page_of
from plebiscite.petition.form.layout import serial_text
from plebiscite.petition.form.section import Plan, section_pdf
from plebiscite.simulate.sheets.fill import FIELDS, write_line
from plebiscite.simulate.sheets.hand import hand, hands
from plebiscite.simulate.sheets.write import drawn, pictured


def write_given(
    out: Path,
    made: Plan,
    sections: Mapping[int, Sequence[Mapping[str, object]]],
    *,
    seed: int,
) -> int:
    """Write a picture of each page of sections into `out`; return how many there are.

    Args:
        out: a folder that must not exist.
        made: how the sections are printed.
        sections: of each serial its signers, line by line, no more than it has lines:
            `FIELDS`, and whether the line is `signed` and `struck`.
        seed: any whole number from 0.

    """
    fonts, count = hands(), 0
    with whole_folder(out) as draft:
        for serial, signers in sections.items():
            pdf = section_pdf(made, [serial])
            for number in range(1, made.pages + 1):
                rng = np.random.Generator(np.random.PCG64([seed, serial, number]))
                paper = drawn(pdf, number)
                for line in page_of(made.layout(number)).lines:
                    if line.number > len(signers):
                        continue
                    signer = signers[line.number - 1]
                    write_line(
                        paper,
                        line,
                        {name: str(signer[name]) for name in FIELDS if signer[name]},
                        signed=bool(signer["signed"]),
                        struck=bool(signer["struck"]),
                        by=hand(fonts, rng),
                        rng=rng,
                    )
                file = f"{serial_text(serial)}-{number}.jpg"
                (draft / file).write_bytes(pictured(paper, rng))
                count += 1
    return count
