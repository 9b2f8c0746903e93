"""The line of every key, for any way of writing TOML."""

from fenhu.policy.locate import LineMap

TOML = '''# comment
id = "x"          # 2
[a]               # 3
b.c = 1           # 4
"d e" = """       # 5
[not.a.table]
f = 2
"""
g = [             # 9
  { h = 1 },
]
i = { j = 1 }     # 12
[[k]]             # 13
l = 1
[[k.m]]           # 15
n = 1
[k.o]             # 17
p = 1
[[k]]             # 19
[[k.m]]           # 20
n = 2             # 21
[[k.m]]           # 22
'''


def test_keys_are_found_on_their_lines():
    lines = LineMap(TOML)
    expected = {
        ("id",): 2, ("a",): 3, ("a", "b"): 4, ("a", "b", "c"): 4, ("a", "d e"): 5, ("a", "g"): 9,
        ("k", 0): 13, ("k", 0, "m", 0, "n"): 16, ("k", 0, "o", "p"): 18, ("k", 1): 19,
        ("k", 1, "m", 0, "n"): 21, ("k", 1, "m", 1): 22,
    }  # fmt: skip
    assert {path: lines.line(path) for path in expected} == expected


def test_what_has_no_line_of_its_own_stands_with_its_table():
    lines = LineMap(TOML)
    assert lines.line(("a", "missing")) == 3
    assert lines.line(("a", "g", 0, "h")) == 9
    assert lines.line(("a", "i", "j")) == 12
    assert lines.line(("k", 1, "m", 0, "missing")) == 20


def test_text_inside_strings_is_no_key():
    lines = LineMap(TOML)
    assert lines.line(("not",)) is None
    assert lines.line(("a", "f")) == 3
