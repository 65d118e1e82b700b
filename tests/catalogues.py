"""The catalogues of texts as their files have them, without what the program makes of them."""

from __future__ import annotations

from pathlib import Path

import polib

from tablero.workbook_templates import texts

LOCALE = Path(texts.__file__).parent / "locale"


def problems_told(concern: str, language: str) -> dict[str, dict[str, str]]:
    """Message and remedy of each problem of a concern, by code."""
    problems: dict[str, dict[str, str]] = {}
    for key, said in texts_of(concern, language).items():
        section, code, *part = key.split(".")
        if section == "problem":
            problems.setdefault(code, {})[".".join(part)] = said
    return problems


def texts_of(concern: str, language: str) -> dict[str, str]:
    """The texts of a concern by key."""
    if language == texts.SOURCE:
        return {entry.msgctxt: entry.msgid for entry in _file(f"{concern}.pot")}
    return {entry.msgctxt: entry.msgstr for entry in _file(f"{language}/{concern}.po")}


def _file(name: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / name))
