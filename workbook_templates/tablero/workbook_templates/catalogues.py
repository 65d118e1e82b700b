"""Reading gettext catalogues: the texts of a ``.pot`` or ``.po`` file by their context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_QUOTED = r'((?:"[^\n]*"[ \t]*\n?)+)'
_ENTRY = re.compile(
    rf"((?:^#[^\n]*\n)*)^msgctxt[ \t]+{_QUOTED}msgid[ \t]+{_QUOTED}msgstr[ \t]+{_QUOTED}",
    re.MULTILINE,
)
_SEAM = re.compile(r'"[ \t]*\n"')
"""Where one line ends and the next goes on."""
_FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}


class Entry(NamedTuple):
    """A text of a catalogue: its key, the English, and the translation as far as it stands."""

    context: str
    english: str
    translation: str
    """Empty where there is none, or where the English has changed since."""


def entries(page: str) -> Iterator[Entry]:
    """The entries that have a context; what has none, such as the head, is left out.

    It is much faster than polib, which reads whatever gettext knows, such as plural forms, entries
    of former times and comments, and which every command would wait for.

    >>> page = 'msgctxt "term.goal"' + chr(10) + 'msgid "Goal"' + chr(10) + 'msgstr "Meta"'
    >>> list(entries(page))
    [Entry(context='term.goal', english='Goal', translation='Meta')]
    """
    for comments, context, english, translation in _ENTRY.findall(page):
        said = "" if _FUZZY.search(comments) else _joined(translation)
        yield Entry(_joined(context), _joined(english), said)


def _joined(lines: str) -> str:
    """What stands in quotes, in one."""
    text = lines.strip()[1:-1]
    if "\n" in text:
        text = _SEAM.sub("", text)
    return _ESCAPED.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    return _MEANT.get(found[1], found[1])
