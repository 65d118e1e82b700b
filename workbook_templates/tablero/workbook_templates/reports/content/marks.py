"""How something stands, at a glance: a sign, a word and a tone."""

from __future__ import annotations

from dataclasses import dataclass

from tablero.workbook_templates import styles
from tablero.workbook_templates.reports.report import MISSING, Report

PLAIN = styles.Tone(MISSING, styles.MUTED, styles.WHITE)
"""Of what has no band."""
NOT_SCORED = "dashboard.not_scored"
"""What is said of it."""


@dataclass(frozen=True)
class Mark:
    """A sign with its word and its tone."""

    code: str
    """Stable in all languages; empty where nothing is known."""
    symbol: str
    word: str
    tone: styles.Tone


@dataclass(frozen=True)
class BandMark(Mark):
    """The band of an achievement, with the plan that it asks for."""

    position: int
    """Among the bands, 0 the worst; -1 where there is no achievement."""
    plan: str
    term: str

    @property
    def asks(self) -> str:
        """Plan and term in one: ``Improvement · Medium``; empty where there is no band."""
        return " · ".join(filter(None, (self.plan, self.term)))


def band_mark(report: Report, achievement: float, otherwise: str = NOT_SCORED) -> BandMark:
    """The band of an achievement; without one a dash, with the text that says why."""
    position = report.position(achievement)
    if position < 0:
        return BandMark("", PLAIN.symbol, report.say(otherwise), PLAIN, -1, "", "")
    said = report.verdicts[position]
    return BandMark(said.id, said.tone.symbol, said.name, said.tone, position, said.plan, said.term)


def kpi_mark(report: Report, achievement: float, *, is_known: bool) -> BandMark:
    """The band of a KPI; without one, that it has no figure or, where it has one, no goal."""
    reason = "analysis.remark.goal" if is_known else "analysis.remark.figure"
    return band_mark(report, achievement, reason)


def role_mark(code: str, symbol: str, word: str, role: str) -> Mark:
    """A mark in the tone of a role of the workbook's styles."""
    look = styles.role(role)
    tone = styles.Tone(symbol, look["font_color"], look.get("bg_color", styles.WHITE))
    return Mark(code, symbol, word, tone)
