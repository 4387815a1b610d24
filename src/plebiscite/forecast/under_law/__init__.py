"""The chance that a vote carries, by the very rule that will judge it.

Shares are not votes: a law counts yes against no, or against all ballots, or against
those registered, and may ask for a quorum besides. So forecasts of the yes share and of
the turnout are turned into whole counts, the law's own rule judges them, and where its
answer turns is found to the single vote. The last step is integrated and not tossed, so
that a small chance is a small number and not nought.

Turnout and yes share hang together: whoever stays at home to break a quorum takes No
votes away.
"""

from plebiscite.forecast.under_law.chance import UnderLaw, under_law
from plebiscite.forecast.under_law.scene import Leaning

__all__ = ["Leaning", "UnderLaw", "under_law"]
