"""The nine roles of the programme, by their code; who they are stands in the policy's duties."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fenhu.wording import Text, text


class Role(StrEnum):
    """What a person is in the programme; what he sees follows from it."""

    CITY_BUREAU = "city_bureau"
    DISTRICT_GOV = "district_gov"
    FINANCE = "finance"
    HEAT_SUPPLIER = "heat_supplier"
    OWNER_UNIT = "owner_unit"
    COMMUNITY = "community"
    CONTRACTOR = "contractor"
    PUBLIC_SECURITY = "public_security"
    HOUSEHOLD = "household"


ROLE_NAMES: Mapping[Role, Text] = {
    Role.CITY_BUREAU: text("City construction bureau"),
    Role.DISTRICT_GOV: text("District government"),
    Role.FINANCE: text("Finance bureau"),
    Role.HEAT_SUPPLIER: text("Heat supplier"),
    Role.OWNER_UNIT: text("Owner unit"),
    Role.COMMUNITY: text("Street, community or property company"),
    Role.CONTRACTOR: text("Contractor"),
    Role.PUBLIC_SECURITY: text("Public security"),
    Role.HOUSEHOLD: text("Household"),
}
# The policy's parties: the roles, and those who have no login of their own.
PARTY_NAMES: Mapping[str, Text] = {
    **{role.value: name for role, name in ROLE_NAMES.items()},
    "government": text("Governments"),
    "property_company": text("Property company"),
    "media": text("Press"),
    "resident_representatives": text("Representatives of the residents"),
}
