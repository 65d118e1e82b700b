"""The measures of the model: what each picks from the tables, in DAX."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import dedent

from tablero.workbook_templates.power_bi.tmdl import Block, Property, tag
from tablero.workbook_templates.scored_model import ScoredModel

HOME = "measures"
"""The table in which they stand; it has no lines."""

PERCENT, SHARE, POINTS, COUNT, DAY = "0.0%", "0%", "+0.0%;-0.0%;0.0%", "0", "yyyy-mm-dd"
_REFERENCE = re.compile(r"\[@([\w.]+)\]")


@dataclass(frozen=True)
class Measure:
    """A figure of the model, named and described in the language of the workbook."""

    key: str
    """Names its texts; other measures refer to it as ``[@key]``."""
    folder: str
    dax: str
    format: str = ""
    """How it is shown; a formula in DAX where that depends on the KPI."""
    needs: str = ""
    """The table without which it is left out."""

    @property
    def is_hidden(self) -> bool:
        """Whether it is there for other measures alone."""
        return self.folder == _INNER


_INNER, _SCORECARD, _KPIS, _TREND, _OKRS, _ACTIONS = (
    "inner", "scorecard", "kpis", "trend", "okrs", "actions",
)  # fmt: skip

_IN_PERIOD = """
    VAR chosen = [@period_id]
    RETURN
        CALCULATE(
            {figure},
            REMOVEFILTERS(dim_period),
            dim_period[period_id] = chosen
        )
"""
# A perspective with an objective of another one leaves no KPI: there is nothing to show.
_OF_ONE = """
    VAR chosen = [@period_id]
    RETURN
        IF(
            HASONEVALUE(dim_{level}[{level}_id]) && NOT(ISEMPTY(dim_kpi)),
            CALCULATE(
                SELECTEDVALUE(fact_{level}[{column}]),
                REMOVEFILTERS(dim_period),
                dim_period[period_id] = chosen
            )
        )
"""
# Of several nodes there is no figure; of all of them it is the strategy's.
_OF_ANY = """
    SWITCH(
        TRUE(),
        ISEMPTY(dim_kpi), BLANK(),
        HASONEVALUE(dim_kpi[kpi_id]), [@{column}.kpi],
        HASONEVALUE(dim_objective[objective_id]), [@{column}.objective],
        HASONEVALUE(dim_perspective[perspective_id]), [@{column}.perspective],
        COUNTROWS(dim_kpi) = COUNTROWS(ALLNOBLANKROW(dim_kpi)), [@{column}.strategy]
    )
"""
_OF_BAND = "LOOKUPVALUE(dim_band[{column}], dim_band[band_id], [@band_id])"
# The period chosen, else the one that the workbook shows, where no filter leaves that out.
_PERIOD = """
    SELECTEDVALUE(
        dim_period[period_id],
        CALCULATE(
            SELECTEDVALUE(dim_period[period_id]),
            KEEPFILTERS(dim_period[is_shown] = TRUE())
        )
    )
"""
_PERIOD_BEFORE = """
    VAR chosen = [@period_id]
    VAR chosenKind = LOOKUPVALUE(dim_period[kind], dim_period[period_id], chosen)
    VAR chosenPlace = LOOKUPVALUE(dim_period[sort], dim_period[period_id], chosen)
    VAR placeBefore =
        MAXX(
            FILTER(
                ALL(dim_period),
                dim_period[kind] = chosenKind && dim_period[sort] < chosenPlace
            ),
            dim_period[sort]
        )
    RETURN
        IF(
            NOT(ISBLANK(placeBefore)),
            LOOKUPVALUE(dim_period[period_id], dim_period[sort], placeBefore)
        )
"""
_BEFORE = """
    VAR earlier = [@period_before]
    RETURN
        IF(
            NOT(ISBLANK(earlier)),
            CALCULATE(
                [@achievement],
                REMOVEFILTERS(dim_period),
                dim_period[period_id] = earlier
            )
        )
"""
_DIFFERENCE = """
    VAR minuend = [@{minuend}]
    VAR subtrahend = [@{subtrahend}]
    RETURN
        IF(
            NOT(ISBLANK(minuend)) && NOT(ISBLANK(subtrahend)),
            minuend - subtrahend
        )
"""
_DIRECTION = """
    VAR difference = [@change]
    RETURN
        SWITCH(
            TRUE(),
            ISBLANK(difference), BLANK(),
            difference > 0, "↗",
            difference < 0, "↘",
            "→"
        )
