"""What a workbook says about itself: the notes sheet, the comments on headers, the lines of the manual."""

from __future__ import annotations

from fenhu.register.columns import Column, Kind, Sheet

KIND_WORDS = {
    Kind.TEXT: "文字", Kind.INTEGER: "整数", Kind.NUMBER: "数字", Kind.PERCENT: "百分数", Kind.YUAN: "金额",
    Kind.YES_NO: "是/否", Kind.WORD: "选一",
}  # fmt: skip
COLUMN_HEADS = (
    "表 sheet",
    "列 column",
    "英文名 English",
    "必填",
    "类型",
    "单位与范围",
    "可选值与说明",
    "示例",
)


def notes_lines(synthetic: bool) -> tuple[tuple[str, ...], ...]:
    """Return the head of the notes sheet; its line ``synthetic`` is read back by the reader."""
    origin = ("数据性质", "合成示范数据，楼栋、单位、人名、电话均为虚构" if synthetic else "登记数据")
    return (
        ("分户供暖改造登记表",),
        origin,
        ("synthetic", "是" if synthetic else "否"),
        ("填写", "蓝色表头为必填；灰色可空，空白表示不知道；列的顺序不限，行不限次序"),
        ("房号电话", "按文字填写；金额以元为单位；百分数写 92 或 92%"),
        (),
    )


def column_line(sheet: Sheet, column: Column) -> tuple[str, ...]:
    """Return what there is to know about a column, one word per head of ``COLUMN_HEADS``."""
    choices = "、".join(chinese[0] for chinese in column.words.values())
    return (
        sheet.chinese, column.chinese, column.english,
        "必填" if column.required else "", KIND_WORDS[column.kind],
        limits(column), "；".join(filter(None, (choices, column.note))), column.example,
    )  # fmt: skip


def limits(column: Column) -> str:
    """Return a column's range with its unit, such as ``0–100 %``; empty where nothing limits it."""
    if column.low is None or column.high is None:
        return column.unit
    low, high = (f"{limit:,.15g}".replace(",", "") for limit in (column.low, column.high))
    return f"{low}–{high} {column.unit}".strip()


def column_help(column: Column) -> str:
    """Return the comment that hangs on a header cell."""
    choices = "、".join(chinese[0] for chinese in column.words.values())
    lines = (
        f"{column.chinese}（{column.english}）{'必填' if column.required else '可空'}",
        f"{KIND_WORDS[column.kind]} {limits(column)}".strip(),
        f"可选：{choices}" if choices else "",
        column.note,
        f"例：{column.example}",
    )
    return "\n".join(filter(None, lines))
