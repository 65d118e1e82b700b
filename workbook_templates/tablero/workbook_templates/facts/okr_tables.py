"""The tables of objectives with key results, as they stand in :mod:`.schema`."""

from __future__ import annotations

from tablero.workbook_templates.facts.columns import SORT, Column, Schema, key, own_key

_STATUS = (
    Column("status", "text", "on_track, at_risk, off_track or outdated; empty where not known"),
    Column("status_name", "text", "The status in words"),
    Column("is_outdated", "flag", "Whether a check-in is due"),
)

OKR_TABLES = (
    Schema(
        "dim_okr",
        "Objectives of a quarter or of the year that have key results.",
        ("okr_id",),
        (
            own_key("Its id in the definition", "okr_id"),
            Column("okr", "text", "Its name"),
            key("dim_period", "Its quarter or year, as in dim_period"),
            key("dim_perspective"),
            key("dim_objective", "The objective of the scorecard that it serves"),
            Column("commitment", "text", "committed or aspirational"),
            Column("owner", "text", "Who answers for it"),
            SORT,
        ),
    ),
    Schema(
        "fact_okr",
        "How the objectives with key results stand on the as-of date.",
        ("as_of", "okr_id"),
        (
            Column("as_of", "date", "The day on which they are looked at"),
            key("dim_okr", "The objective, as in dim_okr"),
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
            own_key("Its id in the definition", "key_result_id"),
            key("dim_okr", "Its objective, as in dim_okr"),
            Column("key_result", "text", "Its name"),
            Column("kind", "text", "change, between (target to upper) or milestone"),
            Column("unit", "text", "The unit of its values"),
            Column("start", "number", "From where it begins"),
            Column("target", "number", "What is to be reached"),
            Column("upper", "number", "The upper bound of one that is kept between two"),
            Column("weight", "share", "Its weight in the objective"),
            Column("owner", "text", "Who answers for it"),
            key("dim_kpi", "The KPI that it follows"),
            key("dim_input", "The input that it follows"),
            SORT,
        ),
    ),
    Schema(
        "fact_key_result",
        "How the key results stand on the as-of date.",
        ("as_of", "key_result_id"),
        (
            Column("as_of", "date", "The day on which they are looked at"),
            key("dim_key_result"),
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
            key("dim_key_result"),
            Column("value", "number", "The value of the key result"),
            Column("confidence", "share", "How sure its owner was to reach it"),
            Column("note", "text", "What else was said"),
        ),
    ),
)
"""What is referred to before what refers to it."""
