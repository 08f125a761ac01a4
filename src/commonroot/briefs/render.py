"""The sheet drawn: one HTML file without outside requests, and one PDF."""

import json
from collections.abc import Mapping
from typing import Any

import jinja2
import typst
from markupsafe import Markup

from commonroot.briefs.read_template import read_template
from commonroot.charts.bars import draw_bars
from commonroot.charts.run_chart import draw_run_chart

SCREEN_FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"
PRINT_FONT = "Libertinus Serif"


def draw_run(sheet: Mapping[str, Any], *, width: int, height: int, font: str) -> str:
    """Draw the run chart at one size."""
    chart = sheet["chart"]
    return draw_run_chart(
        chart["points"],
        chart["median"],
        chart["signals"],
        title=sheet["words"]["chart"],
        description=chart["finding"],
        width=width,
        height=height,
        font=font,
    )


def draw_patterns(sheet: Mapping[str, Any], *, font: str = "") -> list[str]:
    """Draw the small picture of each pattern, on one scale; "" where numbers are hidden."""
    rows = sheet["patterns"]["rows"]
    largest = max(
        (max(r["incidents"], r["expected"]) for r in rows if r["picture"]), default=1
    )
    return [
        draw_bars(
            row["incidents"],
            row["expected"],
            largest,
            description=row["where"],
            font=font,
        )
        if row["picture"]
        else ""
        for row in rows
    ]


def render_page(sheet: Mapping[str, Any]) -> str:
    """Render the sheet as one HTML file, with a wide and a narrow chart inside."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=False
    )
    charts = {"wide": "", "narrow": ""}
    if sheet["chart"]:
        sizes = {"wide": (860, 200), "narrow": (270, 170)}
        charts = {
            name: draw_run(sheet, width=width, height=height, font=SCREEN_FONT)
            for name, (width, height) in sizes.items()
        }
    page = environment.from_string(read_template("sheet.html")).render(
        sheet=sheet,
        # Our own style sheet and charts drawn from numbers; nothing of the file is in them.
        css=Markup(read_template("sheet.css")),
        pictures=[Markup(svg) for svg in draw_patterns(sheet)],
        **{name: Markup(svg) for name, svg in charts.items()},
    )
    return page + "\n"


def render_print(sheet: Mapping[str, Any]) -> bytes:
    """Render the sheet as a tagged PDF; the same sheet gives the same bytes."""
    content = {**sheet, "pictures": draw_patterns(sheet, font=PRINT_FONT)}
    if sheet["chart"]:
        content["svg"] = draw_run(sheet, width=640, height=120, font=PRINT_FONT)
    pdf = typst.compile(
        read_template("sheet.typ").encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(content)},
        timestamp=0,
    )
    if not isinstance(pdf, bytes):
        raise TypeError("the PDF came in parts")
    return pdf
