"""Asking somebody at a terminal: a question, its usual answer, and another try."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import typer
from rich.console import Console

from tablero.addin.cli.fitting import fitted
from tablero.addin.cli.speaking import told
from tablero.addin.cli.terminal import show
from tablero.workbook_templates.problems import Problem, ProblemsError

_AGREED = frozenset({"y", "yes", "s", "si", "sí", "sim"})
_REFUSED = frozenset({"n", "no", "nao", "não"})

T = TypeVar("T")


def can_ask() -> bool:
    """Whether somebody sits at a terminal."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams)


def answered(question: str) -> str:
    """What somebody types, without blanks around it."""
    shown = fitted(question, getattr(sys.stdout, "encoding", None))
    given = typer.prompt(shown, default="", show_default=False, prompt_suffix=" ")
    return str(given).strip()


def agreed(question: str) -> bool:
    """Whether somebody says yes."""
    return answered(question).casefold() in _AGREED


@dataclass(frozen=True)
class Asker:
    """Asks in one language; [Enter] takes the usual answer, which stands in brackets."""

    console: Console
    language: str

    def line(self, question: str, usual: str = "") -> str:
        """An answer as it is."""
        shown = usual or self.phrase("none")
        return answered(f"{question} [{shown}]:") or usual

    def until(self, question: str, usual: str, read: Callable[[str], T]) -> T:
        """An answer that can be read; ``read`` refuses others, which is said and asked again."""
        while True:
            try:
                return read(self.line(question, usual))
            except ProblemsError as refused:
                self.tell(refused.problems)

    def agrees(self, question: str, *, usual: bool) -> bool:
        """Whether somebody says yes rather than no."""

        def read(text: str) -> bool:
            word = text.casefold()
            if word not in _AGREED | _REFUSED:
                raise ProblemsError([Problem("answer_yes_or_no", values={"text": text})])
            return word in _AGREED

        return self.until(question, self.phrase("yes" if usual else "no"), read)

    def choice(self, question: str, usual: str, choices: Sequence[str]) -> str:
        """One of the answers that there are."""

        def read(text: str) -> str:
            if text not in choices:
                told = {"text": text, "choices": ", ".join(choices)}
                raise ProblemsError([Problem("answer_choice", values=told)])
            return text

        return self.until(question, usual, read)

    def tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong or worth knowing, without the option that it would be of."""
        for one in problems:
            self.show(f"  {one.at(path='', file='').sentence(self.language)}")

    def show(self, line: str = "", style: str = "") -> None:
        """Show a line."""
        show(self.console, line, style)

    def phrase(self, key: str, **values: object) -> str:
        """A text of the interview."""
        return told(f"interview.{key}", self.language, **values)
