"""What the page's script knows: every node in every period, as places in a list of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tablero.workbook_templates.reports.page.facts import Card
from tablero.workbook_templates.reports.page.picking import Choice
from tablero.workbook_templates.reports.page.standings import FIELDS, Row, Standings
from tablero.workbook_templates.reports.page.strings import Strings
from tablero.workbook_templates.reports.report import Report

_NUMBERS = {"band", "bar"}


def data(
    report: Report, cards: Sequence[Card], choices: Sequence[Choice], words: Mapping[str, str]
) -> Mapping[str, Any]:
    """The whole of it; rows hold numbers, and of each text its place in ``texts``."""
    strings = Strings()
    rows = [
        [_packed(row, strings) for row in Standings(report, choice.column).rows()]
        for choice in choices
    ]
    return {
        "company": report.definition.company.name,
        "shown": report.column,
        "periods": [[one.code, one.kind, one.label] for one in choices],
        "months": list(report.month_columns),
        "bands": [[one.tone.symbol, one.name, one.plan, one.term] for one in report.verdicts],
        "nodes": [asdict(card) for card in cards],
        "fields": FIELDS,
        "rows": rows,
        "texts": strings.texts,
        "words": dict(words),
    }


def _packed(row: Row, strings: Strings) -> list[int]:
    return [
        getattr(row, field) if field in _NUMBERS else strings.place(getattr(row, field))
        for field in FIELDS
    ]
