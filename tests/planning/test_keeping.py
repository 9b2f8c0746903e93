"""A kept task is the same task; a file that is damaged or of a newer program is refused."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.planning.small import tasks

from fenhu.errors import InputFault
from fenhu.planning import greedy, keep_instance, keep_result, kept_instance, kept_result, read_instance
from fenhu.wording import ENGLISH, set_language

DATA = Path(__file__).parents[1] / "data" / "planning"
PARTS = ("buildings", "clusters", "budgets", "rules")


@pytest.fixture(autouse=True)
def _in_english(_chinese_unless_said_otherwise):
    set_language(ENGLISH)


def same(one, other):
    """Whether two values of a task agree in type, kind and every digit."""
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and np.array_equal(one, other)
    return type(one) is type(other) and one == other


def different(one, other):
    """The fields in which two tasks differ."""
    pairs = [(part, getattr(one, part), getattr(other, part)) for part in PARTS] + [("", one, other)]
    return [
        f"{part}.{field.name}"
        for part, left, right in pairs
        for field in fields(left)
        if field.name not in PARTS and not same(getattr(left, field.name), getattr(right, field.name))
    ]


@given(tasks())
def test_a_kept_task_comes_back_the_same(instance):
    assert different(instance, kept_instance(keep_instance(instance))) == []


@pytest.mark.parametrize("name", ["tiny60", "fuxin1k"])
def test_a_task_from_a_folder_comes_back_the_same(name):
    instance = read_instance(DATA / name)
    kept = keep_instance(instance)
    assert different(instance, kept_instance(kept)) == []
    assert keep_instance(kept_instance(kept)) == kept


@pytest.fixture(scope="module")
def kept():
    return keep_instance(read_instance(DATA / "tiny60"))


@given(st.data())
def test_a_flipped_bit_is_refused(kept, data):
    damaged = bytearray(kept)
    damaged[data.draw(st.integers(0, len(kept) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(InputFault):
        kept_instance(bytes(damaged))


@pytest.mark.parametrize("left", [0, 10, 25, 500])
def test_a_file_that_was_cut_off_is_refused(kept, left):
    with pytest.raises(InputFault, match="run the study again"):
        kept_instance(kept[:left])


def test_a_file_of_a_newer_program_is_refused_as_such(kept):
    with pytest.raises(InputFault, match="newer") as refused:
        kept_instance(kept.replace(b"task 1\n", b"task 2\n"))
    assert refused.value.code == "task-newer"


def with_body(kept, change):
    """The same file after ``change`` to its JSON."""
    head, body = kept.split(b"\n", 1)
    stored = json.loads(zlib.decompress(body))
    return head + b"\n" + zlib.compress(json.dumps(change(stored)).encode())


@pytest.mark.parametrize("change", [
    lambda task: [],
    lambda task: {key: value for key, value in task.items() if key != "rules"},
    lambda task: task | {"yeers": 3},
    lambda task: task | {"years": "many"},
    lambda task: task | {"years": 0},
    lambda task: task | {"buildings": task["buildings"] | {"ids": ["one"]}},
])  # fmt: skip
def test_a_body_that_is_no_task_is_refused(kept, change):
    with pytest.raises(InputFault):
        kept_instance(with_body(kept, change))


def without_stay_weight(task):
    del task["rules"]["stay_weight"]
    return task


def test_fields_a_file_does_not_have_take_their_default(kept):
    assert kept_instance(with_body(kept, without_stay_weight)).rules.stay_weight == 0.0


@given(tasks())
def test_a_kept_plan_comes_back_the_same_with_what_it_is_short_of(instance):
    result = greedy(instance)
    kept = json.loads(json.dumps(keep_result(result)))
    assert kept_result(instance, kept) == result
