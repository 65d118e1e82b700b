"""Reading the tables of a data set as one run wrote them, also while another run publishes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import pyarrow as pa

RUN = b"tablero.run"
"""Under which the metadata of a table's file names the run that wrote it."""
_TRIES = 40
_PAUSE = 0.05
"""Two seconds in all: a publication puts its tables in place within some hundredths."""


def snapshot(tables: Mapping[str, Path]) -> Mapping[str, Any]:
    """Tables of one run, to be read as Arrow's data sets.

    Each file is opened here and now: one that takes its place later is not seen.

    Parameters
    ----------
    tables
        The file of each table by its name.

    Raises
    ------
    ProblemsError
        A file is damaged, or the tables stay of different runs: a publication was interrupted.
    """
    for _ in range(_TRIES):
        opened = {name: _opened(path) for name, path in tables.items()}
        if len({_run(one.schema) for one in opened.values()}) <= 1:
            return opened
        time.sleep(_PAUSE)
    folder = next(iter(tables.values())).parent.parent
    raise ProblemsError([Problem("portfolio_mixed_runs", values={"name": str(folder)})])


def run_of(tables: Iterable[Path]) -> str | None:
    """The run that wrote all of these files; None where they are damaged, or of several."""
    try:
        runs = {_run(_mapped(path)[1]) for path in tables}
    except ProblemsError:
        return None
    return runs.pop() if len(runs) == 1 else None


def _opened(path: Path) -> Any:
    """A table's file, of which nothing but the end is read yet."""
    # It ships without types, and loads pandas, which whoever only looks at runs does without.
    from pyarrow import dataset as arrow  # noqa: PLC0415

    content, schema = _mapped(path)
    kind = arrow.ParquetFileFormat()
    return arrow.FileSystemDataset([kind.make_fragment(content)], schema, kind)


def _mapped(path: Path) -> tuple[pa.Buffer, pa.Schema]:
    """What a table's file holds, nowhere else yet than on the disk, and its columns."""
    import pyarrow as pa  # noqa: PLC0415 - only a portfolio needs them
    from pyarrow import parquet  # noqa: PLC0415

    try:
        content = pa.memory_map(str(path)).read_buffer()
        return content, parquet.read_schema(pa.BufferReader(content))
    except (pa.ArrowException, OSError) as defect:
        values = {"name": str(path), "reason": " ".join(str(defect).split())[:200]}
        raise ProblemsError([Problem("portfolio_damaged", values=values)]) from defect


def _run(schema: pa.Schema) -> str | None:
    """The run that wrote a table; a copy without names has none."""
    name: bytes | None = (schema.metadata or {}).get(RUN)
    return name.decode() if name else None
