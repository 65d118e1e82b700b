"""The figures of a company: what was typed for each input, last year's months and this year's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates.definition import Definition, InputFigures
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.vectorised import Flags, Floats

MONTHS_HELD = 2 * MONTHS_A_YEAR
_NO_MONTHS: tuple[None, ...] = (None,) * MONTHS_A_YEAR


@dataclass(frozen=True)
class Figures:
    """Figures of every input: ``months`` (inputs, 24), ``last_year`` (inputs); NaN is missing.

    The first twelve columns are last year's months, the other twelve this year's, both in the
    order of the fiscal year.
    """

    ids: tuple[str, ...]
    months: Floats
    last_year: Floats

    @classmethod
    def of(cls, definition: Definition) -> Figures:
        """The figures that a definition carries, in the order of its inputs."""
        return cls.from_inputs([one.id for one in definition.inputs], definition.figures)

    @classmethod
    def from_inputs(cls, ids: Sequence[str], figures: Mapping[str, InputFigures]) -> Figures:
        """Figures by input id; an input without an entry has none."""
        empty = InputFigures()
        entries = [figures.get(one, empty) for one in ids]
        rows = [(*(e.last_year_months or _NO_MONTHS), *(e.months or _NO_MONTHS)) for e in entries]
        months = np.array(rows, dtype=float).reshape(len(ids), MONTHS_HELD)
        last_year = np.array([entry.last_year for entry in entries], dtype=float)
        return cls(tuple(ids), months, last_year)

    @property
    def filled(self) -> Flags:
        """Which months have a figure."""
        return ~np.isnan(self.months)

    @property
    def knows_last_year(self) -> bool:
        """Whether any month of last year is known, so that twelve rolling months make sense."""
        return bool(self.filled[:, :MONTHS_A_YEAR].any())

    @property
    def latest_month(self) -> int:
        """The fiscal month up to which this year has any figure; 0 when it has none."""
        months = np.flatnonzero(self.filled[:, MONTHS_A_YEAR:].any(axis=0))
        return int(months[-1]) + 1 if months.size else 0
