"""Making the page: what is told and drawn, put into its templates with the style and the script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tablero.workbook_templates.reports.content.whole import CompanyRows, company_rows
from tablero.workbook_templates.reports.map_drawing import strategy_map
from tablero.workbook_templates.reports.map_paint import style as map_style
from tablero.workbook_templates.reports.page import grids
from tablero.workbook_templates.reports.page.cards import Card, cards
from tablero.workbook_templates.reports.page.colours import colours
from tablero.workbook_templates.reports.page.data import data
from tablero.workbook_templates.reports.page.drawings import Drawings, drawings
from tablero.workbook_templates.reports.page.moments import Moment, groups, moments
from tablero.workbook_templates.reports.page.policy import as_data, as_script, content_policy
from tablero.workbook_templates.reports.page.runtime import runtime
from tablero.workbook_templates.reports.page.told import NOTHING
from tablero.workbook_templates.reports.page.words import words
from tablero.workbook_templates.reports.report import Report

_LOGOS: Mapping[bytes, str] = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"GIF8": "gif"}


@dataclass(frozen=True)
class Section:
    """A part of the page to which one can go."""

    id: str
    name: str


def page(report: Report) -> str:
    """The report as one page of HTML that needs nothing but a browser.

    Parameters
    ----------
    report
        What is told, in its language; its period is the one shown first and, where scripts are
        off, the only one.

    Returns
    -------
    str
        A whole document. It asks no server for anything, and texts of the workbook stand in it as
        text alone: templates escape them, data keep their angle brackets apart, and a Content
        Security Policy lets nothing run but the page's own scripts, named by their digests.
    """
    company, told, drawn = company_rows(report), moments(report), drawings(report)
    nodes, said = cards(report, company.matrix), words(report)
    scripts = (as_script(runtime()), as_script(_text("script.js")))
    style = "\n".join((colours(report), _text("style.css"), map_style(report), _text("map.css")))
    shown = {
        **_shown(report, company, told[report.column], drawn),
        "cards": nodes,
        "moments": told,
        "groups": groups(report, told),
        "sections": tuple(_sections(company, said)),
        "words": said,
        "policy": content_policy(scripts, [style]),
    }
    kept = as_data(data(report, nodes, told, drawn, said))
    sources = {"style": style, "runtime": scripts[0], "script": scripts[1], "data": kept}
    return _rendered(shown, {**sources, "map": strategy_map(report, linked=True).svg})


def _shown(report: Report, company: CompanyRows, moment: Moment, drawn: Drawings) -> dict[str, Any]:
    """What the templates show of the period that is shown first."""
    return {
        "report": report,
        "company": report.definition.company.name,
        "content": company,
        "logo": _picture(report.logo),
        "verdicts": report.verdicts,
        "tone_of": grids.tone_of,
        "moment": moment,
        "rows": moment.rows,
        "tables": {grid.id: grid for grid in moment.grids},
        "lasting": {
            grid.id: grid
            for grid in (
                grids.okrs(company.okrs),
                grids.causes(company.diagnosis),
                grids.notes(company.notes, ""),
                grids.bands(company.method),
            )
        },
        "charts": {
            "trend": drawn.trend[0],
            "contribution": drawn.contribution[report.column],
            "objectives": drawn.objectives[report.column],
            "amounts": None,
            "consists": None,
            "progress": drawn.progress,
        },
        "a_group": Card(0, "", "objective", "", "", (), ()),
        "a_kpi": Card(0, "", "kpi", "", "", (), ()),
        "a_row": NOTHING,
    }


def _rendered(shown: Mapping[str, Any], whole: Mapping[str, str]) -> str:
    """The template filled; ``whole`` are our own sources, which stand in it as they are."""
    from markupsafe import Markup  # noqa: PLC0415 - the command line starts without templates

    sources = {name: Markup(text) for name, text in whole.items()}  # noqa: S704 - ours or escaped
    return str(_environment().get_template("page.html.jinja").render(**shown, **sources))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - as above

    return Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _sections(company: CompanyRows, said: Mapping[str, str]) -> Iterator[Section]:
    """The parts that there are, in their order."""
    there = {
        "problems": bool(company.problems.rows),
        "okrs": bool(company.okrs.rows),
    }
    for name in ("problems", "board", "scorecard", "map", "actions", "okrs", "figures", "method"):
        if there.get(name, True):
            yield Section(name, said[name])


def _picture(logo: bytes | None) -> str:
    """The logo as an address that holds it; empty where it is no picture that browsers show."""
    kind = next((kind for head, kind in _LOGOS.items() if logo and logo.startswith(head)), "")
    return f"data:image/{kind};base64,{b64encode(logo or b'').decode()}" if kind else ""
