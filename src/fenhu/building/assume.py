"""Filling what nobody knows: every assumed value is written down with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu import tables
from fenhu.building.spec import Mains, Pipework, Radiators, Shell
from fenhu.records import Assumption, SystemForm
from fenhu.wording import Text, text


class Assumptions:
    """Collects assumed values; ``or_assume`` returns the given value, or assumes one and notes it."""

    def __init__(self) -> None:
        self._made: list[Assumption] = []

    def or_assume(self, key: str, given: Any, value: Any, reason: Text) -> Any:
        """Return ``given``, or ``value`` with a note if nothing was given."""
        if given is not None:
            return given
        self.note(key, value, reason)
        return value

    def note(self, key: str, value: float | int | str, reason: Text) -> None:
        """Write an assumption down."""
        self._made.append(Assumption(key=key, value=value, reason=reason))

    def made(self) -> tuple[Assumption, ...]:
        """Return all assumptions in the order they were made."""
        return tuple(self._made)


def era(year_built: int) -> Mapping[str, Any]:
    """Return the row of ``tables/eras.toml`` for a year."""
    return dated("era", year_built)


def dated(table: str, year_built: int) -> Mapping[str, Any]:
    """Return the row of a table of ``tables/eras.toml`` whose rows have an ``until`` for a year."""
    rows: tuple[Mapping[str, Any], ...] = tables.load("eras")[table]
    return next(row for row in rows if year_built <= row["until"])


def shell(
    assumptions: Assumptions, year_built: int | None, heat_load_w_m2: float | None, outdoor_design_c: float
) -> Shell:
    """Return the shell of a dwelling of its time.

    Parameters
    ----------
    assumptions : takes the notes.
    year_built : year, if known.
    heat_load_w_m2 : design load per floor area, if known.
    outdoor_design_c : the outdoor temperature the load belongs to.
    """
    year = assumptions.or_assume(
        "year_built", year_built, 1985,
        text("not given; most buildings without per-household heating are of about that year"),
    ) if heat_load_w_m2 is None else (year_built or 1985)  # fmt: skip
    row, dwelling = era(year), tables.load("eras")["dwelling"]
    load = assumptions.or_assume(
        "heat_load_w_m2", heat_load_w_m2, row["heat_load_w_m2"],
        text("area index for dwellings built about {year} ({source})",
             year=year, source=tables.source_of(row)),
    )  # fmt: skip
    for key in ("floor_u_w_m2k", "partition_u_w_m2k", "gains_w_m2", "window_ratio", "depth_m"):
        assumptions.note(
            key, dwelling[key], text("usual for slab blocks ({source})", source=tables.source_of(dwelling))
        )
    stored = dated("heat_capacity", year)
    assumptions.note(
        "heat_capacity_j_m2k", stored["heat_capacity_j_m2k"],
        text("heat stored in dwellings built about {year} ({source})",
             year=year, source=tables.source_of(stored)),
    )  # fmt: skip
    return Shell(
        heat_load_w_m2=load,
        outdoor_design_c=outdoor_design_c,
        heat_capacity_j_m2k=stored["heat_capacity_j_m2k"],
        **{key: row[key] for key in ("wall_u_w_m2k", "window_u_w_m2k", "roof_u_w_m2k", "ground_u_w_m2k",
                                     "air_changes_1_h")},
        **{key: dwelling[key] for key in ("window_ratio", "depth_m", "floor_u_w_m2k", "partition_u_w_m2k",
                                          "gains_w_m2")},
    )  # fmt: skip


def radiators(
    assumptions: Assumptions,
    year_built: int | None,
    form: SystemForm,
    kind: str | None,
    sections: int | None,
    output_ratio: float,
) -> Radiators:
    """Return the radiators as the time would have chosen them, or as told."""
    row, dwelling = era(year_built or 1985), tables.load("eras")["dwelling"]
    chosen = assumptions.or_assume(
        "radiator", kind, "TZ4-6-5", text("the usual cast-iron radiator of the time")
    )
    if sections is None:
        assumptions.note(
            "oversize_ratio", row["oversize_ratio"],
            text("radiators chosen for 95/70 °C, larger than the true loss by this ratio ({source})",
                 source=tables.source_of(row)),
        )  # fmt: skip
    return Radiators(
        kind=chosen, sections=sections, oversize_ratio=row["oversize_ratio"], chosen_for=form,
        output_ratio=output_ratio, room_area_m2=dwelling["room_area_m2"], fewest=dwelling["fewest_radiators"],
        most=dwelling["most_radiators"],
    )  # fmt: skip


def pipework(
    assumptions: Assumptions,
    form: SystemForm,
    mains: Mains | None,
    corrosion: int | None,
    **sizes: int | None,
) -> tuple[Pipework, float]:
    """Return steel pipework in its condition, and the share of radiator output that condition leaves."""
    chosen = assumptions.or_assume(
        "mains", mains, Mains.DIRECT, text("direct return mains, the cheaper and more usual kind")
    )
    grade = assumptions.or_assume(
        "corrosion", corrosion, 1, text("corrosion unknown: light rust, as in most pipes of this age")
    )
    row = next(row for row in tables.load("pipes")["corrosion"] if row["grade"] == grade)
    if corrosion is not None and corrosion > 0:
        assumptions.note(
            "roughness_m", row["roughness_m"],
            text("for corrosion grade {grade}, with {bore} of the bore left",
                 grade=grade, bore=row["bore_ratio"]),
        )  # fmt: skip
    for key in ("main_dn", "riser_dn", "branch_dn"):
        if not sizes.get(key):
            assumptions.note(
                key,
                "by flow",
                text("smallest size that loses at most 120 Pa/m at the design flow of 95/70 °C"),
            )
    known = {key: sizes.get(key) or 0 for key in ("main_dn", "riser_dn", "branch_dn")}
    made = Pipework(
        form=form, mains=chosen, indoor_material="steel", roughness_m=row["roughness_m"],
        bore_ratio=row["bore_ratio"], design_fall_k=tables.load("eras")["network"]["old_fall_k"],
        specific_loss_pa_m=tables.load("pipes")["sizing"]["largest_specific_loss_pa_m"],
        main_dn=known["main_dn"], riser_dn=known["riser_dn"], branch_dn=known["branch_dn"],
    )  # fmt: skip
    return made, row["output_ratio"]
