"""xlwings' classic way from Excel to a Python function, with the parts that need Windows replaced.

Run as a program it answers calls in JSON, apart from the tests' own process: pywin32's place is
taken by blanks.  Everything between is xlwings' own: the decorators, how arguments are converted,
how the function is found and called, and how its answer is converted.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import io
import json
import subprocess
import sys
import timeit
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

ROOT = Path(__file__).parents[2]
MODULE = "tablero.addin.excel.functions"
LEFT_OUT = -2147352572
"""What Excel hands over for an optional argument that is not given."""

_ABSENT = (
    "pythoncom", "pywintypes", "win32api", "win32event", "win32com", "win32com.client",
    "win32com.server", "win32com.server.dispatcher", "win32com.server.policy",
    "win32com.server.util", "win32com.client.dynamic", "win32com.client.gencache", "win32con",
    "win32gui", "win32process", "win32timezone", "winerror", "comtypes",
)  # fmt: skip


class _Blank(types.ModuleType):
    """A module in which everything can be found, and nothing does anything."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = MagicMock(name=f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


def ask(question: str, content: Any) -> Any:
    """Ask a fresh process one of the questions at the end of this module."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.excel.classic", question],
        cwd=ROOT,
        input=json.dumps(content),
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)


def answers(calls: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    """What Excel gets for each call of a function: as its converters give it, before the VBA."""
    return list(ask("calls", calls))


def xlwings_wrappers(workbook: str) -> str:
    """The VBA that xlwings' own generator writes for our module into a workbook of that name."""
    return str(ask("wrappers", workbook))


def _without_windows() -> None:
    for name in _ABSENT:
        sys.modules[name] = _Blank(name)
    for name in _ABSENT:
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    blanks: Any = sys.modules
    blanks["pywintypes"].com_error = type("com_error", (Exception,), {})
    blanks["pywintypes"].TimeType = dt.datetime
    client = blanks["win32com.client"]
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(client, name, type(name, (), {}))
    client.Dispatch = lambda thing, **_: thing
    blanks["pythoncom"].IID_IDispatch = "IID"
    blanks["pythoncom"].TypeIIDs = {"IID": type("PyIDispatch", (), {})}
    blanks["pythoncom"].__file__ = "blank"
    blanks["win32com.server.util"].unwrap = _nothing_wrapped
    windows: Any = ctypes
    for name in ("oledll", "windll", "WinDLL", "PyDLL"):
        setattr(windows, name, MagicMock())
    windows.WINFUNCTYPE = ctypes.CFUNCTYPE


def _nothing_wrapped(_: Any) -> Any:
    raise ValueError("an argument that is a plain value")


def _excel() -> Any:
    """The object that Excel's side talks to, xlwings believing itself on Windows."""
    _without_windows()
    xlwings, windows, main, udfs, server = map(
        _loose,
        ("xlwings", "xlwings._xlwindows", "xlwings.main", "xlwings.udfs", "xlwings.com_server"),
    )
    xlwings._xlwindows = windows
    xlwings.engines.add(main.Engine(impl=windows.engine))
    xlwings.engines.active = xlwings.engines["excel"]
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    windows.is_range_instance = lambda _: False  # arguments come as read from cells
    return server.XLPython()


def _loose(name: str) -> Any:
    """A module whose parts can be replaced."""
    return importlib.import_module(name)


def _handed_over(argument: Any) -> Any:
    """Rows of cells as COM has them, and figures as it has them."""
    if isinstance(argument, list):
        return tuple(map(_handed_over, argument))
    is_figure = isinstance(argument, int) and not isinstance(argument, bool)
    return float(argument) if is_figure and argument > LEFT_OUT + 10**7 else argument


def _called(excel: Any, function: str, arguments: Sequence[Any], module: str = MODULE) -> Any:
    return excel.CallUDF(module, function, tuple(map(_handed_over, arguments)), None, None)


def _wrappers(workbook: str) -> str:
    _excel()
    udfs = _loose("xlwings.udfs")
    text = io.StringIO()
    book = types.SimpleNamespace(Name=workbook)
    udfs.generate_vba_wrapper(MODULE, _loose(MODULE), text, book)
    return text.getvalue()


def _help(_: None) -> dict[str, Any]:
    _excel()
    module = _loose(MODULE)
    known = {name: getattr(module, name).__xlfunc__ for name in dir(module)}
    return {
        name: {
            "category": one["category"],
            "doc": one["ret"]["doc"],
            "args": [[arg["name"], arg["doc"], "optional" in arg] for arg in one["args"]],
        }
        for name, one in known.items()
    }


def _signs(_: None) -> dict[int, str]:
    _excel()
    return dict(_loose("xlwings._xlwindows").cell_errors)


def _calls(calls: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    excel = _excel()
    return [_called(excel, function, arguments) for function, arguments in calls]


def _costs(kpis: int) -> dict[str, float]:
    """Seconds that calls cost: of bare functions, of ours on one KPI, of ours on columns."""
    excel = _excel()
    bare = types.ModuleType("bare")
    bare.__file__ = __file__
    vars(bare)["BARE"] = _loose("xlwings").func(lambda value, *_: value)
    sys.modules["bare"] = bare
    left_out = (LEFT_OUT, LEFT_OUT)
    one = (80.0, 100.0, LEFT_OUT, *left_out)
    values = tuple((float(row),) for row in range(kpis))
    gaps = tuple((None if row % 5 == 0 else float(row),) for row in range(kpis))
    goals, words = ((100.0,),) * kpis, (("High",), ("Low",)) * (kpis // 2)

    def cost(
        arguments: Sequence[Any], module: str = MODULE, name: str = "KPI_ACHIEVEMENT"
    ) -> float:
        def call() -> None:
            excel.CallUDF(module, name, arguments, None, None)

        calls = 100 if isinstance(arguments[0], float) else 1
        return min(timeit.repeat(call, number=calls, repeat=100)) / calls

    return {
        "bare": cost(one[:1], "bare", "BARE"),
        "bare of five": cost(one, "bare", "BARE"),
        "single": cost(one),
        "bare column": cost((values,), "bare", "BARE") / kpis,
        "column": cost((values, goals, LEFT_OUT, *left_out)) / kpis,
        "mixed column": cost((gaps, goals, words, *left_out)) / kpis,
    }


QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "calls": _calls,
    "wrappers": _wrappers,
    "help": _help,
    "signs": _signs,
    "costs": _costs,
}


if __name__ == "__main__":
    json.dump(QUESTIONS[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
