"""What a visual of the report is: which fields it shows, where it stands, as PBIR files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from tablero.workbook_templates.power_bi.measures import HOME, name_of
from tablero.workbook_templates.scored_model import ScoredModel

SCHEMAS = "https://developer.microsoft.com/json-schemas/fabric/item/report/definition"
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """A column of a table, or a measure."""

    table: str
    name: str

    @property
    def is_measure(self) -> bool:
        """Whether it is a measure."""
        return self.table == HOME

    def expression(self, model: ScoredModel) -> Json:
        """How a report refers to it."""
        kind = "Measure" if self.is_measure else "Column"
        return {
            kind: {
                "Expression": {"SourceRef": {"Entity": self.table}},
                "Property": self.called(model),
            }
        }

    def called(self, model: ScoredModel) -> str:
        """Its name in the semantic model."""
        return name_of(model, self.name) if self.is_measure else self.name

    def shown(self, model: ScoredModel) -> str:
        """Its name as the report's readers see it."""
        return self.called(model) if self.is_measure else model.say(f"power_bi.column.{self.name}")


def column(table: str, name: str) -> Field:
    """A column."""
    return Field(table, name)


def measure(key: str) -> Field:
    """A measure."""
    return Field(HOME, key)


@dataclass(frozen=True)
class Box:
    """Where something stands on a page, in pixels from the left and from the top."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Visual:
    """A chart, a table, a card or a choice."""

    name: str
    kind: str
    """Power BI's word for it."""
    box: Box
    roles: Mapping[str, Sequence[Field]]
    """The fields in each of its wells."""
    title: str = ""
    """The key of its title; without one it has none."""
    ordered_by: Field | None = None
    """A measure of which the highest is first, or a column in its own order."""
    objects: Mapping[str, Json] | None = None
    """Formatting, by object of Power BI."""
    toned: Sequence[Field] = ()
    """The fields of a table that wear the colours of their band; of a chart, its bars."""

    def file(self, model: ScoredModel, place: int) -> Json:
        """The file of the visual, the ``place``-th on its page."""
        box = self.box
        return {
            "$schema": f"{SCHEMAS}/visualContainer/2.0.0/schema.json",
            "name": self.name,
            "position": {
                "x": box.x,
                "y": box.y,
                "z": place * 1000,
                "width": box.width,
                "height": box.height,
                "tabOrder": place * 1000,
            },
            "visual": {
                "visualType": self.kind,
                "query": self._query(model),
                **self._looks(model),
                "drillFilterOtherVisuals": True,
            },
        }

    def _query(self, model: ScoredModel) -> Json:
        state = {
            role: {"projections": [_projection(model, one, role) for one in fields]}
            for role, fields in self.roles.items()
        }
        if self.ordered_by is None:
            return {"queryState": state}
        direction = "Descending" if self.ordered_by.is_measure else "Ascending"
        sort = {"field": self.ordered_by.expression(model), "direction": direction}
        return {"queryState": state, "sortDefinition": {"sort": [sort], "isDefaultSort": False}}

    def _looks(self, model: ScoredModel) -> Json:
        objects: dict[str, list[Json]] = {
            name: [{"properties": one}] for name, one in (self.objects or {}).items()
        }
        if self.toned:
            is_table = "Values" in self.roles
            tones = map(partial(_toned, model), self.toned) if is_table else [_bars(model)]
            objects["values" if is_table else "dataPoint"] = list(tones)
        looks: dict[str, Any] = {"objects": objects} if objects else {}
        if self.title:
            title = {"show": literal("true"), "text": text(model.say(self.title))}
            looks["visualContainerObjects"] = {"title": [{"properties": title}]}
        return looks


def literal(value: str) -> Json:
    """A value as PBIR writes it: ``true``, ``12D``, ``'text'``."""
    return {"expr": {"Literal": {"Value": value}}}


def text(words: str) -> Json:
    """A text as PBIR writes it.

    >>> text("Ana's")
    {'expr': {'Literal': {'Value': "'Ana''s'"}}}
    """
    return literal("'" + words.replace("'", "''") + "'")


def _reference(model: ScoredModel, field: Field) -> str:
    return f"{field.table}.{field.called(model)}"


def _projection(model: ScoredModel, field: Field, role: str) -> Json:
    return {
        "field": field.expression(model),
        "queryRef": _reference(model, field),
        "nativeQueryRef": field.shown(model),
        "displayName": field.shown(model),
        **({"active": True} if role in ("Category", "Rows") else {}),
    }


_EACH = {"data": [{"dataViewWildcard": {"matchingOption": 1}}]}
"""Each line or bar by itself, totals left out."""


def _toned(model: ScoredModel, field: Field) -> Json:
    """Words and ground of a field in the colours of the band, which measures give."""
    return {
        "properties": {
            "fontColor": _colour(model, "band_ink"),
            "backColor": _colour(model, "band_paper"),
        },
        "selector": {**_EACH, "metadata": _reference(model, field)},
    }


def _bars(model: ScoredModel) -> Json:
    return {"properties": {"fill": _colour(model, "band_ink")}, "selector": _EACH}


def _colour(model: ScoredModel, key: str) -> Json:
    return {"solid": {"color": {"expr": measure(key).expression(model)}}}
