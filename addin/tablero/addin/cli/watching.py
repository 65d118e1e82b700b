"""Watching a folder: page and paper of each workbook in it are made anew when it is saved.

A look at the folder decides what is to be made; the system's notices only say when to look. So a
folder on a server, which sends none, is kept current too, a moment later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from rich.console import Console

from tablero.addin.cli.fitting import complain
from tablero.addin.cli.running import FINE, confess, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, terminal
from tablero.addin.cli.watched import Folder, Version, is_workbook
from tablero.addin.publishing import ENDINGS, Kind, Logo, made, put, refreshing, report_of
from tablero.workbook_templates import saving
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.reports.report import Report

_LOOKS_APART = 1000
"""Milliseconds between two looks where the system tells nothing."""
_QUIET = 300
"""Milliseconds to wait for the next of several notices of one saving."""


@dataclass(frozen=True)
class Wish:
    """What is to be made, and where; by default both, beside their workbook."""

    kinds: tuple[Kind, ...]
    output: Path | None = None
    refresh: int | None = None
    """Seconds after which a browser is to load the page anew."""


def watch(folder: Path, wish: Wish, lang: str | None) -> int:
    """Keep the reports of a folder's workbooks current until somebody ends it; the exit code."""
    from watchfiles import watch as notices  # noqa: PLC0415 - for this alone

    output = wish.output or folder
    with wrong_use():
        for one in (folder, output):
            _refuse_no_folder(one)
        saving.check_target(output / "x.html", force=True, ending=".html")
    whole = replace(wish, kinds=wish.kinds or tuple(ENDINGS), output=output)
    watcher = _Watch(Folder(folder), whole, lang)
    try:
        watcher.begin()
        for _ in notices(
            folder,
            watch_filter=lambda _, name: is_workbook(Path(name)),
            debounce=_QUIET,
            rust_timeout=_LOOKS_APART,
            yield_on_timeout=True,
            recursive=False,
            ignore_permission_denied=True,
        ):
            watcher.look()
    except KeyboardInterrupt:
        show(terminal(), told("watch.ended", users_language(lang)))
    return FINE


def _refuse_no_folder(path: Path) -> None:
    if not path.is_dir():
        code = "watch_file" if path.exists() else "watch_missing"
        raise ProblemsError([Problem(code, values={"folder": str(path)})])


@dataclass
class _Watch:
    """Makes what is due, and tells of it in a line each."""

    folder: Folder
    wish: Wish
    lang: str | None
    console: Console = field(default_factory=terminal)
    is_lost: bool = False
    """Whether the folder cannot be looked into now, as when a server is away."""

    @property
    def language(self) -> str:
        """Of whoever looks on."""
        return users_language(self.lang)

    def begin(self) -> None:
        """Say what is watched, and make what is older than its workbook."""
        found = self.folder.versions()
        for version in found:
            if all(version.is_older_than(self._target(version, kind)) for kind in self.wish.kinds):
                self.folder.settle(version)
        place = self.folder.path.absolute()
        show(self.console, told("watch.begun", self.language, folder=place, count=len(found)))
        self.look()

    def look(self) -> None:
        """Make anew what was saved since the last look; nothing ends the watch."""
        try:
            due = self.folder.due()
        except OSError as defect:
            if not self.is_lost:
                confess(defect, self.language)
            self.is_lost = True
            return
        self.is_lost = False
        for version in due:
            try:
                self._bring(version)
            except ProblemsError as refused:
                if self.folder.is_final(version, refused.problems):
                    self._complain(refused.problems)
            except Exception as defect:  # noqa: BLE001 - one workbook must not end the others' watch
                self.folder.settle(version)
                confess(defect, self.language)

    def _bring(self, version: Version) -> None:
        begun = perf_counter()
        reading = read_workbook(version.path)
        report = report_of(reading, Logo.of(version.path).picture, language=self.lang)
        if not version.is_present:
            return  # it was saved again meanwhile, and is due at the next look
        self.folder.settle(version)
        names = [name for kind in self.wish.kinds for name in self._made(report, version, kind)]
        if names:
            self._tell(version, names, report.problems, perf_counter() - begun)

    def _made(self, report: Report, version: Version, kind: Kind) -> list[str]:
        """The name of a file that was made; where it cannot be, the other one still can."""
        target = self._target(version, kind)
        try:
            content = made(report, kind).content
            if kind == "html" and self.wish.refresh:
                content = refreshing(content, self.wish.refresh)
            with saving.told(target):
                put(content, target)
        except ProblemsError as refused:
            self._complain(refused.problems)
            return []
        return [target.name]

    def _target(self, version: Version, kind: Kind) -> Path:
        """Its name stays the same through the year, so that a screen can show it."""
        output = self.wish.output or self.folder.path
        return output / f"{version.path.stem}{ENDINGS[kind]}"

    def _tell(
        self, version: Version, names: list[str], problems: Iterable[Problem], seconds: float
    ) -> None:
        count = sum(problem.severity != "note" for problem in problems)
        values = {"file": version.path.name, "made": ", ".join(names), "time": _now()}
        line = told("watch.made", self.language, seconds=round(seconds, 1), **values)
        more = told("watch.problems", self.language, count=count) if count else ""
        show(self.console, " · ".join(filter(None, (line, more))))

    def _complain(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            severity = told(f"severity.{problem.severity}", self.language)
            complain(f"{_now()}  {severity}: {problem.sentence(self.language)}")


def _now() -> str:
    return f"{datetime.now().astimezone():%H:%M:%S}"
