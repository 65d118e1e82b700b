"""The bare XlsxWriter script of a workbook: each call that made it, typed out one after the other.

The script is what somebody could have written who knew every cell beforehand: it creates each
format once, calls the same methods with the same arguments, and does nothing else.
"""

from __future__ import annotations

import importlib.util
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.workbook import new_workbook

_HEAD = """\
import datetime

import xlsxwriter


def write(path):
"""


_OURS = ("draw",)
"""What XlsxWriter has no way to write, and so no bare script does."""


def load_bare_script(definition: Definition, folder: Path) -> Callable[[Path], None]:
    """The function that writes the workbook of a definition by XlsxWriter calls alone."""
    with _recording() as lines:
        new_workbook(definition, folder / "recorded.xlsx")
    file = folder / f"bare_{len(lines)}.py"
    file.write_text(_HEAD + "\n".join(f"    {line}" for line in lines) + "\n", "utf-8")
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Callable[[Path], None]", module.write)


@contextmanager
def _recording() -> Iterator[list[str]]:
    """While it lasts, each XlsxWriter workbook notes the calls that it gets."""
    original = xlsxwriter.Workbook
    lines: list[str] = []

    def recorded(path: str, options: object) -> _Recorded:
        lines.append(f"workbook = xlsxwriter.Workbook(str(path), {options!r})")
        return _Recorded(original(path, options), "workbook", lines)

    xlsxwriter.Workbook = recorded
    try:
        yield lines
    finally:
        xlsxwriter.Workbook = original


class _Recorded:
    """An object of XlsxWriter that notes each call of it as a line of Python, then makes it."""

    def __init__(self, real: Any, name: str, lines: list[str]) -> None:
        self._real = real
        self._name = name
        self._lines = lines

    def __repr__(self) -> str:
        return self._name

    def __getattr__(self, method: str) -> Any:
        attribute = getattr(self._real, method)
        return self._noting(attribute) if inspect.ismethod(attribute) else attribute

    def _noting(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: object, **named: object) -> object:
            texts = [repr(one) for one in args if not isinstance(one, type)]
            texts += [f"{name}={one!r}" for name, one in named.items()]
            line = f"{self._name}.{method.__name__}({', '.join(texts)})"
            made = method(*map(_real, args), **{name: _real(one) for name, one in named.items()})
            if method.__name__ in _OURS:
                return made
            if not _is_of_xlsxwriter(made):
                self._lines.append(line)
                return made
            name = f"made_{len(self._lines)}"
            self._lines.append(f"{name} = {line}")
            return _Recorded(made, name, self._lines)

        return call


def _is_of_xlsxwriter(made: object) -> bool:
    """Whether it is one of XlsxWriter's objects, or one of ours that stands for one."""
    return any(one.__module__.startswith("xlsxwriter.") for one in type(made).__mro__)


def _real(argument: Any) -> Any:
    """What a recorded object stands for, also inside the options of a call."""
    if isinstance(argument, _Recorded):
        return argument._real
    if isinstance(argument, dict):
        return {name: _real(one) for name, one in argument.items()}
    if isinstance(argument, list):
        return [_real(one) for one in argument]
    return argument
