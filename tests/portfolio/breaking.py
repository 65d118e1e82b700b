"""A portfolio as it can be found: beside good workbooks, every kind of file that is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import xlsxwriter

from tablero.workbook_templates.portfolio.population import Sampled
from tests.safety.attacks import ATTACKS, SHEET
from tests.safety.mutating import unzipped, zipped
from tests.safety.seeds import small_workbook

OLD = Path(__file__).parents[1] / "closing" / "data" / "schema-1.xlsx"
COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
SLOW_TO_MAKE = {
    "a part of 201 MB", "a part larger than it says", "a million attributes", "a million cells",
    "a third of a million cells", "a text of 100 MB", "twenty thousand arrays over everything",
    "a million styles", "a million shared texts", "a million names",
    "formulas that ask each other",
}  # fmt: skip
"""Attacks that take more than a moment; each of them is looked at in ``tests/safety``."""

Spoil = Callable[[bytes], bytes]


def _with_memory(old: bytes, new: bytes) -> Spoil:
    """The hidden sheet's text written otherwise."""

    def spoil(content: bytes) -> bytes:
        parts = unzipped(content)
        changed = {
            name: part.replace(old, new) if name.endswith(".xml") else part
            for name, part in parts.items()
        }
        assert changed != parts
        return zipped([*changed.items()])

    return spoil


def _flipped(content: bytes) -> bytes:
    """A disk that went wrong in the middle of the sheet of inputs."""
    with ZipFile(BytesIO(content)) as archive:
        part = archive.getinfo(SHEET)
    data, middle = bytearray(content), part.header_offset + part.compress_size // 2
    for place in range(middle, middle + 60):
        data[place] ^= 0x5A
    return bytes(data)


def _document(content: bytes) -> bytes:
    """A letter under a workbook's name."""
    return zipped([("word/document.xml", content[:10])])


def _without(part: str) -> Spoil:
    return lambda content: zipped(
        [(name, data) for name, data in unzipped(content).items() if name != part]
    )


SPOILED: dict[str, Spoil] = {
    "empty": lambda _: b"",
    "a text": lambda _: b"month;sales\n1;200\n",
    "an old workbook": lambda _: COMPOUND + b"Workbook",
    "encrypted": lambda _: COMPOUND + "EncryptedPackage".encode("utf-16-le"),
    "a document": _document,
    "half a download": lambda content: content[: len(content) // 2],
    "a tenth of one": lambda content: content[: len(content) // 10],
    "a broken disk": _flipped,
    "a web page": lambda _: b"<!DOCTYPE html><html><body>Please log in</body></html>",
    "zeros": lambda content: bytes(len(content)),
    "only the beginning of a zip": lambda _: b"PK\x03\x04",
    "no workbook part": _without("xl/workbook.xml"),
    "no relations": _without("xl/_rels/workbook.xml.rels"),
    "a newer scorecard": _with_memory(b'"schema": ', b'"schema": 9'),
    "another program's memory": _with_memory(b'"mark": "tablero"', b'"mark": "somebody"'),
}
"""What becomes of good workbooks; none of it can be read."""


@dataclass(frozen=True)
class Bad:
    """A portfolio with all that is wrong in it."""

    folder: Path
    good: tuple[Path, ...]
    refused: tuple[Path, ...]
    """Files that cannot be read."""
    either: tuple[Path, ...]
    """Files built to do harm, of which one or the other can still be read."""
    replaced: tuple[Path, ...]
    """Older copies of a company's workbook."""
    ignored: tuple[Path, ...]
    """Files that are no workbooks by their names."""
    old: tuple[Path, ...]
    """Workbooks of an earlier schema."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Every file that a portfolio has to account for."""
        return (*self.good, *self.refused, *self.either, *self.replaced, *self.old)


def bad_portfolio(folder: Path, made: Sequence[Sampled]) -> Bad:
    """Lay beside good workbooks, in folders of their own, one of each kind that is not.

    ``folder`` is the one in which the good ones are.
    """
    good = tuple(one.path for one in made)
    small = small_workbook("portable.xlsx", folder.parent)
    attacks = _attacks(folder / "attacks", unzipped(small.read_bytes()))
    return Bad(
        folder,
        good,
        (*_spoiled(folder / "spoiled", good), *_others(folder / "others")),
        attacks,
        _copies(folder / "copies", good[:5]),
        _ignored(folder / "ignored", good[0]),
        _old(folder / "old"),
    )


def _spoiled(folder: Path, good: Sequence[Path]) -> tuple[Path, ...]:
    folder.mkdir()
    paths = []
    for number, (name, spoil) in enumerate(SPOILED.items()):
        path = folder / f"{name}.xlsx"
        path.write_bytes(spoil(good[number % len(good)].read_bytes()))
        paths.append(path)
    return tuple(paths)


def _others(folder: Path) -> tuple[Path, ...]:
    """A workbook of another program."""
    folder.mkdir()
    path = folder / "sales.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet().write("A1", "Sales")
    return (path,)


def _attacks(folder: Path, parts: dict[str, bytes]) -> tuple[Path, ...]:
    folder.mkdir()
    paths = []
    for name in sorted(ATTACKS.keys() - SLOW_TO_MAKE):
        path = folder / f"{name}.xlsx"
        path.write_bytes(ATTACKS[name](parts))
        paths.append(path)
    return tuple(paths)


def _copies(folder: Path, good: Sequence[Path]) -> tuple[Path, ...]:
    """Older copies under other names, as people keep them."""
    folder.mkdir()
    paths = []
    for path in good:
        copy = folder / f"Copy of {path.name}"
        shutil.copy(path, copy)
        os.utime(copy, (1, 1))
        paths.append(copy)
    return tuple(paths)


def _ignored(folder: Path, good: Path) -> tuple[Path, ...]:
    """Locks, backups, hidden and half-written files, and what is called otherwise."""
    folder.mkdir()
    names = (
        f"~${good.name}", f".~lock.{good.name}#", ".hidden.xlsx", "notes.txt", "figures.csv",
        "acme.backup-20250101-120000.xlsx", "old.xls",
    )  # fmt: skip
    for name in names:
        (folder / name).write_bytes(good.read_bytes()[:200])
    (folder / "a folder.xlsx").mkdir()
    return tuple(folder / name for name in names)


def _old(folder: Path) -> tuple[Path, ...]:
    folder.mkdir()
    return (Path(shutil.copy(OLD, folder / "schema-1.xlsx")),)
