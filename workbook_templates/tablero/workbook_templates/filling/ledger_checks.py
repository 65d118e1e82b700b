"""What makes a trial balance that adds up tell something else than the month's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.filling.ledger_sums import LedgerFigure
from tablero.workbook_templates.filling.trial_balance import ROUNDING, Account
from tablero.workbook_templates.filling.trial_balance_columns import Columns
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import LANGUAGES


def first_of_year(month: Month, calendar: Calendar) -> bool:
    """Whether income and expenses begin at nothing in this month."""
    return month.month == calendar.start_month


def traps(figures: Sequence[LedgerFigure], columns: Columns, *, start: bool) -> Iterator[Problem]:
    """Year-end entries that close income and expenses; movements of several months together."""
    if "opening" not in columns.places and "opening_debit" not in columns.places:
        return
    flows = [one for one in figures if one.recipe.takes == "flow"]
    closed = [one for one in flows if _is_closed([line.account for line in one.lines])]
    if closed:
        names = _Names(closed)
        yield Problem("ledger_closing_entries", "warning", {"inputs": names})
    accounts = [line.account for one in flows for line in one.lines]
    moved = any(abs(one.movement or 0.0) > ROUNDING for one in accounts)
    if moved and not start and all(abs(one.opening or 0.0) <= ROUNDING for one in accounts):
        yield Problem("ledger_cumulative", "warning")


def _is_closed(accounts: Sequence[Account]) -> bool:
    """Whether accounts that had a balance are all left without one."""
    held = [one for one in accounts if abs(one.opening or 0.0) > ROUNDING]
    return bool(held) and all(abs(one.balance or 0.0) <= ROUNDING for one in accounts)


class _Names:
    """The names of inputs, said in the reader's language."""

    def __init__(self, figures: Sequence[LedgerFigure]) -> None:
        self._told = {
            language: ", ".join(one.input.name.in_language(language) for one in figures)
            for language in LANGUAGES
        }

    def in_language(self, language: str) -> str:
        """The names in that language."""
        return self._told[language]
