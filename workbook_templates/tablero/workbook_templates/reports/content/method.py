"""How the figures are calculated, in plain words, for those who ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version

from tablero.workbook_templates.formats import date_text
from tablero.workbook_templates.reports.content.marks import BandMark, band_mark
from tablero.workbook_templates.reports.report import Report

_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "figures": ("inputs", "values"),
    "achievement": ("goals", "zero"),
    "roll_up": ("weights", "missing", "points"),
    "comparison": ("before", "last_year"),
}
_EQUATIONS = ("High", "Low", "Target")
_SOURCES = ("cano", "avila")
BAND_COLUMNS = ("assessment", "from", "plan", "term", "months")


@dataclass(frozen=True)
class Section:
    """A part of the method: a title, and sentences in paragraphs."""

    code: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Equation:
    """How an achievement is calculated for a direction."""

    direction: str
    text: str


@dataclass(frozen=True)
class MethodBand:
    """A band, from which achievement on it counts, and what it asks for."""

    mark: BandMark
    since: str
    plan: str
    term: str
    months: str
    """How long the plan may take; empty where the definition does not say."""


@dataclass(frozen=True)
class Method:
    """The whole method, with where the figures come from."""

    title: str
    sections: tuple[Section, ...]
    equations: tuple[Equation, ...]
    policies: tuple[str, ...]
    """Floor, cap and yearly rates, as the company has set them."""
    band_columns: Mapping[str, str]
    bands: tuple[MethodBand, ...]
    """The best one first."""
    sources: tuple[str, ...]
    made: tuple[str, ...]
    """Which program made this, from figures of when, and when the workbook last changed."""


def method(report: Report) -> Method:
    """How the company's scorecard is calculated; the same in every period."""
    return Method(
        title=report.say("report.method"),
        sections=tuple(_sections(report)),
        equations=tuple(
            Equation(
                report.say(f"report.equation.name.{one}"), report.say(f"report.equation.{one}")
            )
            for one in _EQUATIONS
        ),
        policies=tuple(_policies(report)),
        band_columns={column: report.say(f"settings.{column}") for column in BAND_COLUMNS},
        bands=tuple(_bands(report)),
        sources=tuple(report.say(f"report.source.{one}") for one in _sources(report)),
        made=tuple(_made(report)),
    )


def _equation(report: Report, desired: str) -> Equation:
    name = report.say(f"report.equation.name.{desired}")
    return Equation(name, report.say(f"report.equation.{desired}"))


def _sections(report: Report) -> Iterator[Section]:
    for code, parts in _SECTIONS.items():
        said = tuple(report.say(f"report.method.{code}.{part}") for part in parts)
        yield Section(code, report.say(f"report.method.{code}"), said)


def _policies(report: Report) -> Iterator[str]:
    policies = report.definition.policies
    for key, bound in (("floor", policies.floor), ("cap", policies.cap)):
        if bound is None:
            yield report.say(f"report.policy.no_{key}")
        else:
            yield report.say(f"report.policy.{key}", bound=report.share(bound, 0))
    yield report.say(f"report.policy.{'annual' if policies.annualise else 'not_annual'}")


def _bands(report: Report) -> Iterator[MethodBand]:
    for band in reversed(report.definition.bands):
        mark = band_mark(report, band.from_)
        since = report.share(band.from_, 0)
        yield MethodBand(mark, since, mark.plan, mark.term, report.duration(band))


def _sources(report: Report) -> tuple[str, ...]:
    return _SOURCES if report.definition.okrs else _SOURCES[:1]


def _made(report: Report) -> Iterator[str]:
    """Program, newest figures, newest change; each as far as it is known."""
    yield report.say("report.made.by", version=version("tablero"))
    latest = report.scores.figures.latest_month
    if latest:
        yield report.say("report.made.figures", month=report.month(latest))
    else:
        yield report.say("report.made.no_figures")
    if report.records.changes:
        newest = max(one.when for one in report.records.changes)
        yield report.say("report.made.changed", day=date_text(newest.date(), report.language))
