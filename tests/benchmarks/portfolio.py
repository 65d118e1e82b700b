"""Portfolios of many workbooks: rate, memory and cores, against pandas, LibreOffice, calamine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from statistics import fmean
from typing import Any

import psutil  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from tablero.workbook_templates.layout import STORE_SHEET
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.portfolio.company import Company, FileFacts, read_company
from tablero.workbook_templates.portfolio.population import population
from tablero.workbook_templates.portfolio.values import read_values
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.benchmarks.plain_script import strategy
from tests.benchmarks.rows import Fact, NotMeasured, Ratio, Row, Speedup
from tests.benchmarks.timing import Pair, in_turns, seconds

PANDAS_AT_LEAST, OFFICE_AT_LEAST = 10, 200
FLOOR_AT_MOST = 2
EFFICIENCY_AT_LEAST = 0.85
GROWTH_BELOW, AGAIN_BELOW = 0.10, 0.10
SAMPLE, OFFICE_SAMPLE = 40, 12
STRETCH = 2_000
"""Workbooks that are read one after the other: enough that most are of a make seen before."""
_LARGE = 10_000
"""Larger portfolios are read on all cores only, which takes long enough."""
_SAME = 1e-9
_END, _TO_COMMENT = b"PK\x05\x06", 20
"""How the end of an archive begins, and where in it the comment is."""
_TODAY = datetime.now().astimezone().date()
_CORES = os.cpu_count() or 1
_EVERY = 0.5
"""Seconds between two looks at the memory; to look takes a part of the time that is measured."""
_SHEETS = ("home", "inputs", "matrix", "settings")
_WORDS = {text(f"sheet.{sheet}", language) for sheet in _SHEETS for language in LANGUAGES}


@dataclass(frozen=True)
class Run:
    """A run of the command: how long it took and the most memory that its processes had."""

    files: int
    workers: int
    seconds: float
    peak: int
    largest: int
    """Bytes of the process that had most."""

    @property
    def rate(self) -> float:
        return self.files / self.seconds


def rows(home: Path, folder: Path, sizes: Sequence[int], distinct: int) -> Iterator[Row]:
    """Runs on all cores, on a single core, after ten changes; and the peers on a sample."""
    sizes = sorted(sizes)
    places = {size: _laid_out(home, size, distinct) for size in sizes}
    yield from _peers(places[max(size for size in sizes if size <= max(_LARGE, sizes[0]))], folder)
    runs = []
    for size, place in places.items():
        out = folder / f"out-{size}"
        runs.append(_run(place, out, size))
        yield _told(runs[-1])
        if size <= _LARGE:
            yield from _alone(place, folder / f"alone-{size}", runs[-1])
            yield _again(place, out, runs[-1])
    if len(runs) > 1:
        yield _memory(runs)


def _laid_out(home: Path, size: int, distinct: int) -> Path:
    """A folder with so many workbooks; larger ones are made of links into the smaller ones."""
    place = home / str(size)
    if not place.exists():
        population(size, place, seed=1, distinct=min(size, distinct))
    for path in place.rglob("*.xlsx"):
        path.read_bytes()  # else the first run would wait for the disk, and the others not
    return place


def _run(place: Path, out: Path, files: int, *options: str) -> Run:
    """The command as people call it, in a process of its own."""
    command = [sys.executable, "-m", "tablero.addin.cli", "portfolio", str(place), "-o", str(out)]
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watch = _Watch(process.pid)
    _, error = process.communicate()
    taken = time.perf_counter() - begun
    watch.stop()
    if process.returncode not in (0, 1):
        raise RuntimeError(error.decode()[-500:])
    return Run(files, 1 if options else _CORES, taken, watch.peak, watch.largest)


class _Watch:
    """Looks at the memory of a process and all those that it started, as long as they run."""

    def __init__(self, pid: int) -> None:
        self.peak = self.largest = 0
        self._process = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(_EVERY):
            with suppress(psutil.Error):
                those = [self._process, *self._process.children(recursive=True)]
                sizes = [_bytes(one) for one in those]
                self.peak = max(self.peak, sum(sizes))
                self.largest = max(self.largest, *sizes)


def _bytes(process: psutil.Process) -> int:
    with suppress(psutil.Error):
        return int(process.memory_info().rss)
    return 0


def _told(run: Run) -> Fact:
    what = f"portfolio of {run.files:,} workbooks, {run.workers} worker{'s'[: run.workers > 1]}"
    memory = f"{run.seconds:,.0f} s in all; peak {run.peak / 2**20:,.0f} MB"
    memory += f", largest process {run.largest / 2**20:,.0f} MB"
    each = run.rate / run.workers
    return Fact(what, memory, f"{run.rate:.0f}/s, {each:.0f}/s a core")


def _alone(place: Path, out: Path, both: Run) -> Iterator[Fact]:
    """The same on one core between two runs on all, for a machine's pace changes by a fifth."""
    alone = _run(place, out, both.files, "--workers", "1")
    yield _told(alone)
    after = _run(place, out.with_name(f"{out.name}-after"), both.files)
    share = alone.seconds / (fmean([both.seconds, after.seconds]) * both.workers)
    met = share >= EFFICIENCY_AT_LEAST
    what = f"efficiency on {both.workers} cores, {both.files:,} workbooks"
    yield Fact(what, "one process", f"{share:.0%}", f"≥ {EFFICIENCY_AT_LEAST:.0%}", met)


