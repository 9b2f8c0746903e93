"""The sheets and columns of a design made elsewhere; reader and template both follow them."""

from __future__ import annotations

from fenhu.worksheets import Column, Sheet

SEGMENTS = Sheet(
    "segments",
    "管段",
    (
        Column("id", "管段编号", given=True),
        Column("start", "起点", given=True),
        Column("end", "终点", given=True),
        Column("unit", "单元", given=True),
        Column("riser", "立管", given=True),
        Column("storey", "楼层", given=True),
        Column("flat", "户号", given=True),
        Column("length_m", "长度(m)"),
        Column("material", "管材"),
        Column("dn", "公称直径"),
        Column("flow_kg_h", "流量(kg/h)"),
    ),
)
RADIATORS = Sheet(
    "radiators",
    "散热器",
    (
        Column("id", "散热器编号", given=True),
        Column("flat", "户号", given=True),
        Column("room", "房间", given=True),
        Column("load_w", "热负荷(W)", given=True),
        Column("kind", "型号"),
        Column("sections", "片数"),
    ),
)
VALVES = Sheet(
    "valves",
    "阀门",
    (
        Column("id", "阀门编号", given=True),
        Column("kind", "种类", given=True),
        Column("flat", "户号", given=True),
        Column("dn", "公称直径", given=True),
        Column("preset", "预设定"),
        Column("kv_m3_h", "Kv(m³/h)"),
    ),
)
WATER = Sheet("water", "参数", (Column("key", "项目", given=True), Column("value", "取值")))
SHEETS = (SEGMENTS, RADIATORS, VALVES, WATER)
