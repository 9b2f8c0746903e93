"""标准层平面示意: a usual storey unit by unit, with risers, mains and radiators; a diagram without scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import INK, MEDIUM, box, pipe, thin, write
from fenhu.design.sheets.words import PLACE_NAMES, size_mark
from fenhu.design.values import FlatDesign, RiserDesign, Role, Side
from fenhu.drawing.cad_layers import EQUIPMENT
from fenhu.drawing.model import Circle, Rect, Shape
from fenhu.records import SystemForm
from fenhu.wording import Text, text

_LEFT, _WIDTH, _TOP, _ROW = 32.0, 374.0, 36.0, 112.0
_ABREAST, _ROWS = 3, 2
_DEPTH, _STAIRS, _STAIRS_DEPTH = 64.0, 32.0, 22.0
_WALL = 0.5
_RINGS = {Side.SUPPLY: 15.0, Side.RETURN: 19.0}
_GAP = 1.2


def plan_sheets(held: Held) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of the plans: some stairwell units on each sheet."""
    storey = usual_storey(held)
    title = text("Plan of storey {storey} (diagram)", storey=storey)
    units = sorted({flat.unit for flat in held.design.flats if flat.storey == storey})
    wide = _widest(held, units, storey) > _WIDTH / _ABREAST
    abreast = 1 if wide else _ABREAST
    for first in range(0, len(units), abreast * _ROWS):
        shapes: list[Shape] = []
        group = units[first : first + abreast * _ROWS]
        width = _WIDTH / min(abreast, len(group))
        one_row = len(group) <= abreast
        depth, top = (_DEPTH * 2.0, _TOP + 24.0) if one_row else (_DEPTH, _TOP)
        for n, unit in enumerate(group):
            x, y = _LEFT + (n % abreast) * width, top + (n // abreast) * _ROW
            shapes += _Unit(held, unit, storey, x, y, width - 3.0, depth).shapes()
        note = text("Not to scale; radiators and risers stand where they stand on site.")
        yield title, [*shapes, *named(130.0, 272.0, title), write(32.0, 284.0, note, width=200.0)]


def usual_storey(held: Held) -> int:
    """Return the middle one of the storeys with the most usual number of flats."""
    flats = Counter(flat.storey for flat in held.design.flats)
    usual = Counter(flats.values()).most_common(1)[0][0]
    storeys = sorted(storey for storey, count in flats.items() if count == usual)
    return storeys[(len(storeys) - 1) // 2]


def _widest(held: Held, units: Sequence[int], storey: int) -> float:
    """Return the width a unit needs: 45 mm a flat, 15 mm a riser through its rooms."""
    through = held.design.form is not SystemForm.HOUSEHOLD_DOUBLE
    needs = []
    for unit in units:
        flats = [flat for flat in held.design.flats if flat.unit == unit and flat.storey == storey]
        needs.append(sum(max(45.0, 15.0 * len(flat.radiators) if through else 0.0) for flat in flats))
    return max(needs)


class _Unit:
    """One stairwell unit of the plan."""

    def __init__(
        self, held: Held, unit: int, storey: int, x: float, y: float, width: float, depth: float
    ) -> None:
        self.held, self.x, self.y, self.width, self.depth = held, x, y, width, depth
        self.unit = unit
        here = [flat for flat in held.design.flats if flat.unit == unit and flat.storey == storey]
        self.flats = sorted(here, key=lambda flat: flat.position)
        self.risers = [riser for riser in held.design.risers if riser.unit == unit]
        self.household = held.design.form is SystemForm.HOUSEHOLD_DOUBLE
        self.ends: dict[str, dict[Side, tuple[float, float]]] = {}
        first = x + width / 2 - 5.0 * (len(self.risers) - 1) / 2
        self.places = {riser.id: first + 5.0 * n for n, riser in enumerate(self.risers)}

    def shapes(self) -> list[Shape]:
        """Return walls, stairwell, flats with their radiators, risers and the mains below."""
        middle = self.x + self.width / 2
        shapes: list[Shape] = [
            box(self.x, self.y, self.width, self.depth, pen=_WALL),
            box(middle - _STAIRS / 2, self.y, _STAIRS, _STAIRS_DEPTH, pen=MEDIUM),
            write(
                self.x + self.width - 2.0,
                self.y + 5.5,
                text("unit {number}", number=self.unit),
                anchor="end",
                bold=True,
            ),
            write(middle - _STAIRS / 2 + 1.5, self.y + 5.0, text("stairwell")),
        ]
        each = self.width / len(self.flats)
        for n, flat in enumerate(self.flats):
            left = self.x + n * each
            if n:
                top = self.y + (_STAIRS_DEPTH if abs(left - middle) < _STAIRS / 2 else 0.0)
                shapes.append(thin(left, top, left, self.y + self.depth, width=MEDIUM))
            shapes += self._flat(flat, left, each)
        return [*shapes, *(self._shared_risers(middle) if self.household else []), *self._mains()]

    def _flat(self, flat: FlatDesign, left: float, width: float) -> list[Shape]:
        middle = left + width / 2
        area = f"{flat.area_m2:.0f} m²"
        if self.household and abs(middle - self.x - self.width / 2) < 0.25 * width:
            middle = left + width / 4
        shapes: list[Shape] = [
            write(
                middle, self.y + _STAIRS_DEPTH + 12.0, flat.id, anchor="middle", width=width - 4.0, bold=True
            ),
            write(middle, self.y + _STAIRS_DEPTH + 17.0, area, anchor="middle"),
        ]
        count = len(flat.radiators)
        wall = self.y + self.depth
        step = width / max(count, 1)
        for n, name in enumerate(flat.radiators):
            at = left + (n + 0.5) * step
            shapes.append(
                Rect(x=at - 4.0, y=wall - 3.2, width=8.0, height=2.2, stroke=INK, stroke_width=MEDIUM,
                     layer=EQUIPMENT)
            )  # fmt: skip
            if not self.household:
                shapes += self._riser_at(self.held.radiator[name].riser, at, wall)
        if self.household:
            shapes += self._loop(flat, left, width)
        return shapes

    def _loop(self, flat: FlatDesign, left: float, width: float) -> list[Shape]:
        """Return the loop: from the stairwell into the flat and along its outer wall."""
        middle, wall = self.x + self.width / 2, self.y + self.depth
        way = 1.0 if left + width / 2 > middle else -1.0
        inside = min(max(middle, left), left + width)
        riser = self.places[flat.risers[0]]
        shapes: list[Shape] = []
        for side, off, low in ((Side.SUPPLY, 8.0, 9.0), (Side.RETURN, 5.0, 6.0)):
            entry, y, level = inside + way * off, wall - low, self.y + _RINGS[side]
            shapes += [
                pipe(side, (riser + way, level), (entry, level), (entry, y)),
                pipe(side, (left + off, y), (left + width - off, y)),
            ]
        size = next(part for part in self.held.in_flat[flat.id] if part.role is Role.CONNECTION)
        said = write(left + width / 2, wall - 11.0, size_mark(size), anchor="middle")
        coils = write(left + width / 2, wall - 1.5, text("floor coils"), anchor="middle")
        return [*shapes, said] if flat.radiators else [*shapes, said, coils]

    def _riser_at(self, name: str, x: float, wall: float) -> list[Shape]:
        """Return a riser at a radiator; ``ends`` remembers where the mains reach it."""
        single = self.held.design.form is SystemForm.VERTICAL_SINGLE_BYPASS
        right = x + 5.8
        places = {Side.SUPPLY: right - 0.5, Side.RETURN: right + 0.5} if single else {
            Side.SUPPLY: x - 5.8, Side.RETURN: right,
        }  # fmt: skip
        self.ends[name] = {side: (at, wall - 1.1) for side, at in places.items()}
        rings = [_ring(right, wall - 2.1, filled=single)]
        if not single:
            rings.append(_ring(x - 5.8, wall - 2.1, filled=True))
        return [*rings, write(x, wall - 5.0, name, anchor="middle")]

    def _shared_risers(self, middle: float) -> list[Shape]:
        """Return the risers in the stairwell; ``ends`` remembers where the mains reach them."""
        shapes: list[Shape] = []
        for name, x in self.places.items():
            supply_y, return_y = (self.y + _RINGS[side] for side in (Side.SUPPLY, Side.RETURN))
            self.ends[name] = {Side.SUPPLY: (x, supply_y - 1.0), Side.RETURN: (x + 2.5, return_y)}
            shapes += [_ring(x, supply_y, filled=True), _ring(x, return_y, filled=False),
                       pipe(Side.RETURN, (x + 1.0, return_y), (x + 2.5, return_y))]  # fmt: skip
        right = max(self.places.values()) + 4.0
        span = _span(self.risers)
        return [*shapes, write(right, self.y + 10.5, span, width=middle + _STAIRS / 2 - right - 0.5)]

    def _mains(self) -> list[Shape]:
        """Return both mains beside the wall where the risers stand, with a branch to every riser."""
        at_stairs = self.household
        y = self.y - 15.0 if at_stairs else self.y + self.depth + 8.0
        lines = {Side.SUPPLY: y, Side.RETURN: y + 6.0}
        shapes: list[Shape] = [
            pipe(side, (self.x, at), (self.x + self.width + 3.0, at)) for side, at in lines.items()
        ]
        for riser in self.risers:
            for side, (x, end) in self.ends.get(riser.id, {}).items():
                shapes += _branch(side, x, lines[side], end, lines)
        sizes = {
            side: _sizes([size_mark(self.held.main_at(riser, side)) for riser in self.risers])
            for side in Side
        }
        words = (
            text("supply main {sizes}, {place}", sizes=sizes[Side.SUPPLY], place=self._place(Side.SUPPLY)),
            text("return main {sizes}, {place}", sizes=sizes[Side.RETURN], place=self._place(Side.RETURN)),
        )
        levels = (y - 1.2, y + 10.6) if at_stairs else (y + 10.6, y + 15.2)
        room = self.width / 2 - 14.0 if at_stairs else self.width - 4.0
        return [
            *shapes,
            *(write(self.x + 2.0, at, said, width=room) for at, said in zip(levels, words, strict=True)),
        ]

    def _place(self, side: Side) -> Text:
        return PLACE_NAMES[self.held.mains[side][0].place]


def _branch(side: Side, x: float, start: float, end: float, mains: Mapping[Side, float]) -> list[Shape]:
    """Return a branch from a main, open where it passes the other one."""
    other = mains[Side.RETURN if side is Side.SUPPLY else Side.SUPPLY]
    way = 1.0 if end > start else -1.0
    if not min(start, end) < other < max(start, end):
        return [pipe(side, (x, start), (x, end))]
    return [
        pipe(side, (x, start), (x, other - way * _GAP)),
        pipe(side, (x, other + way * _GAP), (x, end)),
    ]


def _sizes(marks: Sequence[str]) -> str:
    return "/".join(dict.fromkeys(marks))


def _span(risers: Sequence[RiserDesign]) -> str:
    names = [riser.id for riser in risers]
    return names[0] if len(names) == 1 else f"{names[0]}-{names[-1]}"


def _ring(x: float, y: float, *, filled: bool) -> Circle:
    return Circle(x=x, y=y, radius=1.0, stroke=INK, stroke_width=MEDIUM, fill=INK if filled else "none",
                  layer=EQUIPMENT)  # fmt: skip
