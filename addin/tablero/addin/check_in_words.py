"""What a user is told of a key result that is checked in, and of an answer that will not do."""

from __future__ import annotations

from tablero.workbook_templates.okrs.answers import is_share, may_be_percent, said
from tablero.workbook_templates.okrs.checking_in import Due
from tablero.workbook_templates.texts import text

AS_BEFORE = "="
"""The answer that takes the last value again."""


def owner_of(one: Due, language: str) -> str:
    """Who owes a check-in."""
    return one.owner.in_language(language) or _say("nobody", language)


def state(one: Due, language: str) -> str:
    """The last value, and the way that the key result goes."""
    start, target, upper = (said(number, one.key_result) for number in one.key_result.numbers)
    last = said(one.value, one.key_result)
    if one.key_result.kind == "milestone":
        return _say("milestone", language, value=last)
    if one.key_result.kind == "between":
        target = _say("between", language, target=target, upper=upper)
    is_told = is_share(one.key_result)  # by the percent sign behind each number
    unit = "" if is_told else one.key_result.unit.in_language(language)
    way = {"start": start, "target": target, "unit": unit}
    if one.valued is None:
        return _say("first", language, **way).rstrip()
    day = one.valued.day.isoformat()
    return _say("last", language, value=last, day=day, **way).rstrip()


def complaint(answer: str, value: float | None, one: Due, language: str) -> str:
    """What is wrong with an answer that was read as a value; nothing where it is one."""
    if answer == AS_BEFORE:
        return _say("no_former", language)
    if value is None:
        return _say("no_value", language, text=answer)
    if one.key_result.kind == "milestone" and not 0 <= value <= 1:
        return _say("no_done", language)
    is_unclear = may_be_percent(answer, value, one.key_result)
    return _say("no_percent", language, text=answer) if is_unclear else ""


def _say(key: str, language: str, **values: object) -> str:
    return text(f"cli.checkin.{key}", language, **values)
