"""Making the tables of a data set from its parts, and letting them take their places."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tablero.workbook_templates.portfolio import dataset_parts as parts
from tablero.workbook_templates.portfolio.dataset import (
    Asked,
    DataSet,
    manifest_schema,
    write_manifest,
)
from tablero.workbook_templates.portfolio.dataset_snapshot import RUN
from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

_ROWS = 20_000
"""Lines of a table that are held until they are written."""
SCORED, DUPLICATE = "scored", "duplicate"
_MIXED = {
    "currency": "portfolio_mixed_currency",
    "year": "portfolio_mixed_year",
    "schema": "portfolio_mixed_schema",
}
_SMALL, _MANY = 20, 12
"""A part with fewer files is small; so many small ones are made into one."""
_MOST = 400
"""Files in a part that is made of several."""


@dataclass(frozen=True)
class Published:
    """How many files a data set has, by what came of them."""

    files: int
    companies: int
    """Counted files: of a company and year one each."""
    duplicates: int
    refused: int
    """Files that could not be read, or have not the period."""
    errors: int
    """Problems by severity."""
    warnings: int


def publish(
    dataset: DataSet,
    asked: Asked,
    rows: pa.Table,
    told: Iterable[Problem] = (),
    *,
    complete: bool = True,
) -> Published:
    """Let the tables of a data set show some files, all that is known of them and nothing else.

    Parameters
    ----------
    dataset
        The folder.
    asked
        To what question its parts are the answers.
    rows
        The files as lines of a manifest, each path once.
    told
        Problems of no workbook: of folders, or of the portfolio as a whole.
    complete
        Whether these are all files that were found.

    Raises
    ------
    ProblemsError
        Another program keeps a table from being replaced.
    """
    folder = dataset.parts(asked)
    folder.mkdir(parents=True, exist_ok=True)
    rows = _merged(folder, rows)
    rows, replaced_by = _judged(rows)
    problems = [*told, *_duplicates(rows, replaced_by)]
    run = uuid4().hex
    with ExitStack() as open_files:
        tables = _Tables(dataset, run, open_files)
        _fill(tables, folder, rows)
        tables.add("problems", _lines(problems + _mixed(tables, rows), asked.language))
        tables.add("files", rows.select(arrow_schema("files").names))
        errors, warnings = tables.severities["error"], tables.severities["warning"]
    counted = Counter(rows.column("status").to_pylist())
    published = Published(
        files=len(rows),
        companies=counted[SCORED],
        duplicates=counted[DUPLICATE],
        refused=len(rows) - counted[SCORED] - counted[DUPLICATE],
        errors=errors,
        warnings=warnings,
    )
    about = {"digest": asked.digest, "run": run, "complete": complete, "period": asked.period}
    about |= {"told": fingerprint(told, asked.language), "published": vars(published)}
    write_manifest(_new(dataset.manifest), rows, about)
    _switch([*map(dataset.table, SCHEMAS), dataset.manifest])
    dataset.tidy(asked, rows.column("part").unique().to_pylist())
    return published


def fingerprint(told: Iterable[Problem], language: str) -> str:
    """By which it is known whether the same problems were told before."""
    return json.dumps(sorted(one.sentence(language) for one in told))


@dataclass
class _Tables:
    """The tables as they are written, some thousand lines at a time, beside those in use."""

    dataset: DataSet
    run: str
    open_files: ExitStack
    seen: dict[str, Counter[Any]] = field(default_factory=dict)
    """Of companies: how many there are of each currency, and so on."""
    severities: Counter[str] = field(default_factory=Counter)
    _writers: dict[str, ParquetWriter] = field(default_factory=dict)
    _held: dict[str, list[pa.Table]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from pyarrow.parquet import ParquetWriter  # noqa: PLC0415 - only a portfolio needs it

        for name in SCHEMAS:
            path = _new(self.dataset.table(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            schema = arrow_schema(name).with_metadata({RUN: self.run})
            writer = ParquetWriter(path, schema, compression="zstd")
            self._writers[name] = self.open_files.enter_context(writer)
            self.open_files.callback(self._write, name)

    def add(self, name: str, table: pa.Table) -> None:
        """Lines of a table."""
        if not len(table):
            return
        if name == "problems":
            self.severities.update(table.column("severity").to_pylist())
        if name == "companies":
            for column in _MIXED.keys() & set(table.column_names):
                found = table.column(column).to_pylist()
                self.seen.setdefault(column, Counter()).update(found)
        held = self._held.setdefault(name, [])
        held.append(table)
        if sum(map(len, held)) >= _ROWS:
            self._write(name)

    def _write(self, name: str) -> None:
        import pyarrow as pa  # noqa: PLC0415 - as above

        held = self._held.pop(name, [])
        if held:
            lines = pa.concat_tables([one.replace_schema_metadata(None) for one in held])
            self._writers[name].write_table(lines.combine_chunks().cast(self._writers[name].schema))


def _fill(tables: _Tables, folder: Path, rows: pa.Table) -> None:
    """Add what the parts hold of the files that count; of the others only what is wrong."""
    for part, of_part in _by_part(rows):
        present = of_part.column("path")
        counted = of_part.filter(_equals(of_part, "status", SCORED)).column("path")
        tables_of_part = parts.unpacked(folder / part)
        _, files = next(tables_of_part)
        for name, table in tables_of_part:
            paths = present if name == "problems" else counted
            tables.add(name, table if len(paths) == len(files) else _of_files(table, paths))


def _by_part(rows: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The files of each part."""
    ordered = rows.sort_by([("part", "ascending"), ("path", "ascending")])
    names = ordered.column("part").to_numpy(zero_copy_only=False)
    begin = 0
    for end in range(1, len(names) + 1):
        if end == len(names) or names[end] != names[begin]:
            yield str(names[begin]), ordered.slice(begin, end - begin)
            begin = end


