"""The columns and sheets of the workbooks people fill in; readers and templates both follow them."""

from __future__ import annotations

from dataclasses import dataclass, field

from fenhu.wording import Text, bilingual


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its key; ``given`` columns are filled in by fenhu and only read to find the row.

    A sheet without a ``required`` column cannot be read; ``note`` tells in the template what belongs in it.
    """

    key: str
    chinese: str
    given: bool = False
    required: bool = False
    note: Text = field(default_factory=lambda: bilingual("", ""))

    @property
    def name(self) -> Text:
        """Return the column's head."""
        return bilingual(self.chinese, self.key)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its key, which is also the name of its tables in TOML."""

    key: str
    chinese: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> Text:
        """Return the sheet's name."""
        return bilingual(self.chinese, self.key)
