"""What the county desk keeps: desks, uploads, lines, and decisions only added to."""

from plebiscite.web.county.models.decision import Decision, Turn
from plebiscite.web.county.models.desk import Desk, Policy, Stage
from plebiscite.web.county.models.examination import Examination, Visit
from plebiscite.web.county.models.further import Further, FurtherAct
from plebiscite.web.county.models.hold import Hold
from plebiscite.web.county.models.line import Line, Rekey, State
from plebiscite.web.county.models.upload import Kind, Taken, Upload

__all__ = [
    "Decision",
    "Desk",
    "Examination",
    "Further",
    "FurtherAct",
    "Hold",
    "Kind",
    "Line",
    "Policy",
    "Rekey",
    "Stage",
    "State",
    "Taken",
    "Turn",
    "Upload",
    "Visit",
]
