"""Write `docs/who-sees-what.md` from the rules that the site runs.

./run sight
"""

import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonroot.config.settings")
django.setup()

from django.utils.translation import override  # noqa: E402  # needs Django

from commonroot.domain.coaching import rules as coaching_rules  # noqa: E402
from commonroot.domain.connections import rules as connection_rules  # noqa: E402
from commonroot.domain.convenings import rules as convening_rules  # noqa: E402
from commonroot.domain.highlights import rules as highlight_rules  # noqa: E402
from commonroot.domain.learning import rules as learning_rules  # noqa: E402
from commonroot.domain.network import rules as network_rules  # noqa: E402  # needs Django
from commonroot.domain.network.choices import RoleKind  # noqa: E402
from commonroot.domain.network.sight import Rule  # noqa: E402
from commonroot.domain.partnerships import rules as partnership_rules  # noqa: E402
from commonroot.domain.records import rules as record_rules  # noqa: E402
from commonroot.domain.teams import rules as team_rules  # noqa: E402
from commonroot.web.pages import PAGES  # noqa: E402
from commonroot.web.shell.page import Page  # noqa: E402

PAGE = Path(__file__).resolve().parents[1] / "docs" / "who-sees-what.md"

HEAD = """# Who sees what

Written by `./run sight` from the rules that the site runs; do not change it by hand. A test compares the two.

What somebody may see comes from their roles: what they do, at which place, from which day to which. A role that ends takes its sight with it the same day. "Within" is every place inside: a district's schools, a school's departments. What cannot be seen is not there: the answer is "not found", never "forbidden".
"""
AREAS = (
    network_rules,
    record_rules,
    team_rules,
    partnership_rules,
    learning_rules,
    coaching_rules,
    connection_rules,
    convening_rules,
    highlight_rules,
)
RULES: tuple[Rule, ...] = tuple(rule for area in AREAS for rule in area.RULES)


def write_sight_table() -> str:
    """Write the page: one table of roles and things, one of addresses."""
    with override("en"):
        return "\n".join([HEAD, *write_rules(), "", *write_pages()]) + "\n"


def write_rules() -> list[str]:
    """Write what each role reaches, a line a thing."""
    lines = ["## What", ""]
    for rule in RULES:
        verb = "Change" if rule.changes else "See"
        lines += [f"**{verb}: {rule.says}.**", ""]
        reached = [
            f"{kind.label} ({reach})"
            for kind in RoleKind
            if (reach := rule.describe_reach(kind)) and not rule.everywhere
        ]
        lines += [
            "Everybody with a role." if rule.everywhere else f"{'; '.join(reached)}.",
            "",
        ]
    return lines


def write_pages() -> list[str]:
    """Write the table of addresses."""
    return [
        "## Where",
        "",
        "| page | who | changes something |",
        "|---|---|---|",
        *(
            f"| `{name}` | {describe_page(page)} | {'yes' if page.changes else ''} |"
            for name, page in PAGES.items()
        ),
    ]


def describe_page(page: Page) -> str:
    """Say who is let in to a page."""
    who = (
        f"who may {page.rule.name}"
        if page.rule
        else "everybody"
        if page.public
        else "who is signed in"
    )
    if page.rule and page.about and not page.anywhere:
        who += (
            f" at the {page.about}"
            if page.about == "place"
            else f" where the {page.about} is"
        )
    return f"{who} ({page.note})" if page.note else who


if __name__ == "__main__":
    PAGE.write_text(write_sight_table(), encoding="utf-8")
