"""The scored model: a company's scores, and how one language says them; outputs show it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tablero.workbook_templates import expressions, vectorised
from tablero.workbook_templates.definition import Band, Definition, Kpi, LocalText
from tablero.workbook_templates.okrs.scoring import OkrScores
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Period
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.registers.actions import Actions
from tablero.workbook_templates.registers.causes import Causes
from tablero.workbook_templates.registers.parts import CAUSES, FISHBONE, Line
from tablero.workbook_templates.registers.standing import actions_of
from tablero.workbook_templates.registers.words import Words, words
from tablero.workbook_templates.row_keys import (
    STRATEGY,
    kpi_key,
    objective_key,
    perspective_key,
)
from tablero.workbook_templates.scoring import Level, Scores
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.values import degrees
from tablero.workbook_templates.vectorised import Floats


@dataclass(frozen=True)
class Node:
    """A row of the scorecard: the strategy, a perspective, an objective or a KPI."""

    key: str
    level: str
    name: LocalText
    weight: float
    row: int
    """Row in the score arrays of its level."""
    id: str


@dataclass(frozen=True)
class ScoredModel:
    """Scores of all periods, in one language, with the records of the company."""

    scores: Scores
    language: str
    period: Period
    """The one that is shown first."""
    records: Records = NO_RECORDS

    @property
    def definition(self) -> Definition:
        """The definition behind the scores."""
        return self.scores.definition

    @property
    def calendar(self) -> Calendar:
        """The fiscal year."""
        return self.scores.calendar

    @cached_property
    def okrs(self) -> OkrScores:
        """Objectives and key results on the as-of date."""
        records = self.records
        return OkrScores(self.definition, self.scores.figures, records.check_ins, records.as_of)

    @cached_property
    def actions(self) -> Actions:
        """The action plans, and which KPIs owe one, in the period shown."""
        return actions_of(self.scores, self.period, self.records)

    @cached_property
    def causes(self) -> Causes:
        """The causes that people found, of the KPI that they chose or of the worst one."""
        lines = self.records.registers.get(CAUSES.key, ())
        return Causes(lines, self._fishbone, self.actions)

    @cached_property
    def choices(self) -> Mapping[str, Words]:
        """The words from which people choose in registers, by list and code."""
        return words(self.definition, self.language, self._fishbone)

    @property
    def _fishbone(self) -> Line:
        return next(iter(self.records.registers.get(FISHBONE.key, ())), {})

    def say(self, key: str, **values: Any) -> str:
        """A text of the catalogue in the model's language."""
        return text(key, self.language, **values)

    def word(self, name: LocalText) -> str:
        """A name of the definition in the model's language."""
        return name.in_language(self.language)

    def unit(self, unit: LocalText) -> str:
        """A unit as it is shown; money gets the company's currency and scale."""
        word = self.word(unit)
        return self.money if word == "currency" else word

    @cached_property
    def money(self) -> str:
        """The unit of money: ``USD thousands``."""
        company = self.definition.company
        return self.say(f"unit.currency_{company.scale}", currency=company.currency)

    @cached_property
    def input_words(self) -> Mapping[str, str]:
        """Each input's name in the model's language."""
        return {one.id: self.word(one.name) for one in self.definition.inputs}

    @cached_property
    def degrees(self) -> Mapping[str, int]:
        """Time dimension of each input."""
        return degrees(self.definition.inputs)

    def formula(self, kpi: Kpi) -> str:
        """A KPI's formula with the names of its inputs in the reader's language."""

        def word(name: str) -> str:
            return self.input_words.get(name) or self.say(f"formula.{name}")

        return expressions.to_words(expressions.parse(kpi.formula), word)

    def described(self, kpi: Kpi) -> str:
        """What a KPI means, and where its definition comes from."""
        source = self.word(kpi.source).strip()
        told = self.say("matrix.source", source=source.removesuffix(".")) if source else ""
        return " ".join(filter(None, (self.word(kpi.description).strip(), told)))

    def duration(self, band: Band) -> str:
        """How long a band's plan may take, in words; empty where the definition does not say."""
        if not band.months:
            return ""
        first, last = band.months
        return self.say("settings.duration", first=first, last=last)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every row of the scorecard, the strategy first."""
        return tuple(self._nodes())

    def _nodes(self) -> Iterator[Node]:
        objectives = kpis = 0
        yield Node(STRATEGY, STRATEGY, LocalText({"": self.say("term.strategy")}), 1.0, 0, STRATEGY)
        for row, perspective in enumerate(self.definition.perspectives):
            yield Node(
                perspective_key(perspective),
                "perspective",
                perspective.name,
                perspective.weight,
                row,
                perspective.id,
            )
            for objective in perspective.objectives:
                yield Node(
                    objective_key(objective),
                    "objective",
                    objective.name,
                    objective.weight,
                    objectives,
                    objective.id,
                )
                objectives += 1
                for kpi in objective.kpis:
                    yield Node(kpi_key(kpi), "kpi", kpi.name, kpi.weight, kpis, kpi.id)
                    kpis += 1

    def members(self, node: Node) -> Sequence[Node]:
        """The nodes directly below a node, whose weights add up to one."""
        level = level_below(node.level)
        return [one for one in self.below(node) if one.level == level]

    def below(self, node: Node) -> Sequence[Node]:
        """Every node that belongs to a node, in the order of the scorecard."""
        return self._below[node.key]

    def above(self, node: Node) -> Sequence[Node]:
        """The nodes that a node belongs to, the strategy first."""
        return self._above[node.key]

    @cached_property
    def _above(self) -> Mapping[str, Sequence[Node]]:
        above: dict[str, Sequence[Node]] = {}
        line: list[Node] = []
        for node in self.nodes:
            del line[_RANK[node.level] :]
            above[node.key] = tuple(line)
            line.append(node)
        return above

    @cached_property
    def _below(self) -> Mapping[str, Sequence[Node]]:
        below: dict[str, list[Node]] = {node.key: [] for node in self.nodes}
        for node in self.nodes:
            for other in self.above(node):
                below[other.key].append(node)
        return below

    def achievements(self, node: Node) -> Floats:
        """Achievement of a node in every scored period; NaN where nothing is known."""
        values: Floats = self._level(node).achievement[node.row]
        return values

    def coverages(self, node: Node) -> Floats:
        """Coverage of a node in every scored period."""
        values: Floats = self._level(node).coverage[node.row]
        return values

    def _level(self, node: Node) -> Level:
        scores = self.scores
        return {
            STRATEGY: scores.strategy,
            "perspective": scores.perspectives,
            "objective": scores.objectives,
            "kpi": scores.kpis,
        }[node.level]

    @cached_property
    def column(self) -> int:
        """Index of the shown period among the scored ones."""
        return self.scores.periods.index(self.period)

    @cached_property
    def month_columns(self) -> Sequence[int]:
        """Indices of the twelve single months among the scored periods."""
        return [
            self.scores.periods.index(self.calendar.period("month", m))
            for m in range(1, MONTHS_A_YEAR + 1)
        ]

    @cached_property
    def _bounds(self) -> Floats:
        return np.array([band.from_ for band in self.definition.bands])

    def position(self, achievement: float) -> int:
        """The place of its band among the bands, 0 the worst; -1 when it is missing."""
        return int(vectorised.band_positions(np.array(achievement), self._bounds))

    def band(self, achievement: float) -> Band | None:
        """The band of an achievement; None when it is missing."""
        position = self.position(achievement)
        return self.definition.bands[position] if position >= 0 else None


_LEVELS = (STRATEGY, "perspective", "objective", "kpi")
_RANK = {level: rank for rank, level in enumerate(_LEVELS)}


def level_below(level: str) -> str:
    """The level of the nodes of which one of this level is made.

    >>> level_below("perspective")
    'objective'
    """
    return _LEVELS[_RANK[level] + 1]
