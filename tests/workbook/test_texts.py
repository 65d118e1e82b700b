"""The catalogues: every text exists in each language, says the same, and is used."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import polib
import pytest

from tablero.workbook_templates import texts
from tablero.workbook_templates.texts import LANGUAGES, MissingTextError, catalogue, text

ROOT = Path(__file__).parents[2]
ROOMS = ("udfs", "workbook_templates", "addin")
TRANSLATE = runpy.run_path(str(ROOT / "docs" / "translate.py"))
ENGLISH = catalogue("en")
# Texts that are looked up by a key put together elsewhere than in one formatted string.
TAKE_A_KEY = {"say", "text"}

in_each_other_language = pytest.mark.parametrize(
    "language", [language for language in LANGUAGES if language != texts.SOURCE]
)


@cache
def trees() -> tuple[ast.AST, ...]:
    """Every module of the project."""
    modules = [path for room in ROOMS for path in sorted((ROOT / room / "tablero").rglob("*.py"))]
    return tuple(ast.parse(path.read_text("utf-8")) for path in modules)


def nodes() -> Iterator[ast.AST]:
    for tree in trees():
        yield from ast.walk(tree)


def words() -> set[str]:
    """Every string of the sources."""
    return {
        node.value
        for node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def patterns() -> list[re.Pattern[str]]:
    """Every formatted string that can make a key: what is put in may be anything but a dot."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([^ ]+)"
                for part in node.values
            ]
            if re.match(r"[a-z_]+\\\.", parts[0]):
                found.add("".join(parts))
    return [re.compile(pattern) for pattern in sorted(found)]


def placeholders(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}


def test_every_translation_is_up_to_date() -> None:
    """As ``docs/translate.py`` writes it: no text missing, left over, or at another place."""
    for path, translation in TRANSLATE["translations"]():
        assert path.read_text("utf-8") == f"{translation}\n", f"run docs/translate.py: {path.name}"
        assert [entry.msgctxt for entry in translation if not entry.translated()] == []


def test_a_changed_text_is_marked_for_the_translators(tmp_path: Path) -> None:
    """Its translation stays, with the former English beside it; new ones are empty."""
    english = polib.pofile(
        'msgctxt "a"\nmsgid "Two"\nmsgstr ""\n\nmsgctxt "b"\nmsgid "B"\nmsgstr ""'
    )
    former = tmp_path / "former.po"
    former.write_text(
        'msgctxt "a"\nmsgid "One"\nmsgstr "Uno"\n\nmsgctxt "c"\nmsgid "C"\nmsgstr "Ce"', "utf-8"
    )
    changed, new = TRANSLATE["up_to_date"](english, former, "es")
    assert (changed.msgid, changed.msgstr, changed.previous_msgid) == ("Two", "Uno", "One")
    assert changed.fuzzy
    assert (new.msgctxt, new.msgstr) == ("b", "")


@in_each_other_language
def test_a_translation_says_the_same(language: str) -> None:
    """The same placeholders, no text left empty, none with blanks at its ends."""
    translated = catalogue(language)
    assert ENGLISH.keys() == translated.keys()
    for key, english in ENGLISH.items():
        assert placeholders(english) == placeholders(translated[key]), key
        for said in (english, translated[key]):
            assert said, key
            assert said == said.strip(), key


def test_every_text_that_is_asked_for_exists() -> None:
    """Keys that stand in the sources as they are."""
    asked = {
        node.args[0].value
        for node in nodes()
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in TAKE_A_KEY
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(asked) > 50
    assert asked <= ENGLISH.keys()


def test_every_text_is_used() -> None:
    """A key stands in the sources whole or as the parts of a formatted string."""
    known, made = words(), patterns()
    unused = [key for key in ENGLISH if key not in known and not _is_made(key, made, known)]
    assert unused == []


def _is_made(key: str, made: list[re.Pattern[str]], known: set[str]) -> bool:
    """Whether a formatted string can make the key of words that the sources know."""
    found = filter(None, (pattern.fullmatch(key) for pattern in made))
    return any(all(_is_known(part, made, known) for part in match.groups()) for match in found)


def _is_known(part: str, made: list[re.Pattern[str]], known: set[str]) -> bool:
    """Whether the sources know a part: as a word, a number, or made of parts in turn."""
    return part.isdigit() or part.removesuffix("_similar") in known or _is_made(part, made, known)


@in_each_other_language
def test_no_english_is_left(language: str) -> None:
    """Texts of some length differ; words such as “General” may be alike."""
    said = catalogue(language)
    alike = [key for key in ENGLISH if len(ENGLISH[key]) > 14 and ENGLISH[key] == said[key]]
    assert [key for key in alike if not re.search(r"[{%]", ENGLISH[key])] == []


def test_portuguese_is_not_spanish() -> None:
    """No letter and no mark of Spanish alone."""
    spanish = [key for key, said in catalogue("pt").items() if re.search("[ñ¿¡«»]", said)]
    assert spanish == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_key_is_a_defect_told_with_its_language(language: str) -> None:
    """A missing text is never shown as its key."""
    with pytest.raises(MissingTextError, match=f"{language}: no.such"):
        text("no.such", language)


def test_texts_are_read_once() -> None:
    """The catalogue of a language is kept."""
    assert texts.catalogue("en") is ENGLISH
