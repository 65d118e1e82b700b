"""Which tables there are, and what each of their columns holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tablero.workbook_templates.facts.columns import (
    ACHIEVED,
    PART,
    PERIOD,
    SORT,
    Column,
    Kind,
    Schema,
    key,
    own_key,
)
from tablero.workbook_templates.facts.okr_tables import OKR_TABLES

__all__ = ["OPTIONAL", "SCHEMAS", "Column", "Kind", "Schema"]

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
            key("dim_period", "The period that the workbook shows, as in dim_period"),
            Column("language", "text", "en, es or pt: the language of names and words"),
        ),
    ),
    Schema(
        "dim_period",
        "The periods of the year: months, quarters, years to date, the year, and the twelve "
        "months that end with each month where last year's months are known.",
        ("period_id",),
        (
            own_key("Such as 2026-03, 2026-Q1, ytd-2026-03, 2026, r12-2026-03", "period_id"),
            Column("kind", "text", "month, quarter, ytd, year or rolling"),
            Column("label", "text", "As people read it"),
            Column("first_month", "date", "The first day of its first month"),
            Column("last_month", "date", "The first day of its last month"),
            Column("months", "count", "How many months it spans"),
            Column("is_shown", "flag", "Whether it is the period that the workbook shows"),
            SORT,
        ),
    ),
    Schema(
        "dim_band",
        "The bands of an achievement, from the worst.",
        ("band_id",),
        (
            own_key("Such as not_acceptable, poor, good, excellent", "band_id"),
            Column("band", "text", "Its name"),
            Column("plan", "text", "The plan of action that it asks for"),
            Column("term", "text", "Whether that is of short, medium or long term"),
            Column("from_achievement", "share", "The achievement with which it begins"),
            Column("least_months", "count", "How many months the plan takes at least"),
            Column("most_months", "count", "How many months the plan may take at most"),
            Column("symbol", "text", "Its sign"),
            Column("ink", "text", "The colour of its words, such as #9B1C1C"),
            Column("paper", "text", "The colour of its ground"),
            SORT,
        ),
    ),
    Schema(
        "dim_perspective",
        "The perspectives of the scorecard.",
        ("perspective_id",),
        (
            own_key("Its id in the definition", "perspective_id"),
            Column("perspective", "text", "Its name"),
            Column("weight", "share", "Its weight in the strategy"),
            SORT,
        ),
    ),
    Schema(
        "dim_objective",
        "The objectives of the scorecard.",
        ("objective_id",),
        (
            own_key("Its id in the definition", "objective_id"),
            key("dim_perspective"),
            Column("objective", "text", "Its name"),
            Column("weight", "share", "Its weight in the perspective"),
            SORT,
        ),
    ),
    Schema(
        "dim_kpi",
        "The KPIs of the scorecard.",
        ("kpi_id",),
        (
            own_key("Its id in the definition", "kpi_id"),
            key("dim_objective"),
            Column("kpi", "text", "Its name"),
            Column("unit", "text", "The unit of its values and goals; those in % are fractions"),
            Column("desired", "text", "High, Low or Target: which way is better"),
            Column("weight", "share", "Its weight in the objective"),
            Column("owner", "text", "Who answers for it"),
            Column("frequency", "text", "monthly, quarterly or yearly"),
            Column("timing", "text", "leading or lagging"),
            Column("formula", "text", "Its formula, written with the ids of inputs"),
            Column("description", "text", "What it tells"),
            SORT,
        ),
    ),
    Schema(
        "dim_input",
        "The figures that people type each month.",
        ("input_id",),
        (
            own_key("Its id in the definition", "input_id"),
            key("dim_perspective"),
            Column("input", "text", "Its name"),
            Column("unit", "text", "The unit of its figures; those in % are fractions"),
            Column("method", "text", "T, A or L: a period is their total, average or last"),
            Column("owner", "text", "Who types it"),
            Column("last_year", "number", "Last year's figure"),
            SORT,
        ),
    ),
    Schema(
        "fact_strategy",
        "What the strategy achieved: one line a period.",
        ("period_id",),
        (PERIOD, *ACHIEVED),
    ),
    Schema(
        "fact_perspective",
        "What each perspective achieved in each period.",
        ("period_id", "perspective_id"),
        (PERIOD, key("dim_perspective"), *ACHIEVED, PART),
    ),
    Schema(
        "fact_objective",
        "What each objective achieved in each period.",
        ("period_id", "objective_id"),
        (PERIOD, key("dim_objective"), *ACHIEVED, PART),
    ),
    Schema(
        "fact_kpi",
        "What each KPI was, was to be and achieved in each period.",
        ("period_id", "kpi_id"),
        (
            PERIOD,
            key("dim_kpi"),
            Column("value", "number", "Its value; at a yearly rate where it grows with time"),
            Column("goal", "number", "What the value should be"),
            *ACHIEVED,
            PART,
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
            key("dim_period", "The month, as in dim_period; empty for last year's"),
            key("dim_input"),
            Column("figure", "number", "What was typed; empty where nothing was"),
        ),
    ),
    Schema(
        "fact_action",
        "The action plans, judged by the period that the workbook shows.",
        ("action_id",),
        (
            Column("action_id", "count", "Its line on the sheet Actions, from 1"),
            key("dim_kpi", "The KPI that it is about, as in dim_kpi"),
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
            key("dim_band", "The band whose plan it follows, as in dim_band"),
            Column("is_open", "flag", "Whether it is still to be finished"),
            Column("is_late", "flag", "Whether it was to be finished by the end of the period"),
            Column(
                "remark", "text", "What is wrong: empty, unknown, day, order, late or cost; or none"
            ),
        ),
    ),
    *OKR_TABLES,
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
