"""The words for the codes a policy file uses: payers, parties, yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from fenhu.wording import Text, text

PAYERS = {
    "user": text("heat user"),
    "owner": text("former owner unit"),
    "supplier": text("heat supplier"),
    "repair_fund": text("housing repair fund"),
    "reward": text("government reward"),
    "upper": text("central and provincial project money"),
    "city": text("city finance"),
    "district": text("district finance"),
}
PARTIES = {
    "government": text("city and district governments"),
    "city_bureau": text("city construction bureau"),
    "district_gov": text("district government"),
    "finance": text("finance bureau"),
    "heat_supplier": text("heat supplier"),
    "owner_unit": text("owner unit"),
    "community": text("street office and community"),
    "property_company": text("property company"),
    "contractor": text("contractor"),
    "public_security": text("public security"),
    "media": text("press"),
    "household": text("household"),
    "resident_representatives": text("residents' representatives"),
}
_YES, _NO = text("yes"), text("no")


def spoken(value: object) -> Text:
    """Return a value of a policy file in words, lists joined."""
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, tuple):
        return joined([spoken(item) for item in value])
    return PARTIES.get(str(value)) or PAYERS.get(str(value)) or text("{value}", value=str(value))


def percent(ratio: Decimal | Fraction) -> str:
    """Return a ratio in percent, with one decimal where it needs one.

    Examples
    --------
    >>> percent(Decimal(1)), percent(Decimal("0.125")), percent(Fraction(2, 3))
    ('100', '12.5', '66.7')
    """
    return f"{float(ratio * 100):.1f}".removesuffix(".0")


def joined(words: Sequence[Text]) -> Text:
    """Return several words as a list."""
    places = {f"word{index}": word for index, word in enumerate(words)}
    return Text("、".join(f"{{{place}}}" for place in places), places)
