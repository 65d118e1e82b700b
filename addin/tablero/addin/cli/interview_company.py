"""Asking whose scorecard it is: name, money, year, logo and colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tablero.addin.cli.asking import Asker
from tablero.addin.cli.creation import Origin, Wish, company_with
from tablero.addin.cli.currencies import usual_currency
from tablero.addin.cli.logo import checked_logo
from tablero.addin.cli.speaking import told
from tablero.workbook_templates.brand import readable
from tablero.workbook_templates.definition import Company
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.styles import ACCENT
from tablero.workbook_templates.texts import LANGUAGES, text

_MONTHS = range(1, 13)
_SHORTEST_MONTH = 3
_FIELDS = {
    "company": "name",
    "currency": "currency",
    "year": "year",
    "start_month": "fiscal_start_month",
}


def ask_company(asker: Asker, origin: Origin, wish: Wish) -> Wish:
    """Name, currency, year, fiscal year, logo and colour."""
    own = origin.definition.company
    usual = {**_usual(origin, asker.language), **wish.given}
    changes = dict(wish.changes)
    asker.show()
    for key, field in _FIELDS.items():
        read = _reader(own, field)
        answer = asker.until(asker.phrase(key), str(usual[field]), read)
        # What a definition of somebody's own says anyway is no change: its figures stay.
        changes[field] = None if origin.file and answer == getattr(own, field) else answer
    wish = replace(wish, changes=changes)
    wish = replace(wish, logo=_logo(asker, origin, wish))
    return replace(wish, colour=_colour(asker, own, wish))


def _usual(origin: Origin, lang: str) -> dict[str, Any]:
    """What a company is proposed; a definition of somebody's own has its own."""
    own = origin.definition.company
    if origin.file is not None:
        return own.model_dump()
    return {
        "name": told("new.your_company", lang),
        "currency": usual_currency() or own.currency,
        "year": datetime.now(UTC).astimezone().year,
        "fiscal_start_month": 1,
    }


def _reader(own: Company, field: str) -> Callable[[str], Any]:
    """Reads an answer as the definition would."""
    prepared: dict[str, Callable[[str], str]] = {
        "currency": str.upper,
        "fiscal_start_month": _month,
    }
    prepare = prepared.get(field, str)
    return lambda answer: getattr(company_with(own, {field: prepare(answer)}), field)


def _month(answer: str) -> str:
    """The number of a month that is called by its name, in any language."""
    names = ((text(f"month.{month}", code), month) for code in LANGUAGES for month in _MONTHS)
    if len(answer) >= _SHORTEST_MONTH:
        for name, month in names:
            if answer.casefold().startswith(name.casefold().rstrip(".")[:_SHORTEST_MONTH]):
                return str(month)
    if answer not in map(str, _MONTHS):
        told = {"text": answer, "choices": ", ".join(map(str, _MONTHS))}
        raise ProblemsError([Problem("answer_choice", values=told)])
    return answer


def _logo(asker: Asker, origin: Origin, wish: Wish) -> Path | None:
    own = origin.definition.company.logo
    usual = str(wish.logo or "")
    if not usual and own:
        return None  # that of the definition, which is found beside it

    def read(answer: str) -> Path | None:
        name = answer.strip("\"'")
        return checked_logo(Path(name).expanduser()) if name else None

    return asker.until(asker.phrase("logo"), usual, read)


def _colour(asker: Asker, own: Company, wish: Wish) -> str | None:
    usual = wish.colour or own.colour or ACCENT

    def read(answer: str) -> str:
        written = answer if answer.startswith("#") else f"#{answer}"
        return str(company_with(own, {"colour": written}).colour).upper()

    colour = asker.until(asker.phrase("colour"), usual, read)
    if readable(colour) != colour:
        asker.show(f"  {asker.phrase('darkened', colour=colour, darker=readable(colour))}")
    return None if colour == (own.colour or ACCENT) else colour
