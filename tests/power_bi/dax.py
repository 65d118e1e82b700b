"""What a measure shows: the part of DAX that the measures use, over the data of a project.

The formulas are read by pbi-parsers.  A choice (a filter context) is, for some columns, the values
that are let through; it reaches the tables that refer to the one of the column, as in Power BI.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from pbi_parsers import dax
from pbi_parsers.dax.exprs import (
    AddSubExpression,
    ColumnExpression,
    ComparisonExpression,
    Expression,
    FunctionExpression,
    LiteralNumberExpression,
    LiteralStringExpression,
    LogicalExpression,
    MeasureExpression,
    ReturnExpression,
)

from tests.power_bi.reading import Project, Row

Column = tuple[str, str]
Choice = Mapping[Column, frozenset[Any]]


@cache
def parsed(formula: str) -> Expression:
    """A formula, refused if it is not one; the parser takes its time."""
    found = dax.to_ast(formula)
    assert found is not None, formula
    return found


def column_of(node: ColumnExpression) -> Column:
    """The table and the name of a column."""
    return node.table.text.strip("'"), node.column.text[1:-1]


def measure_of(node: MeasureExpression) -> str:
    """The name of a measure."""
    return str(node.name.text[1:-1].replace("]]", "]"))


@dataclass(frozen=True)
class Engine:
    """A project whose measures can be asked for."""

    project: Project

    @cached_property
    def formulas(self) -> Mapping[str, Expression]:
        """The measures, parsed."""
        return {name: parsed(formula) for name, formula in self.project.measures.items()}

    @cached_property
    def referring(self) -> Mapping[str, list[tuple[str, str, str]]]:
        """By table: its columns that refer to others, to which table, to which column."""
        found: dict[str, list[tuple[str, str, str]]] = {}
        for one in self.project.relations:
            if one.get("isActive") != "false":
                to = (one["fromColumnName"], one["toTable"], one["toColumnName"])
                found.setdefault(one["fromTable"], []).append(to)
        return found

    def ask(self, measure: str, **chosen: str) -> Any:
        """What a measure shows where ``dim_kpi__kpi_id="roa"`` and the like is chosen."""
        choice = {tuple(key.split("__")): frozenset([one]) for key, one in chosen.items()}
        return Evaluation(self, choice).measure(measure)  # type: ignore[arg-type]

    @cached_property
    def seen(self) -> dict[tuple[str, frozenset[Any]], list[Row]]:
        """The lines that were asked for already."""
        return {}

    def lines(self, table: str, choice: Choice) -> list[Row]:
        """The lines of a table that a choice lets through."""
        place = (table, frozenset(choice.items()))
        if place not in self.seen:
            self.seen[place] = self._lines(table, choice)
        return self.seen[place]

    def _lines(self, table: str, choice: Choice) -> list[Row]:
        own = [(name, values) for (of, name), values in choice.items() if of == table]
        above = [
            (column, {line[key] for line in self.lines(to, choice)})
            for column, to, key in self.referring.get(table, [])
            if self._is_reached(to, choice)
        ]
        return [
            line
            for line in self.project.data[table]
            if all(line[name] in values for name, values in [*own, *above])
        ]

    def _is_reached(self, table: str, choice: Choice) -> bool:
        return any(of == table for of, _ in choice) or any(
            self._is_reached(to, choice) for _, to, _ in self.referring.get(table, [])
        )


@dataclass(frozen=True)
class Evaluation:
    """A formula under a choice, with the variables that it has so far."""

    engine: Engine
    choice: Choice
    variables: Mapping[str, Any] = field(default_factory=dict)
    line: Row = field(default_factory=dict)
    """The line that is looked at inside FILTER and the like."""

    def measure(self, name: str) -> Any:
        """What a measure shows."""
        inner = replace(self, variables={}, line={})
        return inner.value(self.engine.formulas[name])

    def value(self, node: Any) -> Any:
        """What an expression comes to."""
        return _FORMS.get(type(node), Evaluation._variable)(self, node)

    def _variable(self, node: Any) -> Any:
        return self.variables[node.full_text()[slice(*node.position())].strip()]

    def _column(self, node: ColumnExpression) -> Any:
        return self.line[column_of(node)[1]]

    def _function(self, node: FunctionExpression) -> Any:
        function: Callable[..., Any] = getattr(self, f"_{node.function_name().lower()}")
        return function(*node.args)

    def _number(self, node: LiteralNumberExpression) -> float:
        return float(node.value.text)

    def _text(self, node: LiteralStringExpression) -> str:
        return str(node.value.text[1:-1])

    def _returned(self, node: ReturnExpression) -> Any:
        inner = self
        for one in node.variable_statements:
            said = {one.var_name.text: inner.value(one.statement)}
            inner = replace(inner, variables={**inner.variables, **said})
        return inner.value(node.ret)

    def _operated(self, node: Any) -> Any:
        return _OPERATORS[node.operator.text](self.value(node.left), self.value(node.right))

    def _values(self, node: ColumnExpression) -> list[Any]:
        table, name = column_of(node)
        return [line[name] for line in self.engine.lines(table, self.choice)]

    def _selectedvalue(self, column: ColumnExpression, otherwise: Any = None) -> Any:
        found = set(self._values(column))
        return found.pop() if len(found) == 1 else otherwise and self.value(otherwise)

    def _hasonevalue(self, column: ColumnExpression) -> bool:
        return len(set(self._values(column))) == 1

    def _sum(self, column: ColumnExpression) -> float | None:
        known = [one for one in self._values(column) if one is not None]
        return sum(known) if known else None

    def _max(self, column: ColumnExpression) -> Any:
        return max((one for one in self._values(column) if one is not None), default=None)

    def _calculate(self, inner: Any, *filters: Any) -> Any:
        choice = dict(self.choice)
        for one in filters:
            self._filter_in(choice, one)
        return replace(self, choice=choice).value(inner)

    def _filter_in(self, choice: dict[Column, frozenset[Any]], node: Any) -> None:
        if isinstance(node, ComparisonExpression):
            choice[column_of(node.left)] = frozenset([self.value(node.right)])
        elif node.function_name() == "REMOVEFILTERS":
            for column in [one for one in choice if one[0] == _name(node.args[0])]:
                del choice[column]
        else:
            assert node.function_name() == "KEEPFILTERS"
            kept: dict[Column, frozenset[Any]] = {}
            self._filter_in(kept, node.args[0])
            for column, values in kept.items():
                choice[column] = choice.get(column, values) & values

    def _table(self, node: Any) -> Iterator[Row]:
        if isinstance(node, FunctionExpression) and node.function_name() == "FILTER":
            for line in self._table(node.args[0]):
                if replace(self, line=line).value(node.args[1]):
                    yield line
        elif isinstance(node, FunctionExpression):
            assert node.function_name() in ("ALL", "ALLNOBLANKROW")
            yield from self.engine.project.data[_name(node.args[0])]
        else:
            yield from self.engine.lines(_name(node), self.choice)

    def _countrows(self, table: Any) -> int | None:
        return sum(1 for _ in self._table(table)) or None

    def _maxx(self, table: Any, inner: Any) -> Any:
        found = [replace(self, line=line).value(inner) for line in self._table(table)]
        return max(found, default=None)

    def _lookupvalue(self, wanted: ColumnExpression, key: ColumnExpression, node: Any) -> Any:
        table, name = column_of(wanted)
        sought = self.value(node)
        found = [
            line[name]
            for line in self.engine.project.data[table]
            if sought is not None and line[column_of(key)[1]] == sought
        ]
        return found[0] if found else None

    def _switch(self, sought: Any, *pairs: Any) -> Any:
        wanted = self.value(sought)
        for case, then in zip(pairs[::2], pairs[1::2], strict=False):
            if self.value(case) == wanted:
                return self.value(then)
        return self.value(pairs[-1]) if len(pairs) % 2 else None

    def _if(self, condition: Any, then: Any, otherwise: Any = None) -> Any:
        chosen = then if self.value(condition) else otherwise
        return chosen and self.value(chosen)

    def _isblank(self, node: Any) -> bool:
        return self.value(node) is None

    def _isempty(self, table: Any) -> bool:
        return not any(True for _ in self._table(table))

    def _not(self, node: Any) -> bool:
        return not self.value(node)

    def _true(self) -> bool:
        return True

    def _blank(self) -> None:
        return None


_FORMS: Mapping[type, Callable[[Evaluation, Any], Any]] = {
    ReturnExpression: Evaluation._returned,
    MeasureExpression: lambda self, node: self.measure(measure_of(node)),
    ColumnExpression: Evaluation._column,
    FunctionExpression: Evaluation._function,
    LiteralNumberExpression: Evaluation._number,
    LiteralStringExpression: Evaluation._text,
    ComparisonExpression: Evaluation._operated,
    LogicalExpression: Evaluation._operated,
    AddSubExpression: Evaluation._operated,
}
# What is blank counts as nought.
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": lambda left, right: left == right,
    "<": lambda left, right: (left or 0) < (right or 0),
    ">": lambda left, right: (left or 0) > (right or 0),
    "&&": lambda left, right: left and right,
    "-": lambda left, right: (left or 0) - (right or 0),
}


def _name(node: Any) -> str:
    """The name of a table."""
    return str(node.name.text).strip("'")
