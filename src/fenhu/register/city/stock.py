"""Buildings on their estates: size, system, age and what age has done; exactly so many flats in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from fenhu.records import SystemForm
from fenhu.register.city.layout import Estate
from fenhu.register.city.names import PIPE_MATERIALS

FLATS_PER_BUILDING = 50
SURVEY_YEAR = 2010
LAST_YEAR_BUILT = 2004
STOREYS = {1970: (3, 4, 5, 5), 1980: (5, 5, 6, 6), 1990: (6, 6, 6, 7), 2000: (6, 6, 7, 7)}
UNITS = (2, 3, 3, 4, 4, 4, 5, 6)
FORM_SHARES = {
    SystemForm.VERTICAL_SINGLE_SERIES: 0.60,
    SystemForm.VERTICAL_SINGLE_BYPASS: 0.10,
    SystemForm.HORIZONTAL_SINGLE: 0.11,
    SystemForm.HORIZONTAL_DOUBLE: 0.07,
    SystemForm.UNIT_DOUBLE: 0.07,
    SystemForm.VERTICAL_DOUBLE: 0.05,
}


@dataclass(slots=True, kw_only=True)
class Shell:
    """A building before its flats: geometry, system, wear; ``omitted`` flats give way to passages."""

    estate: Estate
    number: int
    year_built: int
    storeys: int
    units: int
    per_floor: int
    form: SystemForm
    pipe_year: int
    pipe_material: str
    corrosion: int
    water_loss_percent: float
    omitted: int = 0

    @property
    def unit_flats(self) -> int:
        """Flats in one full stairwell unit."""
        return self.storeys * self.per_floor

    @property
    def flats(self) -> int:
        """Flats of the building."""
        return self.unit_flats * self.units - self.omitted

    @property
    def pipe_age(self) -> int:
        """Years the pipes have been in use."""
        return SURVEY_YEAR - self.pipe_year


def shells(estates: Sequence[Estate], rng: Random) -> list[Shell]:
    """Return the buildings of the estates, with fifty flats to a building over the whole city."""
    forms = _forms(sum(estate.buildings for estate in estates), rng)
    stock = [
        _shell(estate, number, next(forms), rng)
        for estate in estates
        for number in range(1, estate.buildings + 1)
    ]
    _settle(stock, FLATS_PER_BUILDING * len(stock), rng)
    return stock


def _forms(count: int, rng: Random) -> Iterator[SystemForm]:
    """Yield forms by their shares, each of them at least once."""
    drawn = rng.choices(list(FORM_SHARES), list(FORM_SHARES.values()), k=count)
    drawn[: len(FORM_SHARES)] = list(FORM_SHARES)[:count]
    return iter(drawn)


def _shell(estate: Estate, number: int, form: SystemForm, rng: Random) -> Shell:
    year = min(LAST_YEAR_BUILT, estate.first_year + rng.randrange(4))
    renewed = year < 1990 and rng.random() < 0.2
    pipe_year = rng.randrange(max(year + 8, 1990), 2008) if renewed else year
    age = SURVEY_YEAR - pipe_year
    corrosion = min(3, max(0, round(age / 12 - 0.4 + rng.gauss(0, 0.6))))
    return Shell(
        estate=estate,
        number=number,
        year_built=year,
        storeys=rng.choice(STOREYS[year // 10 * 10]),
        units=rng.choice(UNITS),
        per_floor=rng.choices((2, 3), (0.75, 0.25))[0],
        form=form,
        pipe_year=pipe_year,
        pipe_material=PIPE_MATERIALS[2] if renewed and pipe_year > 2002 else PIPE_MATERIALS[year >= 1992],
        corrosion=corrosion,
        water_loss_percent=round(max(0.3, 0.4 + 0.035 * age + 0.5 * corrosion + rng.gauss(0, 0.4)), 2),
    )


def _settle(stock: list[Shell], wanted: int, rng: Random) -> None:
    """Add and take away stairwell units, then single flats on the lowest floors, until the total is right."""
    surplus = sum(shell.flats for shell in stock) - wanted
    while surplus:
        shell = rng.choice(stock)
        if surplus < 0:
            shell.units += 1
            surplus += shell.unit_flats
        elif surplus >= shell.unit_flats and shell.units > 2:
            shell.units -= 1
            surplus -= shell.unit_flats
        elif surplus < 2 * len(stock) + shell.unit_flats and shell.omitted < shell.unit_flats:
            shell.omitted += 1
            surplus -= 1
