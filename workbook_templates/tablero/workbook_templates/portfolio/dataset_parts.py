"""Parts: what was read of some files, all tables of it in one file that is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tablero.workbook_templates.backups import unfinished
from tablero.workbook_templates.portfolio.company import Company, tables_of
from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

ENDING = ".arrows"
_NAME = b"table"
_CODEC = "zstd"
_FUTURE = "cell_future"
_ORDER = ("files", *(name for name in SCHEMAS if name != "files"))
"""Files first: what a part knows of files is read without the rest."""


@cache
def files_schema() -> pa.Schema:
    """The table of files with what a later run wants to know of each.

    ``stamp`` is what its store calls its version, ``year`` the fiscal year of its company, and
    ``month`` the month in which it was read, where another month would tell other problems.
    """
    import pyarrow as pa  # noqa: PLC0415 - a tenth of a second that only a portfolio is worth

    schema = arrow_schema("files").remove_metadata()
    for name in ("stamp", "year", "month"):
        schema = schema.append(pa.field(name, pa.string()))
    return schema


def packed(companies: Iterable[Company], stamps: Mapping[str, str], month: str) -> bytes:
    """What was read of some files, as the content of a part.

    Parameters
    ----------
    companies
        What came of each file.
    stamps
        By the path of a file, what its store calls its version, where it does.
    month
        The month in which they were read, as 2026-03.
    """
    import pyarrow as pa  # noqa: PLC0415 - as above

    tables = tables_of(companies)
    files, paths = tables["files"], tables["files"].column("path").to_pylist()
    scored, told = tables["companies"], tables["problems"]
    years = dict(zip(*(scored.column(name).to_pylist() for name in ("file", "year")), strict=True))
    problems = zip(*(told.column(name).to_pylist() for name in ("file", "code")), strict=True)
    early = {path for path, code in problems if code == _FUTURE}
    more = (
        [stamps.get(path, "") for path in paths],
        [years.get(path) for path in paths],
        [month if path in early else "" for path in paths],
    )
    for name, values in zip(("stamp", "year", "month"), more, strict=True):
        files = files.append_column(files_schema().field(name), pa.array(values, pa.string()))
    return joined({**tables, "files": files})


def joined(tables: Mapping[str, pa.Table]) -> bytes:
    """Tables one after the other, each a stream of Arrow's, compressed as a whole.

    Compressed column by column, as Arrow does it, the hundreds of small columns of a part take
    seven times as long to read and half as much room again.
    """
    import pyarrow as pa  # noqa: PLC0415 - as above

    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, _CODEC) as file:
        for name in _ORDER:
            table = tables[name].combine_chunks()
            schema = table.schema.with_metadata({_NAME: name.encode()})
            with pa.ipc.new_stream(file, schema) as stream:
                stream.write_table(table.cast(schema))
    return bytes(sink.getvalue())


def unpacked(path: Path) -> Iterator[tuple[str, pa.Table]]:
    """The tables of a part with their names, the files first; each is read when it is asked for."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    with pa.OSFile(str(path)) as content, pa.CompressedInputStream(content, _CODEC) as file:
        for _ in _ORDER:
            with pa.ipc.open_stream(file) as stream:
                table = stream.read_all()
                yield stream.schema.metadata[_NAME].decode(), table


def put(folder: Path, content: bytes) -> str:
    """Put a part into a folder, whole or not at all; its name is the digest of its content."""
    name = _named(content)
    path = folder / name
    if not path.exists():
        with unfinished(path) as file:
            file.write_bytes(content)
            file.replace(path)
    return name


def whole(folder: Path) -> Iterator[str]:
    """The names of a folder's parts that are as they were written, whatever befell the disk."""
    for path in folder.glob(f"*{ENDING}"):
        if _named(path.read_bytes()) == path.name:
            yield path.name


def _named(content: bytes) -> str:
    return f"{hashlib.blake2b(content, digest_size=16).hexdigest()}{ENDING}"
