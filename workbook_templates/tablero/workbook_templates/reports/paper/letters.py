"""Letters that a page cannot show: found, replaced by a box, and told to the reader."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from tablero.workbook_templates.problems import Problem

BOX = "□"
"""Stands where a letter cannot be shown."""
_NOT_LETTERS = {"Co", "Cn", "Cs"}
_UNDRAWN = {"Cf", "Mn", "Me"}
_SEPARATORS = re.compile("[\u2028\u2029\u0085]")
_BLANKS = "\n\t"
_LONG = re.compile(r"\S{28,}")
_PIECE = re.compile(r"\S{12}(?=\S)")
_REST = "\u200b"
"""Where a line may end inside a word."""
_MOST_CODES = 12
_MOST_TEXTS = 3
_MOST_OF_A_TEXT = 60


def seen(letters: Iterable[str]) -> frozenset[str]:
    """Those that a reader would see; what only joins or varies others does not count.

    >>> sorted(seen("a\N{ZERO WIDTH JOINER}b"))
    ['a', 'b']
    """
    every = frozenset(letters) - {" "}
    told = (one for one in every if unicodedata.category(one) not in _UNDRAWN)
    return frozenset(told) or every


def is_hopeless(letter: str) -> bool:
    r"""Whether no font has it: it is none, or private to somebody's font.

    >>> is_hopeless("\ue000"), is_hopeless("漢")
    (True, False)
    """
    return unicodedata.category(letter) in _NOT_LETTERS


def cleaned(text: str, unseen: Iterable[str] = ()) -> str:
    r"""A text as it can be set: without control characters, boxes for what has no letter.

    >>> cleaned("a\x07b 漢", "漢")
    'ab □'
    """
    if text.isascii() and text.isprintable():
        return text
    one_line = _SEPARATORS.sub(" ", text)
    wanted = "".join(one for one in one_line if one in _BLANKS or unicodedata.category(one) != "Cc")
    for letter in {*unseen, *filter(is_hopeless, wanted)}:
        wanted = wanted.replace(letter, BOX)
    return wanted


def breakable(text: str) -> str:
    """A text whose words fit into a column: very long ones may be broken.

    >>> len(breakable("x" * 60)) - 60, breakable("a fine day")
    (4, 'a fine day')
    """
    return _LONG.sub(lambda word: _PIECE.sub(lambda found: found[0] + _REST, word[0]), text)


def texts(value: Any) -> Iterator[str]:
    """Every text in a structure of lists and dictionaries."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from texts(one)
        case list():
            for one in value:
                yield from texts(one)


def mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure with its texts changed."""
    match value:
        case str():
            return change(value)
        case dict():
            return {key: mapped(one, change) for key, one in value.items()}
        case list():
            return [mapped(one, change) for one in value]
    return value


def problem(letters: frozenset[str], found_in: Sequence[str]) -> Problem:
    """What the reader is told of letters that the report does not show."""
    codes = [f"U+{ord(one):04X}" for one in sorted(letters)]
    more = " …" if len(codes) > _MOST_CODES else ""
    shown = [f"“{cleaned(one, letters)[:_MOST_OF_A_TEXT]}”" for one in found_in[:_MOST_TEXTS]]
    values = {"letters": ", ".join(codes[:_MOST_CODES]) + more, "texts": ", ".join(shown)}
    return Problem("paper_letters", "warning", values)
