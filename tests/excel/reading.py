"""Reads VBA projects back, by programs that know nothing of ours."""

from __future__ import annotations

import importlib
import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import Any

import olefile  # type: ignore[import-untyped]
import openpyxl


def olevba() -> Any:
    """oletools' reader, which uses an old name of another package's on being imported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return importlib.import_module("oletools.olevba")


def sources(path: Path) -> dict[str, str]:
    """The source of each module of a file with macros, by name."""
    reader = olevba().VBA_Parser(str(path))
    try:
        found = {stream.rpartition("/")[2]: code for _, stream, _, code in reader.extract_macros()}
    finally:
        reader.close()
    return {name: same_ends(code) for name, code in found.items()}


def same_ends(source: str) -> str:
    """A source with lines that end alike, and none empty at its end."""
    return re.sub(r"\r\n|\r|\n", "\n", source).rstrip("\n")


def project(path: Path) -> bytes:
    """The VBA project in a workbook."""
    with zipfile.ZipFile(path) as package:
        return package.read("xl/vbaProject.bin")


def opened(content: bytes) -> Any:
    """A compound file, every defect an error."""
    return olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_POTENTIAL)


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """What the cells of a sheet hold, row by row, formulas by their results."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of data bars, which it does not know
            return list(book[sheet].iter_rows(values_only=True))
    finally:
        book.close()
