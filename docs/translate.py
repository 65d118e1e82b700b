"""Brings the translations up to date with the English texts.

    .venv/bin/python docs/translate.py

The texts stand in ``workbook_templates/tablero/workbook_templates/locale``: in English in one
``.pot`` file for each concern, in the other languages in ``<language>/<concern>.po``, which any
editor of gettext files opens.  Whoever changes an English text runs this: new texts appear in
the translations, empty; those that changed are marked "fuzzy" with the former English beside
them, and stay English in the program until a translator has looked; those that went, go.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polib

from tablero.workbook_templates import texts

LOCALE = Path(texts.__file__).parent / "locale"
WIDTH = 100


def main() -> None:
    """Write every translation anew and tell what is left to translate."""
    for path, translation in translations():
        path.parent.mkdir(exist_ok=True)
        path.write_text(str(translation) + "\n", "utf-8", newline="\n")
        left = [entry for entry in translation if not entry.translated()]
        if left:
            sys.stdout.write(f"{path.relative_to(LOCALE)}: {len(left)} to translate\n")


def translations() -> Iterator[tuple[Path, polib.POFile]]:
    """Every translation as it should stand, in the order of the English texts."""
    for source in sorted(LOCALE.glob("*.pot")):
        for language in texts.LANGUAGES:
            if language != texts.SOURCE:
                path = LOCALE / language / f"{source.stem}.po"
                yield path, up_to_date(polib.pofile(str(source)), path, language)


def up_to_date(source: polib.POFile, path: Path, language: str) -> polib.POFile:
    """The translation at ``path``, with exactly the texts of its source."""
    former = {entry.msgctxt: entry for entry in polib.pofile(str(path))} if path.exists() else {}
    translation = polib.POFile(wrapwidth=WIDTH)
    translation.header = source.header
    translation.metadata = {**source.metadata, "Language": language}
    for english in source:
        translation.append(_translated(english, former.get(english.msgctxt)))
    return translation


def _translated(english: polib.POEntry, former: polib.POEntry | None) -> polib.POEntry:
    """An entry of a translation: the former one, marked when its English has changed."""
    entry = polib.POEntry(
        msgctxt=english.msgctxt, msgid=english.msgid, msgstr="", comment=english.comment
    )
    if former is None or not former.msgstr:
        return entry
    entry.msgstr, entry.flags = former.msgstr, [*former.flags]
    entry.previous_msgid = former.previous_msgid
    if former.msgid != english.msgid and not former.fuzzy:
        entry.flags.append("fuzzy")
        entry.previous_msgid = former.msgid
    return entry


if __name__ == "__main__":
    main()
