"""What the tests of issued papers begin with: projects of the cast whose notices can be issued."""

from __future__ import annotations

from tests.web.cast import a_study

from fenhu.web.registry.models import Building, Flat
from fenhu.web.works.models import FlatWork, Project


def a_project(code="A2", year=2011):
    """A project of a building with its two flats, informed next."""
    project = Project.objects.create(building=Building.objects.get(code=code), year=year)
    FlatWork.objects.bulk_create(
        FlatWork(project=project, flat=flat) for flat in Flat.objects.filter(building__code=code)
    )
    return project


def studied():
    a_study()


def flats_of(project):
    return list(FlatWork.objects.filter(project=project).order_by("pk"))
