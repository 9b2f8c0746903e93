"""Every page's address."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter

from fenhu.web.ui.views import (
    acceptances,
    account,
    banking,
    building,
    buildings,
    campaign,
    cases,
    commendations,
    contractors,
    designs,
    front,
    funds,
    health,
    imports,
    money,
    papers,
    plans,
    projects,
    reading,
    rewards,
    sites,
    warranties,
    work,
    years,
)


class PaperKind:
    """A workbook or a PDF."""

    regex = "xlsx|pdf"

    def to_python(self, value: str) -> str:
        """Return the kind as it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """Return the kind as it stands in the address."""
        return value


register_converter(PaperKind, "paper")
urlpatterns = [
    path("", front.front, name="front"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("buildings/", buildings.buildings, name="buildings"),
    path("buildings/export.xlsx", buildings.export, name="buildings-export"),
    path("buildings/<str:code>/", building.building, name="building"),
    path("buildings/<str:code>/design/", designs.design, name="design"),
    path("buildings/<str:code>/design/<str:verb>/", designs.act, name="design-act"),
    path("buildings/<str:code>/design/<int:number>/<str:name>", designs.file, name="design-file"),
    path("buildings/<str:code>/explained/", building.explained, name="building-explained"),
    path("plan/", years.plan, name="plan"),
    path("plan/unplanned/", years.unplanned, name="unplanned"),
    path("plan/<int:year>/", years.plan_year, name="plan-year"),
    path("plan/<int:year>/schedule.xlsx", years.schedule, name="plan-year-export"),
    path("plans/", plans.annual_plans, name="annual-plans"),
    path("plans/<int:plan_id>/", plans.annual_plan, name="annual-plan"),
    path("plans/<int:plan_id>/step/", plans.take_step, name="annual-plan-step"),
    path("plans/<int:plan_id>/add/", plans.add_building, name="annual-plan-add"),
    path("plans/<int:plan_id>/remove/", plans.remove_building, name="annual-plan-remove"),
    path("plans/<int:plan_id>/object/", plans.object_to, name="annual-plan-object"),
    path("plans/<int:plan_id>/left-out/", plans.left_out, name="annual-plan-left-out"),
    path("plans/<int:plan_id>/scheme/", plans.scheme, name="annual-plan-scheme"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<str:code>/", projects.project, name="project"),
    path("projects/<str:code>/step/", projects.take_step, name="project-step"),
    path("projects/<str:code>/act/<str:verb>/", projects.act, name="project-act"),
    path("projects/<str:code>/site/", sites.site, name="project-site"),
    path("projects/<str:code>/site/act/<str:verb>/", sites.act, name="project-site-act"),
    path("projects/<str:code>/acceptance/", acceptances.acceptance, name="project-acceptance"),
    path("projects/<str:code>/acceptance/act/<str:verb>/", acceptances.act, name="project-acceptance-act"),
    path("projects/<str:code>/warranty/", warranties.warranty, name="project-warranty"),
    path("projects/<str:code>/warranty/act/<str:verb>/", warranties.act, name="project-warranty-act"),
    path("papers/<int:paper_id>/", papers.paper, name="paper"),
    path("cases/", cases.cases, name="cases"),
    path("cases/open/", cases.open_case, name="case-open"),
    path("cases/<int:case_id>/", cases.case, name="case"),
    path("cases/<int:case_id>/step/", cases.take_step, name="case-step"),
    path("cases/<int:case_id>/act/<str:verb>/", cases.act, name="case-act"),
    path("contractors/", contractors.contractors, name="contractors"),
    path("contractors/file/", contractors.file_contractor, name="contractor-file"),
    path("contractors/<str:code>/", contractors.contractor, name="contractor"),
    path("contractors/<str:code>/bar/", contractors.bar, name="contractor-bar"),
    path("contractors/<str:code>/lift/", contractors.lift, name="contractor-lift"),
    path("campaign/", campaign.campaign, name="campaign"),
    path("campaign/act/<str:verb>/", campaign.act, name="campaign-act"),
    path("campaign/material/<int:material_id>/", campaign.material, name="campaign-material"),
    path("commendations/", commendations.commendations, name="commendations"),
    path("commendations/give/", commendations.give, name="commendation-give"),
    path("commendations/export.xlsx", commendations.export, name="commendations-export"),
    path("money/", money.money, name="money"),
    path("money/close/", money.close_books, name="books-close"),
    path("money/arrears/", money.arrears, name="arrears"),
    path("money/arrears/export.xlsx", money.arrears_export, name="arrears-export"),
    path("money/purses/<int:purse_id>/", money.purse, name="purse"),
    path("money/purses/<int:purse_id>/<str:verb>/", money.purse_act, name="purse-act"),
    path("money/accounts/<int:account_id>/", money.statement, name="statement"),
    path(
        "money/accounts/<int:account_id>/export.<paper:kind>", money.statement_export, name="statement-export"
    ),
    path("money/bank/", banking.bank, name="bank"),
    path("money/bank/template.xlsx", banking.bank_template, name="bank-template"),
    path("money/bank/take/", banking.bank_take, name="bank-take"),
    path("money/opening/template.xlsx", banking.opening_template, name="opening-template"),
    path("money/opening/take/", banking.opening_take, name="opening-take"),
    path("money/bank/<int:line_id>/<str:verb>/", banking.bank_line, name="bank-line"),
    path("money/receipts/<str:number>/", money.receipt, name="receipt"),
    path("money/receipts/<str:number>/receipt.pdf", money.receipt_pdf, name="receipt-pdf"),
    path("money/receipts/<str:number>/void/", money.receipt_void, name="receipt-void"),
    path("buildings/<str:code>/money/", money.building_money, name="building-money"),
    path("buildings/<str:code>/money/measured.xlsx", banking.measured_template, name="measured-template"),
    path("buildings/<str:code>/money/measured/", banking.measured_take, name="measured-take"),
    path("buildings/<str:code>/money/<str:verb>/", money.building_money_act, name="building-money-act"),
    path("buildings/<str:code>/fund/", funds.fund, name="fund"),
    path("buildings/<str:code>/fund/<str:verb>/", funds.fund_act, name="fund-act"),
    path("rewards/", rewards.rewards, name="rewards"),
    path("rewards/draft/", rewards.reward_draft, name="reward-draft"),
    path("rewards/<int:reward_id>/", rewards.reward, name="reward"),
    path("rewards/<int:reward_id>/step/", rewards.reward_step, name="reward-step"),
    path("rewards/<int:reward_id>/export.<paper:kind>", rewards.reward_export, name="reward-export"),
    path("rewards/<int:reward_id>/published/", rewards.reward_public, name="reward-public"),
    path("work/", work.worklist, name="worklist"),
    path("work/calendar/", work.renew_calendar, name="calendar-renew"),
    path("work/calendar/<str:key>.ics", work.calendar, name="calendar"),
    path("import/", imports.start, name="import"),
    path("import/template.xlsx", imports.template, name="import-template"),
    path("import/<int:upload_id>/", imports.upload, name="upload"),
    path("import/<int:upload_id>/findings.xlsx", imports.findings, name="upload-findings"),
    path("import/<int:upload_id>/apply/", imports.apply, name="upload-apply"),
    path("import/<int:upload_id>/discard/", imports.discard, name="upload-discard"),
    path("jobs/<int:job_id>/", imports.job, name="job"),
    path("jobs/<int:job_id>/cancel/", imports.cancel, name="job-cancel"),
    path("policy/", reading.assumptions, name="assumptions"),
    path("journal/", reading.journal, name="journal"),
    path("search/", reading.search, name="search"),
    path("my-flat/", reading.my_flat, name="my-flat"),
    path("healthz", health.healthz, name="health"),
]
