"""What the sheets of the summary workbook share: words, columns, badges, in one language."""

from __future__ import annotations

from dataclasses import dataclass

from tablero.workbook_templates import styles
from tablero.workbook_templates.formats import decimal_text
from tablero.workbook_templates.portfolio.statistics import Statistics
from tablero.workbook_templates.portfolio.summary_parts import Column, Styled
from tablero.workbook_templates.texts import text

TONES = 4


@dataclass(frozen=True)
class Making:
    """Makes sheets in a language."""

    found: Statistics
    language: str
    most: int
    """How many lines a sheet may have."""

    def told(self, key: str, **values: object) -> str:
        """A text of the summary workbook."""
        return text(f"summary.{key}", self.language, **values)

    def column(self, key: str, width: float, style: str = "kpi", *, is_bar: bool = False) -> Column:
        """A column by its name."""
        return Column(text(f"summary.column.{key}", self.language), width, style, is_bar)

    def size(self, size: str | None) -> str:
        """A size in words."""
        return self.told(f"size.{size}") if size else self.told("all")

    def count(self, number: int) -> str:
        """A number of things."""
        return decimal_text(number, self.language, 0)


def badge(tone: int | None, band: str | None, missing: str = "–") -> Styled:
    """A band as sign, word and colours."""
    if tone is None:
        return Styled(missing, "kpi muted gutter")
    sign = styles.band_tone(tone, TONES).symbol
    return Styled(f"{sign} {band}", f"kpi tone{tone}of{TONES} gutter")
