"""A trial balance: the accounts of a ledger with what they held and what moved in a month."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from tablero.workbook_templates.formats import Money
from tablero.workbook_templates.problems import Problem

ROUNDING = 1.0
"""Differences up to one unit of money come from rounding."""
_NAMED = 6
_AMOUNTS = ("opening", "debit", "credit", "closing")


@dataclass(frozen=True)
class Account:
    """A row of a trial balance; balances are positive on the debit side, None where not told."""

    code: str
    name: str
    place: str
    """Where its code stands: ``Hoja1!A7``."""
    opening: float | None = None
    debit: float | None = None
    credit: float | None = None
    closing: float | None = None

    @property
    def movement(self) -> float | None:
        """What the month added on the debit side: debits less credits."""
        if self.debit is None or self.credit is None:
            return None
        return self.debit - self.credit

    @property
    def balance(self) -> float | None:
        """The closing balance; the opening one and the movement where it is not told."""
        if self.closing is not None or self.opening is None or self.movement is None:
            return self.closing
        return self.opening + self.movement

    @property
    def difference(self) -> float:
        """By how much opening balance and movement miss the closing balance."""
        if self.closing is None or self.opening is None or self.movement is None:
            return 0.0
        return self.opening + self.movement - self.closing

    @property
    def is_blank(self) -> bool:
        """Whether nothing is told of it but its name."""
        return not any(getattr(self, amount) for amount in _AMOUNTS)


@dataclass(frozen=True)
class TrialBalance:
    """The accounts that nothing stands below, and what is wrong with them."""

    accounts: tuple[Account, ...]
    subtotals: int
    """How many rows only sum others."""
    doubtful: frozenset[str]
    """Codes above accounts that do not sum to them, and of rows that could not be read."""
    problems: tuple[Problem, ...]


def balanced(
    rows: Sequence[Account], unread: frozenset[str] = frozenset(), file: str = ""
) -> TrialBalance:
    """The accounts of a trial balance from all of its rows, each amount counted once.

    Parameters
    ----------
    rows
        As they stand in the source: sums of accounts among the accounts, accounts once or, parted
        by third parties or cost centres, several times.
    unread
        Codes of rows of which something could not be read.
    file
        How problems call the source.

    Returns
    -------
    TrialBalance
        The accounts without the rows that only sum others; a row that has accounts below it and
        is not their sum is a problem, and so is a ledger that does not balance.
    """
    by_code = _each_once(rows)
    children = _children(by_code)
    wrong = [code for code, below in children.items() if not _is_sum(by_code, code, below)]
    leaves = tuple(one for code, one in by_code.items() if code not in children)
    problems = (*(_no_sum(by_code, code, children[code]) for code in wrong), *_checks(leaves))
    return TrialBalance(
        leaves,
        len(rows) - len(leaves),
        frozenset(wrong) | unread,
        tuple(problem.at(file=file) for problem in problems),
    )


def _each_once(rows: Sequence[Account]) -> dict[str, Account]:
    """Accounts by code; one that stands in several rows is their sum, or the one that sums them."""
    ordered = sorted(rows, key=lambda one: one.code)
    return {code: _one(list(same)) for code, same in groupby(ordered, key=lambda one: one.code)}


def _one(rows: Sequence[Account]) -> Account:
    if len(rows) == 1:
        return rows[0]
    whole = _summed(rows[0], rows)
    # A row that is the sum of the others is half of them all.
    doubled = (row for row in rows if _agree(_summed(row, (row, row)), whole))
    return next(doubled, whole)


def _summed(like: Account, rows: Sequence[Account]) -> Account:
    sums = {}
    for amount in _AMOUNTS:
        told = [one for row in rows if (one := getattr(row, amount)) is not None]
        sums[amount] = math.fsum(told) if told else None
    return replace(like, **sums)  # type: ignore[arg-type]


def _agree(one: Account, other: Account) -> bool:
    """Whether two rows tell the same; sides may be netted in one and not in the other."""
    pairs = [
        (one.opening, other.opening), (one.closing, other.closing),
        (one.movement, other.movement),
    ]  # fmt: skip
    return all(abs((mine or 0.0) - (theirs or 0.0)) <= ROUNDING for mine, theirs in pairs)


def _children(by_code: Mapping[str, Account]) -> dict[str, list[str]]:
    """The accounts next below each account that has any."""
    children: dict[str, list[str]] = {}
    for code in by_code:
        prefixes = (code[:length] for length in range(len(code) - 1, 0, -1))
        parent = next((prefix for prefix in prefixes if prefix in by_code), None)
        if parent is not None:
            children.setdefault(parent, []).append(code)
    return children


def _is_sum(by_code: Mapping[str, Account], code: str, below: Sequence[str]) -> bool:
    account = by_code[code]
    return account.is_blank or _agree(account, _summed(account, [by_code[one] for one in below]))


def _no_sum(by_code: Mapping[str, Account], code: str, below: Sequence[str]) -> Problem:
    account = by_code[code]
    told = {"account": code, "below": _listed(below)}
    sheet, _, cell = account.place.rpartition("!")
    return Problem("ledger_no_sum", values=told, sheet=sheet, cell=cell)


def _checks(leaves: Sequence[Account]) -> list[Problem]:
    """What accountants look at first: debits and credits, and each account's own sum."""
    problems = []
    debits = math.fsum(one.debit or 0.0 for one in leaves)
    credits_ = math.fsum(one.credit or 0.0 for one in leaves)
    closing = math.fsum(one.closing or 0.0 for one in leaves)
    if abs(debits - credits_) > ROUNDING:
        sums = {"debit": debits, "credit": credits_, "difference": abs(debits - credits_)}
        told = {name: Money(amount) for name, amount in sums.items()}
        problems.append(Problem("ledger_unbalanced", "warning", told))
    elif abs(closing) > ROUNDING:
        told = {"difference": Money(abs(closing))}
        problems.append(Problem("ledger_closing_unbalanced", "warning", told))
    off = [one for one in leaves if abs(one.difference) > ROUNDING]
    if off:
        largest = max(off, key=lambda one: abs(one.difference))
        named = {
            "accounts": _listed([one.code for one in off]),
            "account": largest.code,
            "difference": Money(abs(largest.difference)),
        }
        problems.append(Problem("ledger_no_continuation", "warning", named))
    return problems


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:_NAMED]) + (", …" if len(codes) > _NAMED else "")
