"""A wish as the command line that says the same, to be kept in a script."""

from __future__ import annotations

import os
import shlex
import string
from collections.abc import Iterator

from tablero.addin.cli.creation import OPTIONS, Wish

_SAFE_ON_WINDOWS = frozenset(f"{string.ascii_letters}{string.digits}-_.:\\/")


def command_line(wish: Wish, *, force: bool, system: str = os.name) -> str:
    """What is typed to have the same made without questions.

    >>> wish = Wish("retail", None, {"name": "El Sol"}, "es", None, None, with_figures=False)
    >>> command_line(wish, force=False, system="posix")
    "tablero new retail --company 'El Sol' --lang es"
    >>> command_line(wish, force=False, system="nt")
    'tablero new retail --company "El Sol" --lang es'
    """
    quote = _quoted_for_windows if system == "nt" else shlex.quote
    return " ".join(("tablero new", *map(quote, _words(wish, force=force))))


def _words(wish: Wish, *, force: bool) -> Iterator[str]:
    yield wish.origin
    for name, value in _options(wish):
        if value not in (None, ""):
            yield from (f"--{name}", str(value))
    flags = {
        "accept-inconsistent": wish.tailoring.accepts_inconsistent,
        "with-figures": wish.with_figures,
        "force": force,
    }
    yield from (f"--{name}" for name, is_set in flags.items() if is_set)


def _options(wish: Wish) -> Iterator[tuple[str, object]]:
    for field, value in wish.given.items():
        yield OPTIONS.get(field, field), value
    yield "lang", wish.lang
    yield "logo", wish.logo
    yield "colour", wish.colour
    yield "keep", ",".join(wish.tailoring.keep)
    yield "drop", ",".join(wish.tailoring.drop)
    yield from (("points", text) for text in wish.tailoring.points)
    yield from (("compare", text) for text in wish.tailoring.comparisons)
    yield "functions", wish.functions
    yield "output", wish.output


def _quoted_for_windows(word: str) -> str:
    """A word in double quotes where Windows' shells would read a sign of it as their own."""
    if word and set(word) <= _SAFE_ON_WINDOWS:
        return word
    doubled = word.replace('"', '""')
    return f'"{doubled}"'
