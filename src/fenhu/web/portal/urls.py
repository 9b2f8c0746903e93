"""The portal's addresses; the first page's is the product's."""

from __future__ import annotations

from django.urls import path

from fenhu.web.portal.views import files, pages

urlpatterns = [
    path("public/", pages.front, name="public"),
    path("public/search/", pages.search, name="public-search"),
    path("public/buildings/<str:code>/", pages.building, name="public-building"),
    path("public/buildings/<str:code>/front.svg", pages.picture, name="public-building-picture"),
    path("public/plan/<int:year>/", pages.plan, name="public-plan"),
    path("public/plan/<int:year>/plan.csv", files.plan_csv, name="public-plan-csv"),
    path("public/plan/<int:year>/plan.xlsx", files.plan_xlsx, name="public-plan-xlsx"),
    path("public/acceptance/", pages.acceptance, name="public-acceptance"),
    path("public/rewards/", pages.rewards, name="public-rewards"),
    path("rewards/<int:reward_id>/published/", pages.reward, name="reward-public"),
    path("public/commendations/", pages.commendations, name="public-commendations"),
    path("public/bulletins/", pages.bulletins, name="public-bulletins"),
    path("public/bulletins/<int:bulletin_id>/", pages.bulletin, name="public-bulletin"),
    path(
        "public/bulletins/<int:bulletin_id>/bulletin.pdf", files.bulletin_paper, name="public-bulletin-paper"
    ),
    path("public/policy/", pages.policy, name="public-policy"),
    path("public/campaign/", pages.campaign, name="public-campaign"),
    path("public/campaign/<int:material_id>/", files.material, name="public-material"),
    path("public/data/", pages.data, name="public-data"),
    path("public/data/<str:name>", files.data_file, name="public-data-file"),
    path("public/language/", pages.language, name="public-language"),
    path("robots.txt", files.robots, name="robots"),
]
