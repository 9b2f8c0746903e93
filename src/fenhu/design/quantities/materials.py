"""The table of materials on the drawing, 材料表: every article once, with its quantity."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fenhu.design.quantities.values import Bill, QuantityLine
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRow:
    """A row of the table; ``specification`` is the size or kind, ``remarks`` where the material goes."""

    code: str
    name: Text
    specification: Text
    unit: str
    quantity: Decimal
    remarks: Text


def material_rows(bill: Bill) -> tuple[MaterialRow, ...]:
    """Return the materials of a bill, each article once; percentages and labour are not materials."""
    together: dict[str, list[QuantityLine]] = {}
    for one in bill.lines:
        if one.price.kind == "material" and one.line.unit != "%":
            together.setdefault(one.code, []).append(one)
    return tuple(_row(lines) for lines in together.values())


def _row(lines: list[QuantityLine]) -> MaterialRow:
    price = lines[0].price
    return MaterialRow(
        code=price.code, name=price.article, specification=price.specification,
        unit=price.unit, quantity=sum((one.line.quantity for one in lines), Decimal(0)),
        remarks=_where({bool(one.line.flat) for one in lines}),
    )  # fmt: skip


def _where(indoor: set[bool]) -> Text:
    if len(indoor) == 2:
        return text("in flats and public parts")
    return text("in flats") if True in indoor else text("in public parts")
