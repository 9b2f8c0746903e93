"""What pages may weigh, as a browser counts it: one row a kind of page, and why just that much."""

from dataclasses import dataclass

from fenhu.programme import Role

# What a page and everything it asks for weighs, packed as the line carries it and unpacked.
MEASURE = """() => {
  const [html] = performance.getEntriesByType('navigation');
  const rest = performance.getEntriesByType('resource');
  return {
    html: html.decodedBodySize, packed: html.encodedBodySize, requests: rest.length,
    assets: rest.reduce((sum, one) => sum + one.encodedBodySize, 0),
  };
}"""


@dataclass(frozen=True)
class Budget:
    """The most a kind of page may weigh, bytes."""

    html: int
    packed: int
    requests: int
    assets: int
    reason: str


FLAT = Budget(
    html=20_000, packed=6_000, requests=4, assets=15_000,
    reason="a cheap telephone on a slow line: well under the 60 kB a flat's page may weigh, even unpacked",
)  # fmt: skip
PORTAL = Budget(
    html=30_000, packed=8_000, requests=4, assets=15_000,
    reason="the same telephone in anybody's hand; the policy in plain words is one long page",
)  # fmt: skip
OFFICE = Budget(
    html=120_000, packed=20_000, requests=6, assets=100_000,
    reason="an office's shared line of 1 Mbit/s: a first view within a second, each after it in a fifth",
)  # fmt: skip
# Stands for the beginning of the address of the household's own flat.
OWN_FLAT = "~/"
PLANNERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
PAGES = (
    ("/", OFFICE, tuple(role for role in Role if role is not Role.HOUSEHOLD)),
    ("/work/", OFFICE, tuple(role for role in Role if role is not Role.HOUSEHOLD)),
    ("/buildings/", OFFICE, (*PLANNERS, Role.DISTRICT_GOV, Role.OWNER_UNIT, Role.COMMUNITY)),
    ("/map/", OFFICE, PLANNERS),
    ("/plan/", OFFICE, PLANNERS),
    ("/plan/2011/", OFFICE, PLANNERS),
    ("/plans/", OFFICE, PLANNERS),
    ("/bulletin/", OFFICE, (Role.CITY_BUREAU,)),
    ("/buildings/HZ-0001/", OFFICE, PLANNERS),
    ("/projects/", OFFICE, (*PLANNERS, Role.CONTRACTOR)),
    ("/projects/HZ-0003/", OFFICE, (Role.HEAT_SUPPLIER,)),
    ("/money/", OFFICE, (Role.FINANCE, Role.HEAT_SUPPLIER)),
    ("/rewards/", OFFICE, (Role.FINANCE,)),
    ("/cases/", OFFICE, (Role.PUBLIC_SECURITY, Role.COMMUNITY)),
    ("/documents/", OFFICE, (Role.HEAT_SUPPLIER,)),
    ("/import/", OFFICE, (Role.HEAT_SUPPLIER,)),
    ("/my-flat/", FLAT, (Role.HOUSEHOLD,)),
    *((f"{OWN_FLAT}{screen}/", FLAT, (Role.HOUSEHOLD,)) for screen in (
        "flat", "money", "consent", "contract", "report", "complaint", "papers", "people",
    )),
    *((address, PORTAL, (None,)) for address in (
        "/", "/public/search/?q=示范", "/public/buildings/HZ-0001/", "/public/plan/2010/", "/public/policy/",
        "/public/rewards/",
    )),
)  # fmt: skip
