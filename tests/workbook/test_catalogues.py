"""Reading catalogues: whatever editors of gettext files write, as polib reads it."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from tablero.workbook_templates.catalogues import entries
from tests.catalogues import LOCALE

ODD = r"""# Translators wrote
# two lines.
msgid ""
msgstr ""
"Language: es\n"

#: sheets/home.py:12
#, python-format, fuzzy
#| msgctxt "a"
#| msgid "Former"
msgctxt "a"
msgid "Changed"
msgstr "Anterior"

msgctxt "b.c"
msgid ""
"Two lines with \"quotes\", a \\ and\n"
"a \tbreak"
msgstr ""
"Dos líneas con \"comillas\", una \\ y\n"
"un \tsalto"
#, python-format
msgctxt "no.blank.line"
msgid "# no comment"
msgstr "msgid \"no entry\""

#, fuzzy
#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Ido"

msgctxt "untranslated"
msgid "Not yet"
msgstr ""
"""


def as_polib(page: str) -> list[tuple[str, str, str]]:
    """Key, English and translation of every entry that is no head and not of former times."""
    return [
        (entry.msgctxt, entry.msgid, entry.msgstr if entry.translated() else "")
        for entry in polib.pofile(page)
        if entry.msgctxt and not entry.obsolete
    ]


@pytest.mark.parametrize("path", sorted(LOCALE.rglob("*.po*")), ids=str)
def test_our_catalogues_are_read_as_gettext_means_them(path: Path) -> None:
    """Every entry of every file."""
    page = path.read_text("utf-8")
    assert [*map(tuple, entries(page))] == as_polib(page)


def test_what_editors_write_is_understood() -> None:
    """Marks, comments, former texts, escapes, lines that go on, entries without a line between."""
    found = [*map(tuple, entries(ODD))]
    assert found == as_polib(ODD)
    assert [key for key, _, _ in found] == ["a", "b.c", "no.blank.line", "untranslated"]
    assert found[0][2] == ""
