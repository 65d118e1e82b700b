"""What is written, fitted to the encoding of wherever it goes."""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path
from typing import TextIO

_PLAIN_SIGNS = {
    "▲": "++", "●": "+", "◆": "-", "▼": "--", "≠": "!", "✔": "", "–": "-", "—": "-", "−": "-",
    "›": ">", "×": "x", "·": "-", "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "…": "...",
    "─": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip

# What moves the cursor, starts an escape sequence or turns the reading direction.
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
_BREAKS = "\t\n\r\v\f\x85\u2028\u2029"
_JOINERS = "\u200c\u200d"


def fitted(text: str, encoding: str | None) -> str:
    r"""A line of text with only signs that the encoding has, and none that steers a terminal.

    >>> fitted("▲ Excelente: período", "ascii")
    '++ Excelente: periodo'
    >>> fitted("two\nlines", "utf-8")
    'two lines'
    """
    safe = "".join(_safe(sign) for sign in text)
    if _has(encoding, safe):
        return safe
    return "".join(sign if _has(encoding, sign) else _plain(sign, encoding) for sign in safe)


def _safe(sign: str) -> str:
    if sign in _BREAKS:
        return " "
    unsafe = unicodedata.category(sign) in _UNSAFE and sign not in _JOINERS
    return "\N{REPLACEMENT CHARACTER}" if unsafe else sign


def _plain(sign: str, encoding: str | None) -> str:
    if sign in _PLAIN_SIGNS:
        return _PLAIN_SIGNS[sign]
    bare = "".join(part for part in unicodedata.normalize("NFKD", sign) if part.isascii())
    return bare if bare and _has(encoding, bare) else "?"


def _has(encoding: str | None, text: str) -> bool:
    try:
        text.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def as_typed(path: Path) -> str:
    """A path as it is typed in a shell.

    >>> as_typed(Path("our scores.xlsx"))
    '"our scores.xlsx"'
    """
    return f'"{path}"' if re.search(r"[^\w./\\:~-]", str(path)) else str(path)


def show_data(document: str) -> None:
    """Hand data on: as UTF-8 wherever a program may read it, fitted on a terminal."""
    stream = sys.stdout
    if stream is None:
        return
    if stream.isatty():
        lines = (fitted(line, stream.encoding) for line in document.splitlines())
        stream.write("".join(f"{line}\n" for line in lines))
    else:
        stream.flush()
        stream.buffer.write(document.encode("utf-8", "replace"))
        stream.buffer.flush()


def complain(line: str) -> None:
    """Say what is wrong, on the stream that is there for it."""
    stream: TextIO | None = sys.stderr
    if stream is not None:
        stream.write(f"{fitted(line, stream.encoding)}\n")
        stream.flush()
