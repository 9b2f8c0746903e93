"""Codes in words, a module a room: what closed lists, journal entries and register columns are called."""

from fenhu.web.sheet_names import sheet
from fenhu.web.ui.names.design import DESIGN_ORIGINS, DESIGN_STATES, DEVICES, LOOPS, MAINS, RADIATOR_ACTIONS
from fenhu.web.ui.names.documents import DOCUMENT_STATES
from fenhu.web.ui.names.jobs import JOB_STATES
from fenhu.web.ui.names.journal import EVENTS, KEPT, SUBJECTS
from fenhu.web.ui.names.money import DUE_AFTER, UNITS, bill_marks
from fenhu.web.ui.names.plans import PLAN_ORIGINS
from fenhu.web.ui.names.registry import (
    ACTIONS,
    AUTHORITIES,
    LEVELS,
    UPLOAD_STATES,
    USES,
    assumed,
    field,
)
from fenhu.web.ui.names.works import ACTIVITY_KINDS, ANSWER_WAYS, CHECKS, MATERIAL_KINDS, NOTICE_WAYS, STATES

__all__ = [
    "ACTIONS",
    "ACTIVITY_KINDS",
    "ANSWER_WAYS",
    "AUTHORITIES",
    "CHECKS",
    "DESIGN_ORIGINS",
    "DESIGN_STATES",
    "DEVICES",
    "DOCUMENT_STATES",
    "DUE_AFTER",
    "EVENTS",
    "JOB_STATES",
    "KEPT",
    "LEVELS",
    "LOOPS",
    "MAINS",
    "MATERIAL_KINDS",
    "NOTICE_WAYS",
    "PLAN_ORIGINS",
    "RADIATOR_ACTIONS",
    "STATES",
    "SUBJECTS",
    "UNITS",
    "UPLOAD_STATES",
    "USES",
    "assumed",
    "bill_marks",
    "field",
    "sheet",
]