"""
_UNKNOWN = "COUNTROWS(FILTER(fact_kpi, ISBLANK(fact_kpi[achievement])))"
_OF_LINE = "IF(HASONEVALUE(dim_{one}[{one}_id]), SELECTEDVALUE(fact_{one}[{column}]))"
_FLAGGED = "CALCULATE(COUNTROWS(fact_action), fact_action[{flag}] = TRUE())"
# The same as in the workbook: shares, whole money, one decimal for the rest.
_UNITS = (
    'SWITCH(SELECTEDVALUE(dim_kpi[unit]), "%", "0.0%", '
    'SELECTEDVALUE(dim_company[money]), "#,##0", "#,##0.0")'
)


def _achievements() -> Iterator[Measure]:
    """The achievement of the strategy, of each level, and of whatever level one looks at."""
    yield Measure("achievement", _SCORECARD, _OF_ANY.format(column="achievement"), PERCENT)
    for level, dax in _levels("achievement"):
        yield Measure(f"achievement.{level}", _SCORECARD, dax, PERCENT)


def _of_any(column: str, folder: str, shown: str = "") -> Iterator[Measure]:
    """Another figure of whatever level one looks at."""
    yield Measure(column, folder, _OF_ANY.format(column=column), shown)
    for level, dax in _levels(column):
        yield Measure(f"{column}.{level}", _INNER, dax, shown)


def _levels(column: str) -> Iterator[tuple[str, str]]:
    yield "strategy", _IN_PERIOD.format(figure=f"SELECTEDVALUE(fact_strategy[{column}])")
    for level in ("perspective", "objective", "kpi"):
        yield level, _OF_ONE.format(level=level, column=column)


def _of_line(key: str, one: str, column: str, shown: str = "") -> Measure:
    return Measure(key, _OKRS, _OF_LINE.format(one=one, column=column), shown, f"fact_{one}")


MEASURES: tuple[Measure, ...] = (
    Measure("period_id", _INNER, _PERIOD),
    Measure("period_before", _INNER, _PERIOD_BEFORE),
    Measure(
        "period",
        _SCORECARD,
        "LOOKUPVALUE(dim_period[label], dim_period[period_id], [@period_id])",
    ),
    *_achievements(),
    *_of_any("coverage", _SCORECARD, SHARE),
    *_of_any("band_id", _INNER),
    *(
        Measure(key, _SCORECARD, _OF_BAND.format(column=column))
        for key, column in (
            ("band", "band"),
            ("band_symbol", "symbol"),
            ("band_ink", "ink"),
            ("band_paper", "paper"),
            ("plan", "plan"),
            ("term", "term"),
        )
    ),
    *(
        Measure(column, _KPIS, _OF_ONE.format(level="kpi", column=column), _UNITS)
        for column in ("value", "goal")
    ),
    Measure("gap", _KPIS, _DIFFERENCE.format(minuend="value", subtrahend="goal"), _UNITS),
    *(
        Measure(column, _KPIS, _IN_PERIOD.format(figure=f"SUM(fact_kpi[{column}])"), shown)
        for column, shown in (("contribution", PERCENT), ("points", POINTS))
    ),
    Measure("kpi_count", _KPIS, _IN_PERIOD.format(figure="COUNTROWS(fact_kpi)"), COUNT),
    Measure("kpi_unknown", _KPIS, _IN_PERIOD.format(figure=_UNKNOWN), COUNT),
    Measure("previous", _TREND, _BEFORE, PERCENT),
    Measure(
        "change",
        _TREND,
        _DIFFERENCE.format(minuend="achievement", subtrahend="previous"),
        POINTS,
    ),
    Measure("direction", _TREND, _DIRECTION),
    _of_line("okr_score", "okr", "score", SHARE),
    _of_line("okr_expected", "okr", "expected", SHARE),
    _of_line("okr_status", "okr", "status_name"),
    _of_line("key_result_progress", "key_result", "progress", SHARE),
    _of_line("key_result_expected", "key_result", "expected", SHARE),
    _of_line("key_result_status", "key_result", "status_name"),
    Measure("as_of", _OKRS, "MAX(fact_okr[as_of])", DAY, "fact_okr"),
    Measure(
        "actions_open", _ACTIONS, _FLAGGED.format(flag="is_open"), COUNT, "fact_action"
    ),
    Measure(
        "actions_late", _ACTIONS, _FLAGGED.format(flag="is_late"), COUNT, "fact_action"
    ),
)  # fmt: skip
"""All of them. They pick what Tablero has scored; nothing is rolled up a second time."""


_HIDDEN = frozenset(one.key for one in MEASURES if one.is_hidden)


def name_of(model: ScoredModel, key: str) -> str:
    """The name of a measure in the model's language; one that nobody sees is called by its key."""
    return key if key in _HIDDEN else model.say(f"power_bi.measure.{key}")


def dax_of(model: ScoredModel, measure: Measure) -> str:
    """The formula with the names that the measures have in the model's language."""

    def named(found: re.Match[str]) -> str:
        return f"[{name_of(model, found[1]).replace(']', ']]')}]"

    return _REFERENCE.sub(named, dedent(measure.dax).strip())


def measures(model: ScoredModel, tables: Collection[str]) -> Sequence[Block]:
    """The measures for which there are tables."""
    return [_block(model, one) for one in MEASURES if not one.needs or one.needs in tables]


def _block(model: ScoredModel, measure: Measure) -> Block:
    is_formula = "(" in measure.format
    return Block(
        "measure",
        name_of(model, measure.key),
        dax_of(model, measure),
        "" if measure.is_hidden else model.say(f"power_bi.about.{measure.key}"),
        _properties(model, measure, "" if is_formula else measure.format),
        children=[Block("formatStringDefinition", expression=measure.format)] if is_formula else (),
    )


def _properties(model: ScoredModel, measure: Measure, shown: str) -> Mapping[str, Property]:
    return {
        **({"formatString": shown} if shown else {}),
        **_place(model, measure),
        "lineageTag": tag(HOME, measure.key),
    }


def _place(model: ScoredModel, measure: Measure) -> Mapping[str, Property]:
    if measure.is_hidden:
        return {"isHidden": True}
    return {"displayFolder": model.say(f"power_bi.folder.{measure.folder}")}
