"""Documentation says what is true: settings, commands, links, pictures."""

import re
from pathlib import Path

import pytest

from cchc_app.cli import app as cli
from cchc_app.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
LINK = re.compile(r"\[[^\]]*\]\(([^)#:]+)\)")


def test_every_setting_is_documented_and_nothing_else() -> None:
    rows = re.findall(r"^\| `(CCHC_\w+)`", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted(f"CCHC_{name.upper()}" for name in Settings.model_fields)


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    missing = [link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", PAGES, ids=lambda path: path.name)
def test_commands_that_are_named_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = {command.name or command.callback.__name__ for command in cli.registered_commands if command.callback}
    commands |= {group.name for group in cli.registered_groups}
    named_targets = set(re.findall(r"(?<![\w/])make ([a-z][a-z0-9-]*)\b", "\n".join(_code(text))))
    named_commands = set(re.findall(r"(?<![\w-])cchc ([a-z][a-z-]*)", "\n".join(_code(text))))
    assert named_targets - targets == set()
    assert named_commands - commands == set()


def _code(text: str) -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [*blocks, *re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))]


def test_the_bank_says_what_it_is() -> None:
    assert "reviewed by a legal officer before a real contest" in " ".join(
        (ROOT / "README.md").read_text("utf-8").split()
    )
