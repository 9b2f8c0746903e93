"""Which offices have business on which pages."""

from __future__ import annotations

from fenhu.programme import Role
from fenhu.web.access.gates import OFFICES as OFFICES

# Who answers for what is held of people.
ANSWERING = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
AUDITORS = tuple(role for role in Role if role is not Role.HOUSEHOLD)
PLANNERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV)
IMPORTERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
CASE_PEOPLE = tuple(role for role in Role if role is not Role.FINANCE)
CAMPAIGNERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV)
PRAISERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)
PRAISE_READERS = (*CAMPAIGNERS, Role.OWNER_UNIT, Role.FINANCE)
MONEY_READERS = (
    Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER, Role.OWNER_UNIT,
)  # fmt: skip
COLLECTORS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU)
METER_READERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER)
FUND_READERS = (*MONEY_READERS, Role.COMMUNITY)
REWARDERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE)
# Who plans, pays or lives by the years of the whole programme.
YEAR_READERS = tuple(role for role in OFFICES if role not in (Role.CONTRACTOR, Role.PUBLIC_SECURITY))
BUILDERS = tuple(role for role in OFFICES if role is not Role.PUBLIC_SECURITY)
BULLETIN_READERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER)
ISSUERS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.DISTRICT_GOV)
BATCHERS = (Role.HEAT_SUPPLIER,)
DOCUMENT_READERS = BUILDERS
CHOOSERS = (*CAMPAIGNERS, Role.OWNER_UNIT, Role.CONTRACTOR)
