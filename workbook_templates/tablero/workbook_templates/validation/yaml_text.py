"""YAML text as plain data whose scalars keep their text, so that an id ``1.10`` stays ``1.10``.

The definition's fields say what is a number; nothing is guessed here. An alias, a tag, a second
document or a key given twice is a problem, never a surprise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, cast

import yaml
from yaml.reader import Reader

from tablero.workbook_templates.problems import Problem

MAX_DEPTH = 20
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"~", "null", "Null", "NULL"}
_LEFT_BLANK: Final = object()

Data = Any


def read_yaml(text: str, fields: Collection[str] = ()) -> tuple[Data, tuple[Problem, ...]]:
    """The data of a YAML document with every problem of the text itself.

    One of the ``fields`` that has nothing behind its colon is as if it were not there.

    >>> read_yaml("{id: 1.10, name: }", fields=["name"])
    ({'id': '1.10'}, ())
    """
    stray = Reader.NON_PRINTABLE.search(text)
    if stray:
        line = text.count("\n", 0, stray.start()) + 1
        return None, (Problem("yaml_character", values={"line": line}),)
    builder = _Builder(yaml.parse(text, Loader=_LOADER), fields)
    try:
        data = builder.document()
    except _StopReadingError:
        data = None
    except yaml.MarkedYAMLError as error:
        data = None
        builder.problems.append(_syntax_problem(error))
    return data, tuple(builder.problems)


class _StopReadingError(Exception):
    pass


class _Builder:
    def __init__(self, events: Iterator[yaml.Event], fields: Collection[str]) -> None:
        self._events = events
        self._fields = fields
        self.problems: list[Problem] = []

    def document(self) -> Data:
        data = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                data = _known(self._node(next(self._events), depth=0))
                break
        self._require_last_document()
        return data

    def _require_last_document(self) -> None:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._stop("yaml_documents", event)

    def _node(self, event: yaml.Event, depth: int) -> Data:
        if depth > MAX_DEPTH:
            self._stop("yaml_too_deep", event, limit=MAX_DEPTH)
        if isinstance(event, yaml.AliasEvent):
            self._add("yaml_alias", event, name=event.anchor)
            return None
        tag = getattr(event, "tag", None)
        if tag:
            self._add("yaml_tag", event, tag=tag)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return [_known(item) for item in self._items(depth)]
        return _scalar(cast("yaml.ScalarEvent", event))

    def _items(self, depth: int) -> Iterator[Data]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _mapping(self, depth: int) -> dict[str, Data]:
        entries: dict[str, Data] = {}
        lines: dict[str, int] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, entry = self._key(event, depth), self._node(next(self._events), depth + 1)
            if key in lines:
                self._add("yaml_key_twice", event, name=key, first=lines[key])
            elif key is not None:
                lines[key] = _line(event)
                if not (entry is _LEFT_BLANK and key in self._fields):
                    entries[key] = _known(entry)
        return entries

    def _key(self, event: yaml.Event, depth: int) -> str | None:
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value)
        self._node(event, depth + 1)
        self._add("yaml_key", event)
        return None

    def _add(self, code: str, event: yaml.Event, **values: object) -> None:
        self.problems.append(Problem(code, values={"line": _line(event), **values}))

    def _stop(self, code: str, event: yaml.Event, **values: object) -> None:
        self._add(code, event, **values)
        raise _StopReadingError


def _scalar(event: yaml.ScalarEvent) -> Data:
    if event.style not in {None, ""}:
        return event.value
    if event.value == "":
        return _LEFT_BLANK
    return None if event.value in _NOTHING else event.value


def _known(node: Data) -> Data:
    return None if node is _LEFT_BLANK else node


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return int(mark.line) + 1 if mark else 1


def _syntax_problem(error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return Problem("yaml_syntax", values={"line": line + 1, "column": column + 1})
