"""Reading policy files: the packaged ones by name, a city's own by path."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from fenhu.errors import PolicyFault, UnreadableFile, reason_of
from fenhu.policy.faults import PolicyFinding, find_faults
from fenhu.policy.packaged import packaged, packaged_path
from fenhu.policy.reading import read_toml
from fenhu.policy.schema import Policy
from fenhu.policy.silence import filled, source_of
from fenhu.wording import Text, text

_MAX_BYTES = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInfo:
    """What a list of policies shows."""

    id: str
    city: Text
    title: Text
    valid_from: date


def load(name_or_path: str) -> Policy:
    """Return the policy of that packaged name, or of the file at that path.

    Raises
    ------
    PolicyFault
        If there is no such policy, or the file has faults: the first one, and how many there are.
    UnreadableFile
        If the file cannot be read at all.
    """
    if name_or_path in packaged():
        return _load_packaged(name_or_path)
    path = _existing(name_or_path)
    return _parse(_content(path), str(path))


def check(name_or_path: str | Path) -> tuple[PolicyFinding, ...]:
    """Return every fault of a packaged policy or a file, in the order of its lines; none if it is right.

    Raises
    ------
    PolicyFault
        If there is no such policy.
    UnreadableFile
        If the file cannot be read at all.
    """
    if str(name_or_path) in packaged():
        return find_faults(_content(packaged_path(str(name_or_path))))
    return find_faults(_content(_existing(name_or_path)))


def _existing(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.suffix != ".toml" and not path.is_file():
        raise PolicyFault(
            text(
                "There is no policy {name}; known: {known}, or the path of a .toml file",
                name=str(name_or_path),
                known=", ".join(packaged()),
            ),
            file=str(name_or_path),
            key="",
        )
    return path


def available() -> tuple[PolicyInfo, ...]:
    """Return the packaged policies in the order of their names."""
    policies = (_load_packaged(name) for name in packaged())
    return tuple(
        PolicyInfo(id=policy.id, city=policy.city.name, title=policy.title, valid_from=policy.valid_from)
        for policy in policies
    )


@cache
def _load_packaged(name: str) -> Policy:
    return _parse(_content(packaged_path(name)), f"{name}.toml")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableFile(
                text("{path} is larger than any policy file; give the right file", path=str(path))
            )
        return path.read_bytes()
    except OSError as fault:
        raise UnreadableFile(
            text("{path} cannot be read: {why}", path=str(path), why=reason_of(fault))
        ) from fault


def _parse(content: bytes, file: str) -> Policy:
    faults = find_faults(content)
    if faults:
        first = faults[0]
        raise PolicyFault(
            text(
                "{file} has {count} faults; the first is in {place}: {message}",
                file=file,
                count=len(faults),
                place=_place(first),
                message=first.message,
            ),
            file=file,
            key=first.key,
            line=first.line,
        )
    data = read_toml(content.decode("utf-8-sig"))
    other = source_of(data)
    policy = Policy.model_validate(filled(data))
    # What was taken over counts as much as what the file says itself.
    policy._digest = hashlib.sha256(content + (other or b"")).hexdigest()
    return policy


def _place(fault: PolicyFinding) -> Text:
    if fault.line is None:
        return text("key {key}", key=fault.key)
    return text("line {line}, {key}", line=fault.line, key=fault.key or "-")
