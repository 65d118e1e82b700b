"""The tables of a scored model, as data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablero.workbook_templates.facts import achievements, dimensions, following
from tablero.workbook_templates.facts.dimensions import Line
from tablero.workbook_templates.facts.schema import OPTIONAL, SCHEMAS, Kind, Schema
from tablero.workbook_templates.scored_model import ScoredModel

if TYPE_CHECKING:
    import pandas as pd

_DTYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "string",
        "number": "float64",
        "share": "float64",
        "count": "Int64",
        "date": "datetime64[s]",
        "flag": "boolean",
    }
)

_ROOMS = (dimensions, achievements, following)
_LINES: Mapping[str, Callable[[ScoredModel], Iterable[Line]]] = MappingProxyType(
    {name: getattr(room, name) for name in SCHEMAS for room in _ROOMS if hasattr(room, name)}
)


def tables(model: ScoredModel) -> Mapping[str, pd.DataFrame]:
    """A scored model as tidy tables: dimensions, and what was reached in every period.

    Parameters
    ----------
    model
        The scores of all periods; of a `Report` its problems, too.

    Returns
    -------
    mapping
        By name (``dim_kpi``, ``fact_kpi`` …) one table each, with the columns that `SCHEMAS`
        describes: texts as strings, days as dates, weights and achievements as fractions.
        What is missing is null. What a company has none of (actions, key results, check-ins,
        problems) has no table.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> model = ScoredModel(scores, "en", scores.calendar.parse("2016"))
    >>> found = tables(model)
    >>> kpis = found["fact_kpi"].set_index(["period_id", "kpi_id"])
    >>> kpis.loc[("2016", "roa"), ["value", "goal", "achievement"]].round(4).tolist()
    [0.4634, 0.35, 1.3241]
    """
    found = {name: frame(schema, _LINES[name](model)) for name, schema in SCHEMAS.items()}
    return {name: one for name, one in found.items() if len(one) or name not in OPTIONAL}


def frame(schema: Schema, lines: Iterable[Line]) -> pd.DataFrame:
    """The lines of a table as a data frame in its columns' types; an empty text is missing."""
    import pandas as pd  # noqa: PLC0415 - half a second that only a table is worth

    columns = list(zip(*lines, strict=True)) or [()] * len(schema.columns)
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [None if cell == "" else cell for cell in cells], dtype=_DTYPES[column.kind]
            )
            for column, cells in zip(schema.columns, columns, strict=True)
        }
    )
