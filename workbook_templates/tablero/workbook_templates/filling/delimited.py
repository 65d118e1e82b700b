"""Text with delimiters as a table: which encoding it has, and what stands between its cells."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from charset_normalizer import from_bytes

from tablero.workbook_templates.filling.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Content,
    Table,
    refusal,
    too_large,
    without_end,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Windows, the Mac of old, and DOS, whose exports accounting programs still write.
_LEGACY = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("áéíóúüñãõçàâêôÁÉÍÓÚÜÑÃÕÇ")
_MARKS_OF_TEXTS = frozenset("¿¡ºª°€£–—“”’«»\N{NO-BREAK SPACE}")
_SAMPLE = 64_000
_LINES = 100
_DELIMITERS = ";\t|,"  # the comma last: it also stands in numbers
_LONG_LINE = re.compile(r"[^\r\n]{200000}")
_TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(data: bytes, name: str) -> Table:
    """The cells of a text; ``name`` is what problems call its file.

    Raises
    ------
    ProblemsError
        It is no text, too large, or a quotation mark in it is never closed.
    """
    text = decoded(data, name).removeprefix("\ufeff")
    told = _TOLD.match(text)
    if told:
        text = text[told.end() :]
    if _LONG_LINE.search(text):
        raise too_large(name)
    delimiter = told[1] if told else delimiter_of(text)
    blank = [()] if told else []  # rows are counted as a spreadsheet shows the file
    return Table([*blank, *_rows(text, delimiter, name)])


def decoded(data: bytes, name: str) -> str:
    """The text that bytes stand for, by its mark, as UTF-8, or in the likeliest legacy encoding.

    >>> decoded("Producción".encode("mac_roman"), "old.csv")
    'Producción'
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", *_wide(data)):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    if marked or b"\0" in data:
        raise refusal("source_no_text", name)
    return _legacy(data, name)


def _wide(data: bytes) -> Sequence[str]:
    """UTF-16 without a mark is seen by its many NULs: every other byte of plain letters."""
    first, second = data[:_SAMPLE:2].count(0), data[1:_SAMPLE:2].count(0)
    if first + second < min(len(data), _SAMPLE) // 4:
        return ()
    return ("utf-16-be",) if first > second else ("utf-16-le",)


def _legacy(data: bytes, name: str) -> str:
    """The encoding in which most signs are ones that people here write."""
    sample = b"\n".join(line for line in data.splitlines() if not line.isascii())[:_SAMPLE]
    likeliest = max(_LEGACY, key=lambda encoding: _likelihood(sample, encoding))
    if _likelihood(sample, likeliest) > 0:
        return data.decode(likeliest, "replace")
    best = from_bytes(sample).best()
    if best is None:
        raise refusal("source_no_text", name)
    return data.decode(best.encoding, "replace")


def _likelihood(sample: bytes, encoding: str) -> int:
    """Letters of Spanish and Portuguese speak for an encoding, signs that nobody writes against."""
    signs = Counter(sign for sign in sample.decode(encoding, "replace") if not sign.isascii())
    known = sum(signs[sign] for sign in _LETTERS)
    return 2 * known + sum(signs[sign] for sign in _MARKS_OF_TEXTS) - signs.total()


def delimiter_of(text: str) -> str:
    r"""What stands between the cells: the sign that cuts most lines into equally many.

    >>> delimiter_of("input;value;note\nnet_sales;1,5;a, b, c\ncash;2,5;")
    ';'
    """
    return max(_DELIMITERS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, delimiter: str) -> int:
    """How many of the first lines have the most frequent number of cells, if it is above one."""
    try:
        lines = list(islice(csv.reader(StringIO(text[:_SAMPLE]), delimiter=delimiter), _LINES))
    except csv.Error:
        return 0
    widths = Counter(len(line) for line in lines if len(line) > 1)
    return max(widths.values(), default=0)


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[Content, ...]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader):
            cells = without_end([cell.strip() for cell in row])
            if number >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise too_large(name)
            yield cells
    except csv.Error:
        raise refusal("source_quotes", name, line=reader.line_num) from None
