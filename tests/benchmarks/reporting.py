"""Page and PDF of a workbook against LibreOffice, which opens the same one and exports its PDF."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tablero.addin.publishing import Kind, made, report_of
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.workbook import new_workbook
from tests.benchmarks.companies import paper
from tests.benchmarks.rows import NotMeasured, Row, Speedup, Start
from tests.benchmarks.timing import Work, compare

BELOW = 2.5
RUNS = 3
AGAINST = "LibreOffice, from its start: open, export PDF"
NAMES: Mapping[Kind, str] = {"html": "page", "pdf": "PDF"}


def rows(folder: Path) -> Iterator[Row]:
    path = folder / "reported.xlsx"
    new_workbook(paper(), path, dialect="plain")
    office = shutil.which("soffice")
    if office is None:
        yield NotMeasured("page and PDF", "LibreOffice is missing")
        return
    peer = _exported(path, office)
    for kind, name in NAMES.items():
        pair = compare(_published(path, kind), peer, RUNS)
        yield Start(f"{name}, after start-up", AGAINST, pair, BELOW)
        whole = compare(_reported(path, kind), peer, RUNS)
        yield Speedup(f"{name}, the whole process", AGAINST, whole)


def _published(path: Path, kind: Kind) -> Work:
    return lambda: made(report_of(read_workbook(path), None), kind)


def _reported(path: Path, kind: Kind) -> Work:
    target = path.with_name(f"made.{kind}")
    command = (sys.executable, "-m", "tablero.addin.cli", "report", path, "-o", target)

    def work() -> None:
        target.unlink(missing_ok=True)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    return work


def _exported(path: Path, office: str) -> Work:
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = (office, profile, "--headless", "--convert-to", "pdf", "--outdir")
    target = path.parent / "exported"
    return lambda: subprocess.run([*command, target, path], capture_output=True, check=True)
