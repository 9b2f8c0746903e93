"""Papers: what leaves the office — schedules and bills as workbooks, drawings as PDF, the report as HTML.

In come plain values (``Schedule``, ``PlanReport``), built from study results by whoever has them; out come
files in the current language. Papers made from the demo city bear the mark "演示数据".
"""

from fenhu.papers.bill import BillPaper, bill_xlsx
from fenhu.papers.comparison import comparison_xlsx
from fenhu.papers.drawing_set import drawing_set_pdf
from fenhu.papers.estate import VALVE_NAMES, estate_xlsx, setting_words
from fenhu.papers.report import plan_report_html
from fenhu.papers.report_values import (
    PlannedBuilding,
    PlanReport,
    PlanYear,
    SearchFigures,
    StockFigures,
    UnplannedBuilding,
)
from fenhu.papers.review_sheet import review_xlsx
from fenhu.papers.schedule import schedule_xlsx
from fenhu.papers.schedule_values import NamedAssumption, Schedule, ScheduleRow, ScheduleYear
from fenhu.papers.words import form_name, item_name, owner_kind_name, payer_name

__all__ = [
    "VALVE_NAMES",
    "BillPaper",
    "NamedAssumption",
    "PlanReport",
    "PlanYear",
    "PlannedBuilding",
    "Schedule",
    "ScheduleRow",
    "ScheduleYear",
    "SearchFigures",
    "StockFigures",
    "UnplannedBuilding",
    "bill_xlsx",
    "comparison_xlsx",
    "drawing_set_pdf",
    "estate_xlsx",
    "form_name",
    "item_name",
    "owner_kind_name",
    "payer_name",
    "plan_report_html",
    "review_xlsx",
    "schedule_xlsx",
    "setting_words",
]  # fmt: skip
