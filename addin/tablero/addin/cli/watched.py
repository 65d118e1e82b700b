"""The workbooks of a watched folder: which of them were saved since they were last looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from tablero.workbook_templates.problems import Problem

_ENDINGS = {".xlsx", ".xlsm"}
# Locks of Excel, what programs have not finished yet, and backups of ours.
_NO_WORKBOOK = re.compile(r"[~.]|.*\.backup-\d{8}-\d{6}(?:-\d+)?\.\w+$")
# How a workbook looks that is still being written.
_UNFINISHED = {"file_empty", "file_damaged", "file_no_workbook", "file_unreadable"}
_GONE = "file_missing"
_FOREIGN = "not_a_scorecard"
_PATIENCE = 2.0
"""Seconds that a version may stay unreadable until that is told."""


def is_workbook(path: Path) -> bool:
    """Whether a file is called as workbooks are that people work on.

    >>> [is_workbook(Path(name)) for name in ("acme.xlsx", "~$acme.xlsx", "acme.html")]
    [True, False, False]
    """
    return path.suffix.lower() in _ENDINGS and not _NO_WORKBOOK.match(path.name)


@dataclass(frozen=True)
class Version:
    """A workbook as it was saved once."""

    path: Path
    saved: int
    """When, in nanoseconds."""
    size: int
    number: int
    """The number that the disk gave the file: another one when it was replaced."""

    @classmethod
    def of(cls, path: Path) -> Version:
        """The present version."""
        found = path.stat()
        return cls(path, found.st_mtime_ns, found.st_size, found.st_ino)

    @property
    def is_present(self) -> bool:
        """Whether the file has not been saved again since."""
        try:
            return Version.of(self.path) == self
        except OSError:
            return False

    def is_older_than(self, file: Path) -> bool:
        """Whether a file was written after this version."""
        try:
            return self.saved <= file.stat().st_mtime_ns
        except OSError:
            return False


@dataclass
class Folder:
    """A folder, and which versions of its workbooks are done with."""

    path: Path
    _settled: dict[Path, Version] = field(default_factory=dict)
    _unread: dict[Version, float] = field(default_factory=dict)
    """Versions that could not be read, and since when."""
    _foreign: set[Path] = field(default_factory=set)

    def versions(self) -> list[Version]:
        """The present version of each workbook, by name."""
        found = []
        for path in sorted(self.path.iterdir()):
            if is_workbook(path) and path.is_file():
                try:
                    found.append(Version.of(path))
                except FileNotFoundError:  # it is replaced at this moment
                    continue
        return found

    def due(self) -> list[Version]:
        """The versions with which nothing was done yet."""
        return [one for one in self.versions() if self._settled.get(one.path) != one]

    def settle(self, version: Version) -> None:
        """Do nothing more with a version."""
        self._settled[version.path] = version
        self._unread = {one: at for one, at in self._unread.items() if one.path != version.path}

    def is_final(self, version: Version, problems: Iterable[Problem]) -> bool:
        """Whether what is wrong with a version stays so and is to be told.

        What is still being written is looked at again for a while, what is gone is forgotten, and
        of a workbook that Tablero did not make one hears once.
        """
        codes = {problem.code for problem in problems}
        if _GONE in codes:
            return False
        if codes & _UNFINISHED:
            since = self._unread.setdefault(version, monotonic())
            if monotonic() - since < _PATIENCE:
                return False
        self.settle(version)
        if _FOREIGN not in codes:
            return True
        is_news = version.path not in self._foreign
        self._foreign.add(version.path)
        return is_news
