"""Papers: what leaves the office — schedules and bills as workbooks, drawings as PDF, the report as HTML.

In come plain values (``Schedule``, ``PlanReport``), built from study results by whoever has them; out come
files in the current language. Papers made from the demo city bear the mark "演示数据".
"""

from fenhu.papers.arrears import ArrearsRow, arrears_xlsx
from fenhu.papers.bill import BillPaper, bill_xlsx
from fenhu.papers.capitals import capital_yuan
from fenhu.papers.collected import CollectedStatement, collected_pdf, collected_xlsx
from fenhu.papers.comparison import comparison_xlsx
from fenhu.papers.drawing_set import drawing_set_pdf
from fenhu.papers.estate import VALVE_NAMES, estate_xlsx, setting_words
from fenhu.papers.fill_in import (
    measured_template_xlsx,
    opening_template_xlsx,
    prices_template_xlsx,
    readings_template_xlsx,
    statement_template_xlsx,
)
from fenhu.papers.heat_bills import HeatBillRow, heat_bills_xlsx
from fenhu.papers.receipt import ReceiptPaper, receipt_pdf
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
from fenhu.papers.reward_allocation import (
    AllocationRow,
    RewardAllocation,
    reward_allocation_pdf,
    reward_allocation_xlsx,
)
from fenhu.papers.schedule import schedule_xlsx
from fenhu.papers.schedule_values import NamedAssumption, Schedule, ScheduleRow, ScheduleYear
from fenhu.papers.statement import AccountStatement, StatementRow, statement_pdf, statement_xlsx
from fenhu.papers.words import form_name, item_name, owner_kind_name, payer_name

__all__ = [
    "VALVE_NAMES",
    "AccountStatement",
    "AllocationRow",
    "ArrearsRow",
    "BillPaper",
    "CollectedStatement",
    "HeatBillRow",
    "NamedAssumption",
    "PlanReport",
    "PlanYear",
    "PlannedBuilding",
    "ReceiptPaper",
    "RewardAllocation",
    "Schedule",
    "ScheduleRow",
    "ScheduleYear",
    "SearchFigures",
    "StatementRow",
    "StockFigures",
    "UnplannedBuilding",
    "arrears_xlsx",
    "bill_xlsx",
    "capital_yuan",
    "collected_pdf",
    "collected_xlsx",
    "comparison_xlsx",
    "drawing_set_pdf",
    "estate_xlsx",
    "form_name",
    "heat_bills_xlsx",
    "item_name",
    "measured_template_xlsx",
    "opening_template_xlsx",
    "owner_kind_name",
    "payer_name",
    "plan_report_html",
    "prices_template_xlsx",
    "readings_template_xlsx",
    "receipt_pdf",
    "review_xlsx",
    "reward_allocation_pdf",
    "reward_allocation_xlsx",
    "schedule_xlsx",
    "setting_words",
    "statement_pdf",
    "statement_template_xlsx",
    "statement_xlsx",
]  # fmt: skip
