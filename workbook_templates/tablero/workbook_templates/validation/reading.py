"""Reading a definition from YAML, in a file or as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from tablero.workbook_templates.definition import SCHEMA_VERSION, Definition
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.validation.checking import check_definition, shortened
from tablero.workbook_templates.validation.mending import mended
from tablero.workbook_templates.validation.places import MAX_PROBLEMS
from tablero.workbook_templates.validation.shape import FIELDS, shape_problems
from tablero.workbook_templates.validation.yaml_text import Data, read_yaml

MAX_BYTES = 1_000_000

Source = Path | str


def read_definition(source: Source, file: str = "") -> Definition:
    """Read a definition; warnings are left aside.

    Parameters
    ----------
    source
        The path of a YAML file, or the YAML text itself.
    file
        How the source is called in problems; the path where nothing is given.

    Raises
    ------
    ProblemsError
        If there is any error; it carries every problem, warnings too.
    """
    return load(source, file)[0]


def load(source: Source, file: str = "") -> tuple[Definition, tuple[Problem, ...]]:
    """Read a definition with the warnings and notes about it.

    Parameters
    ----------
    source
        The path of a YAML file, or the YAML text itself.
    file
        How the source is called in problems; the path where nothing is given.

    Raises
    ------
    ProblemsError
        If there is any error; it carries every problem, warnings too.
    """
    name = file or (str(source) if isinstance(source, Path) else "")
    definition, problems = _load(source)
    placed = tuple(problem.at(file=name) for problem in shortened(problems))
    if definition is None or has_errors(placed):
        raise ProblemsError(placed)
    return definition, placed


def _load(source: Source) -> tuple[Definition | None, tuple[Problem, ...]]:
    try:
        data, problems = read_yaml(_text(source), FIELDS)
    except ProblemsError as error:
        return None, error.problems
    refusal = _refusal(data)
    if refusal:
        return None, problems or (refusal,)
    definition, found = _validated(data)
    return definition, (*problems, *found)


def _text(source: Source) -> str:
    raw = _bytes(source) if isinstance(source, Path) else source.encode("utf-8", "replace")
    if len(raw) > MAX_BYTES:
        raise ProblemsError([Problem("definition_too_large", values={"limit": MAX_BYTES})])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ProblemsError([Problem("definition_not_text")]) from None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise ProblemsError([Problem("definition_not_there")]) from None
    except OSError:
        raise ProblemsError([Problem("definition_unreadable")]) from None


def _refusal(data: Data) -> Problem | None:
    """Why it makes no sense to look at the fields at all."""
    if data is None:
        return Problem("definition_empty")
    if not isinstance(data, Mapping):
        return Problem("definition_without_fields")
    version = data.get("schema")
    if isinstance(version, str) and version.isdecimal() and float(version) > SCHEMA_VERSION:
        told = {"newest": SCHEMA_VERSION, "version": version[:20]}
        return Problem("schema_newer", values=told, path="schema")
    return None


def _validated(data: Data) -> tuple[Definition | None, tuple[Problem, ...]]:
    try:
        definition = Definition.model_validate(data)
    except ValidationError as error:
        return None, (*shape_problems(error, data), *_beyond_the_shape(data, error))
    return definition, check_definition(definition)


def _beyond_the_shape(data: Data, error: ValidationError) -> Iterator[Problem]:
    if error.error_count() <= MAX_PROBLEMS:
        stand_in, mending = mended(data, error)
        if stand_in:
            yield from mending.believed(check_definition(stand_in))
