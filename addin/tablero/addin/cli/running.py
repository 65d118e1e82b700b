"""How a command ends: with its exit code and a sentence, never with a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import NoReturn, ParamSpec

import typer

from tablero.addin.cli.fitting import complain
from tablero.addin.cli.speaking import told, users_language
from tablero.workbook_templates.problems import Problem, ProblemsError

FINE, PROBLEMS, WRONG_USE = 0, 1, 2
INTERRUPTED, CUT_OFF = 130, 141  # what shells call a program ended by SIGINT, and by SIGPIPE

# These say that a definition could not even be read.
_UNREAD = {
    "definition_not_there", "definition_unreadable", "definition_too_large",
    "definition_not_text", "schema_newer",
}  # fmt: skip

P = ParamSpec("P")


class WrongUseError(ProblemsError):
    """What was asked for cannot be done: the problem lies in the command, not in the content."""


@contextmanager
def wrong_use() -> Iterator[None]:
    """Problems that are found in here are problems of what was asked for."""
    try:
        yield
    except ProblemsError as refused:
        raise WrongUseError(refused.problems) from refused


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """A command that ends with an exit code and sentences in the user's language."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asked = kwargs.get("lang")
        language = users_language(asked if isinstance(asked, str) else None)
        try:
            command(*args, **kwargs)
        except ProblemsError as refused:
            report(refused.problems, language)
            raise typer.Exit(_code(refused)) from None
        except (typer.Exit, typer.Abort):
            raise
        except BrokenPipeError:
            hang_up()
            raise typer.Exit(CUT_OFF) from None
        except Exception as defect:  # noqa: BLE001 - a user is never shown a traceback
            confess(defect, language)
            raise typer.Exit(WRONG_USE) from None

    return run


def can_be_scored(problems: Iterable[Problem]) -> bool:
    """Whether every formula of a workbook's definition is sound, as it was when it was made."""
    return not any(problem.path and problem.code.startswith("formula_") for problem in problems)


def report(problems: Iterable[Problem], language: str) -> None:
    """Complain about each problem in a line of its own."""
    for problem in problems:
        severity = told(f"severity.{problem.severity}", language)
        complain(f"{severity}: {problem.sentence(language)}")


def finish(code: int) -> NoReturn:
    """End the command with an exit code."""
    raise typer.Exit(code)


def is_unread(refused: ProblemsError) -> bool:
    """Whether what was found wrong is that a definition could not even be read."""
    return any(problem.code in _UNREAD for problem in refused.problems)


def _code(refused: ProblemsError) -> int:
    wrong = isinstance(refused, WrongUseError) or is_unread(refused)
    return WRONG_USE if wrong else PROBLEMS


def confess(defect: Exception, language: str) -> None:
    """Tell of what nobody thought of, in one sentence; developers can ask for the traceback."""
    if os.environ.get("TABLERO_DEBUG"):
        traceback.print_exception(defect)
    key = "refused" if isinstance(defect, OSError) else "unexpected"
    what = f"{type(defect).__name__}: {defect}".rstrip(": ")
    complain(f"{told('severity.error', language)}: {told(key, language, what=what)}")


def hang_up() -> None:
    """Let nothing more be written to whom nobody listens, not even when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
