"""The semantic model of a company's tables: columns, relations, queries, as TMDL files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablero.workbook_templates.facts.schema import SCHEMAS, Column, Kind, Schema
from tablero.workbook_templates.power_bi.measures import DAY, HOME, PERCENT, measures
from tablero.workbook_templates.power_bi.relations import relations
from tablero.workbook_templates.power_bi.tmdl import (
    REFERENCE,
    Block,
    Property,
    document,
    one_line,
    tag,
)
from tablero.workbook_templates.scored_model import ScoredModel

if TYPE_CHECKING:
    import pandas as pd

Tables = Mapping[str, "pd.DataFrame"]

# With it measures may have a format that depends on what they are of.
COMPATIBILITY = 1601
FOLDER = "Folder"
"""The parameter that says where the Parquet files are."""

CULTURES: Mapping[str, str] = MappingProxyType({"en": "en-US", "es": "es-MX", "pt": "pt-BR"})
TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "string",
        "number": "double",
        "share": "double",
        "count": "int64",
        "date": "dateTime",
        "flag": "boolean",
    }
)
_QUERY_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "type text",
        "number": "type number",
        "share": "type number",
        "count": "Int64.Type",
        "date": "type date",
        "flag": "type logical",
    }
)
_FORMATS: Mapping[Kind, str] = MappingProxyType(
    {"number": "#,##0.0#", "share": PERCENT, "count": "0", "date": DAY}
)
_SORTED = ("label", "band", "perspective", "objective", "kpi", "input", "okr", "key_result")
_MONTHS = ("month", "first_month", "last_month")
_ADDED_UP = ("budget", "spent")
_INNER = ("sort", "ink", "paper", "is_shown")
# What the measures pick from, so that nobody adds it up.
_PICKED = ("fact_strategy", "fact_perspective", "fact_objective", "fact_kpi")


def model_files(model: ScoredModel, tables: Tables, folder: Path) -> Mapping[str, str]:
    """The files of the semantic model by their path; ``folder`` is where the data are."""
    blocks = [_table(model, SCHEMAS[name], frame) for name, frame in tables.items()]
    blocks.append(_home(model, tables))
    names = [block.name for block in blocks]
    return {
        "database.tmdl": document(
            Block("database", properties={"compatibilityLevel": COMPATIBILITY})
        ),
        "model.tmdl": document(*_model(model, names)),
        "expressions.tmdl": document(_parameter(model, folder)),
        "relationships.tmdl": document(*relations(tables)),
        **{f"tables/{block.name}.tmdl": document(block) for block in blocks},
    }


def _model(model: ScoredModel, names: Sequence[str]) -> Iterator[Block]:
    culture = CULTURES[model.language]
    yield Block(
        "model",
        "Model",
        description=model.say("power_bi.model", company=one_line(model.definition.company.name)),
        properties={
            "culture": culture,
            "defaultPowerBIDataSourceVersion": "powerBI_V3",
            "sourceQueryCulture": culture,
        },
        children=[
            Block(
                "dataAccessOptions",
                properties={"legacyRedirects": True, "returnErrorValuesAsNull": True},
            )
        ],
    )
    # The periods are Tablero's: no calendar of Power BI's own for each column of dates.
    yield _annotation("__PBI_TimeIntelligenceEnabled", "0")
    yield _annotation("PBI_QueryOrder", json.dumps([FOLDER, *names]))
    yield _annotation("PBI_ProTooling", json.dumps(["DevMode"]))
    for name in names:
        yield Block(REFERENCE, name)


def _annotation(name: str, value: str) -> Block:
    return Block("annotation", name, value)


def _parameter(model: ScoredModel, folder: Path) -> Block:
    meta = 'meta [IsParameterQuery=true, Type="Text", IsParameterQueryRequired=true]'
    return Block(
        "expression",
        FOLDER,
        f"{m_text(str(folder))} {meta}",
        model.say("power_bi.parameter"),
        {"lineageTag": tag(FOLDER)},
        children=[_annotation("PBI_ResultType", "Text")],
    )


def m_text(text: str) -> str:
    r"""A text as Power Query's language writes it.

    >>> print(m_text('C:\\of "Ana"#(lf)'))
    "C:\of ""Ana""#(#)(lf)"
    """
    escaped = text.replace("#(", "#(#)(").replace('"', '""')
    escaped = escaped.replace("\r", "#(cr)").replace("\n", "#(lf)").replace("\t", "#(tab)")
    return f'"{escaped}"'


def _table(model: ScoredModel, schema: Schema, frame: pd.DataFrame) -> Block:
    columns = [_column(model, schema, column, frame) for column in schema.columns]
    return Block(
        "table",
        schema.name,
        description=model.say(f"power_bi.table.{schema.name}"),
        properties={"lineageTag": tag(schema.name)},
        children=[
            *columns,
            _partition(schema.name, _query(schema)),
            _annotation("PBI_ResultType", "Table"),
        ],
    )


def _column(model: ScoredModel, schema: Schema, column: Column, frame: pd.DataFrame) -> Block:
    is_hidden = _is_hidden(schema, column)
    return Block(
        "column",
        column.name,
        description="" if is_hidden else model.say(f"power_bi.said.{column.name}"),
        properties=dict(_properties(schema, column, frame)),
        children=[_annotation("SummarizationSetBy", "User")],
    )


def _properties(
    schema: Schema, column: Column, frame: pd.DataFrame
) -> Iterator[tuple[str, Property]]:
    yield "dataType", TYPES[column.kind]
    if _is_hidden(schema, column):
        yield "isHidden", True
    if column.kind in _FORMATS:
        yield "formatString", "mmm yyyy" if column.name in _MONTHS else _FORMATS[column.kind]
    yield "lineageTag", tag(schema.name, column.name)
    yield "summarizeBy", "sum" if column.name in _ADDED_UP else "none"
    yield "sourceColumn", column.name
    if column.name in _SORTED and "sort" in schema.names and is_sortable(frame[column.name]):
        yield "sortByColumn", "sort"


def is_sortable(names: pd.Series[str]) -> bool:
    """Whether each name has one place, without which Power BI refuses to sort by it.

    It tells names apart neither by case nor by blanks at their end.
    """
    alike = names.fillna("").str.casefold().str.rstrip()
    return bool(alike.is_unique)


def _is_hidden(schema: Schema, column: Column) -> bool:
    is_key = bool(column.refers_to) or column.name.endswith("_id")
    return is_key or column.name in _INNER or schema.name in _PICKED


def _partition(name: str, query: str) -> Block:
    return Block("partition", name, "m", properties={"mode": "import"}, source=query)


def _query(schema: Schema) -> str:
    types = ",\n".join(
        f'        {{"{column.name}", {_QUERY_TYPES[column.kind]}}}' for column in schema.columns
    )
    return (
        "let\n"
        f'    Source = Parquet.Document(File.Contents({FOLDER} & "\\{schema.name}.parquet")),\n'
        "    Typed = Table.TransformColumnTypes(Source, {\n"
        f"{types}\n"
        "    })\n"
        "in\n"
        "    Typed"
    )


def _home(model: ScoredModel, tables: Tables) -> Block:
    """The table of the measures: it has a hidden column and no lines."""
    column = Block(
        "column",
        HOME,
        properties={
            "dataType": "string",
            "isHidden": True,
            "lineageTag": tag(HOME, "column"),
            "summarizeBy": "none",
            "sourceColumn": HOME,
        },
    )
    query = f"let\n    Source = #table(type table [{HOME} = text], {{}})\nin\n    Source"
    return Block(
        "table",
        HOME,
        description=model.say(f"power_bi.table.{HOME}"),
        properties={"lineageTag": tag(HOME)},
        children=[
            *measures(model, tables),
            column,
            _partition(HOME, query),
            _annotation("PBI_ResultType", "Table"),
        ],
    )
