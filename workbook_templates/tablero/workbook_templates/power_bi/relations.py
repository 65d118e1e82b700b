"""How the tables of the model refer to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from tablero.workbook_templates.facts.schema import SCHEMAS
from tablero.workbook_templates.power_bi.tmdl import Block, Property, tag


class Relation(NamedTuple):
    """Many lines of one table refer to one line of another, which filters them."""

    table: str
    column: str
    to: str
    is_active: bool

    @property
    def to_column(self) -> str:
        """The key that is referred to."""
        return SCHEMAS[self.to].key[0]


# The company is one line and filters nothing. A choice of a quarter must not empty the figures of
# its months, and last year's, which belong to no period, must not put a blank one among those.
_LEFT_OUT = frozenset({("dim_company", "period_id"), ("fact_input", "period_id")})
# A second way to a dimension that a table reaches already, or a narrower one than people expect:
# the key results of a quarter are looked at in any period.
_INACTIVE = frozenset(
    {
        ("dim_okr", "period_id"),
        ("dim_okr", "objective_id"),
        ("dim_key_result", "kpi_id"),
        ("dim_key_result", "input_id"),
    }
)


def relations_of(tables: Collection[str]) -> Iterator[Relation]:
    """The relations among those of the tables that there are.

    >>> next(relations_of(["dim_perspective", "dim_objective"]))
    Relation(table='dim_objective', column='perspective_id', to='dim_perspective', is_active=True)
    """
    for name in tables:
        for column in SCHEMAS[name].columns:
            place = (name, column.name)
            if column.refers_to in tables and place not in _LEFT_OUT:
                yield Relation(*place, column.refers_to, place not in _INACTIVE)


def relations(tables: Collection[str]) -> Iterator[Block]:
    """The relations as TMDL: each to one line, filtering in one direction."""
    for one in relations_of(tables):
        properties: dict[str, Property] = {} if one.is_active else {"isActive": "false"}
        properties["fromColumn"] = f"{one.table}.{one.column}"
        properties["toColumn"] = f"{one.to}.{one.to_column}"
        yield Block("relationship", tag(one.table, one.column, one.to), properties=properties)
