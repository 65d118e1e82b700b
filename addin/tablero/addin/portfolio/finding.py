"""Finding workbooks: in folders, by patterns, behind URLs; each once, whatever leads to it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from glob import glob, has_magic
from pathlib import Path
from typing import Any, NamedTuple

from tablero.addin.portfolio.addresses import is_web, name_of, without_secrets
from tablero.addin.portfolio.reaching import completed, is_missing, moment, reached, stamp, told_of
from tablero.addin.portfolio.stores import Patience, SlowError, Store, patiently, reason
from tablero.workbook_templates.portfolio.dataset import MANIFEST, SUMMARY
from tablero.workbook_templates.problems import Problem, ProblemsError

_ENDINGS = (".xlsx", ".xlsm")
# Locks of programs, what is hidden or not finished, and backups of ours.
_NO_WORKBOOK = re.compile(r"[~.]|.*\.backup-\d{8}-\d{6}(?:-\d+)?(?:\.\w+)?$")
_URL = re.compile(r"[A-Za-z][\w+.-]+(?:://|::)")


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
        if self.problems and not self.entries:
            raise ProblemsError(self.problems)
        self._seen.clear()  # every path again, which nobody asks for any more
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
            raise _nowhere(place)
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

    def _look_far(self, url: str) -> None:
        """Behind a URL; a store that does not answer is told."""
        place = without_secrets(url)
        try:
            store, path = reached(url, self.patience)
            self.stores.append(store)
            self._look_into(path, is_pattern=_is_pattern(url))
        except ProblemsError:
            raise
        except Exception as defect:  # noqa: BLE001 - every store has errors of its own
            if is_missing(defect):
                raise _nowhere(place) from None
            self.problems.append(told_of(defect, place, self.patience))

    def _look_into(self, path: str, *, is_pattern: bool) -> None:
        filesystem, folders = self.stores[-1].filesystem, list[str]()
        if is_pattern:
            found = patiently(lambda: filesystem.glob(path, detail=True), self.patience)
            self._sort_out_far(found.values(), folders)
        elif _may_be_page(path) and patiently(lambda: filesystem.isdir(path), self.patience):
            folders.append(path)
        else:
            facts = patiently(lambda: filesystem.info(path), self.patience)
            facts = {"name": path, **facts}
            if facts["type"] == "directory":
                folders.append(facts["name"])
            else:
                self._take_far(facts)
        self._walk_far(folders)

    def _sort_out_far(self, found: Iterable[dict[str, Any]], folders: list[str]) -> None:
        """Take what is called like a workbook; folders are to be walked."""
        files = []
        for one in found:
            if one["type"] == "directory":
                folders.append(one["name"])
            elif is_workbook(name_of(one["name"])):
                files.append(one)
        for one in completed(self.stores[-1], files):
            self._take_far(one)

    def _walk_far(self, waiting: list[str]) -> None:
        """All workbooks of some folders of a store and those below; each folder once."""
        store = self.stores[-1]
        while waiting:
            here = waiting.pop()
            if store.address(here) not in self._seen:
                self._seen.add(store.address(here))
                self._sort_out_far(self._listed(store, here), waiting)

    def _listed(self, store: Store, folder: str) -> list[dict[str, Any]]:
        """What lies in a folder of a store; nothing, and a problem, where that is not told."""
        try:
            listed = patiently(lambda: store.filesystem.ls(folder, detail=True), self.patience)
            own = folder.rstrip("/")
            found = [one for one in listed if one["name"].rstrip("/") != own]
            return [one for one in found if not name_of(one["name"]).startswith(".")]
        except Exception as defect:  # noqa: BLE001 - every store has errors of its own
            self._tell("portfolio_folder_unreadable", store.address(folder), defect)
            return []

    def _take_far(self, facts: dict[str, Any]) -> None:
        path, number = str(facts["name"]), len(self.stores) - 1
        address = self.stores[number].address(path)
        if address not in self._seen:
            self._seen.add(address)
            size = int(facts.get("size") or 0)
            self.entries.append(Entry(address, path, number, size, moment(facts), stamp(facts)))

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


def _nowhere(place: str) -> ProblemsError:
    return ProblemsError([Problem("portfolio_nowhere", values={"place": place})])


def _is_pattern(url: str) -> bool:
    """Whether a URL stands for several; a question mark begins the query of a page."""
    own = url.partition("::")[0]
    return has_magic(own.replace("?", "") if is_web(own) else own)


def _may_be_page(path: str) -> bool:
    """Whether a path may lead to a page that lists files; of that the web says nothing."""
    return is_web(path) and not is_workbook(name_of(path))
