"""LibreOffice as an engine of the tests: one process with a profile of its own."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from openpyxl.utils import get_column_letter

from tests.engines.spreadsheet import Formula, Place, Rows, Value

WORKER = Path(__file__).with_name("libreoffice_worker.py")
SECONDS_TO_START = 150.0
SECONDS_TO_STOP = 30.0
USUAL_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)


class CalcError(Exception):
    """LibreOffice could not do what it was asked, or is not there."""


class Calc:
    """One LibreOffice for many workbooks; it starts when it is first used.

    ``seconds`` is how long one request may take. After a request that took longer, or a crash,
    LibreOffice is ended, the documents it had are lost, and the next ``open`` starts it again.
    ``extensions`` is a folder of unpacked extensions that it shall know, a folder for each.
    """

    def __init__(self, seconds: float = 120.0, extensions: Path | None = None) -> None:
        self._seconds = seconds
        self._extensions = extensions
        self._worker: _Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self, path: Path, *, recalculate: bool = False) -> Document:
        """Open a workbook; without recalculation its cells show the results stored in it.

        Cells of array formulas and calls of LAMBDA names are the exception: LibreOffice always
        calculates the first, and shows Err:509 for the second, which it does not know.
        """
        worker = self._running()
        opened = worker.ask(self._seconds, do="open", path=str(path.resolve()))
        document = Document(worker, self._seconds, opened["document"], tuple(opened["sheets"]))
        if recalculate:
            document.calculate()
        return document

    def convert(self, source: Path, target: Path, *, recalculate: bool = False) -> Path:
        """Save ``source`` as ``target``, whose ending (.pdf, .xlsx, .ods) says how."""
        with self.open(source, recalculate=recalculate) as document:
            return document.save(target)

    def close(self) -> None:
        """End LibreOffice."""
        if self._worker:
            self._worker.stop()
            self._worker = None

    def _running(self) -> _Worker:
        if self._worker is None or not self._worker.is_alive:
            self.close()
            self._worker = _Worker(self._extensions)
        return self._worker


class Document:
    """A workbook open in LibreOffice; see :class:`tests.engines.spreadsheet.Spreadsheet`."""

    def __init__(
        self, worker: _Worker, seconds: float, number: int, sheets: tuple[str, ...]
    ) -> None:
        self._worker = worker
        self._seconds = seconds
        self._number = number
        self._sheets = sheets

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def sheets(self) -> tuple[str, ...]:
        return self._sheets

    def set(self, sheet: str, cell: str, value: Value) -> None:
        self.set_many({(sheet, cell): value})

    def set_many(self, values: Mapping[Place, Value]) -> None:
        self._ask("set", cells=[(sheet, cell, value) for (sheet, cell), value in values.items()])

    def calculate(self) -> None:
        self._ask("calculate")

    def value(self, sheet: str, cell: str) -> Value:
        return self.values(sheet, cell)[0][0]

    def values(self, sheet: str, area: str) -> Rows:
        return self.read([(sheet, area)])[0]

    def read(self, areas: Iterable[Place]) -> list[Rows]:
        """The cells of many ranges, ``[("Inputs", "C3:N20"), …]``, in one request."""
        rows: list[Rows] = self._ask("read", areas=list(areas))
        return rows

    def formulas(self) -> Iterator[Formula]:
        for sheet, column, row, texts, values in self._ask("formulas"):
            for y, line in enumerate(texts, row + 1):
                for x, text in enumerate(line, column + 1):
                    cell = f"{get_column_letter(x)}{y}"
                    yield Formula(sheet, cell, text, values[y - row - 1][x - column - 1])

    def rearrange(self, *steps: tuple[str | int, ...]) -> None:
        """Take the protection off and do steps such as ``("insert_rows", "Inputs", 3, 1)``.

        Rows, columns and sheets are counted from 0; the worker has the list of steps.
        """
        self._sheets = tuple(self._ask("rearrange", steps=list(steps)))

    def save(self, target: Path) -> Path:
        """Save a copy as ``target``, whose ending (.pdf, .xlsx, .ods) says how."""
        self._ask("save", path=str(target.resolve()))
        return target

    def close(self) -> None:
        """Close the workbook without saving it."""
        if self._worker.is_alive:
            self._ask("close")

    def _ask(self, request: str, **arguments: object) -> Any:
        return self._worker.ask(self._seconds, do=request, document=self._number, **arguments)


class _Worker:
    """The process that drives LibreOffice, in a group of its own so that all of it can be ended."""

    def __init__(self, extensions: Path | None) -> None:
        program = find_program()
        self._folder = tempfile.TemporaryDirectory(prefix="tablero-office-")
        arguments = [program, self._folder.name, *([extensions.resolve()] if extensions else [])]
        self._process = subprocess.Popen(
            [find_python_with_bridge(program.parent), str(WORKER), *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=_environment(),
            start_new_session=True,
        )
        self._answers: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._read(SECONDS_TO_START, "starting")

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, seconds: float, **request: object) -> Any:
        """Send a request and wait for its answer."""
        assert self._process.stdin
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except OSError as error:
            raise CalcError("LibreOffice is not running any more.") from error
        return self._read(seconds, str(request["do"]))

    def stop(self) -> None:
        """End LibreOffice politely, or at once if it does not listen."""
        assert self._process.stdin
        with suppress(OSError, subprocess.TimeoutExpired):
            self._process.stdin.close()
            self._process.wait(SECONDS_TO_STOP)
        self._end()

    def _listen(self) -> None:
        assert self._process.stdout
        with self._process.stdout as lines:
            for line in lines:
                self._answers.put(line)
        self._answers.put("")

    def _read(self, seconds: float, what: str) -> Any:
        try:
            line = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._end()
            raise CalcError(f"LibreOffice took over {seconds:g} seconds for: {what}.") from None
        if not line:
            self._end()
            raise CalcError(f"LibreOffice ended while it was asked for: {what}.")
        answer = json.loads(line)
        if "error" in answer:
            raise CalcError(f"{what}: {answer['error']}")
        return answer["result"]

    def _end(self) -> None:
        with suppress(ProcessLookupError):  # the group may have ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._listener.join()
        self._folder.cleanup()


def _environment() -> dict[str, str]:
    """What the worker sees: nothing of the tests' own Python, and no screen.

    LibreOffice brings a Python of its own, which a virtual environment on the path leads astray.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    kept.pop("VIRTUAL_ENV", None)
    own = str(Path(sys.executable).parent)
    folders = kept.get("PATH", os.defpath).split(os.pathsep)
    path = os.pathsep.join(folder for folder in folders if folder != own)
    return {**kept, "PATH": path, "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def find_program() -> Path:
    """LibreOffice's program itself, not the script that starts it."""
    on_path = shutil.which("soffice")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for folder in [*folders, *map(Path, USUAL_FOLDERS)]:
        for name in ("soffice.bin", "soffice"):
            if (folder / name).is_file():
                return folder / name
    raise CalcError("LibreOffice was not found on this machine; .ci/setup --test installs it.")


def find_python_with_bridge(folder: Path) -> str:
    """A Python that can talk to LibreOffice: its own, or the system's."""
    candidates = [
        folder / "python",
        folder.parent / "Resources" / "python",
        Path("/usr/bin/python3"),
    ]
    for candidate in candidates:
        if candidate.exists() and _has_bridge(candidate):
            return str(candidate)
    raise CalcError("No Python with LibreOffice's bridge (python3-uno) was found on this machine.")


def _has_bridge(python: Path) -> bool:
    test = subprocess.run(
        [python, "-c", "import uno"], env=_environment(), capture_output=True, check=False
    )
    return test.returncode == 0
