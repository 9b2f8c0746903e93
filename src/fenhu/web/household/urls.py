"""The addresses of flats' pages, by their two doors, and of the offices' page about them."""

from __future__ import annotations

from django.urls import path

from fenhu.web.household.views import by_link, desk, own

urlpatterns = [
    path("f/<str:token>/", by_link.home, name="flat-page"),
    path("f/<str:token>/photos/<int:photo_id>/", by_link.photo, name="flat-photo"),
    path("f/<str:token>/files/<str:kind>/<str:key>/", by_link.file, name="flat-file"),
    path("f/<str:token>/<str:screen>/", by_link.screen, name="flat-screen"),
    path("my-flat/", own.flats, name="my-flat"),
    path("my-flat/<int:flat_id>/", own.home, name="my-flat-page"),
    path("my-flat/<int:flat_id>/photos/<int:photo_id>/", own.photo, name="my-flat-photo"),
    path("my-flat/<int:flat_id>/files/<str:kind>/<str:key>/", own.file, name="my-flat-file"),
    path("my-flat/<int:flat_id>/<str:screen>/", own.screen, name="my-flat-screen"),
    path("buildings/<str:code>/flats/", desk.desk, name="flat-pages"),
    path("buildings/<str:code>/flats/slips/", desk.slips, name="flat-slips"),
    path("buildings/<str:code>/flats/<str:verb>/", desk.act, name="flat-pages-act"),
    path("buildings/<str:code>/declarations/<int:declaration_id>/", desk.declaration, name="declaration"),
    path("cases/<int:case_id>/photos/<int:photo_id>/", desk.photo, name="case-photo"),
]
