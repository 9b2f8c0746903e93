"""What every entry of a policy file has in common: strict keys, exact numbers, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Generic, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from fenhu.policy.words import joined, spoken
from fenhu.wording import Text, bilingual

Value = TypeVar("Value")
_A_COMMON_YEAR = 2010
_DIGITS = 12
_LARGEST = 10**_DIGITS


def _decimal(value: object) -> object:
    return Decimal(value) if type(value) is int else value


def _fraction(value: object) -> Fraction:
    if isinstance(value, int | Decimal | str) and not isinstance(value, bool) and _readable(value):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError, OverflowError):
            pass
    raise PydanticCustomError("fraction", "a number or a fraction such as 2/3")


def _readable(value: int | Decimal | str) -> bool:
    """Return whether a number is of a size and precision that can be computed with exactly."""
    if isinstance(value, str):
        return len(value) <= 2 * _DIGITS
    return Decimal(value).adjusted() <= _DIGITS and Decimal(value).is_finite() and _places(value) <= _DIGITS


def _places(value: int | Decimal) -> int:
    exponent = Decimal(value).as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _month_day(value: str) -> str:
    try:
        day_of_year(value, _A_COMMON_YEAR)
    except ValueError:
        raise PydanticCustomError("month_day", "a day of the year as MM-DD") from None
    return value


def day_of_year(month_day: str, year: int) -> date:
    """Return the date of ``month_day`` (``MM-DD``) in ``year``."""
    return date.fromisoformat(f"{year:04d}-{month_day}")


Yuan = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=_LARGEST, decimal_places=_DIGITS)]
Ratio = Annotated[Decimal, BeforeValidator(_decimal), Field(ge=0, le=1, decimal_places=_DIGITS)]
Number = Annotated[
    Decimal, BeforeValidator(_decimal), Field(ge=-_LARGEST, le=_LARGEST, decimal_places=_DIGITS)
]
Share = Annotated[Fraction, PlainValidator(_fraction)]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Words = Annotated[str, Field(min_length=1)]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


class Strict(BaseModel):
    """A table of a policy file: no unknown keys, no silent conversions, never changed after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, validate_default=True)


class Entry(Strict):
    """A table that says where it comes from: a clause of the document, or an assumption with its reason."""

    assumed: bool = False
    clause: str = ""
    reason_zh: str = Field(default="", alias="reason")
    reason_en: str = ""

    @field_validator("clause")
    @classmethod
    def _a_fact_names_its_clause(cls, clause: str, info: ValidationInfo) -> str:
        if not clause and info.data.get("assumed") is False:
            raise PydanticCustomError("clause_missing", "a fact names its clause")
        return clause

    @field_validator("reason_zh", "reason_en")
    @classmethod
    def _an_assumption_gives_its_reason(cls, reason: str, info: ValidationInfo) -> str:
        if not reason and info.data.get("assumed") is True:
            raise PydanticCustomError("reason_missing", "an assumption gives its reason")
        return reason

    @property
    def reason(self) -> Text:
        """Return why the value was assumed, or why the rule is as it is."""
        return bilingual(self.reason_zh, self.reason_en)

    def said(self) -> Text:
        """Return the entry's own single values as words."""
        own = [value for name, value in self if name not in Entry.model_fields]
        return joined([spoken(value) for value in own if value and not isinstance(value, BaseModel | tuple)])


class Named(Entry):
    """An entry with a name in both languages."""

    name_zh: Words = Field(alias="name")
    name_en: Words

    @property
    def name(self) -> Text:
        """Return the name in the reader's language."""
        return bilingual(self.name_zh, self.name_en)

    def said(self) -> Text:
        """Return the name."""
        return self.name


class Setting(Entry, Generic[Value]):
    """A single value with its provenance."""

    value: Value

    def said(self) -> Text:
        """Return the value as words."""
        return spoken(self.value)


def entries(model: BaseModel, at: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield every entry below ``model`` with its key, in the order of the schema."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        key = f"{at}.{field.alias or name}" if at else (field.alias or name)
        yield from _entries_of(value, key)


def _entries_of(value: object, key: str) -> Iterator[tuple[str, Entry]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value, start=1):
            yield from _entries_of(item, f"{key}[{index}]")
    elif isinstance(value, BaseModel):
        if isinstance(value, Entry):
            yield key, value
        yield from entries(value, key)
