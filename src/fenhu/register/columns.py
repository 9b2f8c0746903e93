"""The register's sheets and columns as one table; reader, writer, template and manual are made from it.

Adding a column means adding one row here and one attribute to the record it fills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from fenhu.records import (
    BudgetRecord,
    BuildingRecord,
    ClusterRecord,
    CrewRecord,
    FlatRecord,
    OrderRecord,
)
from fenhu.register.words import FLAT_USE_WORDS, OWNER_KIND_WORDS, SOURCE_WORDS, SYSTEM_FORM_WORDS


class Kind(Enum):
    """What a cell holds and how it is read."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    PERCENT = "percent"
    YUAN = "yuan"
    YES_NO = "yes/no"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its two names, what its cells hold, and what is possible in them.

    ``low`` and ``high`` are inclusive; ``ratio_up_to`` marks percent columns in which values up to
    that number are taken for shares (0.92 for 92 %).
    """

    attribute: str
    chinese: str
    english: str
    kind: Kind
    required: bool = False
    unit: str = ""
    low: float | None = None
    high: float | None = None
    words: Mapping[StrEnum, tuple[str, ...]] = field(default_factory=dict)
    ratio_up_to: float = 0.0
    example: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its two names, the record a row becomes, its columns in the order they are written."""

    chinese: str
    english: str
    record: type
    columns: tuple[Column, ...]
    required: bool = False

    def column(self, attribute: str) -> Column:
        """Return the column that fills ``attribute`` of the record."""
        return next(column for column in self.columns if column.attribute == attribute)


T, N, P, Y, B, W = Kind.TEXT, Kind.NUMBER, Kind.PERCENT, Kind.YUAN, Kind.YES_NO, Kind.WORD
INT = Kind.INTEGER
YEAR = ("年", 1900, 2049)
PLAN_YEAR = ("年", 2000, 2049)
ROOM = ("℃", -20, 45)
MONEY = ("元", 0, 1e11)

BUILDINGS = Sheet("楼栋", "buildings", BuildingRecord, (
    Column("code", "楼栋编号", "code", T, True, example="HZ-0001", note="全市唯一，住户表按它对应楼栋"),
    Column("estate", "小区", "estate", T, example="示范花园", note="收费率按小区统计"),
    Column("name", "楼栋名称", "name", T, True, example="示范花园3号楼"),
    Column("district", "区", "district", T, True, example="海州", note="写法须前后一致"),
    Column("community", "街道社区", "community", T, example="示范街道和顺社区"),
    Column("address", "地址", "address", T, example="示范一路12号"),
    Column("supplier", "供热单位", "supplier", T, True, example="示范供热一公司"),
    Column("station", "换热站", "station", T, example="一号换热站"),
    Column("cluster", "片区", "cluster", T, example="HZ-C01", note="同一换热支线的楼栋写同一片区"),
    Column("owner", "产权单位", "owner", T, example="示范机械厂"),
    Column("owner_kind", "产权类别", "owner_kind", W, True, words=OWNER_KIND_WORDS, example="市直"),
    Column("year_built", "建成年份", "year_built", INT, True, *YEAR, example="1986"),
    Column("storeys", "层数", "storeys", INT, True, "层", 1, 60, example="6"),
    Column("units", "单元数", "units", INT, True, "个", 1, 60, example="4"),
    Column("flats", "户数", "flats", INT, True, "户", 1, 5000, example="48"),
    Column("heated_area_m2", "供热面积", "heated_area_m2", N, True, "m²", 10, 500_000, example="4320.5"),
    Column("system_form", "现有供暖形式", "system_form", W, True, words=SYSTEM_FORM_WORDS,
           example="单管顺流"),
    Column("pipe_year", "管道年份", "pipe_year", INT, False, *YEAR, example="1986",
           note="室内管道最近一次更换的年份"),
    Column("pipe_material", "管材", "pipe_material", T, example="焊接钢管"),
    Column("corrosion", "腐蚀等级", "corrosion", INT, False, "级", 0, 3, example="2",
           note="0 无，1 轻，2 中，3 重"),
    Column("water_loss_percent", "失水率", "water_loss_percent", P, False, "%", 0, 100, ratio_up_to=0.1,
           example="2.5", note="日补水量占系统水容量的百分数"),
    Column("fee_collection_percent", "收费率", "fee_collection_percent", P, False, "%", 0, 100,
           ratio_up_to=1.0, example="86", note="所在小区上一采暖期的收费率"),
    Column("arrears_fen", "欠费", "arrears_yuan", Y, False, *MONEY, example="38500"),
    Column("complaints", "上季投诉", "complaints", INT, False, "件", 0, 10_000, example="7"),
    Column("maintainable", "可维修", "maintainable", B, example="否", note="现有系统是否还修得住"),
    Column("inlet_kpa", "入口压差", "inlet_kpa", N, False, "kPa", 0, 500, example="12"),
    Column("supply_c", "供水温度", "supply_c", N, False, "℃", 20, 150, example="70"),
    Column("mean_room_c", "平均室温", "mean_room_c", N, False, *ROOM, example="16.8"),
    Column("min_room_c", "最低室温", "min_room_c", N, False, *ROOM, example="13.2"),
    Column("repair_fund_fen", "大修基金", "repair_fund_yuan", Y, False, *MONEY, example="120000",
           note="维修资金账户余额"),
    Column("pilot_2009", "试点2009", "pilot_2009", B, example="否"),
    Column("volunteered", "主动要求", "volunteered", B, example="是"),
    Column("main_ready", "主管网到位", "main_ready", B, example="是"),
    Column("longitude", "经度", "longitude", N, False, "°", 73, 136, example="121.6512"),
    Column("latitude", "纬度", "latitude", N, False, "°", 3, 54, example="42.0123"),
), required=True)  # fmt: skip

