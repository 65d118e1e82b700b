"""The data set of a portfolio on the disk: a folder that other programs can read at any time.

Each table is one Parquet file in a folder of its own, ``OUT/fact_kpi/part-0.parquet``, which takes
the place of the former one at once: whoever reads the folder never meets the old lines beside the
new, nor half of a table. Where several tables are read, :mod:`.dataset_snapshot` sees to it that
they are of one run.

What was read of workbooks stands apart, in ``OUT/.parts``: some dozens of files make a part, and a
part is never changed. The tables are made from the parts anew whenever something changed, which
costs a hundredth of reading the workbooks; so a table is the same however many runs it took, and
what an interrupted run has read is not lost. ``OUT/_manifest.parquet`` says of each file in which
part it stands; it takes its place last.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from tablero.workbook_templates.portfolio import dataset_parts as parts
from tablero.workbook_templates.portfolio.dataset_snapshot import run_of
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "_manifest.parquet"
PARTS = ".parts"
SUMMARY, PAGE = "summary.xlsx", "page.html"
"""What people read, made from the tables."""
FORMAT = 2
"""Of parts and manifest; raised when an older Tablero's are not to be read any more."""
FILE = "part-0.parquet"
_ABOUT = b"tablero.about"


@dataclass(frozen=True)
class Asked:
    """What was asked of every file; the answers to another question are other parts."""

    period: str = "shown"
    language: str = "en"

    @property
    def digest(self) -> str:
        """A name for the question, and for the version of Tablero that is asked."""
        told = json.dumps([FORMAT, version("tablero"), self.period, self.language, _columns()])
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def _columns() -> list[list[str]]:
    """A data set with other columns is another one."""
    return [[name, *schema.names] for name, schema in SCHEMAS.items()]


@dataclass(frozen=True)
class DataSet:
    """A folder with the tables of a portfolio."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """The file that says what is in the data set."""
        return self.folder / MANIFEST

    @property
    def exists(self) -> bool:
        """Whether a run has come to an end here."""
        return self.manifest.exists()

    @property
    def has_tables(self) -> bool:
        """Whether there is something to read; a copy for others has nothing but tables."""
        return all(self.table(name).exists() for name in SCHEMAS)

    @property
    def is_ours(self) -> bool:
        """Whether the folder is empty, missing, or holds a data set, be it unfinished."""
        marks = (self.manifest, self.folder / PARTS)
        return any(one.exists() for one in marks) or not (
            self.folder.exists() and any(self.folder.iterdir())
        )

    def refuse_files(self) -> None:
        """Refuse a file where a folder is to be.

        Raises
        ------
        ProblemsError
            The folder, or one above it, is a file.
        """
        there = next((one for one in (self.folder, *self.folder.parents) if one.exists()), None)
        if there and not there.is_dir():
            raise ProblemsError([Problem("portfolio_out_file", values={"name": str(there)})])

    def table(self, name: str) -> Path:
        """The file of a table."""
        return self.folder / name / FILE

    def parts(self, asked: Asked) -> Path:
        """The folder with the answers to a question."""
        return self.folder / PARTS / asked.digest

    def remembered(self, asked: Asked) -> Memory:
        """What former runs know, that came to an end and that did not."""
        whole = frozenset(parts.whole(self.parts(asked)))
        folder = self.parts(asked)
        if not self.exists:
            return Memory(folder, None, {}, whole)
        rows, about = self._listed()
        if about.get("digest") != asked.digest:
            return Memory(folder, None, about, whole)
        if run_of(map(self.table, SCHEMAS)) != about.get("run"):
            # A publication was interrupted, or a table is damaged: they are made anew.
            about |= {"complete": False}
        is_there = [name in whole for name in rows.column("part").to_pylist()]
        return Memory(folder, rows.filter(is_there), about, whole)

    def _listed(self) -> tuple[pa.Table, dict[str, object]]:
        """The lines of the manifest and what it is about; nothing where it is damaged."""
        import pyarrow as pa  # noqa: PLC0415 - only a portfolio needs it
        from pyarrow import parquet  # noqa: PLC0415 - likewise

        try:
            with parquet.ParquetFile(self.manifest) as file:  # read_table would load pandas
                rows = file.read()
        except (pa.ArrowException, OSError):
            return None, {}
        return rows, json.loads((rows.schema.metadata or {}).get(_ABOUT, b"{}"))

    def tidy(self, asked: Asked, names: Iterable[str]) -> None:
        """Remove all parts but these."""
        kept, folder = set(names), self.parts(asked)
        for one in (self.folder / PARTS).glob("*"):
            if one != folder:
                shutil.rmtree(one, ignore_errors=True)
        for one in folder.glob("*"):
            if one.name not in kept:
                with suppress(OSError):
                    one.unlink()


@dataclass(frozen=True)
class Memory:
    """What former runs have read in answer to the same question."""

    folder: Path
    """With their parts."""
    rows: pa.Table | None
    """The manifest; None where there is none, or one for another question."""
    about: Mapping[str, object]
    whole: frozenset[str]
    """The names of parts that are as they were written."""

    @cached_property
    def unlisted(self) -> pa.Table:
        """The files in parts that no manifest lists: of runs that were interrupted."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        listed = set() if self.rows is None else set(self.rows.column("part").unique().to_pylist())
        found = [manifest_schema().empty_table()]
        found.extend(rows_of(self.folder / name) for name in sorted(self.whole - listed))
        return pa.concat_tables(found)


def manifest_schema() -> pa.Schema:
    """The table of files with what a later run wants to know, and the part in which each stands."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    return parts.files_schema().append(pa.field("part", pa.string()))


def rows_of(part: Path) -> pa.Table:
    """The files of a part, as lines of a manifest."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    _, files = next(parts.unpacked(part))
    names = pa.array([part.name] * len(files), pa.string())
    table = files.append_column("part", names).cast(manifest_schema())
    return table.replace_schema_metadata(None)


def write_manifest(path: Path, rows: pa.Table, about: Mapping[str, object]) -> None:
    """Write the lines of a manifest with what it is about."""
    from pyarrow import parquet  # noqa: PLC0415 - as above

    told = {_ABOUT: json.dumps(about).encode()}
    parquet.write_table(rows.replace_schema_metadata(told), path)
