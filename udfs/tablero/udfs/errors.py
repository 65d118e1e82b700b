"""What a cell function raises on wrong input: a sentence for people, a token for the cell."""

from __future__ import annotations


class CellError(ValueError):
    """Wrong input to a cell function; ``token`` is the Excel error that the cell shows."""

    token = "#VALUE!"


class CellValueError(CellError):
    """Cells of the wrong kind: text for a number, an unknown word, shapes that differ."""

    token = "#VALUE!"


class CellNumberError(CellError):
    """Numbers that contradict a rule: weights that do not sum to 1, a floor above its cap."""

    token = "#NUM!"
