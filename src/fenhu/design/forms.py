"""The forms fenhu designs, each leading the water its own way; ``FORMS`` is their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import ceil

from fenhu import tables
from fenhu.building import Mains
from fenhu.building.layout import Column
from fenhu.design.basis import Basis
from fenhu.design.changes import Changes
from fenhu.design.flat_loops import flat_loop
from fenhu.design.laying import Laying
from fenhu.design.lines import riser_line
from fenhu.design.tree import End, Joint, Riser, Scheme
from fenhu.errors import InputFault
from fenhu.records import SystemForm
from fenhu.wording import text


def scheme_of(basis: Basis, mains: Mains, changes: Changes) -> Scheme:
    """Return the pipes of a building in the basis's form, without sizes.

    Raises
    ------
    InputFault
        If fenhu does not design this form.
    """
    if basis.form not in FORMS:
        raise InputFault(
            text("{form} is not designed; choose one of {known}.",
                 form=basis.form.value, known=", ".join(form.value for form in FORMS)),
            code="form-not-designed",
        )  # fmt: skip
    works = Laying(basis, changes)
    risers = tuple(FORMS[basis.form](works))
    out, home = works.mains(risers, mains)
    return Scheme(
        risers=risers, out=out, home=home, mains=mains, hung=tuple(works.hung), heights_m=works.heights_m
    )


def _household(works: Laying) -> Iterable[Riser]:
    """共用立管分户双管: shared risers in the stairwell, in every flat a loop of its own."""
    basis = works.basis
    for unit, columns in basis.plan.by_unit().items():
        for group in _groups(columns):
            for storeys in _zones(group):
                at = {
                    storey: [column.flats[storey] for column in group if storey in column.flats]
                    for storey in storeys
                }
                flows = {
                    storey: sum(basis.flow_kg_s(basis.flat_load_w(number)) for number in numbers)
                    for storey, numbers in at.items()
                }
                flats = tuple(number for numbers in at.values() for number in numbers)

                def behind(
                    name: str, storey: int, start: str, end: str, at: Mapping[int, list[int]] = at
                ) -> Iterable[Joint]:
                    return (flat_loop(works, name, number, start, end) for number in at[storey])

                yield works.riser_pair(unit, storeys, flows, flats, behind, insulated=True)


def _groups(columns: Sequence[Column]) -> Iterable[Sequence[Column]]:
    """Return the columns of a unit in groups of at most so many flats a floor."""
    most = tables.load("design")["riser"]["most_flats_a_floor"]
    count = ceil(len(columns) / most)
    for n in range(count):
        yield columns[n * len(columns) // count : (n + 1) * len(columns) // count]


def _zones(group: Sequence[Column]) -> Iterable[Sequence[int]]:
    """Return the storeys of a group in zones of at most so many flats."""
    storeys = sorted({storey for column in group for storey in column.flats})
    flats = sum(len(column.flats) for column in group)
    count = ceil(flats / tables.load("design")["riser"]["most_flats"])
    for n in range(count):
        yield storeys[n * len(storeys) // count : (n + 1) * len(storeys) // count]


def _vertical_double(works: Laying) -> Iterable[Riser]:
    """垂直双管: a pair of risers through the rooms for every stack of radiators."""
    basis = works.basis
    for column, stack in _stacks(basis):
        flows = {
            storey: basis.flow_kg_s(basis.places[number][stack].load_w)
            for storey, number in column.flats.items()
        }

        def behind(
            name: str, storey: int, start: str, end: str, column: Column = column, stack: int = stack,
            flows: Mapping[int, float] = flows,
        ) -> Iterable[End]:  # fmt: skip
            place = basis.places[column.flats[storey]][stack]
            yield works.radiator(place, name, start, end, flows[storey])

        flats = tuple(column.flats[storey] for storey in sorted(column.flats))
        yield works.riser_pair(column.unit, sorted(column.flats), flows, flats, behind, insulated=False)


def _stacks(basis: Basis) -> Iterable[tuple[Column, int]]:
    """Return every stack of radiators, one above the other through the flats of a column."""
    for column in basis.plan.columns:
        for stack in range(max(len(basis.places[number]) for number in column.flats.values())):
            flats = {
                storey: number for storey, number in column.flats.items() if stack < len(basis.places[number])
            }
            yield replace(column, flats=flats), stack


def _vertical_bypass(works: Laying) -> Iterable[Riser]:
    """单管跨越: a riser from the top main through every stack, a bypass at each radiator."""
    basis = works.basis
    for column, stack in _stacks(basis):
        name = works.next_riser()
        numbers = [column.flats[storey] for storey in sorted(column.flats, reverse=True)]
        places = [basis.places[number][stack] for number in numbers]
        end = riser_line(works, name, column.unit, places)
        yield Riser(
            id=name, unit=column.unit, root=end, flats=tuple(numbers),
            storeys=tuple(sorted(column.flats, reverse=True)), flow_kg_s=end.flow_kg_s,
        )  # fmt: skip


FORMS: Mapping[SystemForm, Callable[[Laying], Iterable[Riser]]] = {
    SystemForm.HOUSEHOLD_DOUBLE: _household,
    SystemForm.VERTICAL_DOUBLE: _vertical_double,
    SystemForm.VERTICAL_SINGLE_BYPASS: _vertical_bypass,
}