def _of_files(table: pa.Table, paths: pa.ChunkedArray) -> pa.Table:
    """The lines of a table that come from some files."""
    from pyarrow import compute  # noqa: PLC0415 - as above

    is_of = compute.is_in(table.column("file"), value_set=paths.combine_chunks())
    return table.filter(is_of)


def _equals(table: pa.Table, column: str, value: str) -> Any:
    from pyarrow import compute  # noqa: PLC0415 - as above

    return compute.equal(table.column(column), value)


def _judged(rows: pa.Table) -> tuple[pa.Table, Mapping[str, str]]:
    """Which files count: of a company and year the newest; and by which each other is replaced."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    plain = [SCORED if one == DUPLICATE else one for one in rows.column("status").to_pylist()]
    place = rows.schema.get_field_index("status")
    rows = rows.set_column(place, "status", pa.array(plain, pa.string()))
    scored = rows.filter(_equals(rows, "status", SCORED)).sort_by(
        [("company_id", "ascending"), ("year", "ascending"), ("mtime", "descending"),
         ("path", "ascending")]
    )  # fmt: skip
    columns = [scored.column(name).to_pylist() for name in ("company_id", "year", "path")]
    replaced_by, newest = {}, ("", "", "")
    for company, year, path in zip(*columns, strict=True):
        if (company, year) == newest[:2]:
            replaced_by[path] = newest[2]
        else:
            newest = (company, year, path)
    if not replaced_by:
        return rows, {}
    paths = rows.column("path").to_pylist()
    judged = [
        DUPLICATE if path in replaced_by else status
        for path, status in zip(paths, plain, strict=True)
    ]
    return rows.set_column(place, "status", pa.array(judged, pa.string())), replaced_by


def _duplicates(rows: pa.Table, replaced_by: Mapping[str, str]) -> Iterator[Problem]:
    years = rows.filter(_equals(rows, "status", DUPLICATE))
    for path, year in zip(
        *(years.column(name).to_pylist() for name in ("path", "year")), strict=True
    ):
        values = {"newer": replaced_by[path], "year": year}
        yield Problem("portfolio_duplicate", "warning", values, file=path)


def _mixed(tables: _Tables, rows: pa.Table) -> list[Problem]:
    """That companies differ in what makes their figures hard to compare."""
    counted = rows.filter(_equals(rows, "status", SCORED))
    kinds = {**tables.seen, "schema": Counter(counted.column("schema").to_pylist())}
    return [
        Problem(
            _MIXED[kind],
            "note",
            {"found": ", ".join(f"{one} ({count})" for one, count in sorted(seen.items()))},
        )
        for kind, seen in kinds.items()
        if len(seen) > 1
    ]


def _lines(problems: Sequence[Problem], language: str) -> pa.Table:
    """Problems of no workbook as lines of their table."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    schema = arrow_schema("problems")
    lines = [
        {
            "file": one.file or None,
            "severity": one.severity,
            "code": one.code,
            "message": one.message(language),
            "remedy": one.remedy(language),
        }
        for one in problems
    ]
    return pa.Table.from_pylist(lines, schema)


def _merged(folder: Path, rows: pa.Table) -> pa.Table:
    """The same files, those of many small parts in fewer larger ones."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    sizes = Counter(rows.column("part").to_pylist())
    small = sorted(name for name, size in sizes.items() if size < _SMALL)
    if len(small) < _MANY:
        return rows
    moved: dict[str, str] = {}
    for group in _groups(small, sizes.__getitem__):
        content = _together(folder, group, rows)
        moved |= dict.fromkeys(group, parts.put(folder, content))
    names = [moved.get(one, one) for one in rows.column("part").to_pylist()]
    place = manifest_schema().get_field_index("part")
    return rows.set_column(place, "part", pa.array(names, pa.string()))


def _groups(names: Iterable[str], size: Callable[[str], int]) -> Iterator[list[str]]:
    """Parts that together have not too many files."""
    group: list[str] = []
    for name in names:
        if group and sum(map(size, group)) + size(name) > _MOST:
            yield group
            group = []
        group.append(name)
    yield group


def _together(folder: Path, names: Iterable[str], rows: pa.Table) -> bytes:
    """The content of a part with all files of some that are still there."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    found: dict[str, list[pa.Table]] = {}
    for name in names:
        present = rows.filter(_equals(rows, "part", name))
        files = present.drop_columns(["part"])
        for table, lines in parts.unpacked(folder / name):
            kept = files if table == "files" else _of_files(lines, present.column("path"))
            found.setdefault(table, []).append(kept.replace_schema_metadata(None))
    return parts.joined({table: pa.concat_tables(lines) for table, lines in found.items()})


def _new(path: Path) -> Path:
    """What is to take a file's place; hidden, and not called like a table."""
    return path.with_name(f".{path.name}.new")


def _switch(paths: Iterable[Path]) -> None:
    """Let all new files take their places, one right after the other."""
    for path in paths:
        try:
            _new(path).replace(path)
        except OSError as defect:
            values = {"name": str(path), "reason": defect.strerror or str(defect)}
            raise ProblemsError([Problem("portfolio_in_use", values=values)]) from defect
