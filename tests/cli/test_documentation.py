"""The commands' page names every command there is."""

from pathlib import Path

from fenhu.cli.main import COMMANDS

PAGE = Path(__file__).parents[2] / "docs" / "clerks" / "commands.md"


def test_every_command_stands_on_the_commands_page():
    page = PAGE.read_text(encoding="utf-8")
    assert [command.name for command in COMMANDS if f"`fenhu {command.name}" not in page] == []


def test_every_page_the_readme_links_to_exists():
    root = PAGE.parents[2]
    for name in ("README.md", "README.zh-CN.md"):
        text = (root / name).read_text(encoding="utf-8")
        links = [part.split(")")[0] for part in text.split("](")[1:]]
        assert [link for link in links if "://" not in link and not (root / link).exists()] == []
