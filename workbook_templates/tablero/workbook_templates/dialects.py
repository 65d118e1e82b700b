"""How a call of a cell function is stored, which depends on who serves the function."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tablero.udfs.registry import BY_NAME, FUNCTIONS, lambda_text, substituted

DialectName = Literal["portable", "plain", "xlwings", "lite"]

LITE_PREFIX = "_xldudf_"
"""What xlwings Lite puts before the name of a Python function in a stored formula."""

_WORDS = frozenset({"ACTION_BAND", "ACTION_PLAN", "ACTION_TERM"})
_CALLED_WITH_RANGES: Mapping[DialectName, frozenset[str]] = {
    # LibreOffice serves these workbooks too, and takes ranges of texts alone from Python.
    "xlwings": _WORDS,
    "lite": _WORDS | {"KPI_ACHIEVEMENT"},
}

_CALL = re.compile(rf"(?:\b|_)(?:{'|'.join(function.name for function in FUNCTIONS)})\(")


@dataclass(frozen=True)
class Dialect:
    """Who serves the functions that cells call.

    ``portable``: LAMBDA names inside the workbook; ``plain``: nobody, each call is written out as
    its formula; ``xlwings``: Python through xlwings in Excel; ``lite``: Python in xlwings Lite.
    """

    name: DialectName

    def call(self, function: str, arguments: Sequence[str]) -> str:
        """The text of a call, without ``=``."""
        if self.name == "plain":
            return substituted(BY_NAME[function], arguments)
        if self.name == "lite":
            return f"{LITE_PREFIX}{function}({','.join(_told_apart(function, arguments))})"
        return f"{function}({','.join(arguments)})"

    def is_dynamic(self, formula: str) -> bool:
        """Whether Excel must be told that a formula is a dynamic array.

        Calls of LAMBDA names and of functions of xlwings Lite are.
        """
        return self.name in ("portable", "lite") and _CALL.search(formula) is not None

    def calls_with_ranges(self, function: str) -> bool:
        """Whether neighbouring cells share one call, which answers for all of them.

        Calls that leave the spreadsheet cost far more than what they compute.
        """
        return function in _CALLED_WITH_RANGES.get(self.name, frozenset())

    @property
    def is_self_served(self) -> bool:
        """Whether the workbook computes by itself, so that Excel may do so on opening.

        Where functions come from outside, a missing add-in would turn every result into #NAME?.
        """
        return self.name in ("portable", "plain")

    def defined_names(self) -> tuple[tuple[str, str], ...]:
        """The names, with their formulas, that serve the calls inside the workbook."""
        if self.name != "portable":
            return ()
        return tuple((function.name, f"={lambda_text(function)}") for function in FUNCTIONS)


def _told_apart(function: str, arguments: Sequence[str]) -> list[str]:
    """Arguments as xlwings Lite needs them: to it, an empty cell is an argument left out.

    An empty floor means no floor, a floor left out means 0; a text tells the one from the other.
    """
    declared = BY_NAME[function].arguments
    return [
        f'IF({text}="","",{text})' if one.optional and one.kind == "cell" else text
        for one, text in zip(declared, arguments, strict=False)
    ]
