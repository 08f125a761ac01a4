"""Templates that ship with the package."""

from functools import cache
from importlib import resources


@cache
def read_template(name: str) -> str:
    """Read a template that ships with the package."""
    folder = resources.files("commonroot.briefs").joinpath("templates")
    return folder.joinpath(name).read_text(encoding="utf-8")
