"""On which side the balances of a trial balance stand, where each is printed as positive.

Some programs print a balance with its sign, debit positive; others print what an account usually
has as positive, so that sales and debts are positive, too. The rows show which: opening balance,
plus debits, less credits, is the closing balance, or with the sides exchanged.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tablero.workbook_templates.filling.accounts import Pattern, usual_side
from tablero.workbook_templates.filling.trial_balance import ROUNDING, Account

_FEWEST = 0.1
"""Credit accounts are a good part of every ledger: single rows are mistakes."""


def signed(rows: Sequence[Account], chart: str) -> list[Account]:
    """The rows with every balance positive on the debit side."""
    sides = {row.place: _shown_side(row) for row in rows}
    turned = sum(side < 0 for side in sides.values())
    if turned and turned >= _FEWEST * sum(side != 0 for side in sides.values()):
        return _turned(rows, sides, chart)
    if turned or any(row.opening is not None for row in rows):
        return list(rows)
    return _turned_if_it_balances(rows, chart)


def _shown_side(row: Account) -> int:
    """1 where the row adds up with debits as positive, -1 with credits; 0 where both or neither."""
    if row.opening is None or row.closing is None or row.movement is None:
        return 0
    as_debit = abs(row.difference) <= ROUNDING
    as_credit = abs(row.opening - row.movement - row.closing) <= ROUNDING
    return int(as_debit) - int(as_credit)


def _turned(rows: Sequence[Account], sides: Mapping[str, int], chart: str) -> list[Account]:
    """Rows that do not show their side follow the nearest account that does."""
    known = sorted((row.code, side) for row in rows if (side := sides[row.place]))
    codes = [code for code, _ in known]
    turned = []
    for row in rows:
        side = sides[row.place] or _neighbouring(row.code, known, codes) or _usual(row.code, chart)
        turned.append(row if side > 0 else _negated(row))
    return turned


def _neighbouring(code: str, known: Sequence[tuple[str, int]], codes: Sequence[str]) -> int:
    """The side of the account whose code begins most alike; 0 where not even the class is alike."""
    at = bisect_left(codes, code)
    near = known[max(at - 1, 0) : at + 1]
    alike, side = max(((_alike(code, other), side) for other, side in near), default=(0, 0))
    return side if alike else 0


def _alike(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (at for at, (mine, its) in enumerate(pairs) if mine != its), min(len(one), len(other))
    )


def _usual(code: str, chart: str) -> int:
    return 1 if usual_side([Pattern.read(code)], chart) == "debit" else -1


def _turned_if_it_balances(rows: Sequence[Account], chart: str) -> list[Account]:
    """Without opening balances: turned if the ledger balances so, and not as it stands."""
    as_usual = [row if _usual(row.code, chart) > 0 else _negated(row) for row in rows]
    if _off(rows) > ROUNDING >= _off(as_usual):
        return as_usual
    return list(rows)


def _off(rows: Sequence[Account]) -> float:
    return abs(math.fsum(row.closing or 0.0 for row in rows))


def _negated(row: Account) -> Account:
    opening, closing = row.opening, row.closing
    return replace(
        row,
        opening=None if opening is None else -opening,
        closing=None if closing is None else -closing,
    )
