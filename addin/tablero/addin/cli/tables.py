"""The scorecard as a table on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tablero.addin.cli.fitting import fitted
from tablero.addin.cli.speaking import told
from tablero.addin.cli.terminal import new_table, show
from tablero.workbook_templates.export import Row, rows, unit_text
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.scorecard import KpiScore, Score, Scorecard
from tablero.workbook_templates.styles import band_tone
from tablero.workbook_templates.texts import text

# Columns of a rank are shown where this much room is left for the names.
_ROOM_FOR_NAMES = {2: 30, 1: 14, 0: 0}
_ENDLESS = 1000
_INDENTS = {"strategy": 0, "perspective": 0, "objective": 2, "kpi": 4}
_STYLES = {"strategy": "bold", "perspective": "bold", "objective": "", "kpi": ""}
_MISSING = "–"


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading, and what stands in it on each row.

    Where there is no room, columns of the highest ``rank`` give way first.
    """

    heading: str
    cell: Callable[[Row], Text]
    rank: int = 0
    justify: Literal["left", "right"] = "right"


class ScorecardTable:
    """Makes the table of a scorecard; ``more`` columns stand behind the achievement."""

    def __init__(self, scorecard: Scorecard, language: str, more: tuple[Column, ...] = ()) -> None:
        self._scorecard = scorecard
        self._language = language
        self._more = more

    def show(self, console: Console) -> None:
        """Show heading, table and what is missing."""
        company = self._scorecard.definition.company.name
        calendar, period = self._scorecard.calendar, self._scorecard.period
        label = calendar.period_label(period, self._language)
        filled = self._say(
            "scorecard.of_months", months=self._scorecard.months, length=period.length
        )
        show(console, f"{company} · {label} · {filled}", "bold")
        console.print(self._table(console))
        coverage = self._scorecard.strategy.coverage
        if coverage < 1:
            show(
                console,
                told(
                    "score.coverage",
                    self._language,
                    coverage=percent_text(coverage, self._language),
                ),
            )

    def _table(self, console: Console) -> Table:
        """The table with as many columns as leave room for the names."""
        for rank, room in _ROOM_FOR_NAMES.items():
            columns = [column for column in self._columns() if column.rank <= rank]
            table = self._drawn(columns, console)
            unbound = console.options.update(max_width=_ENDLESS)
            others = Measurement.get(console, unbound, table).maximum - self._longest_name
            if others + min(room, self._longest_name) <= console.width:
                break
        return table

    @property
    def _longest_name(self) -> int:
        return max(
            _INDENTS[row.level] + cell_len(row.name.in_language(self._language))
            for row in rows(self._scorecard)
        )

    def _drawn(self, columns: Sequence[Column], console: Console) -> Table:
        table = new_table(console)
        for column in columns:
            heading = Text(fitted(column.heading, console.encoding))
            justify = column.justify
            table.add_column(heading, justify=justify, no_wrap=justify == "right", overflow="fold")
        for row in rows(self._scorecard):
            first, *cells = (_fitted(column.cell(row), console.encoding) for column in columns)
            name = Padding(first, (0, 0, 0, _INDENTS[row.level]))
            table.add_row(name, *cells, style=_STYLES[row.level])
        return table

    def _columns(self) -> Iterator[Column]:
        yield Column(self._say("scorecard.name"), self._name, justify="left")
        yield Column(self._say("scorecard.value"), self._value, rank=2)
        yield Column(self._say("scorecard.goal"), self._goal, rank=2)
        yield Column(self._say("scorecard.achievement"), self._achievement)
        yield from self._more
        yield Column(self._say("scorecard.assessment"), self._assessment, justify="left")

    def _say(self, key: str, **values: object) -> str:
        return text(key, self._language, **values)

    def _name(self, row: Row) -> Text:
        return Text(row.name.in_language(self._language))

    def _value(self, row: Row) -> Text:
        return Text(self._number(row.kpi, row.kpi.value) if row.kpi else "")

    def _goal(self, row: Row) -> Text:
        return Text(self._number(row.kpi, row.kpi.goal) if row.kpi else "")

    def _number(self, kpi: KpiScore, number: float | None) -> str:
        unit = unit_text(kpi.kpi.unit, self._scorecard.definition.company, "en")
        if number is None:
            return _MISSING
        shown = percent_text if unit == "%" else decimal_text
        return shown(number, self._language)

    def _achievement(self, row: Row) -> Text:
        achievement = row.score.achievement
        shown = _MISSING if achievement is None else percent_text(achievement, self._language)
        return Text(shown)

    def _assessment(self, row: Row) -> Text:
        """Sign and word of the band, on its colour: each of the three tells it alone."""
        score: Score = row.score
        if score.band is None:
            return Text(_MISSING)
        bands = self._scorecard.definition.bands
        tone = band_tone(bands.index(score.band), len(bands))
        word = score.band.name.in_language(self._language)
        return Text(f"{tone.symbol} {word}", style=f"{tone.ink} on {tone.paper}")


def _fitted(cell: Text, encoding: str) -> Text:
    return Text(fitted(cell.plain, encoding), style=cell.style)
