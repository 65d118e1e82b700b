"""Workbooks of made-up clients, stores that misbehave, and what stands in a data set."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]
from fsspec.implementations.memory import MemoryFileSystem  # type: ignore[import-untyped]

from tablero.addin.portfolio.gathering import Gathered, Progress, Wish, gather
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.workbook import new_workbook

Tables = Mapping[str, list[str]]


def client(path: Path, name: str, **company: Any) -> Path:
    """The workbook of a company called ``name``, with figures."""
    path.parent.mkdir(parents=True, exist_ok=True)
    definition = load_template("cano")
    changed = definition.company.model_copy(update={"name": name, **company})
    definition = definition.model_copy(update={"company": changed})
    new_workbook(definition, path, dialect="plain")
    return path


def saved_at(path: Path, second: int) -> None:
    """Say that a file was saved at a moment."""
    os.utime(path, (second, second))


def quietly(_done: int, _total: int) -> None:
    """Nobody looks on."""


def run(
    places: Sequence[Path | str], out: Path, progress: Progress = quietly, **wish: Any
) -> Gathered:
    """A run over some places."""
    return gather(Wish([str(place) for place in places], out, **wish), progress)


def tables(out: Path) -> Tables:
    """The lines of every table of a data set, in an order of their own, to the last digit."""
    found = {}
    for name in SCHEMAS:
        table = pq.read_table(out / name)
        if "seconds" in table.column_names:
            table = table.drop_columns(["seconds"])
        found[name] = sorted(map(repr, table.to_pylist()))
    return found


def column(out: Path, table: str, name: str) -> list[Any]:
    """The values of a column."""
    values: list[Any] = pq.read_table(out / table).column(name).to_pylist()
    return values


class FailingStore(MemoryFileSystem):  # type: ignore[misc]
    """A store in which the names of files say how they misbehave."""

    protocol = "failing"
    store: dict[str, Any] = {}  # noqa: RUF012 - as the class above has it
    pseudo_dirs: list[str] = [""]  # noqa: RUF012 - likewise
    asked: dict[str, int] = {}  # noqa: RUF012 - counted over all instances

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(path.replace("failing://", "memory://")))

    def _open(self, path: str, mode: str = "rb", *arguments: Any, **options: Any) -> Any:
        if mode == "rb":
            self._misbehave(path)
        return super()._open(path, mode, *arguments, **options)

    def _misbehave(self, path: str) -> None:
        times = self.asked[path] = self.asked.get(path, 0) + 1
        if "sleeps" in path:
            time.sleep(30)
        if "breaks" in path or ("once" in path and times == 1):
            raise ConnectionError("line cut")

    def ls(self, path: str, detail: bool = True, **options: Any) -> Any:  # noqa: FBT001, FBT002
        if path.rstrip("/").endswith("locked"):
            raise PermissionError("no entry")
        return super().ls(path, detail=detail, **options)


class DeadlyStore(LocalFileSystem):  # type: ignore[misc]
    """The files of this machine, of which some end whoever opens them."""

    protocol = ("deadly",)

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(super()._strip_protocol(str(path).removeprefix("deadly://")))

    def unstrip_protocol(self, name: str) -> str:
        return f"deadly://{name}"

    def _open(self, path: str, *arguments: Any, **options: Any) -> Any:
        if path.endswith("deadly.xlsx"):
            os._exit(1)
        return super()._open(path, *arguments, **options)
