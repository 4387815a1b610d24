"""A measure's chance, asked for: from its id and a day to the forecast in words."""

from plebiscite.report.chance.asked.ask import ask, laddered, opened

__all__ = ["ask", "laddered", "opened"]
