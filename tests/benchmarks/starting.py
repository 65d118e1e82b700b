"""How long one waits for the functions' import and for the command line's first answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence

from tests.benchmarks.rows import NotMeasured, Row, Start
from tests.benchmarks.timing import Work, compare

IMPORT_BELOW = 0.030
HELP_BELOW = 0.300
BARE = (sys.executable, "-c", "pass")
FUNCTIONS = (sys.executable, "-c", "import tablero.udfs")
HELP = (sys.executable, "-c", "import sys; from tablero.addin.cli import main; sys.exit(main())")


def rows() -> Iterator[Row]:
    pair = compare(_process(FUNCTIONS), _process(BARE), runs=25)
    yield Start("import tablero.udfs", "bare interpreter", pair, IMPORT_BELOW, beyond_peer=True)
    what, command = "tablero --help, the whole process", (*HELP, "--help")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield NotMeasured(what, "the command line does not start")
    else:
        pair = compare(_process(command), _process(BARE), runs=15)
        yield Start(what, "bare interpreter", pair, HELP_BELOW)


def _process(command: Sequence[str]) -> Work:
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
