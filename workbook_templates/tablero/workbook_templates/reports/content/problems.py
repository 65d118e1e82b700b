"""The problems of a workbook as a report tells them, on its first page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.problems import Problem, has_errors
from tablero.workbook_templates.reports.content.marks import Mark, role_mark
from tablero.workbook_templates.reports.content.plurals import counted, listed
from tablero.workbook_templates.reports.report import Report

_LOOKS: Mapping[str, tuple[str, str]] = {
    "error": ("▼", "alarm"), "warning": ("◆", "warning"), "note": ("○", "outdated"),
}  # fmt: skip
"""By severity, the gravest first: its sign and the role of its style."""
_ORDER = tuple(_LOOKS)


@dataclass(frozen=True)
class ProblemRow:
    """A problem in words."""

    mark: Mark
    """How grave it is: ``error``, ``warning`` or ``note``."""
    place: str
    """Sheet and cell; empty where it concerns the whole workbook."""
    message: str
    remedy: str


@dataclass(frozen=True)
class Problems:
    """All problems, the gravest first."""

    sentence: str
    columns: Mapping[str, str]
    rows: tuple[ProblemRow, ...]

    @property
    def has_errors(self) -> bool:
        """Whether a figure may be wrong."""
        return any(row.mark.code == "error" for row in self.rows)


def problems(report: Report) -> Problems:
    """What was found wrong while the workbook was read."""
    ordered = sorted(report.problems, key=lambda one: _ORDER.index(one.severity))
    heads = ("severity", "place", "message", "remedy")
    return Problems(
        _sentence(report),
        {head: report.say(f"report.problem.{head}") for head in heads},
        tuple(_row(report, one) for one in ordered),
    )


def _row(report: Report, problem: Problem) -> ProblemRow:
    symbol, role = _LOOKS[problem.severity]
    word, language = report.say(f"cli.severity.{problem.severity}"), report.language
    mark = role_mark(problem.severity, symbol, word, role)
    place = problem.at(file="").place()
    return ProblemRow(mark, place, problem.message(language), problem.remedy(language))


def _sentence(report: Report) -> str:
    """How many there are of each kind, and what that means for the figures."""
    if not report.problems:
        return report.say("report.problems.none")
    found = Counter(one.severity for one in report.problems)
    kinds = [counted(report, one, found[one]) for one in ("error", "warning", "note") if found[one]]
    said = report.say("report.problems.found", list=listed(report, kinds))
    if not has_errors(report.problems):
        return said
    return f"{said} {report.say('report.problems.care')}"
