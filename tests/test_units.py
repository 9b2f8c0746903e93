"""Yuan and fen, and the closed list of suffixes."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.units import SUFFIXES, fen_from_yuan, gj_from_kwh, yuan_from_fen

GLOSSARY = Path(__file__).parents[1] / "GLOSSARY.md"


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_fen_survive_the_way_through_yuan(fen):
    assert fen_from_yuan(yuan_from_fen(fen)) == fen


@pytest.mark.parametrize(("yuan", "fen"), [("0.005", 1), ("0.004", 0), ("12.345", 1235), ("1", 100)])
def test_half_a_fen_is_rounded_up(yuan, fen):
    assert fen_from_yuan(Decimal(yuan)) == fen


def test_a_thousand_kilowatt_hours_are_3_6_gigajoules():
    assert gj_from_kwh(1000.0) == pytest.approx(3.6)


def test_every_suffix_stands_in_the_glossary():
    listed = set(re.findall(r"^\| `(_[a-z0-9_]+)`", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == set(SUFFIXES)