FLATS = Sheet("住户", "flats", FlatRecord, (
    Column("building", "楼栋编号", "code", T, True, example="HZ-0001", note="须在楼栋表中"),
    Column("unit", "单元", "unit", INT, True, "", 1, 60, example="2"),
    Column("storey", "楼层", "storey", INT, True, "层", 1, 60, example="1"),
    Column("room", "房号", "room", T, True, example="101"),
    Column("area_m2", "面积", "area_m2", N, True, "m²", 1, 20_000, example="86.5"),
    Column("use", "用途", "use", W, words=FLAT_USE_WORDS, example="住宅", note="空白按住宅"),
    Column("owner_name", "户主", "owner_name", T, example="张某某"),
    Column("phone", "电话", "phone", T, example="00000000001"),
    Column("measured_c", "实测室温", "measured_c", N, False, *ROOM, example="15.4"),
    Column("consent", "同意改造", "consent", B, example="是", note="空白为未征求"),
    Column("fee_paid", "缴费", "fee_paid", B, example="是"),
), required=True)  # fmt: skip

BUDGETS = Sheet("资金", "budgets", BudgetRecord, (
    Column("source", "来源", "source", W, True, words=SOURCE_WORDS, example="区财政"),
    Column("scope", "单位", "scope", T, example="海州",
           note="区财政写区，产权单位、供热单位写名称；市财政、大修基金、上级资金空白"),
    Column("year", "年度", "year", INT, True, *PLAN_YEAR, example="2010"),
    Column("amount_fen", "金额", "yuan", Y, True, *MONEY, example="500000"),
))  # fmt: skip

CREWS = Sheet("施工能力", "crews", CrewRecord, (
    Column("supplier", "供热单位", "supplier", T, True, example="示范供热一公司"),
    Column("year", "年度", "year", INT, True, *PLAN_YEAR, example="2010"),
    Column("crew_days", "工日", "crew_days", N, True, "工日", 0, 1e6, example="180",
           note="当年9月30日前可用的班组工日"),
))  # fmt: skip

CLUSTERS = Sheet("片区", "clusters", ClusterRecord, (
    Column("cluster", "片区", "cluster", T, True, example="HZ-C01"),
    Column("district", "区", "district", T, True, example="海州"),
    Column("supplier", "供热单位", "supplier", T, True, example="示范供热一公司"),
    Column("mains_fen", "主管网费用", "mains_yuan", Y, True, *MONEY, example="260000", note="已到位写 0"),
    Column("mobilise_fen", "进场费用", "mobilise_yuan", Y, True, *MONEY, example="18000"),
))  # fmt: skip

ORDERS = Sheet("先后", "order", OrderRecord, (
    Column("before", "先", "before", T, True, example="HZ-0001"),
    Column("after", "后", "after", T, True, example="HZ-0002", note="不得早于“先”的楼栋开工"),
))  # fmt: skip

SHEETS = (BUILDINGS, FLATS, BUDGETS, CREWS, CLUSTERS, ORDERS)
NOTES_SHEET = ("说明", "notes")
