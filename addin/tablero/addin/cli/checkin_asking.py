"""Asking on a terminal where a key result stands: value, confidence and note."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import typer
from rich.console import Console

from tablero.addin.check_in_words import AS_BEFORE, complaint, owner_of, state
from tablero.addin.cli.asking import answered
from tablero.addin.cli.speaking import told
from tablero.addin.cli.terminal import show
from tablero.workbook_templates.filling.amounts import Mark
from tablero.workbook_templates.okrs.answers import confidence_of, value_of
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.checking_in import Due, Told
from tablero.workbook_templates.read import Reading

_INDENT = "  "


class _BrokenOffError(Exception):
    """Somebody breaks off, having said this of the key result that was asked for last."""

    def __init__(self, said: Sequence[Told]) -> None:
        super().__init__()
        self.said = said


@dataclass(frozen=True)
class Interview:
    """Asks for check-ins of a day, one key result after the other."""

    console: Console
    reading: Reading
    day: date
    mark: Mark | None
    language: str

    def ask(self, ones: Sequence[Due]) -> list[Told]:
        """What somebody says of key results, without those that they skip.

        Who breaks off with Ctrl-C keeps what was answered so far, also of a key result half told;
        who breaks off before the first answer is understood to want nothing.
        """
        lines: list[Told] = []
        try:
            for one in ones:
                lines.extend(self._asked(one))
        except _BrokenOffError as broken_off:
            lines.extend(broken_off.said)
            if not lines:
                raise typer.Abort from broken_off
            show(self.console)
            show(self.console, self._say("stopped"), "bold")
        return lines

    def _asked(self, one: Due) -> Iterator[Told]:
        said: list[Told] = []
        try:
            self._introduce(one)
            value = self._value(one)
            if value is None:
                return
            line = CheckIn(self.day, one.key_result.id, value)
            said = [Told(line)]
            line = replace(line, confidence=self._confidence())
            said = [Told(line)]
            yield Told(replace(line, note=" ".join(self._answer("note").split())))
        except (typer.Abort, KeyboardInterrupt) as stopped:
            raise _BrokenOffError(said) from stopped

    def _introduce(self, one: Due) -> None:
        name = one.key_result.name.in_language(self.language)
        owner = owner_of(one, self.language)
        show(self.console)
        head = self._say("head", name=name, owner=owner, period=one.okr.period)
        show(self.console, head, "bold")
        self._show(state(one, self.language))

    def _value(self, one: Due) -> float | None:
        """A value, asked for until it is one; None where it is skipped."""
        while text := self._answer("value"):
            if text == AS_BEFORE and one.value is not None:
                return one.value
            value = value_of(text, one.key_result, self.mark)
            wrong = complaint(text, value, one, self.language)
            if not wrong:
                return value
            self._show(wrong)
        return None

    def _confidence(self) -> float | None:
        while text := self._answer("confidence"):
            share = confidence_of(text, self.mark)
            if share is not None:
                return share
            self._show(self._say("no_share"))
        return None

    def _answer(self, key: str) -> str:
        return answered(f"{_INDENT}{self._say(key)}:")

    def _show(self, line: str) -> None:
        show(self.console, f"{_INDENT}{line}")

    def _say(self, key: str, **values: object) -> str:
        return told(f"checkin.{key}", self.language, **values)
