"""What speaks for a criterion: one row for each kind of evidence a policy may name.

Measured temperatures come before simulated ones; where both exist the sentence names both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fenhu.diagnosis.estate import EstateEvidence
from fenhu.records import BuildingRecord, FlatRecord, FlatUse, HeatSummary, StockHeat
from fenhu.wording import Text, text

MIN_MEASURED_FLATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything known of one building when it is judged."""

    record: BuildingRecord
    flats: Sequence[FlatRecord]
    heat: StockHeat
    estate: EstateEvidence

    @property
    def simulated(self) -> HeatSummary | None:
        """Return the simulated state before conversion, None where the simulation failed."""
        return self.heat.before

    @property
    def measured_c(self) -> list[float]:
        """Return the temperatures measured in dwellings."""
        return [
            flat.measured_c
            for flat in self.flats
            if flat.use is FlatUse.DWELLING and flat.measured_c is not None
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A value of a kind of evidence, and the words that say it and where it is from."""

    value: float
    words: Text


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of evidence: how it is read, how a threshold is said (None: yes or no), what is missing."""

    read: Callable[[Known], Reading | None]
    said: Callable[[float], Text] | None
    missing: Text


def _mean_c(known: Known) -> Reading | None:
    def mean(values: Sequence[float]) -> float:
        return sum(values) / len(values)

    return _temperature(
        known,
        mean,
        known.record.mean_room_c,
        known.simulated.mean_c if known.simulated else None,
        text("mean room temperature"),
        celsius,
    )


def _coldest_c(known: Known) -> Reading | None:
    return _temperature(
        known,
        min,
        known.record.min_room_c,
        known.simulated.min_c if known.simulated else None,
        text("temperature of the coldest flat"),
        celsius,
    )


def _coldest_below_mean_k(known: Known) -> Reading | None:
    def below(values: Sequence[float]) -> float:
        return sum(values) / len(values) - min(values)

    record, simulated = known.record, known.simulated
    registered = None
    if record.mean_room_c is not None and record.min_room_c is not None:
        registered = record.mean_room_c - record.min_room_c
    return _temperature(
        known,
        below,
        registered,
        simulated.mean_c - simulated.min_c if simulated else None,
        text("coldest flat below the building's mean by"),
        kelvin,
    )


def _temperature(
    known: Known,
    of_flats: Callable[[Sequence[float]], float],
    registered: float | None,
    simulated: float | None,
    what: Text,
    said: Callable[[float], Text],
) -> Reading | None:
    """Return the value from measured flats, else from the register, else from the simulation."""
    measured_c = known.measured_c
    if len(measured_c) >= MIN_MEASURED_FLATS:
        value = of_flats(measured_c)
        words = text(
            "{what} {value}, measured in {count} flats", what=what, value=said(value), count=len(measured_c)
        )
    elif registered is not None:
        value = registered
        words = text("{what} {value}, measured (register)", what=what, value=said(value))
    elif simulated is not None:
        return Reading(
            value=simulated, words=text("{what} {value}, simulated", what=what, value=said(simulated))
        )
    else:
        return None
    if simulated is not None:
        words = text("{found}; simulated {value}", found=words, value=said(simulated))
    return Reading(value=value, words=words)


def _corrosion(known: Known) -> Reading | None:
    grade = known.record.corrosion
    if grade is None:
        return None
    return Reading(value=grade, words=text("corrosion grade {grade} of 3 (register)", grade=grade))


def _water_loss(known: Known) -> Reading | None:
    loss = known.record.water_loss_percent
    if loss is None:
        return None
    return Reading(value=loss, words=text("water loss {value} (register)", value=percent(loss)))


def _hard_to_maintain(known: Known) -> Reading | None:
    maintainable = known.record.maintainable
    if maintainable is None:
        return None
    words = (
        text("the supplier says the indoor system can be maintained (register)")
        if maintainable
        else text("the supplier says the indoor system can no longer be maintained (register)")
    )
    return Reading(value=0 if maintainable else 1, words=words)


def _fee_collection(known: Known) -> Reading | None:
    estate = known.estate
    if estate.fee_collection_percent is None:
        return None
    rate = percent(estate.fee_collection_percent)
    if estate.counted_flats:
        words = text(
            "fee collection {value} in {estate}, counted from its flats", value=rate, estate=estate.estate
        )
    else:
        words = text(
            "fee collection {value} in {estate}, {count} buildings (register)",
            value=rate,
            estate=estate.estate,
            count=estate.buildings,
        )
    return Reading(value=estate.fee_collection_percent, words=words)


def _complaints(known: Known) -> Reading | None:
    complaints, flats = known.record.complaints, known.record.flats
    if complaints is None:
        return None
    rate = 100 * complaints / flats
    words = text(
        "{complaints} complaints last season from {flats} flats, {value} (register)",
        complaints=complaints,
        flats=flats,
        value=per_100_flats(rate),
    )
    return Reading(value=rate, words=words)


def _consent(known: Known) -> Reading | None:
    answers = [flat.consent for flat in known.flats]
    if all(answer is None for answer in answers):
        return None
    agreed = sum(answer is True for answer in answers)
    words = text("{agreed} of {flats} flats agree (register)", agreed=agreed, flats=len(answers))
    return Reading(value=agreed / len(answers), words=words)


def celsius(value: float) -> Text:
    """Return a temperature in words."""
    return text("{value} ℃", value=f"{value:.1f}")


def kelvin(value: float) -> Text:
    """Return a temperature difference in words."""
    return text("{value} K", value=f"{value:.1f}")


def percent(value: float) -> Text:
    """Return a percentage in words."""
    return text("{value} %", value=f"{value:.1f}")


def per_100_flats(value: float) -> Text:
    """Return a rate of complaints in words."""
    return text("{value} for 100 flats", value=f"{value:.1f}")


def _grade(value: float) -> Text:
    return text("grade {value}", value=f"{value:g}")


def _share(value: float) -> Text:
    return percent(100 * value)


KINDS: Mapping[str, Kind] = {
    "mean_room_c": Kind(_mean_c, celsius, text("room temperature neither measured nor simulated")),
    "coldest_room_c": Kind(_coldest_c, celsius, text("room temperature neither measured nor simulated")),
    "coldest_below_mean_k": Kind(
        _coldest_below_mean_k, kelvin, text("differences between flats neither measured nor simulated")
    ),
    "corrosion_grade": Kind(_corrosion, _grade, text("corrosion was not graded")),
    "water_loss_percent": Kind(_water_loss, percent, text("water loss is not known")),
    "hard_to_maintain": Kind(_hard_to_maintain, None, text("nobody said whether it can be maintained")),
    "fee_collection_percent": Kind(
        _fee_collection, percent, text("the estate's fee collection is not known")
    ),
    "complaints_per_100_flats": Kind(_complaints, per_100_flats, text("complaints were not counted")),
    "consent_ratio": Kind(_consent, _share, text("residents have not been asked yet")),
}
