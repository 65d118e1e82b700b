"""Every problem of a definition has its texts, and every text its problem."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import tablero.workbook_templates.library as library_module
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import LANGUAGES
from tests.catalogues import problems_told
from tests.definition.documents import problems_of, spoiled

ROOM = Path(library_module.__file__).parent
SOURCES = [ROOM / "library.py", *ROOM.glob("validation/*.py"), *ROOM.glob("expressions/*.py")]


def texts(language: str) -> dict[str, dict[str, str]]:
    """The catalogue of a language's problems with definitions, by code."""
    return problems_told("definition", language)


def words_in_the_sources() -> Iterator[str]:
    """Every string that stands in the modules which find problems."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def codes_that_are_raised() -> Iterator[str]:
    """The codes given to problems where they are made."""
    makers = {"Problem": 0, "FormulaError": 0, "found": 1, "unknown": 1, "_add": 0, "_stop": 0}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = node.args[makers[name] : makers[name] + 1] if name in makers else []
                yield from (str(one.value) for one in given if isinstance(one, ast.Constant))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_message_and_a_remedy(language: str) -> None:
    """A problem that nobody can read would be no help."""
    assert set(codes_that_are_raised()) <= set(texts(language))
    for code, told in texts(language).items():
        assert set(told) == {"message", "remedy"}, code
        assert all(told.values()), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_over(language: str) -> None:
    """Each code of the catalogue is one that the sources know; suggestions have a twin."""
    known = set(words_in_the_sources())
    known |= {f"{word}_similar" for word in known}
    assert set(texts(language)) <= known


def _placeholders(told: dict[str, str]) -> set[str]:
    names = (name for text in told.values() for _, name, _, _ in Formatter().parse(text))
    return {name for name in names if name}


@pytest.mark.parametrize(
    ("old", "new", "english", "spanish"),
    [
        (
            "goal: 0.2",
            "goal: '12,5%'",
            "“12,5%” is written as a percentage. Write the fraction: 0.125.",
            "«12,5%» está escrito como porcentaje. Escriba la fracción: 0.125.",
        ),
        (
            "(sales - costs) / sales",
            "costs / sals",
            "The formula names “sals”, which is not an input. Did you mean “sales”?",
            "La fórmula nombra «sals», que no es un dato definido. ¿Quiso decir «sales»?",
        ),
        (
            "goal: 0.2, weight: 0.5",
            "goal: 0.2, weight: 0.45",
            (
                "The weights of the KPIs of objective “1.1” sum to 95 %, not to 100 %. "
                "Change them so that they sum to exactly 1."
            ),
            (
                "Los pesos de los indicadores del objetivo «1.1» suman 95 %, no 100 %. "
                "Cámbielos para que sumen exactamente 1."
            ),
        ),
    ],
)
def test_a_problem_reads_as_sentences(old: str, new: str, english: str, spanish: str) -> None:
    """What is wrong and what to do, with the figures of the case."""
    (problem,) = problems_of(spoiled((old, new)))
    assert f"{problem.message('en')} {problem.remedy('en')}" == english
    assert f"{problem.message('es')} {problem.remedy('es')}" == spanish


def test_what_is_quoted_from_a_file_is_short_and_printable() -> None:
    """A hostile value neither floods the terminal nor sends it control characters."""
    (problem,) = problems_of(spoiled(("goal: 0.2", f'goal: "\\e[31m{"x" * 500}"')))
    assert problem.message("en") == f"“\N{REPLACEMENT CHARACTER}[31m{'x' * 54}…” is not a number."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_problem_of_every_code_can_be_told(language: str) -> None:
    """No text asks for a value in a form that cannot be given."""
    for code, told in texts(language).items():
        values = dict.fromkeys(_placeholders(told), "x")
        assert "{x" not in Problem(code, values=values).sentence(language)
