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
from fenhu.papers.plan_changes import CHANGES, STAGES, ChangeList, ChangeRow, changes_pdf, changes_xlsx
from fenhu.papers.plan_compare import Compared, Converted, compared, difference, gain_said
from fenhu.papers.plan_paper import plan_book_pdf
from fenhu.papers.plan_values import (
    BookRow,
    MainsRow,
    PlanBook,
    PlanTotals,
    PurseRow,
    SeasonRow,
    narrowed,
    plan_totals,
    year_totals,
)
from fenhu.papers.plan_workbook import plan_book_xlsx
from fenhu.papers.receipt import ReceiptPaper, receipt_pdf
from fenhu.papers.report import plan_report_html
from fenhu.papers.report_values import (
    PlannedBuilding,
    PlanReport,
    PlanYear,
    ReportPart,
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
    "CHANGES", "STAGES", "VALVE_NAMES", "AccountStatement", "AllocationRow", "ArrearsRow", "BillPaper",
    "BookRow", "ChangeList", "ChangeRow", "CollectedStatement", "Compared", "Converted", "HeatBillRow",
    "MainsRow", "NamedAssumption", "PlanBook", "PlanReport", "PlanTotals", "PlanYear", "PlannedBuilding",
    "PurseRow", "ReceiptPaper", "ReportPart", "RewardAllocation", "Schedule", "ScheduleRow",
    "ScheduleYear", "SearchFigures", "SeasonRow", "StatementRow", "StockFigures", "UnplannedBuilding",
    "arrears_xlsx", "bill_xlsx", "capital_yuan", "changes_pdf", "changes_xlsx", "collected_pdf",
    "collected_xlsx", "compared", "comparison_xlsx", "difference", "drawing_set_pdf", "estate_xlsx",
    "form_name", "gain_said", "heat_bills_xlsx", "item_name", "measured_template_xlsx", "narrowed",
    "opening_template_xlsx", "owner_kind_name", "payer_name", "plan_book_pdf", "plan_book_xlsx",
    "plan_report_html", "plan_totals", "prices_template_xlsx", "readings_template_xlsx", "receipt_pdf",
    "review_xlsx", "reward_allocation_pdf", "reward_allocation_xlsx", "schedule_xlsx", "setting_words",
    "statement_pdf", "statement_template_xlsx", "statement_xlsx", "year_totals",
]  # fmt: skip
