"""Which tables there are, and what each of their columns holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["text", "number", "share", "count", "date", "flag"]
"""What stands in a column; a share is a fraction, 1.0 being 100 %."""


@dataclass(frozen=True)
class Column:
    """A column of a table; its name is ASCII and the same in every language."""

    name: str
    kind: Kind
    about: str
    """What it holds, in words."""
    refers_to: str = ""
    """The table whose key stands in it."""


@dataclass(frozen=True)
class Schema:
    """A table: one line for each of what it is about."""

    name: str
    about: str
    key: tuple[str, ...]
    """The columns that tell its lines apart."""
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def of_kind(self, *kinds: Kind) -> list[str]:
        """The names of its columns of some kinds."""
        return [column.name for column in self.columns if column.kind in kinds]


def _key(table: str, about: str = "") -> Column:
    """A column that holds the key of a table."""
    name = f"{table.removeprefix('dim_')}_id"
    said = about or f"The {name.removesuffix('_id').replace('_', ' ')}, as in {table}"
    return Column(name, "text", said, table)


def _own_key(about: str, name: str) -> Column:
    return Column(name, "text", about)


_SORT = Column("sort", "count", "Its place, from 1")
_ACHIEVED = (
    Column("achievement", "share", "How much of the goal is reached; empty where not known"),
    Column("coverage", "share", "How much of the weight below it has an achievement"),
    _key("dim_band", "The band of the achievement, as in dim_band"),
)
_PART = Column("part", "share", "Its part of the strategy in this period; all parts make 1")
_STATUS = (
    Column("status", "text", "on_track, at_risk, off_track or outdated; empty where not known"),
    Column("status_name", "text", "The status in words"),
    Column("is_outdated", "flag", "Whether a check-in is due"),
)
_PERIOD = _key("dim_period")

_TABLES = (
    Schema(
        "dim_company",
        "The company; one line.",
        ("company",),
        (
            Column("company", "text", "Its name"),
            Column("currency", "text", "Its currency in three letters, such as PEN"),
            Column("scale", "text", "units, thousands or millions: how money is counted"),
            Column("money", "text", "Currency and scale in words, the unit of money"),
            Column("sector", "text", "What it does"),
            Column("year", "text", "Its fiscal year: 2026, or 2026/27"),
            Column("first_month", "date", "The first day of the fiscal year"),
            _key("dim_period", "The period that the workbook shows, as in dim_period"),
            Column("language", "text", "en, es or pt: the language of names and words"),
        ),
    ),
    Schema(
        "dim_period",
        "The periods of the year: months, quarters, years to date, the year, and the twelve "
        "months that end with each month where last year's months are known.",
        ("period_id",),
        (
            _own_key("Such as 2026-03, 2026-Q1, ytd-2026-03, 2026, r12-2026-03", "period_id"),
            Column("kind", "text", "month, quarter, ytd, year or rolling"),
            Column("label", "text", "As people read it"),
            Column("first_month", "date", "The first day of its first month"),
            Column("last_month", "date", "The first day of its last month"),
            Column("months", "count", "How many months it spans"),
            Column("is_shown", "flag", "Whether it is the period that the workbook shows"),
            _SORT,
        ),
    ),
    Schema(
        "dim_band",
        "The bands of an achievement, from the worst.",
        ("band_id",),
        (
            _own_key("Such as not_acceptable, poor, good, excellent", "band_id"),
            Column("band", "text", "Its name"),
            Column("plan", "text", "The plan of action that it asks for"),
            Column("term", "text", "Whether that is of short, medium or long term"),
            Column("from_achievement", "share", "The achievement with which it begins"),
            Column("least_months", "count", "How many months the plan takes at least"),
            Column("most_months", "count", "How many months the plan may take at most"),
            Column("symbol", "text", "Its sign"),
            Column("ink", "text", "The colour of its words, such as #9B1C1C"),
            Column("paper", "text", "The colour of its ground"),
            _SORT,
        ),
    ),
    Schema(
        "dim_perspective",
        "The perspectives of the scorecard.",
        ("perspective_id",),
        (
            _own_key("Its id in the definition", "perspective_id"),
            Column("perspective", "text", "Its name"),
            Column("weight", "share", "Its weight in the strategy"),
            _SORT,
        ),
    ),
    Schema(
        "dim_objective",
        "The objectives of the scorecard.",
        ("objective_id",),
        (
            _own_key("Its id in the definition", "objective_id"),
            _key("dim_perspective"),
            Column("objective", "text", "Its name"),
            Column("weight", "share", "Its weight in the perspective"),
            _SORT,
        ),
    ),
    Schema(
        "dim_kpi",
        "The KPIs of the scorecard.",
        ("kpi_id",),
        (
            _own_key("Its id in the definition", "kpi_id"),
            _key("dim_objective"),
            Column("kpi", "text", "Its name"),
            Column("unit", "text", "The unit of its values and goals; those in % are fractions"),
            Column("desired", "text", "High, Low or Target: which way is better"),
            Column("weight", "share", "Its weight in the objective"),
            Column("owner", "text", "Who answers for it"),
            Column("frequency", "text", "monthly, quarterly or yearly"),
            Column("timing", "text", "leading or lagging"),
            Column("formula", "text", "Its formula, written with the ids of inputs"),
            Column("description", "text", "What it tells"),
            _SORT,
        ),
    ),
    Schema(
        "dim_input",
        "The figures that people type each month.",
        ("input_id",),
        (
            _own_key("Its id in the definition", "input_id"),
            _key("dim_perspective"),
            Column("input", "text", "Its name"),
            Column("unit", "text", "The unit of its figures; those in % are fractions"),
            Column("method", "text", "T, A or L: a period is their total, average or last"),
            Column("owner", "text", "Who types it"),
            Column("last_year", "number", "Last year's figure"),
            _SORT,
        ),
    ),
    Schema(
        "fact_strategy",
        "What the strategy achieved: one line a period.",
        ("period_id",),
        (_PERIOD, *_ACHIEVED),
    ),
    Schema(
        "fact_perspective",
        "What each perspective achieved in each period.",
        ("period_id", "perspective_id"),
        (_PERIOD, _key("dim_perspective"), *_ACHIEVED, _PART),
    ),
    Schema(
        "fact_objective",
        "What each objective achieved in each period.",
        ("period_id", "objective_id"),
        (_PERIOD, _key("dim_objective"), *_ACHIEVED, _PART),
    ),
    Schema(
        "fact_kpi",
        "What each KPI was, was to be and achieved in each period.",
        ("period_id", "kpi_id"),
        (
            _PERIOD,
            _key("dim_kpi"),
            Column("value", "number", "Its value; at a yearly rate where it grows with time"),
            Column("goal", "number", "What the value should be"),
            *_ACHIEVED,
            _PART,
            Column("contribution", "share", "What it brings to the strategy's achievement"),
            Column("points", "share", "What it adds to or (below zero) costs against 100 %"),
            Column("months", "count", "In how many months all of its inputs have figures"),
        ),
    ),
    Schema(
        "fact_input",
        "The figure of each input in each month of the year, and of last year where any is known.",
        ("month", "input_id"),
        (
            Column("month", "date", "The first day of the month"),
            _key("dim_period", "The month, as in dim_period; empty for last year's"),
            _key("dim_input"),
            Column("figure", "number", "What was typed; empty where nothing was"),
        ),
    ),
    Schema(
        "fact_action",
        "The action plans, judged by the period that the workbook shows.",
        ("action_id",),
        (
            Column("action_id", "count", "Its line on the sheet Actions, from 1"),
            _key("dim_kpi", "The KPI that it is about, as in dim_kpi"),
            Column("what", "text", "What is to be done"),
            Column("cause", "text", "Why"),
            Column("owner", "text", "Who does it"),
            Column("status", "text", "open, in_progress, done or cancelled; empty is open"),
            Column("status_name", "text", "The status in words"),
            Column("start", "date", "When it begins"),
            Column("due", "date", "When it is to be finished"),
            Column("budget", "number", "What it may cost, in money"),
            Column("spent", "number", "What it has cost, in money"),
            Column("note", "text", "What else was said"),
            _key("dim_band", "The band whose plan it follows, as in dim_band"),
            Column("is_open", "flag", "Whether it is still to be finished"),
            Column("is_late", "flag", "Whether it was to be finished by the end of the period"),
            Column(
                "remark", "text", "What is wrong: empty, unknown, day, order, late or cost; or none"
            ),
        ),
    ),
    Schema(
        "dim_okr",
        "Objectives of a quarter or of the year that have key results.",
        ("okr_id",),
        (
            _own_key("Its id in the definition", "okr_id"),
            Column("okr", "text", "Its name"),
            _key("dim_period", "Its quarter or year, as in dim_period"),
            _key("dim_perspective"),
            _key("dim_objective", "The objective of the scorecard that it serves"),
            Column("commitment", "text", "committed or aspirational"),
            Column("owner", "text", "Who answers for it"),
            _SORT,
        ),
    ),
    Schema(
        "fact_okr",
        "How the objectives with key results stand on the as-of date.",
        ("as_of", "okr_id"),
        (
            Column("as_of", "date", "The day on which they are looked at"),
            _key("dim_okr", "The objective, as in dim_okr"),
            Column("score", "share", "The weighted mean of its key results' progress"),
            Column("expected", "share", "The progress that was to be expected by that day"),
            Column("confidence", "share", "How sure their owners are to reach them"),
            *_STATUS,
        ),
    ),
    Schema(
        "dim_key_result",
        "The key results.",
        ("key_result_id",),
        (
            _own_key("Its id in the definition", "key_result_id"),
            _key("dim_okr", "Its objective, as in dim_okr"),
            Column("key_result", "text", "Its name"),
            Column("kind", "text", "change, between (target to upper) or milestone"),
            Column("unit", "text", "The unit of its values"),
            Column("start", "number", "From where it begins"),
            Column("target", "number", "What is to be reached"),
            Column("upper", "number", "The upper bound of one that is kept between two"),
            Column("weight", "share", "Its weight in the objective"),
            Column("owner", "text", "Who answers for it"),
            _key("dim_kpi", "The KPI that it follows"),
            _key("dim_input", "The input that it follows"),
            _SORT,
        ),
    ),
    Schema(
        "fact_key_result",
        "How the key results stand on the as-of date.",
        ("as_of", "key_result_id"),
        (
            Column("as_of", "date", "The day on which they are looked at"),
            _key("dim_key_result"),
            Column("current", "number", "Its value on that day"),
            Column("progress", "share", "How much of the way is made; below 0 or above 1, too"),
            Column("expected", "share", "The progress that was to be expected by that day"),
            Column("confidence", "share", "How sure its owner is to reach it"),
            *_STATUS,
            Column("checked", "date", "The day of its newest check-in"),
            Column("days", "count", "How old that is, where one is due"),
        ),
    ),
    Schema(
        "fact_check_in",
        "What was said of key results, and when.",
        ("check_in_id",),
        (
            Column("check_in_id", "count", "Its line on the sheet Check-ins, from 1"),
            Column("day", "date", "When it was said"),
            _key("dim_key_result"),
            Column("value", "number", "The value of the key result"),
            Column("confidence", "share", "How sure its owner was to reach it"),
            Column("note", "text", "What else was said"),
        ),
    ),
    Schema(
        "fact_problem",
        "What is wrong in the workbook.",
        ("problem_id",),
        (
            Column("problem_id", "count", "Its number, from 1"),
            Column("severity", "text", "error, warning or note"),
            Column("code", "text", "What kind of problem it is"),
            Column("sheet", "text", "The sheet on which it was found"),
            Column("cell", "text", "The cell in which it was found"),
            Column("message", "text", "What is wrong"),
            Column("remedy", "text", "What to do about it"),
        ),
    ),
)

SCHEMAS: Mapping[str, Schema] = MappingProxyType({one.name: one for one in _TABLES})
"""Every table by its name, what is referred to before what refers to it."""
OPTIONAL = frozenset(
    ("fact_action", "dim_okr", "fact_okr", "dim_key_result", "fact_key_result", "fact_check_in",
     "fact_problem")
)  # fmt: skip
"""Tables that are left out where they would be empty."""
