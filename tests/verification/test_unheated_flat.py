"""What an unheated flat does to its neighbours: the allowance of GB 50736-2012 5.2.10, in figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from tests.verification.cases import Source, verified

from fenhu.building import convert, network_of, parse_building
from fenhu.heat import KIND, PIPE, RADIATOR, Network, Solution, solve
from fenhu.heat.network import CONSTANT, ROOM, UA_W_K
from fenhu.records import SystemForm

SOURCE = Source(
    "An unheated flat and its neighbours",
    "GB 50736-2012 5.2.10 adds heat flow between households to radiators and household pipes, at most 50 "
    "%, not to the building's total. Six storeys, two flats of 80 m² a storey, −15.7 °C, per-household "
    "heating; the flat of the third storey is shut off. Its own balance by hand: (ΣUA·neighbours + "
    "UA_out·outdoors + gains)/ΣUA.",
)
HOUSE = {"storeys": 6, "units": 1, "flats_per_floor": 2, "flat_area_m2": 80.0, "year_built": 1985,
         "inlet_kpa": 20.0, "supply_c": 75.0, "outdoor_c": -15.7}  # fmt: skip
SHUT = "1-3-301"
LARGEST_ALLOWANCE_RATIO = 0.5


def without_heat(network: Network, room: int) -> Network:
    """Return the network with no heat from radiators or pipes to one room; the water passes as before."""
    link = network.figures.link.copy()
    inside = network.topology.join[:, ROOM] == room
    link[np.ix_(inside, [CONSTANT, UA_W_K])] = 0.0
    return Network(
        network.node_ids, network.link_ids, network.room_ids, network.topology,
        network.figures._replace(link=link), network.knows_temperatures,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shut:
    """A house before and after one flat's heat is shut off."""

    network: Network
    room: int
    neighbours: dict[int, float]
    before: Solution
    after: Solution

    def heat_w(self, solution: Solution, rooms: list[int]) -> float:
        """Return what rooms take from radiators and pipes: what leaves them less what they gain."""
        join = self.network.topology.join
        inside = np.isin(join[:, ROOM], rooms)
        given = np.where(join[:, KIND] == RADIATOR, solution.heat_w, -solution.heat_w)
        return float(given[inside & np.isin(join[:, KIND], (RADIATOR, PIPE))].sum())


def shut_off(*, thermostats: bool = True) -> Shut:
    """Solve the house with and without the heat of one flat; its old pipework has no thermostats."""
    building = parse_building(dict(HOUSE), "house")
    if thermostats:
        building = convert(building, SystemForm.HOUSEHOLD_DOUBLE)
    made = network_of(building)
    room = made.flat_ids.index(SHUT)
    neighbours = {}
    for (a, b), ua_w_k in zip(
        made.network.topology.wall[:, :2], made.network.figures.wall_ua_w_k, strict=True
    ):
        if room in (a, b):
            neighbours[int(b if a == room else a)] = float(ua_w_k)
    after = without_heat(made.network, room)
    return Shut(made.network, room, neighbours, solve(made.network), solve(after))


def figures() -> list[tuple[str, str]]:
    """Return the documented figures of the shut-off: what, and how much."""
    rows = []
    for words, thermostats in (
        ("per-household pipework with thermostats", True),
        ("the old riser without", False),
    ):
        case = shut_off(thermostats=thermostats)
        rooms, everyone = list(case.neighbours), list(range(len(case.after.room_c)))
        colder_k = [case.before.room_c[n] - case.after.room_c[n] for n in rooms]
        more = [100.0 * (case.heat_w(case.after, [n]) / case.heat_w(case.before, [n]) - 1.0) for n in rooms]
        total = 100.0 * (case.heat_w(case.after, everyone) / case.heat_w(case.before, everyone) - 1.0)
        fallen = f"{case.before.room_c[case.room]:.1f} → {case.after.room_c[case.room]:.1f} °C"
        rows += [
            (f"{words}: the shut-off flat", fallen),
            ("its neighbours become colder by", f"{min(colder_k):.1f} to {max(colder_k):.1f} K"),
            ("and take more heat by", f"{min(more):.0f} to {max(more):.0f} %"),
            ("the whole house takes", f"{total:+.1f} % of heat"),
        ]
    return rows


def test_shut_off_flat_settles_between_its_neighbours_and_the_outdoors():
    case = shut_off()
    numbers = case.network.figures
    conducted = sum(ua * case.after.room_c[n] for n, ua in case.neighbours.items())
    out_w = numbers.room_ua_w_k[case.room] * -15.7 + numbers.room_gains_w[case.room]
    whole_w_k = sum(case.neighbours.values()) + numbers.room_ua_w_k[case.room]
    by_hand_c = (conducted + out_w) / whole_w_k
    verified(
        SOURCE,
        "shut-off flat, its own balance",
        round(by_hand_c, 4),
        case.after.room_c[case.room],
        1e-4,
        "°C",
    )


def test_neighbours_of_a_shut_off_flat_are_colder_and_take_more_heat_within_the_allowance():
    case = shut_off()
    for n in case.neighbours:
        assert case.after.room_c[n] < case.before.room_c[n]
        more = case.heat_w(case.after, [n]) / case.heat_w(case.before, [n]) - 1.0
        assert 0.0 < more < LARGEST_ALLOWANCE_RATIO


def test_thermostats_keep_neighbours_warmer_than_an_old_riser_does():
    drops_k = {}
    for thermostats in (True, False):
        case = shut_off(thermostats=thermostats)
        drops_k[thermostats] = max(case.before.room_c[n] - case.after.room_c[n] for n in case.neighbours)
    assert drops_k[True] < drops_k[False]


def test_heat_taken_by_the_house_falls_by_less_than_the_flat_used_to_take():
    case = shut_off()
    everyone = list(range(len(case.after.room_c)))
    saved_w = case.heat_w(case.before, everyone) - case.heat_w(case.after, everyone)
    assert 0.0 < saved_w < case.heat_w(case.before, [case.room])
    carried = sum(
        ua * (case.after.room_c[n] - case.after.room_c[case.room]) for n, ua in case.neighbours.items()
    )
    assert carried == pytest.approx(
        case.network.figures.room_ua_w_k[case.room] * (case.after.room_c[case.room] + 15.7)
        - case.network.figures.room_gains_w[case.room], abs=0.01,
    )  # fmt: skip
