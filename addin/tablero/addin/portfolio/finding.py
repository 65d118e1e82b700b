"""Finding workbooks: in folders, by patterns, behind URLs; each once, whatever leads to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from glob import glob, has_magic
from pathlib import Path
from typing import Any, NamedTuple

from tablero.addin.portfolio.stores import Patience, SlowError, Store, name_of, patiently, reason
from tablero.workbook_templates.portfolio.dataset import MANIFEST, SUMMARY
from tablero.workbook_templates.problems import Problem, ProblemsError

_ENDINGS = (".xlsx", ".xlsm")
# Locks of programs, what is hidden or not finished, and backups of ours.
_NO_WORKBOOK = re.compile(r"[~.]|.*\.backup-\d{8}-\d{6}(?:-\d+)?(?:\.\w+)?$")
_URL = re.compile(r"[A-Za-z][\w+.-]+(?:://|::)")
_STAMPS = ("mtime", "LastModified", "last_modified", "modified", "updated", "created", "date_time")
_DIGESTS = ("ETag", "etag", "md5Hash", "checksum", "CRC")


class Entry(NamedTuple):
    """A file that was found."""

    address: str
    """Its path or URL, as people write it."""
    path: str
    """As its store calls it."""
    store: int
    """The number of its store, in the order in which stores were named."""
    size: int
    mtime: float
    """When it was saved, in seconds since 1970; not a number where nobody knows."""
    stamp: str
    """By what its store tells its versions apart; empty where only the time does."""


@dataclass
class Finding:
    """What lies under the places that were named."""

    out: Path | None = None
    """The folder of the data set, in which nothing is looked for."""
    patience: Patience = field(default_factory=Patience)
    stores: list[Store] = field(default_factory=lambda: [Store()])
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def look(self, places: Iterable[str]) -> Finding:
        """Look everywhere; what cannot be looked into is told, and stops nothing.

        Raises
        ------
        ProblemsError
            A place does not exist, or no program to reach it is installed.
        """
        for place in places:
            if _URL.match(place) and not place.startswith("file:"):
                self._look_far(place)
            else:
                self._look_here(re.sub("^file:(?://)?", "", place))
        self.entries.sort()
        self.problems.sort(key=lambda problem: problem.file)
        return self

    def _look_here(self, place: str) -> None:
        path = Path(place).expanduser()
        paths = [path] if path.exists() or path.is_symlink() else []
        if not paths and has_magic(place):
            paths = sorted(map(Path, glob(str(path), recursive=True)))  # noqa: PTH207 - from any root
            paths = [one for one in paths if one.is_dir() or self._is_meant(one)]
        elif not paths:
            raise ProblemsError([Problem("portfolio_nowhere", values={"place": place})])
        for one in paths:
            if one.is_dir():
                self._walk(one)
            else:
                self._take(str(one))

    def _is_meant(self, path: Path) -> bool:
        """Whether a pattern that matches a file is meant to."""
        return is_workbook(path.name) and not self._is_output(os.path.realpath(path.parent))

    def _walk(self, folder: Path) -> None:
        """All workbooks of a folder and those below it; a folder that was seen is not entered.

        Nor are data sets; who names one means the workbooks of others that lie in it.
        """
        root = os.path.realpath(folder)
        waiting = [root]
        while waiting:
            here = waiting.pop()
            is_output = self._is_output(here)
            if here in self._seen or (is_output and here != root):
                continue
            self._seen.add(here)
            if is_output:
                self._seen.add(str(Path(here, SUMMARY)))
            try:
                with os.scandir(here) as listed:
                    for one in listed:
                        waiting.extend(self._sorted_out(one))
            except OSError as defect:
                self._tell("portfolio_folder_unreadable", here, defect)

    def _is_output(self, folder: str) -> bool:
        """Whether it is the folder of a data set, this one or another."""
        is_out = self.out is not None and folder == os.path.realpath(self.out)
        return is_out or os.path.exists(os.path.join(folder, MANIFEST))  # noqa: PTH110, PTH118 - of a folder without rights pathlib raises

    def _sorted_out(self, one: os.DirEntry[str]) -> Iterator[str]:
        """A folder to be walked; a workbook is taken, all else left."""
        if one.name.startswith("."):
            return
        try:
            if one.is_dir():
                yield os.path.realpath(one.path) if one.is_symlink() else one.path
            elif is_workbook(one.name):
                self._take(one.path, None if one.is_symlink() else one.stat)
        except OSError as defect:
            self._tell("portfolio_file_unreadable", one.path, defect)

    def _take(self, path: str, stat: Callable[[], os.stat_result] | None = None) -> None:
        """A file of this machine, unless another path led to it before."""
        real = path if stat else os.path.realpath(path)
        if real in self._seen:
            return
        self._seen.add(real)
        try:
            facts = stat() if stat else Path(real).stat()
        except OSError as defect:
            self._tell("portfolio_file_unreadable", path, defect)
            return
        self.entries.append(Entry(real, real, 0, facts.st_size, facts.st_mtime, ""))

    def _look_far(self, place: str) -> None:
        """Behind a URL; a store that does not answer is told."""
        filesystem, path = _reached(place)
        beyond = "".join(place.partition("::")[1:]) if filesystem.protocol != "file" else ""
        self.stores.append(Store(filesystem, beyond, self.patience))
        try:
            self._look_into(path, is_pattern=has_magic(place.partition("::")[0]))
        except FileNotFoundError:
            raise ProblemsError([Problem("portfolio_nowhere", values={"place": place})]) from None
        except Exception as defect:  # noqa: BLE001 - every store has errors of its own
            self._tell("portfolio_folder_unreadable", place, defect)

    def _look_into(self, path: str, *, is_pattern: bool) -> None:
        filesystem = self.stores[-1].filesystem
        if is_pattern:
            found = patiently(lambda: filesystem.glob(path, detail=True), self.patience)
            facts = list(found.values())
        else:
            facts = [patiently(lambda: filesystem.info(path), self.patience)]
            facts[0].setdefault("name", path)
            if facts[0]["type"] != "directory":
                self._take_far(facts[0])
                return
        waiting = [one["name"] for one in facts if one["type"] == "directory"]
        for one in facts:
            if one["type"] != "directory" and is_workbook(name_of(one["name"])):
                self._take_far(one)
        self._walk_far(waiting)

    def _walk_far(self, waiting: list[str]) -> None:
        store = self.stores[-1]
        while waiting:
            here = waiting.pop()
            if store.address(here) in self._seen:
                continue
            self._seen.add(store.address(here))
            for one in self._listed(store, here):
                name = name_of(one["name"])
                if name.startswith(".") or one["name"].rstrip("/") == here.rstrip("/"):
                    continue
                if one["type"] == "directory":
                    waiting.append(one["name"])
                elif is_workbook(name):
                    self._take_far(one)

    def _listed(self, store: Store, folder: str) -> list[dict[str, Any]]:
        """What lies in a folder of a store; nothing, and a problem, where that is not told."""
        try:
            listed = patiently(lambda: store.filesystem.ls(folder, detail=True), self.patience)
        except Exception as defect:  # noqa: BLE001 - every store has errors of its own
            self._tell("portfolio_folder_unreadable", store.address(folder), defect)
            return []
        return list(listed)

    def _take_far(self, facts: dict[str, Any]) -> None:
        path, number = str(facts["name"]), len(self.stores) - 1
        address = self.stores[number].address(path)
        if address not in self._seen:
            self._seen.add(address)
            size, mtime = int(facts.get("size") or 0), _moment(facts)
            self.entries.append(Entry(address, path, number, size, mtime, _stamp(facts)))

    def _tell(self, code: str, place: str, defect: BaseException) -> None:
        values = {"name": name_of(place), "reason": reason(defect)}
        if isinstance(defect, SlowError):
            code, values["seconds"] = "portfolio_slow", str(round(self.patience.seconds))
        self.problems.append(Problem(code, values=values, file=place))


def is_workbook(name: str) -> bool:
    """Whether a file is called as workbooks are that people work on.

    >>> [is_workbook(name) for name in ("acme.xlsx", "~$acme.xlsx", "acme.csv", ".acme.xlsx")]
    [True, False, False, False]
    >>> is_workbook("acme.backup-20260131-180000.xlsx")
    False
    """
    return name.lower().endswith(_ENDINGS) and not _NO_WORKBOOK.match(name)


def _reached(url: str) -> tuple[Any, str]:
    """The file system behind a URL, and the path in it."""
    # Only where there is a URL; it ships without types.
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # noqa: PLC0415

    values = {"place": url}
    try:
        filesystem, path = url_to_fs(url)
    except ImportError as defect:
        values["package"] = getattr(defect.__cause__, "name", None) or str(defect)
        raise ProblemsError([Problem("portfolio_package", values=values)]) from defect
    except FileNotFoundError as defect:
        raise ProblemsError([Problem("portfolio_nowhere", values=values)]) from defect
    except Exception as defect:
        values["reason"] = reason(defect)
        raise ProblemsError([Problem("portfolio_url", values=values)]) from defect
    return filesystem, str(path)


def _moment(facts: dict[str, Any]) -> float:
    """When a file was saved, as far as its store says."""
    for name in _STAMPS:
        value = facts.get(name)
        if isinstance(value, int | float):
            return float(value)
        if isinstance(value, datetime):
            return value.timestamp()
    return float("nan")


def _stamp(facts: dict[str, Any]) -> str:
    """What changes with a file; a digest of the store's own is better than a time."""
    digests = (facts[name] for name in _DIGESTS if facts.get(name))
    moments = (facts[name] for name in _STAMPS if facts.get(name))
    return str(next(digests, None) or next(moments, ""))
