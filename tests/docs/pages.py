"""The pages, and the blocks in them."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)^ *```$", re.M | re.S)


@cache
def list_pages() -> list[Path]:
    """List every page of the project that a person reads."""
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md"]
    return pages + sorted((ROOT / "docs").rglob("*.md"))


def name_page(page: Path) -> str:
    """Name a page for a test's report."""
    return str(page.relative_to(ROOT))


@cache
def read_page(name: str) -> str:
    """Read a page of docs/."""
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def find_blocks(text: str, kind: str) -> list[str]:
    """Find the fenced blocks of one kind."""
    return [block for found, block in BLOCK.findall(text) if found == kind]


def find_ticked(text: str) -> set[str]:
    """Find what stands in backticks."""
    return set(re.findall(r"`([^`\n]+)`", text))


def find_section(text: str, title: str) -> str:
    """Give the text below one heading, down to the next of its level."""
    level = re.search(rf"^(#+) {re.escape(title)}$", text, re.M)
    assert level, f"there is no heading {title!r}"
    rest = text[level.end() :]
    following = re.search(rf"^#{{1,{len(level[1])}}} ", rest, re.M)
    return rest[: following.start()] if following else rest
