"""Figures as they come from a source, before they meet a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import Problem


@dataclass(frozen=True)
class Figure:
    """A figure for an input in a month."""

    input: str
    """The input's id."""
    month: Month
    value: float
    origin: str = ""
    """Where in the source it stood: ``row 5``, or the accounts that it sums."""


@dataclass(frozen=True)
class Delivery:
    """All figures of a source."""

    name: str
    """What the change log calls the source: the file's name, without its folder or password."""
    digest: str
    """The SHA-256 of what was read, in hexadecimal digits."""
    figures: tuple[Figure, ...]
    problems: tuple[Problem, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """What a program may want to know of how the figures came about, as plain data."""
