"""Closed lists of kinds, by their English code; the Chinese words stand in the register's column tables."""

from __future__ import annotations

from enum import StrEnum


class OwnerKind(StrEnum):
    """产权类别: whose building it was; decides who is responsible (clause 二(二))."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DEVELOPER = "developer"
    DISTRICT = "district"


AUTHORITIES = ("city", "district")


class SystemForm(StrEnum):
    """供暖形式: how water is led through a building."""

    VERTICAL_SINGLE_SERIES = "vertical_single_series"
    VERTICAL_SINGLE_BYPASS = "vertical_single_bypass"
    HORIZONTAL_SINGLE = "horizontal_single"
    HORIZONTAL_DOUBLE = "horizontal_double"
    UNIT_DOUBLE = "unit_double"
    VERTICAL_DOUBLE = "vertical_double"
    HOUSEHOLD_DOUBLE = "household_double"


class FlatUse(StrEnum):
    """用途: what a flat is used for."""

    DWELLING = "dwelling"
    SHOP = "shop"
    OFFICE = "office"


class Payer(StrEnum):
    """Who pays (clause 二(五)); the keys of every split."""

    USER = "user"
    OWNER = "owner"
    SUPPLIER = "supplier"
    REPAIR_FUND = "repair_fund"
    CITY = "city"
    DISTRICT = "district"
    UPPER = "upper"


class Source(StrEnum):
    """来源: a purse that has a budget per year."""

    CITY = "city"
    DISTRICT = "district"
    REPAIR_FUND = "repair_fund"
    OWNER = "owner"
    UPPER = "upper"
    SUPPLIER = "supplier"
