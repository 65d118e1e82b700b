"""How a call of a cell function is stored: as a call of a LAMBDA name, or as its plain formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tablero.udfs.registry import BY_NAME, FUNCTIONS, lambda_text, substituted

DialectName = Literal["portable", "plain"]
DIALECT_NAMES: tuple[DialectName, ...] = get_args(DialectName)

_CALL = re.compile(rf"\b(?:{'|'.join(function.name for function in FUNCTIONS)})\(")


@dataclass(frozen=True)
class Dialect:
    """``portable``: cells call LAMBDA names that the workbook holds; ``plain``: no calls at all."""

    name: DialectName

    def call(self, function: str, arguments: Sequence[str]) -> str:
        """The text of a call, without ``=``."""
        if self.name == "plain":
            return substituted(BY_NAME[function], arguments)
        return f"{function}({','.join(arguments)})"

    def is_dynamic(self, formula: str) -> bool:
        """Whether Excel must be told that a formula is a dynamic array, as calls of LAMBDAs are."""
        return self.name == "portable" and _CALL.search(formula) is not None

    def defined_names(self) -> tuple[tuple[str, str], ...]:
        """The names, with their formulas, that serve the calls inside the workbook."""
        if self.name == "plain":
            return ()
        return tuple((function.name, f"={lambda_text(function)}") for function in FUNCTIONS)
