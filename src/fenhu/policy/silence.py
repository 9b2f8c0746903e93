"""What a city's document leaves unsaid, taken from another policy and marked as an assumption everywhere.

``[silent_as]`` names a packaged policy. Whole sections the file does not have come from it; each of their
entries turns into an assumption that says where it was taken from. What belongs to one city alone is never
taken: its document, its size, calendar and climate, who consents, and every rule of money.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.policy.packaged import packaged, packaged_path
from fenhu.policy.reading import read_toml
from fenhu.wording import Text, text

TAKEN = (
    "aim", "responsibility", "duty", "publicity", "notice", "filing", "publication", "gate", "term",
    "reminding", "review", "form", "criterion", "priority_group", "warranty", "acceptance", "contracting",
    "planning",
)  # fmt: skip


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a policy's tables with the sections it is silent about taken from the policy it names."""
    content = source_of(data)
    if content is None:
        return dict(data)
    other = read_toml(content.decode())
    taken = {key: _assumed(other[key], other) for key in TAKEN if key not in data and key in other}
    return {**data, **taken}


def source_of(data: Mapping[str, Any]) -> bytes | None:
    """Return the content of the policy file that a policy is silent as; None where it says everything."""
    if not data.get("silent_as") or wrong_source(data):
        return None
    return packaged_path(data["silent_as"]).read_bytes()


def wrong_source(data: Mapping[str, Any]) -> Text | None:
    """Return why ``silent_as`` cannot be followed; None where it can, or names nothing."""
    name = data.get("silent_as")
    if not name or not isinstance(name, str):
        return None
    complete = [one for one in packaged() if not read_toml(packaged_path(one).read_text()).get("silent_as")]
    if name in complete:
        return None
    return text(
        "{name} is no packaged policy that says everything itself; known: {known}",
        name=name,
        known=", ".join(complete),
    )


def _assumed(value: Any, source: Mapping[str, Any]) -> Any:
    if isinstance(value, tuple):
        return tuple(_assumed(item, source) for item in value)
    if not isinstance(value, dict):
        return value
    inner = {key: _assumed(item, source) for key, item in value.items()}
    return inner | _provenance(value, source) if "clause" in value or "assumed" in value else inner


def _provenance(entry: Mapping[str, Any], source: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry's own keys about where it comes from, now that another city has taken it over."""
    clause = f"（{entry['clause']}）" if entry.get("clause") else ""
    clause_en = f" ({entry['clause']})" if entry.get("clause") else ""
    taken = f"本市文件未见规定，暂按{source['document']}{clause}"
    taken_en = f"The city's own document is not known to say it; taken from {source['document']}{clause_en}"
    return {
        "assumed": True,
        "clause": "",
        "reason": "；".join(filter(None, (taken, entry.get("reason")))),
        "reason_en": "; ".join(filter(None, (taken_en, entry.get("reason_en")))),
    }
