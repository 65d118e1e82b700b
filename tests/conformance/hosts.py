"""The hosts of the conformance suite, in the order of its table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tests.conformance import (
    host_lambda,
    host_libreoffice,
    host_plain,
    host_plain_calc,
    host_pyodide,
    host_python,
    host_xlwings,
)
from tests.conformance.cases import Answer, Case
from tests.engines.libreoffice import Calc

Ask: TypeAlias = Callable[[Sequence[Case], Path, Calc], list[Answer]]


class Host(NamedTuple):
    """Something that serves the functions: its key, its name, how it is run here, and the asking.

    ``ask`` is given the cases, a folder of its own and a running LibreOffice.
    """

    key: str
    name: str
    run: str
    ask: Ask


HOSTS = (
    Host(
        "python",
        "Python",
        "The bodies themselves.",
        lambda cases, _folder, _calc: host_python.answers(cases),
    ),
    Host(
        "xlwings",
        "Excel, xlwings",
        "xlwings' own classic call path and converters; only Windows' part is replaced.",
        lambda cases, _folder, _calc: host_xlwings.answers(cases),
    ),
    Host(
        "pyodide",
        "Excel, xlwings Lite",
        "The code that a workbook carries, in Pyodide under Node without a network; Lite's own "
        "module `xlwings` is not to be had offline, and a stand-in of ours takes its place.",
        lambda cases, folder, _calc: host_pyodide.answers(cases, folder),
    ),
    Host(
        "libreoffice",
        "LibreOffice, extension",
        "The extension in a LibreOffice started afresh with it, on cells of an `.xlsx` workbook.",
        lambda cases, folder, _calc: host_libreoffice.answers(cases, folder),
    ),
    Host(
        "lambda",
        "LAMBDA names",
        "A portable workbook, calculated by IronCalc.",
        lambda cases, folder, _calc: host_lambda.answers(cases, folder),
    ),
    Host(
        "plain",
        "Plain formulas, IronCalc",
        "A plain workbook, each call written out as its formula.",
        lambda cases, folder, _calc: host_plain.answers(cases, folder),
    ),
    Host(
        "plain_calc",
        "Plain formulas, LibreOffice",
        "The same workbook in LibreOffice without any extension.",
        host_plain_calc.answers,
    ),
)
