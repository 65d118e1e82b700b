"""The VBA functions of a macro workbook: what xlwings itself would write, and our additions."""

from __future__ import annotations

import re

import pytest

from tablero.addin.excel.macro_workbook import ON_OPENING
from tablero.addin.excel.wrappers import ERRORS, Book, mark_of, quoted, wrapper_module
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.excel import classic

SIGNATURE = re.compile(r"^Function ([A-Z_]+)\((.*)\)$", re.MULTILINE)
CALL = re.compile(r'XLPy\.CallUDF\(".*?, Application\.Caller\)')
BOOKS: tuple[Book, ...] = ("ThisWorkbook", "ActiveWorkbook")
LONGEST_LINE = 1023
LINES_CONTINUED = 24
# The words of VBA that a parameter could be named after by mistake.
RESERVED = set(
    re.findall(
        r"\w+",
        """
        and any as base boolean byte byref byval call case close const currency date debug
        declare dim do double each else end enum eqv error event exit false for function get
        global goto if imp in input integer is let like lock long loop me mid mod name new next
        not nothing null object on open option optional or print private property public put
        redim rem resume return seek select set single static step stop string sub text then to
        true type until variant wend while with xor
        """,
    )
)


@pytest.mark.parametrize(
    ("book", "file"), [("ThisWorkbook", "acme.xlsm"), ("ActiveWorkbook", "tablero.xlam")]
)
def test_signatures_and_calls_are_those_of_xlwings_own_generator(book: Book, file: str) -> None:
    """For a workbook and for an add-in, which reads the configuration of the workbook in use."""
    ours, theirs = wrapper_module("en", book), classic.xlwings_wrappers(file)
    assert sorted(SIGNATURE.findall(ours)) == sorted(SIGNATURE.findall(theirs))
    assert sorted(CALL.findall(ours)) == sorted(CALL.findall(theirs))
    assert len(CALL.findall(ours)) == len(FUNCTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_vba_can_read_the_module(language: str) -> None:
    """Lines of a length it takes, letters of its code page, and no word of its own as a name."""
    source = wrapper_module(language)
    source.encode("cp1252")
    assert max(map(len, source.splitlines())) <= LONGEST_LINE
    assert not re.search(rf"(?: _\n.*){{{LINES_CONTINUED + 1}}}", source)
    names = {argument.name for function in FUNCTIONS for argument in function.arguments}
    assert not names & RESERVED
    for begin, end in (("Function ", "End Function"), ("Sub ", "End Sub"), ("If ", "")):
        lines = [re.sub(r"^(?:Private|Public) ", "", line) for line in source.splitlines()]
        opened = [line for line in lines if line.startswith(begin)]
        assert not end or len(opened) == lines.count(end)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_function_wizard_shows_every_help_text(language: str) -> None:
    """Functions and arguments in the language of the workbook."""
    source = wrapper_module(language)
    for function in FUNCTIONS:
        texts = [function.help[language], *(one.help[language] for one in function.arguments)]
        _, _, described = source.partition(f'book & "{function.name}"')
        described, _, _ = described.partition("MacroOptions")
        assert all(f'"{one}"'.replace("“", '""') in described for one in texts)


def test_every_error_of_the_functions_becomes_excels_own() -> None:
    """What a body may raise, and what Excel hands through."""
    source = wrapper_module()
    assert {"#VALUE!", "#NUM!"} <= set(ERRORS)
    for sign, error in ERRORS.items():
        assert f'Case "{sign}": OwnError = CVErr({error})' in source


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cell_without_python_says_what_to_do(language: str) -> None:
    """Whatever fails on the way: one sentence with its reason, and another in the Store's Excel."""
    source = wrapper_module(language)
    assert source.count("= NotServed(Err.Description)") == len(FUNCTIONS)
    for key in ("not_served", "store"):
        sentence = text(f"excel.{key}", language)
        assert "xlwings.conf" in sentence
        assert f"NotServed = {quoted(sentence)}" in source
    assert 'InStr(1, Application.Path, "\\WindowsApps\\", vbTextCompare) > 0' in source


def test_the_workbook_tells_the_stores_excel_on_opening() -> None:
    """In the status bar, which keeps nobody from working; both procedures are the module's."""
    source = wrapper_module()
    for name in re.findall(r"^    (\w+)$", ON_OPENING, re.MULTILINE):
        assert f"Public Sub {name}()" in source
    assert "Then Application.StatusBar = " in source


def test_a_module_is_known_by_its_version() -> None:
    """However the editor spaces it; any other text of ours has another."""
    source = wrapper_module()
    marks = {mark_of(wrapper_module(one, book)) for one in LANGUAGES for book in BOOKS}
    assert len(marks - {None}) == len(LANGUAGES) * len(BOOKS)
    assert mark_of(source.replace("    ", "  ")) == mark_of(source)
    assert mark_of("' of somebody else") is None
