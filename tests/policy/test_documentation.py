"""The manual of the policy file names every key of the schema, and its example is the file's."""

import typing
from pathlib import Path

import pytest
from pydantic import BaseModel
from tests.policy.broken import FUXIN

from fenhu.policy import Policy
from fenhu.policy.entry import Entry

MANUAL = (Path(__file__).parents[2] / "docs" / "engineers" / "policy-file.md").read_text(encoding="utf-8")
COMMON = {field.alias or name for name, field in Entry.model_fields.items()}


def tables_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from tables_in(argument)


def keys_of(model):
    for name, field in model.model_fields.items():
        yield field.alias or name
        for table in tables_in(field.annotation):
            yield from keys_of(table)


@pytest.mark.parametrize("key", sorted(set(keys_of(Policy)) - COMMON))
def test_the_manual_names_the_key(key):
    assert any(f"{before}{key}{after}" in MANUAL for before in "`[." for after in "`].")


def test_the_example_case_is_fuxins_own():
    example = MANUAL.split("```toml\n")[1].split("```")[0].split("\n", 2)[2]
    assert example in FUXIN
