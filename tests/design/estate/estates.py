"""Estates for tests: two buildings along a street, and whatever a test changes about them."""

import tomllib
from copy import deepcopy

from fenhu.design.estate import design_estate, parse_estate

STREET = tomllib.loads("""
ground_c = 5.0
outdoor_c = -15.7

[substation]
node = "S"
supply_c = 75.0
fall_k = 25.0
loss_kpa = 0.0
head_kpa = 30.0
regulated = true

[[pipe]]
id = "1"
from = "S"
to = "A"
length_m = 100.0
dn = 100

[[pipe]]
id = "2"
from = "A"
to = "B"
length_m = 100.0
dn = 80

[[building]]
id = "near"
node = "A"
flow_m3_h = 5.0
needed_kpa = 10.0

[[building]]
id = "far"
node = "B"
flow_m3_h = 5.0
needed_kpa = 10.0
""")


def street(**substation):
    """Return the street's file with another substation."""
    data = deepcopy(STREET)
    data["substation"] |= substation
    return {**data, "substation": {k: v for k, v in data["substation"].items() if v is not None}}


def designed(data):
    estate = parse_estate(data, "street")
    return design_estate(estate, estate.buildings)