def _memory(runs: Sequence[Run]) -> Fact:
    least, most = runs[0], runs[-1]
    more = most.peak / least.peak - 1
    what = f"memory from {least.files:,} to {most.files:,} workbooks"
    against = f"{least.peak / 2**20:,.0f} MB to {most.peak / 2**20:,.0f} MB, all processes"
    return Fact(what, against, f"{more:+.0%}", f"< +{GROWTH_BELOW:.0%}", more < GROWTH_BELOW)


def _again(place: Path, out: Path, first: Run) -> Fact:
    """The same folder after ten changes."""
    for path in sorted(place.rglob("*.xlsx"))[:10]:
        content = path.read_bytes()
        path.unlink()  # other links to the same file stay as they are
        path.write_bytes(_saved_again(content))
    again = _run(place, out, first.files)
    share = again.seconds / first.seconds
    met = share < AGAIN_BELOW
    what = f"again after ten changes, {first.files:,} workbooks"
    against = f"{again.seconds:.1f} s after {first.seconds:.1f} s"
    return Fact(what, against, f"{share:.1%}", f"< {AGAIN_BELOW:.0%}", met)


def _saved_again(content: bytes) -> bytes:
    """A workbook with another content that says the same: a comment at its end."""
    comment = f"{time.time_ns()}".encode()
    end = content.rindex(_END) + _TO_COMMENT
    return content[:end] + len(comment).to_bytes(2, "little") + comment


def _peers(place: Path, folder: Path) -> Iterator[Row]:
    """One process, the same files in the order of the command, nothing but reading and scoring."""
    found = sorted(place.rglob("*.xlsx"), key=lambda path: -path.stat().st_size)
    middle, stretch = len(found) // 2, min(STRETCH, len(found) // 2)
    parts = found[middle - stretch : middle], found[middle : middle + stretch]
    against = "calamine alone, the same sheets"
    what = f"reading {len(parts[0]):,} workbooks, one core"
    yield Ratio(what, against, in_turns(_read, _by_calamine, parts[0]), FLOOR_AT_MOST)
    what = f"reading and scoring {len(parts[1]):,} workbooks, one core"
    pair = in_turns(_scored, _by_calamine, parts[1])
    yield Ratio(what, against, pair, FLOOR_AT_MOST)
    sample = found[:: max(1, len(found) // SAMPLE)][:SAMPLE]
    yield _agreement(sample)
    each, peer = pair.ours / len(parts[1]), seconds(lambda: [strategy(path) for path in sample])
    what = f"reading and scoring {len(sample)} workbooks, one core"
    against = "pandas.read_excel (openpyxl), a plain script"
    yield Speedup(what, against, Pair(each * len(sample), peer), PANDAS_AT_LEAST)
    yield _against_office(sample[:OFFICE_SAMPLE], folder, each)


def _by_calamine(path: Path) -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
    for title in book.sheet_names:
        if title in _WORDS or title == STORE_SHEET:
            book.get_sheet_by_name(title).to_python()


def _agreement(paths: Sequence[Path]) -> Fact:
    """Whether the plain script comes to the same where it can: it knows whole years only."""
    whole = [(path, one) for path in paths if _is_whole(one := _scored(path))]
    same = sum(abs(_strategy(one) - strategy(path)) < _SAME for path, one in whole)
    what = "that script comes to the same strategies where all months have figures"
    return Fact(what, f"{len(whole)} of {len(paths)} workbooks", f"{same} of {len(whole)}")


def _is_whole(company: Company) -> bool:
    """Whether nothing is owed, and the year over."""
    kpis: Any = company.lines["fact_kpi"]
    return not company.lines["owed"] and all(one[-1] == MONTHS_A_YEAR for one in kpis)


def _read(path: Path) -> ValueReading:
    return read_values(path.read_bytes(), path.name, today=_TODAY)


def _scored(path: Path) -> Company:
    return read_company(path.read_bytes(), "year", FileFacts(str(path)), today=_TODAY)


def _strategy(company: Company) -> float:
    line: Any = company.lines["fact_strategy"][0]
    return float(line[3])


def _against_office(paths: Sequence[Path], folder: Path, ours: float) -> Row:
    """One LibreOffice, started once, loads each and saves what it comes to."""
    office = shutil.which("soffice")
    what = f"the same, {len(paths)} of them"
    if office is None:
        return NotMeasured(what, "LibreOffice is missing")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        str(folder / "ods"),
    ]
    files = [str(path) for path in paths]
    subprocess.run([*command, files[0]], capture_output=True, check=True)  # it sets itself up
    peer = seconds(lambda: subprocess.run([*command, *files], capture_output=True, check=True))
    pair = Pair(ours * len(paths), peer)
    return Speedup(what, "LibreOffice, one start, headless", pair, OFFICE_AT_LEAST)
