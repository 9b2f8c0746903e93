"""The words a register may use for a kind: the first Chinese word is the one we write, all are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from fenhu.records import FlatUse, OwnerKind, Source, SystemForm

OWNER_KIND_WORDS: Mapping[StrEnum, tuple[str, ...]] = {
    OwnerKind.CENTRAL: ("中央", "中直", "央企"),
    OwnerKind.PROVINCIAL: ("省属", "省直", "省"),
    OwnerKind.MUNICIPAL: ("市直", "市属", "市"),
    OwnerKind.DEVELOPER: ("开发商", "开发"),
    OwnerKind.DISTRICT: ("区属", "区直", "区"),
}

SYSTEM_FORM_WORDS: Mapping[StrEnum, tuple[str, ...]] = {
    SystemForm.VERTICAL_SINGLE_SERIES: ("单管顺流", "垂直单管顺流", "垂直单管", "单管串联"),
    SystemForm.VERTICAL_SINGLE_BYPASS: ("单管跨越", "垂直单管跨越"),
    SystemForm.HORIZONTAL_SINGLE: ("水平单管",),
    SystemForm.HORIZONTAL_DOUBLE: ("水平双管",),
    SystemForm.UNIT_DOUBLE: ("单元式双管", "单元式"),
    SystemForm.VERTICAL_DOUBLE: ("垂直双管",),
    SystemForm.HOUSEHOLD_DOUBLE: ("共用立管分户双管", "分户双管", "分户"),
}

FLAT_USE_WORDS: Mapping[StrEnum, tuple[str, ...]] = {
    FlatUse.DWELLING: ("住宅", "居民", "民用"),
    FlatUse.SHOP: ("商业", "商铺", "门市"),
    FlatUse.OFFICE: ("办公",),
}

SOURCE_WORDS: Mapping[StrEnum, tuple[str, ...]] = {
    Source.CITY: ("市财政", "市级", "市"),
    Source.DISTRICT: ("区财政", "区级", "区"),
    Source.REPAIR_FUND: ("大修基金", "维修资金", "大修理基金"),
    Source.OWNER: ("产权单位",),
    Source.UPPER: ("上级资金", "上级", "中央省补助"),
    Source.SUPPLIER: ("供热单位",),
}

YES_WORDS = ("是", "yes", "y", "true", "1", "有", "√", "对")
NO_WORDS = ("否", "no", "n", "false", "0", "无", "×", "x", "不")


def plain(words: str) -> str:
    """Return ``words`` as they are compared: halfwidth, lower case, without spaces, ``_`` and ``-``."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(letter for letter in folded if not letter.isspace() and letter not in "_-")


def reading_of(words: Mapping[StrEnum, tuple[str, ...]]) -> dict[str, StrEnum]:
    """Return every accepted spelling, Chinese words and English codes alike, with the kind it means."""
    spellings = {plain(kind.value): kind for kind in words}
    spellings |= {plain(word): kind for kind, chinese in words.items() for word in chinese}
    return spellings
