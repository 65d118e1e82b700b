"""Writing tables as files that other programs read: CSV, Parquet or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from tablero.workbook_templates.backups import unfinished
from tablero.workbook_templates.facts.gathering import tables
from tablero.workbook_templates.facts.schema import SCHEMAS, Kind
from tablero.workbook_templates.folders import give_rights, save_folder
from tablero.workbook_templates.saving import Saved, save
from tablero.workbook_templates.scored_model import ScoredModel

if TYPE_CHECKING:
    import pandas as pd

Shape = Literal["csv", "parquet", "json"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
Tables = Mapping[str, "pd.DataFrame"]

VERSION = 1
"""Of the tables and their columns; raised when one is renamed, removed or means another thing."""

_EVERYBODYS = 0o666
_DAY = "%Y-%m-%d"
_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - Excel in East Asia takes these, too
_ARROW: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "string",
        "number": "float64",
        "share": "float64",
        "count": "int64",
        "date": "date32",
        "flag": "bool_",
    }
)


@dataclass(frozen=True)
class Export:
    """The tables of a company, with what a file should say of where they come from."""

    company: str
    language: str
    tables: Tables

    @classmethod
    def of(cls, model: ScoredModel) -> Export:
        """All tables of a scored model."""
        return cls(model.definition.company.name, model.language, tables(model))

    @property
    def about(self) -> Mapping[str, str]:
        """What the tables are, as far as they do not say it themselves."""
        return {
            "company": self.company,
            "language": self.language,
            "program": f"Tablero {version('tablero')}",
            "version": str(VERSION),
        }

    def save(self, shape: Shape, path: Path, *, force: bool = False) -> Saved:
        """Write all tables: CSV and Parquet as a folder of files, JSON as one file.

        Raises
        ------
        ProblemsError
            They cannot stand there, or something does already and ``force`` is not given.
        """
        if shape == "json":
            return save(path, partial(write_json, self), force=force, ending=".json")
        write = partial({"csv": write_csv, "parquet": write_parquet}[shape], self)
        return save_folder(path, write, is_ours=is_table(shape), force=force)


def is_table(shape: Shape) -> Callable[[Path], bool]:
    """Whether a file is a table of an export, of this or an earlier one."""
    names = {f"{name}.{shape}" for name in SCHEMAS}
    return lambda path: path.is_file() and path.name in names


def write_csv(export: Export, folder: Path) -> None:
    """Write each table as CSV: commas, decimal points, days as 2026-03-31, UTF-8 with its mark.

    By the mark Excel and Power Query tell UTF-8. A text that begins like a formula gets an
    apostrophe before it, so that no spreadsheet that opens the file runs it; Parquet and JSON,
    which nothing runs, hold every text as it is.
    """
    for name, table in export.tables.items():
        inert = table.copy()
        for column in SCHEMAS[name].of_kind("text"):
            inert[column] = inert[column].map(_inert, na_action="ignore")
        for column in SCHEMAS[name].of_kind("flag"):
            inert[column] = inert[column].map({True: "true", False: "false"})
        path = folder / f"{name}.csv"
        inert.to_csv(
            path, index=False, encoding="utf-8-sig", lineterminator="\r\n", date_format=_DAY
        )


def _inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def write_parquet(export: Export, folder: Path) -> None:
    """Write each table as Parquet, with what each column holds in its own description."""
    # Imported here, for they cost what only these files are worth; they ship without types.
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    about = {f"tablero.{key}": value for key, value in export.about.items()}
    for name, table in export.tables.items():
        arrow = pa.Table.from_pandas(_with_days(name, table), _arrow(name), preserve_index=False)
        parquet.write_table(arrow.replace_schema_metadata(about), folder / f"{name}.parquet")


def _with_days(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """A table whose dates are days without a time."""
    days = {column: table[column].dt.date for column in SCHEMAS[name].of_kind("date")}
    return table.assign(**days)


def _arrow(name: str) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - as above

    return pa.schema(
        pa.field(column.name, getattr(pa, _ARROW[column.kind])(), metadata={"about": column.about})
        for column in SCHEMAS[name].columns
    )


def write_json(export: Export, path: Path) -> None:
    """Write all tables into one file, each a list of records; what is missing is null."""
    data = {**export.about, "version": VERSION, "tables": dict(_records(export.tables))}
    document = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1)
    with unfinished(path) as file:
        file.write_text(f"{document}\n", "utf-8", newline="\n")
        give_rights(file, _EVERYBODYS)
        file.replace(path)


def _records(found: Tables) -> dict[str, list[dict[Hashable, Any]]]:
    records = {}
    for name, table in found.items():
        plain = table.assign(
            **{one: table[one].dt.strftime(_DAY) for one in SCHEMAS[name].of_kind("date")}
        )
        plain = plain.astype(object).where(plain.notna(), None)
        records[name] = plain.to_dict("records")
    return records
