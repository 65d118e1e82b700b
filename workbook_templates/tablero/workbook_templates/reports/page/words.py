"""The words of the page: what its controls, headings and columns are called."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates.reports.report import Report

_OWN = (
    "skip", "controls", "earlier", "later", "dark", "light", "print", "parts", "empty",
    "path", "board", "find", "found", "scores", "against", "as_table", "figures",
    "register", "owing", "problems",
)  # fmt: skip
_LEVELS = ("strategy", "perspective", "objective", "kpi")


def words(report: Report) -> Mapping[str, str]:
    """Texts by the name under which templates and script know them."""
    say = report.say
    company = report.definition.company.name
    return {
        **{name: say(f"page.{name}") for name in _OWN},
        **{f"level_{level}": say(f"page.level.{level}") for level in _LEVELS},
        **{f"members_{level}": say(f"page.members.{level}") for level in _LEVELS[:-1]},
        **_of_the_scorecard(report),
        "title": say("page.title", company=company, period=report.label),
        "logo": say("page.logo", company=company),
        "no_script": say("page.no_script", period=report.label),
        "made": say("page.made", company=company, period=report.label),
        "subtitle": say("home.subtitle", year=report.calendar.label, money=report.money),
    }


def _of_the_scorecard(report: Report) -> Mapping[str, str]:
    """Columns and facts, by the names that they have in the workbook."""
    say = report.say
    return {
        "period": say("home.period"),
        "scorecard": say("sheet.scorecard"),
        "name": say("scorecard.name"),
        "value": say("scorecard.value"),
        "unit": say("scorecard.unit"),
        "goal": say("scorecard.goal"),
        "goal_of": say("dashboard.goal_of"),
        "desired": say("scorecard.desired"),
        "weight": say("home.weight"),
        "achievement": say("scorecard.achievement"),
        "assessment": say("scorecard.assessment"),
        "plan": say("scorecard.plan"),
        "term": say("scorecard.term"),
        "coverage": say("scorecard.coverage"),
        "bar": say("scorecard.bar"),
        "share": say("matrix.share"),
        "points": say("analysis.column.points"),
        "points_short": say("dashboard.head.points"),
        "months": say("inputs.filled"),
        "map": say("sheet.map"),
        "actions": say("sheet.actions"),
        "okrs": say("sheet.okr"),
        "causes": say("sheet.causes"),
        "swot": say("sheet.swot"),
        "notes": say("sheet.notes"),
        "method": say("report.method"),
        "no_figures": say("map.no_figures"),
    }
