"""The sides that a trial balance says with letters: ``1.234,56D``, or a ``C`` in the next column.

Brazilian programs print every balance as positive, and behind it whether it is on the debit side
(``D``, *devedor*) or on the credit side (``C``, *credor*).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tablero.workbook_templates.filling.accounts import Side
from tablero.workbook_templates.filling.tables import Table
from tablero.workbook_templates.filling.trial_balance_columns import Columns
from tablero.workbook_templates.filling.trial_balance_words import Part, side_of

_WITH_LETTER = re.compile(r"(?P<amount>.*[\d)]) *(?P<letter>[DC]|D[BRV]|CR)\.?", re.IGNORECASE)
_SINGLE: Sequence[Part] = ("opening", "closing")
"""Balances that stand in one column, whichever side they are on."""


def apart(text: str) -> tuple[str, Side | None]:
    """An amount without the letter of its side, and the side.

    >>> apart("1.234,56D"), apart("R$ 1.234,56 C"), apart("1.234,56")
    (('1.234,56', 'debit'), ('R$ 1.234,56', 'credit'), ('1.234,56', None))
    """
    found = _WITH_LETTER.fullmatch(text.strip())
    return (found["amount"], side_of(found["letter"])) if found else (text, None)


def on_side(amount: float, side: Side, part: Part) -> float | None:
    """An amount with the sign that its side has in a column; None where it has a minus as well.

    A balance is positive on the debit side; what stands in a column of debits or of credits is
    positive there.

    >>> on_side(5.0, "credit", "closing"), on_side(5.0, "credit", "credit")
    (-5.0, 5.0)
    """
    if amount < 0:
        return None
    own: Side = "credit" if part.endswith("credit") else "debit"
    return amount if side == own else -amount


def letter_columns(columns: Columns) -> Mapping[Part, int]:
    """The columns that hold nothing but letters of sides, by the balance on their left."""
    found = {}
    for part in _SINGLE:
        column = _next(columns, part)
        if column is not None and _is_of_letters(columns, column):
            found[part] = column
    return found


def _next(columns: Columns, part: Part) -> int | None:
    """The next column on the right with any content below the heads; none that is taken."""
    if part not in columns.places:
        return None
    width = max((len(row) for row in columns.table.rows), default=0)
    for column in range(columns.places[part] + 1, width):
        if column in columns.places.values():
            return None
        if any(_labels(columns, column)):
            return column
    return None


def _is_of_letters(columns: Columns, column: int) -> bool:
    return all(side_of(label) for label in _labels(columns, column) if label)


def _labels(columns: Columns, column: int) -> list[str]:
    table: Table = columns.table
    return [table.label(row, column) for row in range(columns.head + 1, len(table.rows))]
