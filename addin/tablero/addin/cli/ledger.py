"""What the ledger gave, on a terminal: the accounts of each figure, and those left over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tablero.addin.cli.fitting import fitted
from tablero.addin.cli.running import WrongUseError
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, terminal
from tablero.workbook_templates.export import unit_text
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.ledger import (
    LedgerReport,
    delivery_from_trial_balance,
    month_asked,
)
from tablero.workbook_templates.filling.ledger_sums import LedgerFigure, Line
from tablero.workbook_templates.filling.recognition import Wish
from tablero.workbook_templates.filling.trial_balance import Account
from tablero.workbook_templates.formats import Money, number_text
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading

_MOST = 30
"""Accounts of one input, or left over, that are shown one by one."""


@dataclass(frozen=True)
class Asked:
    """What somebody asks of the ledger, as it is typed."""

    file: Path | None
    columns: str
    chart: str
    wish: Wish

    @property
    def is_asked(self) -> bool:
        """Whether anything is."""
        return bool(self.file or self.columns or self.chart)

    def deliverer(
        self, lang: str | None, *, others: Sequence[object], quiet: bool
    ) -> Callable[[Reading], Delivery]:
        """What brings the figures of the trial balance, and shows how they came about."""
        file = self.file
        if file is None:
            raise WrongUseError([Problem("ledger_no_file")])
        if any(others):
            raise WrongUseError([Problem("fill_two_sources")])

        def deliver(reading: Reading) -> Delivery:
            month = month_asked(self.wish.month, reading.definition)
            delivery, report = delivery_from_trial_balance(
                file, reading, month, self.columns, self.chart, self.wish
            )
            if not quiet:
                show_ledger(terminal(), report, users_language(lang))
            return replace(delivery, details={"ledger": as_data(report)})

        return deliver


def as_data(report: LedgerReport) -> dict[str, Any]:
    """The report for a program: accounts by input, those left over, inputs without accounts."""
    return {
        "chart": report.chart,
        "used": {
            one.input.id: {line.account.code: line.amount for line in one.lines}
            for one in report.figures
        },
        "left_over": [
            {
                "account": one.code,
                "name": one.name,
                "movement": one.movement,
                "closing": one.balance,
            }
            for one in report.left_over
        ],
        "without_accounts": [one.id for one in report.without_accounts],
    }


def show_ledger(console: Console, report: LedgerReport, language: str) -> None:
    """Show what each input took, the accounts that nothing takes, and the inputs without any."""
    _Ledger(console, report, language).show()


class _Ledger:
    def __init__(self, console: Console, report: LedgerReport, language: str) -> None:
        self._console = console
        self._report = report
        self._language = language

    def show(self) -> None:
        report = self._report
        if report.chart:
            self._line("chart", chart=report.chart)
        self._line("accounts", count=report.accounts, subtotals=report.subtotals)
        for figure in report.figures:
            self._figure(figure)
        self._left_over()
        if report.without_accounts:
            names = (one.name.in_language(self._language) for one in report.without_accounts)
            self._line("without", inputs=", ".join(names))

    def _figure(self, figure: LedgerFigure) -> None:
        name = figure.input.name.in_language(self._language)
        unit = unit_text(figure.input.unit, self._report.company, self._language)
        parts = (
            f"{number_text(figure.value, self._language)} {unit}".strip(),
            self._say(figure.recipe.takes),
        )
        show(self._console)
        show(self._console, f"{name}: {' · '.join(parts)}", "bold")
        table = self._table("account", "amount")
        for line in figure.lines[:_MOST]:
            table.add_row(self._named(line.account), self._amount(line.amount))
        self._console.print(table)
        self._more(figure.lines)

    def _left_over(self) -> None:
        left = self._report.left_over
        show(self._console)
        if not left:
            self._line("none_left")
            return
        show(self._console, self._say("left_over", count=len(left)), "bold")
        table = self._table("account", "movement", "closing")
        for account in left[:_MOST]:
            amounts = (account.movement, account.balance)
            shown = ("–" if one is None else self._amount(one) for one in amounts)
            table.add_row(self._named(account), *self._fitted(*shown))
        self._console.print(table)
        self._more(left)

    def _amount(self, amount: float) -> str:
        return Money(amount).in_language(self._language)

    def _table(self, *keys: str) -> Table:
        table = new_table(self._console)
        for number, key in enumerate(keys):
            (heading,) = self._fitted(self._say(key))
            table.add_column(
                heading,
                justify="right" if number else "left",
                no_wrap=bool(number),
                overflow="fold",
            )
        return table

    def _more(self, shown: tuple[Line, ...] | tuple[Account, ...]) -> None:
        if len(shown) > _MOST:
            self._line("more", count=len(shown) - _MOST)

    def _named(self, account: Account) -> str:
        return self._fitted(f"{account.code} {account.name}".strip())[0]

    def _fitted(self, *texts: str) -> list[str]:
        return [fitted(text, self._console.encoding) for text in texts]

    def _line(self, key: str, **values: object) -> None:
        show(self._console, self._say(key, **values))

    def _say(self, key: str, **values: object) -> str:
        return told(f"ledger.{key}", self._language, **values)
