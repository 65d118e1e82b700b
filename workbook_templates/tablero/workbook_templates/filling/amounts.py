"""Amounts that a source holds as texts, and what its decimal mark is.

``1,234`` is a thousand to one reader and one and a bit to another. Nobody guesses: the other
figures of the source decide, or whoever fills in says it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

Mark = Literal[".", ","]

_DECORATION = re.compile(
    r"[$€£¥₡₲₱]|\b(?:USD|EUR|PEN|COP|MXN|CLP|ARS|BRL|BOB|UYU|PYG|CRC|GTQ|HNL|NIO|DOP|VES|GBP"
    r"|US|S/|R(?=\$))\.?|S/\.?",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<open>\(?)(?P<sign>[-+]?)(?P<digits>\d[\d.,' ]*|[.,]\d+)(?P<power>e[-+]?\d{1,3})?"
    r"(?P<percent> ?%)?(?P<after>-?)(?P<close>\)?)",
    re.IGNORECASE,
)
_SIGNS = str.maketrans(
    {
        "−": "-",
        "–": "-",
        "’": "'",
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
    }
)
_GROUPED = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?=\D|$)")
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "n.a.", "n.d.", "n/d", "s/d", "s.d.", "null"})
_GROUP = 3
_LONGEST = 60
_DIGITS = 12


class Digits(NamedTuple):
    """A number taken apart: its digits with marks, what it is multiplied with, its power."""

    digits: str
    factor: float
    power: str = ""

    @property
    def marks(self) -> str:
        """The commas and points in it."""
        return "".join(sign for sign in self.digits if sign in ".,")

    @property
    def decimal(self) -> Mark | None:
        """The decimal mark that it shows by itself; None where it has none or may be either."""
        marks = self.marks
        if not marks or self.is_ambiguous:
            return None
        last: Mark = "." if marks[-1] == "." else ","
        if len(set(marks)) == 1 and len(marks) > 1:  # 1.234.567
            return _other(last)
        return last

    @property
    def is_ambiguous(self) -> bool:
        """Whether its only mark may be either: one to three digits, it, three more."""
        if len(self.marks) != 1 or self.power:
            return False
        head, _, tail = self.digits.partition(self.marks)
        return len(tail) == _GROUP and 0 < len(head) <= _GROUP and head.strip("0") != ""

    def value(self, mark: Mark | None) -> float | None:
        """The number, read as it shows by itself, else with that decimal mark; None if neither.

        >>> Digits("1.234", 1).value(","), Digits("1.234", 1).value(None)
        (1234.0, None)
        """
        if self.decimal is None and mark is None and self.is_ambiguous:
            return None
        return self.with_mark(self.decimal or mark)

    def with_mark(self, mark: Mark | None) -> float | None:
        """The number, read with that decimal mark and no other; None where it cannot be.

        >>> Digits("1.5", 1).with_mark(",") is None
        True
        """
        whole, _, part = self.digits.partition(mark) if mark else (self.digits, "", "")
        joined = _joined(whole, _other(mark) if mark else None)
        if joined is None or not (part.isdecimal() or not part):
            return None
        number = float(f"{joined or '0'}.{part or '0'}{self.power}") * self.factor
        exact = round(number, _DIGITS) if abs(self.factor) < 1 else number
        return exact if math.isfinite(exact) else None


def is_nothing(text: str) -> bool:
    """Whether a text says that there is no figure.

    >>> is_nothing("n/a"), is_nothing("–"), is_nothing("0")
    (True, True, False)
    """
    return text.translate(_SIGNS).replace("—", "-").strip().casefold() in _NOTHING


def taken_apart(text: str) -> Digits | None:
    """The digits of an amount; None where a text is none.

    Currency signs and codes, brackets or a minus (before or after) for negatives, spaces and
    apostrophes between thousands, a percent sign and powers of ten are understood.

    >>> taken_apart("S/ (1.234,50)")
    Digits(digits='1.234,50', factor=-1.0, power='')
    >>> taken_apart("=1+2") is None, taken_apart("about 5") is None
    (True, True)
    """
    if len(text) > _LONGEST:
        return None
    bare = _DECORATION.sub("", text.translate(_SIGNS))
    found = _NUMBER.fullmatch(_closed_up(bare))
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    negatives = sum((found["sign"] == "-", found["after"] == "-", bool(found["open"])))
    digits = _GROUPED.sub(lambda group: re.sub(r"[ ']", "", group[0]), found["digits"].strip())
    if negatives > 1 or not re.fullmatch(r"[\d.,]+", digits):
        return None
    size = 0.01 if found["percent"] else 1.0
    return Digits(digits, -size if negatives else size, (found["power"] or "").lower())


def _closed_up(text: str) -> str:
    """Blanks only where they part thousands, or stand before a percent sign."""
    return re.sub(r"(?<=[-+(]) +| +(?=[-)])", "", text.strip())


def decimal_mark(amounts: Iterable[Digits]) -> Mark | None:
    """The decimal mark of a source as its unambiguous amounts show it; None if they do not.

    >>> decimal_mark(filter(None, map(taken_apart, ["1,234", "1.234,5"])))
    ','
    """
    shown = {one.decimal for one in amounts} - {None}
    return shown.pop() if len(shown) == 1 else None


def _other(mark: Mark) -> Mark:
    return "." if mark == "," else ","


def _joined(whole: str, grouping: Mark | None) -> str | None:
    """The digits before the decimal mark, if whatever groups them does so by threes."""
    if grouping is None or grouping not in whole:
        return whole if whole.isdecimal() or not whole else None
    head, *groups = whole.split(grouping)
    fits = 0 < len(head) <= _GROUP and all(len(group) == _GROUP for group in groups)
    return "".join([head, *groups]) if fits and "".join([head, *groups]).isdecimal() else None
