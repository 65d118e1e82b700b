"""What the accounts of an input come to: each account once, with its sign."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.filling.accounts import (
    Measure,
    Pattern,
    Side,
    governing,
    usual_side,
)
from tablero.workbook_templates.filling.trial_balance import Account

_CENTS = 4


@dataclass(frozen=True)
class Line:
    """An account of an input, with what it adds; what it takes away is negative."""

    account: Account
    amount: float


@dataclass(frozen=True)
class Recipe:
    """How an input is made of accounts."""

    input: str
    patterns: tuple[Pattern, ...]
    natural: Side
    takes: Measure

    @classmethod
    def of(cls, item: Input, chart: str) -> Recipe:
        """The recipe of an input for a chart of accounts; what it does not say is as usual."""
        patterns = item.accounts.of(chart)
        takes = item.takes or ("flow" if item.aggregation == "T" else "balance")
        return cls(item.id, patterns, item.natural or usual_side(patterns, chart), takes)

    def amount(self, account: Account) -> float | None:
        """What the recipe takes of an account, positive on its natural side."""
        raw = account.movement if self.takes == "flow" else account.balance
        return None if raw is None else self._natural(raw)

    def _natural(self, amount: float) -> float:
        return amount if self.natural == "debit" else -amount

    def lines(self, accounts: Sequence[Account]) -> tuple[Line, ...]:
        """The accounts that count, each once, with what they add.

        An account on the other side than the figure lowers it, with a minus or without. A minus
        before accounts on the same side leaves them out where a wider pattern counts them, and
        subtracts them where none does: it never raises a figure.
        """
        governed = self._governed(accounts)
        lines = []
        for pattern, members in governed.items():
            factor = self._factor(pattern, members) if pattern.is_minus else 1
            if factor:
                lines += [Line(one, factor * (self.amount(one) or 0.0)) for one in members]
        return tuple(sorted(lines, key=lambda line: line.account.code))

    def _governed(self, accounts: Iterable[Account]) -> Mapping[Pattern, list[Account]]:
        governed: dict[Pattern, list[Account]] = {}
        for account in accounts:
            pattern = governing(self.patterns, account.code)
            if pattern is not None:
                governed.setdefault(pattern, []).append(account)
        return governed

    def _factor(self, minus: Pattern, members: Sequence[Account]) -> int:
        if self._held(members) <= 0:
            return 1
        wider = (one for one in self.patterns if one.is_open and not one.is_minus)
        return 0 if any(minus.code.startswith(one.code) for one in wider) else -1

    def _held(self, members: Sequence[Account]) -> float:
        """What accounts hold on the natural side: by their balance, which no single month turns."""
        balance = math.fsum(one.balance or 0.0 for one in members)
        return self._natural(balance or math.fsum(one.movement or 0.0 for one in members))


@dataclass(frozen=True)
class LedgerFigure:
    """An input's figure with the accounts that it sums."""

    input: Input
    recipe: Recipe
    lines: tuple[Line, ...]
    value: float
    """In the company's scale; the lines are in units of money."""


def total(lines: Iterable[Line]) -> float:
    """What lines come to, without the noise of binary fractions.

    >>> from tablero.workbook_templates.filling.trial_balance import Account
    >>> total([Line(Account("1", "", ""), 0.1), Line(Account("2", "", ""), 0.2)])
    0.3
    """
    return round(math.fsum(line.amount for line in lines), _CENTS)
