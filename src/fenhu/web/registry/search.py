"""What a building is found by."""

from __future__ import annotations

from fenhu.web.registry.models import Building


def search_words(building: Building, *organisations: str) -> str:
    """Return everything a person may type to find ``building``, in lower case."""
    words = (
        building.code,
        building.estate,
        building.name,
        building.address,
        building.district,
        *organisations,
    )
    return " ".join(word for word in words if word).lower()
