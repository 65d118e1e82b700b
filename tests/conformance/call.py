"""A call of a cell function, and the ranges that are written for one."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.conformance.notation import call_text

LEFT_OUT = object()
"""The mark of an optional argument that a call leaves out, at its end."""

EMPTY_TEXT = ""
"""What a formula answers that has nothing to say; None is a cell that holds nothing at all."""


class Call(NamedTuple):
    """A cell function and its arguments, each a cell or rows of cells."""

    function: str
    arguments: tuple[Any, ...]

    @property
    def text(self) -> str:
        """The call as one reads it, by which it is known everywhere."""
        return call_text(self.function, self.arguments)


def call(function: str, *arguments: Any) -> Call:
    """A call without the arguments that it leaves out."""
    return Call(function, tuple(one for one in arguments if one is not LEFT_OUT))


def row(*cells: object) -> list[list[object]]:
    """A range of one row."""
    return [list(cells)]


def column(*cells: object) -> list[list[object]]:
    """A range of one column."""
    return [[cell] for cell in cells]
