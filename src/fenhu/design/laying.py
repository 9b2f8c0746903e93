"""Laying pipes: mains, risers and radiators' branches, each with the length a person gave or a usual one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from fenhu import tables
from fenhu.building import Mains
from fenhu.building.layout import spacing_m
from fenhu.building.parts import laid
from fenhu.design import catalogue
from fenhu.design.basis import Basis, RadiatorPlace
from fenhu.design.changes import Changes
from fenhu.design.choices import branch_choices
from fenhu.design.tree import End, Hung, Joint, Pipe, Riser
from fenhu.design.values import Place, Role, Side
from fenhu.records import SystemForm

INLET, OUTLET = "inlet.s", "inlet.r"
_ENDS = {Side.SUPPLY: "s", Side.RETURN: "r"}


@dataclass(slots=True)
class Laying:
    """A scheme while its pipes are laid."""

    basis: Basis
    changes: Changes
    hung: list[Hung] = field(default_factory=list)
    heights_m: dict[str, float] = field(default_factory=dict)
    numbered: int = 0

    def next_riser(self) -> str:
        """Return the name of the next riser."""
        self.numbered += 1
        return f"N{self.numbered}"

    def height_m(self, storey: int) -> float:
        """Return the height of a storey's radiators."""
        return (storey - 1) * self.basis.building.storey_height_m + laid()["radiator_m"]

    def pipe(self, **known: Any) -> Pipe:
        """Return a pipe with the length a person has given it, if any."""
        made = Pipe(**known)
        given_m = self.changes.lengths.get(made.id)
        return made if given_m is None else replace(made, length_m=given_m)

    def common(self, fittings: str, **known: Any) -> Pipe:
        """Return a pipe of the building's common part, in steel."""
        table = tables.load("design")
        material = table["material"]["common"]
        return self.pipe(
            material=material, least_dn=catalogue.smallest_dn(material), fittings=passed(fittings),
            limit_kg_s=known["flow_kg_s"], most_pa_m=table["friction"]["most_common_pa_m"], **known,
        )  # fmt: skip

    def indoor(self, fittings: str, number: int, **known: Any) -> Pipe:
        """Return a pipe inside a flat; its size must bear the allowance for neighbours too."""
        basis, flat = self.basis, self.basis.building.flats[number]
        row = tables.load("eras")["loop_material"]
        material = row[basis.loop.value] if basis.form is SystemForm.HOUSEHOLD_DOUBLE else "steel"
        smallest = tables.load("pipes")["material"][material]["smallest_indoor_dn"]
        load_w = basis.flat_load_w(number)
        more = 1.0 + basis.flat_allowance_w(number) / load_w
        return self.pipe(
            material=material, least_dn=smallest, fittings=passed(fittings), quiet=True, flat=flat.id,
            unit=flat.unit, storey=flat.storey, limit_kg_s=more * known["flow_kg_s"], place=Place.FLAT,
            most_pa_m=tables.load("design")["friction"]["most_indoor_pa_m"], **known,
        )  # fmt: skip

    def mains(self, risers: Sequence[Riser], mains: Mains) -> tuple[tuple[Pipe, ...], tuple[Pipe, ...]]:
        """Return the pieces of the supply and the return main; the supply of single pipes lies on top."""
        above = self.basis.form is SystemForm.VERTICAL_SINGLE_BYPASS
        trench_m = laid()["trench_m"]
        top_m = self.basis.building.storeys * self.basis.building.storey_height_m
        supply_m = top_m if above else trench_m
        flows = [riser.flow_kg_s for riser in risers]
        beyond = [sum(flows[n:]) for n in range(len(flows))]
        apart_m = spacing_m(self.basis.building, len(risers))
        self.heights_m |= {INLET: trench_m, OUTLET: trench_m}
        for riser in risers:
            self.heights_m |= {f"{riser.id}.0s": supply_m, f"{riser.id}.0r": trench_m}
        place = {Side.SUPPLY: Place.TOP if above else Place.TRENCH, Side.RETURN: Place.TRENCH}
        out, home = [], []
        for n, riser in enumerate(risers):
            before = risers[n - 1].id if n else ""
            rise_m = supply_m - trench_m if n == 0 else 0.0
            out.append(
                self._main(
                    Side.SUPPLY, n, f"{before}.0s" if before else INLET, f"{riser.id}.0s",
                    apart_m + rise_m, beyond[n], place[Side.SUPPLY], rise_m,
                )
            )  # fmt: skip
            if mains is Mains.DIRECT:
                end, flow, length_m = f"{before}.0r" if before else OUTLET, beyond[n], apart_m
            elif n + 1 < len(risers):
                end, flow, length_m = f"{risers[n + 1].id}.0r", sum(flows[: n + 1]), apart_m
            else:
                end, flow, length_m = OUTLET, beyond[0], apart_m * len(risers)
            home.append(
                self._main(Side.RETURN, n, f"{riser.id}.0r", end, length_m, flow, place[Side.RETURN], 0.0)
            )
        return tuple(out), tuple(home)

    def _main(
        self,
        side: Side,
        n: int,
        start: str,
        end: str,
        length_m: float,
        flow: float,
        place: Place,
        rise_m: float,
    ) -> Pipe:
        slope_ratio = tables.load("design")["lengths"]["main_slope_ratio"]
        up = 1.0 if side is Side.SUPPLY else -1.0
        return self.common(
            "main_first" if INLET in (start, end) or OUTLET in (start, end) else "main",
            id=f"main.{n + 1}{_ENDS[side]}", role=Role.MAIN, side=side, place=place, start=start, end=end,
            length_m=length_m, flow_kg_s=flow, rise_m=rise_m + up * slope_ratio * length_m, insulated=True,
        )  # fmt: skip

    def riser_pair(
        self,
        unit: int,
        storeys: Sequence[int],
        flow_at: Mapping[int, float],
        flats: tuple[int, ...],
        behind: Callable[[str, int, str, str], Iterable[Joint | End]],
        *,
        insulated: bool,
    ) -> Riser:
        """Return a riser pair from below; ``behind`` gives what hangs on each of its storeys."""
        name = self.next_riser()
        below_m, root, last = laid()["trench_m"], None, None
        at = f"{name}.0"
        for n, storey in enumerate(storeys):
            z_m = self.height_m(storey)
            here = f"{name}.{storey}"
            self.heights_m |= {f"{here}s": z_m, f"{here}r": z_m}
            carried = sum(flow_at[above] for above in storeys[n:])
            pipes = tuple(
                self.common(
                    "riser_first" if n == 0 else "riser", id=f"{here}{_ENDS[side]}", role=Role.RISER,
                    side=side,
                    place=Place.STAIRWELL if insulated else Place.FLAT, start=f"{start}{_ENDS[side]}",
                    end=f"{end}{_ENDS[side]}", unit=unit, riser=name, storey=storey, length_m=z_m - below_m,
                    flow_kg_s=carried, rise_m=rise_m, insulated=insulated, quiet=not insulated,
                )
                for side, start, end, rise_m in (
                    (Side.SUPPLY, at, here, z_m - below_m), (Side.RETURN, here, at, below_m - z_m),
                )
            )  # fmt: skip
            joint = Joint(pipes=pipes, gained_m=z_m - below_m)
            joint.behind.extend(behind(name, storey, f"{here}s", f"{here}r"))
            if last is None:
                root = joint
            else:
                last.behind.append(joint)
            last, at, below_m = joint, here, z_m
        assert root is not None
        return Riser(
            id=name, unit=unit, root=root, flats=flats, storeys=tuple(storeys), flow_kg_s=root.flow_kg_s
        )

    def radiator(self, place: RadiatorPlace, riser: str, start: str, end: str, flow: float) -> End:
        """Return a radiator between two nodes with its branch, and note where it hangs."""
        flat = self.basis.building.flats[place.number]
        length_m = tables.load("design")["lengths"]["branch_m"]
        inside = (f"{place.id}.s", f"{place.id}.r")
        self.heights_m |= {name: self.height_m(flat.storey) for name in inside}
        pipes = tuple(
            self._branch(place, f"{place.id}.b{_ENDS[side]}", side, riser, ends, length_m, flow)
            for side, ends in ((Side.SUPPLY, (start, inside[0])), (Side.RETURN, (inside[1], end)))
        )
        self.hung.append(
            Hung(
                place=place, unit=flat.unit, riser=riser, storey=flat.storey, start=inside[0], end=inside[1],
                flow_kg_s=flow, pipes=tuple(pipe.id for pipe in pipes),
            )
        )  # fmt: skip
        return End(
            id=place.id,
            pipes=pipes,
            choices=tuple(branch_choices(pipes, self.changes)),
            flow_kg_s=flow,
            flat=place.flat,
        )

    def _branch(
        self, place: RadiatorPlace, name: str, side: Side, riser: str, ends: tuple[str, str], length_m: float,
        flow: float,
    ) -> Pipe:  # fmt: skip
        made = self.indoor(
            "branch", place.number, id=name, role=Role.BRANCH, side=side, start=ends[0], end=ends[1],
            length_m=length_m, flow_kg_s=flow, riser=riser, room=place.room,
        )  # fmt: skip
        steel = made.material == "steel"
        return replace(made, least_dn=tables.load("design")["material"]["steel_branch_dn"]) if steel else made


def passed(name: str) -> tuple[tuple[str, int], ...]:
    """Return the fittings that a kind of pipe passes."""
    row = tables.load("design")["fittings"][name]
    return tuple((part, count) for part, count in row.items() if isinstance(count, int))
