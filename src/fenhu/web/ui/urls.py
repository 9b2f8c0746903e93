"""Every page's address."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from fenhu.web.ui.views import (
    account,
    building,
    buildings,
    front,
    health,
    imports,
    plans,
    projects,
    reading,
    work,
    years,
)

urlpatterns = [
    path("", front.front, name="front"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("buildings/", buildings.buildings, name="buildings"),
    path("buildings/export.xlsx", buildings.export, name="buildings-export"),
    path("buildings/<str:code>/", building.building, name="building"),
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
