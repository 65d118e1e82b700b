"""The button that checks in: asks where the key results stand that are due, and adds lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tablero.addin.check_in_words import AS_BEFORE, complaint, owner_of, state
from tablero.addin.excel.boxes import cut, listed
from tablero.addin.excel.desk import Desk
from tablero.workbook_templates.okrs.answers import confidence_of, said, value_of
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.checking_in import (
    Due,
    Plan,
    Told,
    due,
    edits_of,
    planned,
    refuse_without_okrs,
)
from tablero.workbook_templates.texts import text

_LONGEST_NAME = 60
_LONGEST_QUESTION = 255
"""Excel shows no more of a question that is answered by typing."""


class _CancelledError(Exception):
    """The user left a box."""


def check_in(desk: Desk, language: str, day: date | None = None) -> None:
    """Ask where key results stand that are due on a day, today, and add what is said."""
    reading = desk.reading()
    refuse_without_okrs(reading)
    today = day or datetime.now().astimezone().date()
    ones = due(reading, today)
    if not ones:
        desk.tell(_say("nothing_due", language, day=today.isoformat()))
        return
    lines = _Asking(desk, today, language).all(ones)
    plan = planned(reading, lines, today)
    edits = edits_of(reading, plan)
    if not plan.told or not desk.agree(_shown(desk, plan, ones, language)):
        desk.tell(_say("nothing", language))
        return
    desk.write(edits)
    desk.tell(_say("done", language, count=len(plan.told)))


@dataclass(frozen=True)
class _Asking:
    """Asks for check-ins of a day in boxes; what was said before a box is left counts."""

    desk: Desk
    day: date
    language: str

    def all(self, ones: Sequence[Due]) -> list[Told]:
        """What is said of those key results that the user picks."""
        lines: list[Told] = []
        try:
            for one in self._picked(ones):
                line = self._told(one)
                lines += [line] if line else []
        except _CancelledError:
            pass
        return lines

    def _picked(self, ones: Sequence[Due]) -> list[Due]:
        """Those whose numbers in the list the user gives; a single one needs no list."""
        if len(ones) == 1:
            return list(ones)
        entries = [self._entry(number, one) for number, one in enumerate(ones, start=1)]
        head = _say("due", self.language, day=self.day.isoformat())
        self.desk.tell(cut([head, "", *entries], self.language))
        every = ", ".join(str(number) for number in range(1, len(ones) + 1))
        while True:
            answer = self._answer(_say("which", self.language), every)
            numbers = dict.fromkeys(map(int, re.findall(r"[0-9]{1,4}", answer)))
            if numbers and all(1 <= number <= len(ones) for number in numbers):
                return [ones[number - 1] for number in numbers]
            told = _say("no_number", self.language, text=answer, count=len(ones))
            self.desk.tell(told, is_problem=True)

    def _entry(self, number: int, one: Due) -> str:
        return _say(
            "line",
            self.language,
            number=number,
            name=one.key_result.name.in_language(self.language),
            owner=owner_of(one, self.language),
            period=one.okr.period,
            last=one.newest.day.isoformat()
            if one.newest
            else text("cli.checkin.none", self.language),
        )

    def _told(self, one: Due) -> Told | None:
        """What the user says of a key result; None where they skip it."""
        value = self._value(one)
        if value is None:
            return None
        confidence = self._confidence(one)
        note = " ".join(self._answer(self._question("note", one)).split())
        return Told(CheckIn(self.day, one.key_result.id, value, confidence, note))

    def _value(self, one: Due) -> float | None:
        """A value, asked for until it is one; None where it is skipped."""
        question = self._question("value", one, state=state(one, self.language))
        while answer := self._answer(question):
            if answer == AS_BEFORE and one.value is not None:
                return one.value
            value = value_of(answer, one.key_result, None)
            wrong = complaint(answer, value, one, self.language)
            if not wrong:
                return value
            self.desk.tell(wrong, is_problem=True)
        return None

    def _confidence(self, one: Due) -> float | None:
        while answer := self._answer(self._question("confidence", one)):
            share = confidence_of(answer)
            if share is not None:
                return share
            self.desk.tell(text("cli.checkin.no_share", self.language), is_problem=True)
        return None

    def _question(self, key: str, one: Due, **values: object) -> str:
        name = one.key_result.name.in_language(self.language)
        if len(name) > _LONGEST_NAME:
            name = f"{name[: _LONGEST_NAME - 1].rstrip()}…"
        return _say(key, self.language, name=name, **values)

    def _answer(self, question: str, suggestion: str = "") -> str:
        answer = self.desk.ask(question[:_LONGEST_QUESTION], suggestion)
        if answer is None:
            raise _CancelledError
        return answer


def _shown(desk: Desk, plan: Plan, ones: Sequence[Due], language: str) -> str:
    """Each check-in with the value before, what is odd about them, and the question."""
    known = {one.key_result.id: one for one in ones}
    lines = [_line(one.check_in, known[one.check_in.key_result], language) for one in plan.told]
    parts = [
        cut(lines, language),
        listed(plan.problems, language, desk.name),
        _say("ask", language, file=desk.name),
    ]
    return "\n\n".join(part for part in parts if part)


def _line(line: CheckIn, one: Due, language: str) -> str:
    former, value = said(one.value, one.key_result), said(line.value, one.key_result)
    name = one.key_result.name.in_language(language)
    parts = [_say("stands", language, name=name, former=former, value=value)]
    if line.confidence is not None:
        parts.append(_say("sure", language, share=f"{100 * line.confidence:.6g}"))
    return " · ".join([*parts, *([line.note] if line.note else [])])


def _say(key: str, language: str, **values: object) -> str:
    return text(f"excel.check_in.{key}", language, **values)
