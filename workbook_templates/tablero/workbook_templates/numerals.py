"""Numbers that arrived as text: what number a person meant by ``1.234,56`` or ``12%``."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"(?P<sign>[-+(]?) *(?P<digits>\d[\d.,' ]*|[.,]\d+)(?P<percent>%?)\)?")
_DECORATION = re.compile(
    r"[$€£¥₡₲₱]|\b(?:USD|EUR|PEN|COP|MXN|CLP|ARS|BRL|BOB|S/|R(?=\$))\.?|S/\.?", re.IGNORECASE
)
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2212": "-", "’": "'"})
_GROUP = 3


def meant_number(text: str) -> float | None:
    """The number a text most likely stands for; None when it is no number.

    Decimal comma and decimal point are told apart by position: the last mark is the decimal one,
    unless it is repeated. A single mark before exactly three digits is not guessed at.

    >>> meant_number("1.234,56"), meant_number("1,234.56"), meant_number("12%"), meant_number("(5)")
    (1234.56, 1234.56, 0.12, -5.0)
    >>> meant_number("-R$ 1.234,56"), meant_number("about 5"), meant_number("1,234")
    (-1234.56, None, None)
    """
    bare = _DECORATION.sub("", text.translate(_SPACES)).strip()
    found = _NUMBER.fullmatch(bare)
    if not found:
        return None
    value = _value(found["digits"].replace(" ", "").replace("'", ""))
    if value is None or not math.isfinite(value):
        return None
    if found["percent"]:
        value = round(value / 100, 12)
    return -value if found["sign"] in ("-", "(") else value


def _value(digits: str) -> float | None:
    marks = [mark for mark in digits if mark in ".,"]
    if not marks:
        return float(digits)
    decimal = marks[-1]
    grouping = "," if decimal == "." else "."
    if _is_ambiguous(digits, decimal, marks):
        return None
    if marks.count(decimal) > 1:
        return _joined(digits, decimal) if len(set(marks)) == 1 else None
    return float(digits.replace(grouping, "").replace(decimal, "."))


def _is_ambiguous(digits: str, mark: str, marks: list[str]) -> bool:
    """1,234 is a thousand to one reader, one and a bit to another: nobody should guess."""
    head, _, tail = digits.partition(mark)
    return len(marks) == 1 and len(tail) == _GROUP and 0 < len(head) <= _GROUP and head != "0"


def _joined(digits: str, mark: str) -> float | None:
    head, *groups = digits.split(mark)
    return (
        float("".join([head, *groups])) if all(len(group) == _GROUP for group in groups) else None
    )
