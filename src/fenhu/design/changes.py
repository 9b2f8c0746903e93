"""What a person has decided in a design; everything else is chosen by the design itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fenhu.building import Loop, Mains


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Decisions that the design keeps: by id of a segment, a radiator or a device.

    Parameters
    ----------
    sizes : material ('' keeps the design's) and nominal size of segments.
    lengths : length in m of segments.
    radiators : kind and sections of radiators.
    presets : mark of valves.
    loop, mains : what lies inside the flats; how the mains return.
    supply_c, fall_k : the water at design.
    """

    sizes: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    lengths: Mapping[str, float] = field(default_factory=dict)
    radiators: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    presets: Mapping[str, str] = field(default_factory=dict)
    loop: Loop | None = None
    mains: Mains | None = None
    supply_c: float | None = None
    fall_k: float | None = None


NO_CHANGES = Changes()
