"""What a shipped definition holds: its perspectives, objectives, KPIs, inputs and key results."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tablero.addin.cli.fitting import fitted, show_data
from tablero.addin.cli.running import wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import new_table, show, terminal
from tablero.workbook_templates import expressions
from tablero.workbook_templates.definition import Definition, Input, Kpi, LocalText, Okr
from tablero.workbook_templates.export import unit_text
from tablero.workbook_templates.formats import percent_text
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.texts import text

Data = dict[str, Any]

_KPI_COLUMNS = ("kpi", "unit", "desired", "how")
_INPUT_COLUMNS = ("input", "unit", "aggregation", "owner", "accounts")


def show_template(template: str, lang: str | None, *, as_json: bool) -> None:
    """Show all that a shipped definition holds."""
    language = users_language(lang)
    with wrong_use():
        definition = load_template(template)
    data = {"id": template, **_Words(definition, language).data()}
    if as_json:
        show_data(f"{json.dumps(data, ensure_ascii=False, indent=2)}\n")
    else:
        _Report(terminal(), language).show(data)


@dataclass(frozen=True)
class _Words:
    """A definition in the words of one language."""

    definition: Definition
    language: str

    def data(self) -> Data:
        """The definition as nested data, every name in one language."""
        return {
            "title": self._word(self.definition.title),
            "description": self._word(self.definition.description).strip(),
            "perspectives": [
                {
                    **self._named(perspective),
                    "objectives": [
                        {**self._named(one), "kpis": [self._kpi(kpi) for kpi in one.kpis]}
                        for one in perspective.objectives
                    ],
                }
                for perspective in self.definition.perspectives
            ],
            "inputs": [self._input(one) for one in self.definition.inputs],
            "okrs": [self._okr(one) for one in self.definition.okrs],
        }

    def _word(self, local: LocalText) -> str:
        return local.in_language(self.language)

    def _named(self, part: Any) -> Data:
        return {"id": part.id, "name": self._word(part.name), "weight": part.weight}

    def _kpi(self, kpi: Kpi) -> Data:
        words = ("description", "goal_hint", "source", "owner")
        return {
            **self._named(kpi),
            "unit": self._unit(kpi.unit),
            "desired": kpi.desired,
            "formula": kpi.formula,
            "formula_in_words": self._formula(kpi),
            "goal": kpi.goal,
            "frequency": kpi.frequency,
            "timing": kpi.timing,
            **{word: self._word(getattr(kpi, word)).strip() for word in words},
        }

    def _formula(self, kpi: Kpi) -> str:
        """The formula with the names of its inputs."""
        names = {one.id: self._word(one.name) for one in self.definition.inputs}

        def word(name: str) -> str:
            return names.get(name) or text(f"formula.{name}", self.language)

        return expressions.to_words(expressions.parse(kpi.formula), word)

    def _input(self, one: Input) -> Data:
        return {
            "id": one.id,
            "name": self._word(one.name),
            "perspective": one.perspective,
            "unit": self._unit(one.unit),
            "aggregation": one.aggregation,
            "owner": self._word(one.owner),
            "accounts": {chart: list(patterns) for chart, patterns in one.accounts.items()},
        }

    def _unit(self, unit: LocalText) -> str:
        return unit_text(unit, self.definition.company, self.language)

    def _okr(self, okr: Okr) -> Data:
        return {
            "id": okr.id,
            "name": self._word(okr.name),
            "period": okr.period,
            "perspective": okr.perspective,
            "key_results": [self._named(one) for one in okr.key_results],
        }


class _Report:
    """Shows a definition on a terminal."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language

    def show(self, data: Mapping[str, Any]) -> None:
        """Show title and description, then KPIs by objective, inputs and key results."""
        show(self._console, f"{data['id']} · {data['title']}", "bold")
        show(self._console, " ".join(data["description"].split()))
        for perspective in data["perspectives"]:
            show(self._console)
            show(self._console, _weighted(perspective, self._language), "bold")
            for objective in perspective["objectives"]:
                show(self._console, f"  {_weighted(objective, self._language)}")
                self._console.print(self._table(_KPI_COLUMNS, map(self._kpi, objective["kpis"])))
        show(self._console, told("template.inputs", self._language), "bold")
        self._console.print(self._table(_INPUT_COLUMNS, map(self._input, data["inputs"])))
        self._okrs(data["okrs"])
        show(self._console, told("template.next", self._language, id=data["id"]))

    def _table(self, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Table:
        table = new_table(self._console)
        for column in columns:
            table.add_column(self._fit(told(f"template.{column}", self._language)), overflow="fold")
        for row in rows:
            table.add_row(*(self._fit(cell) for cell in row))
        return table

    def _fit(self, words: str) -> Text:
        lines = (fitted(line, self._console.encoding) for line in words.split("\n"))
        return Text("\n".join(lines))

    def _kpi(self, kpi: Mapping[str, Any]) -> tuple[str, ...]:
        notes = (
            told(f"template.{key}_is", self._language, what=" ".join(kpi[key].split()))
            for key in ("goal_hint", "source")
            if kpi[key]
        )
        how = "\n".join((kpi["formula_in_words"], *notes))
        return kpi["name"], kpi["unit"], text(f"desired.{kpi['desired']}", self._language), how

    def _input(self, one: Mapping[str, Any]) -> tuple[str, ...]:
        aggregation = text(f"aggregation.{one['aggregation']}", self._language)
        accounts = "\n".join(
            f"{chart} {', '.join(patterns)}".strip() for chart, patterns in one["accounts"].items()
        )
        return one["name"], one["unit"], aggregation, one["owner"], accounts

    def _okrs(self, okrs: list[Data]) -> None:
        if okrs:
            show(self._console, told("template.okrs", self._language), "bold")
        for okr in okrs:
            show(self._console, f"  {okr['name']} ({okr['period']})")
            for one in okr["key_results"]:
                show(self._console, f"    {_weighted(one, self._language)}")


def _weighted(part: Mapping[str, Any], language: str) -> str:
    return f"{part['name']} · {percent_text(part['weight'], language, 0)}"
