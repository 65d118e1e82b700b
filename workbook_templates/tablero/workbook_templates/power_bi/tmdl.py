"""How an object of a semantic model is written in TMDL, Microsoft's language for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID, uuid5

_PLAIN_NAME = re.compile(r"[\w-]+")
_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_OURS = UUID("5f1c3f5e-6f0e-4c55-9a5b-6b1c7f6a2d10")

REFERENCE = "ref table"
"""Says of a table, which has a file of its own, that it is there."""

Property = str | int | bool
"""A text, a number, or True for a property that is said by its name alone."""


@dataclass(frozen=True)
class Block:
    """An object of the model with what is below it."""

    kind: str
    name: str = ""
    expression: str = ""
    """What stands after the equals sign: a DAX or M expression, or the kind of a partition."""
    description: str = ""
    properties: Mapping[str, Property] = field(default_factory=lambda: MappingProxyType({}))
    source: str = ""
    """The M expression of a partition."""
    children: Sequence[Block] = ()


def document(*blocks: Block) -> str:
    r"""The text of a TMDL file, objects parted by empty lines.

    Indentation is by tabs and carries the meaning, as in Python.

    Examples
    --------
    >>> sales = Block("measure", "Net sales", "SUM(fact[sales])", "What customers\npaid.")
    >>> print(document(Block("table", "fact", children=(sales,))).expandtabs(2))
    table fact
    <BLANKLINE>
      /// What customers
      /// paid.
      measure 'Net sales' = SUM(fact[sales])
    <BLANKLINE>
    """
    lines: list[str] = []
    for before, block in zip((None, *blocks), blocks, strict=False):
        is_one_more = before is not None and before.kind == block.kind == REFERENCE
        lines += ["", *_lines(block, "")] if lines and not is_one_more else _lines(block, "")
    return "\n".join(lines) + "\n"


def quoted(name: str) -> str:
    """A name as TMDL refers to it.

    >>> quoted("kpi_id"), quoted("Owner's KPI")
    ('kpi_id', "'Owner''s KPI'")
    """
    return name if _PLAIN_NAME.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def tag(*path: str) -> str:
    """The identity of an object, by which reports know it after a second export.

    >>> tag("dim_kpi", "kpi_id") == tag("dim_kpi", "kpi_id") != tag("dim_kpi", "kpi")
    True
    """
    return str(uuid5(_OURS, "/".join(path)))


def one_line(text: str) -> str:
    r"""A text without what would begin a new line, or what no file of text may hold.

    >>> one_line("Acme\n\tmeasure Evil = 1")
    'Acme measure Evil = 1'
    """
    return " ".join(_CONTROL.sub("", _LINES.sub(" ", text)).split())


def _lines(block: Block, indent: str) -> Iterator[str]:
    for line in _LINES.split(block.description) if block.description else ():
        yield f"{indent}/// {one_line(line)}".rstrip()
    head = f"{block.kind} {quoted(block.name)}" if block.name else block.kind
    yield from _assigned(indent + head, block.expression, indent)
    inner = indent + "\t"
    for name, value in block.properties.items():
        yield inner + (name if value is True else f"{name}: {value}")
    if block.source:
        yield from _assigned(inner + "source", block.source, inner)
    for child in block.children:
        yield ""
        yield from _lines(child, inner)


def _assigned(head: str, expression: str, indent: str) -> Iterator[str]:
    if "\n" not in expression:
        yield f"{head} = {expression}" if expression else head
        return
    yield f"{head} ="
    for line in expression.split("\n"):
        yield f"{indent}\t\t{line}"
