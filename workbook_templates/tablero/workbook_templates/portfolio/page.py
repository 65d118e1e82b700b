"""The page of a portfolio: what many companies come to, in one file that needs only a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from tablero.workbook_templates import styles
from tablero.workbook_templates.portfolio import page_charts, page_grids
from tablero.workbook_templates.portfolio.page_data import benchmarks, companies, drawn
from tablero.workbook_templates.portfolio.statistics import (
    CUT_OFF,
    LEAST,
    LEAST_FOR_OUTLIERS,
    Statistics,
    statistics,
)
from tablero.workbook_templates.portfolio.summary_sheets import METHOD
from tablero.workbook_templates.reports import page as single
from tablero.workbook_templates.reports.page.colours import colours, look
from tablero.workbook_templates.reports.page.policy import as_data, as_script, content_policy
from tablero.workbook_templates.reports.page.runtime import runtime
from tablero.workbook_templates.texts import text

_TONES = 4
_SECTIONS = ("board", "ranking", "kpis", "benchmarks", "owed", "outliers", "problems", "method")


class _Toned(NamedTuple):
    tone: styles.Tone


@dataclass(frozen=True)
class _Colours:
    """Tablero's own colours: a portfolio has no company's."""

    accent: str = styles.ACCENT
    accent_soft: str = styles.ACCENT_SOFT
    verdicts: Sequence[_Toned] = tuple(
        _Toned(styles.band_tone(place, _TONES)) for place in range(_TONES)
    )


def page(folder: Path, language: str) -> str:
    """What many companies come to as one page of HTML.

    Parameters
    ----------
    folder
        The data set: a folder of Parquet files for each table.
    language
        en, es or pt.

    Returns
    -------
    str
        A whole document, as the page of a single report is (see
        :func:`tablero.workbook_templates.reports.page.page`): it asks no server for anything, and
        names of companies stand in it as text alone. It holds the first 10,000 companies and the
        first 100 lines of lists; the summary workbook and the data set hold all.
    """
    with statistics(folder, language) as found:
        return page_of(found, language)


def page_of(found: Statistics, language: str) -> str:
    """The page of an open data set: see :func:`page`."""
    shown, data = _told(found, language)
    scripts = (as_script(runtime()), as_script(_text("page.js")))
    style = "\n".join((colours(_Colours()), _text("style.css"), _text("page.css")))
    sources = {
        "style": style, "runtime": scripts[0], "script": scripts[1], "data": as_data(data),
    }  # fmt: skip
    return _rendered({**shown, "policy": content_policy(scripts, [style])}, sources)


def _told(found: Statistics, language: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """What the template shows, and what the script knows."""
    totals, distributions = found.totals(), found.distributions()
    in_bands, seen = found.in_bands(), look(_Colours())
    charts = {
        "histogram": page_charts.histogram(found.histogram(), language, seen),
        "in_bands": page_charts.bands(in_bands, language, seen),
        "boxes": page_charts.boxes(distributions, language, seen),
    }
    making = page_grids.Making(found, language)
    grids = {
        "ranking": making.ranking(),
        "kpis": making.kpis(distributions),
        "benchmarks": making.benchmarks(),
        "owed": making.owed(),
        "outliers": making.outliers(),
        "problems": making.problems(),
    }
    words = {**_words(language), "title": text("portfolio.page.title", language)}
    shown = {
        "language": language,
        "words": words,
        "charts": charts,
        "grids": {name: grid for name, grid in grids.items() if grid.rows},
        "captions": {name: text(f"summary.sheet.{name}", language) for name in _SECTIONS[1:]},
        "leads": making.leads(totals),
        "sections": [one for one in _SECTIONS if one not in grids or grids[one].rows],
        "headline": making.headline(totals),
        "facts": making.facts(totals),
        "subtitle": making.periods(),
        "method": list(_method(language)),
        "sectors": making.sectors(),
        "sizes": making.sizes(),
    }
    data = {
        "charts": {name: drawn(chart) for name, chart in charts.items() if chart},
        "companies": companies(found, language),
        "benchmarks": benchmarks(found, language),
        "words": {name: words[name] for name in ("found", "few")},
        "shown": page_grids.MOST,
    }
    return shown, data


_OWN = ("skip", "controls", "find", "found", "overview", "no_script", "made")
_SHARED = ("dark", "print", "parts", "as_table")


def _words(language: str) -> Mapping[str, str]:
    """Texts by the name under which the template and the script know them."""
    own = {name: text(f"portfolio.page.{name}", language) for name in _OWN}
    shared = {name: text(f"page.{name}", language) for name in _SHARED}
    columns = {name: text(f"summary.column.{name}", language) for name in ("sector", "size")}
    more = {
        "all": text("summary.all", language),
        "few": text("summary.few", language, least=LEAST),
        "no_figures": text("summary.no_figures", language),
        "portfolio": text("summary.title", language),
    }
    return {**own, **shared, **columns, **more}


def _method(language: str) -> Iterator[tuple[str, str]]:
    said = {"least": LEAST, "outliers": LEAST_FOR_OUTLIERS, "cut_off": CUT_OFF}
    for key in METHOD:
        title = text(f"summary.method.{key}", language)
        yield title, text(f"summary.method.{key}_told", language, **said)


def _rendered(shown: Mapping[str, Any], whole: Mapping[str, str]) -> str:
    """The template filled; ``whole`` are our own sources, which stand in it as they are."""
    from markupsafe import Markup  # noqa: PLC0415 - the command line starts without templates

    sources = {name: Markup(source) for name, source in whole.items()}  # noqa: S704 - ours
    return str(_environment().get_template("page.html.jinja").render(**shown, **sources))


@cache
def _environment() -> Any:
    from jinja2 import Environment, FunctionLoader, StrictUndefined  # noqa: PLC0415 - as above

    return Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )


def _text(name: str) -> str:
    """A source of this page, else of the single report's."""
    rooms = (files(__package__).joinpath("page_parts"), files(single))
    return next(
        place.read_text("utf-8") for room in rooms if (place := room.joinpath(name)).is_file()
    )
