"""Several modules as the text of one, their definitions untouched."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

OURS = "tablero."


class NameClashError(ValueError):
    """Two modules define the same name, so that one would hide the other in one text."""


class Source(NamedTuple):
    """A module: its dotted name, its text and its syntax tree."""

    name: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, name: str) -> Source:
        """Read a module's text, wherever it is installed."""
        package, _, stem = name.rpartition(".")
        text = files(package).joinpath(f"{stem}.py").read_text("utf-8")
        return cls(name, text, ast.parse(text, name))

    @property
    def title(self) -> str:
        """The sentence that says what the module owns."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]


def flattened(names: Iterable[str], *imports: str) -> str:
    """Give modules, and before them all of ours that they import, as the text of one module.

    Imports of the standard library come first, then the further ``imports``; every definition
    stays as it is written, with its comments.
    """
    sources = _in_order(names)
    _require_distinct_names(sources)
    library = sorted({line for source in sources for line in _library_imports(source)})
    head = "\n".join([*library, "", *imports])
    return "\n\n\n".join([head, *map(_section, sources)])


def _in_order(names: Iterable[str]) -> list[Source]:
    """Every module after those that it imports."""
    ordered: dict[str, Source] = {}

    def add(name: str) -> None:
        if name not in ordered:
            source = Source.of(name)
            for needed in _own_imports(source):
                add(needed)
            ordered[name] = source

    for name in names:
        add(name)
    return list(ordered.values())


def _imports(source: Source) -> Iterator[ast.Import | ast.ImportFrom]:
    yield from (node for node in source.tree.body if isinstance(node, ast.Import | ast.ImportFrom))


def _own_imports(source: Source) -> list[str]:
    return [
        node.module
        for node in _imports(source)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(OURS) and node.module
    ]


def _library_imports(source: Source) -> Iterator[str]:
    for node in _imports(source):
        module = getattr(node, "module", None) or ""
        if module != "__future__" and not module.startswith(OURS):
            yield ast.unparse(node)


def _require_distinct_names(sources: Sequence[Source]) -> None:
    counts = Counter(name for source in sources for name in _defined_names(source))
    if clashes := sorted(name for name, count in counts.items() if count > 1):
        raise NameClashError(f"defined in more than one module: {', '.join(clashes)}")


def _defined_names(source: Source) -> set[str]:
    """The names that a module's own statements bind."""
    defined = set()
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            defined |= {target.id for target in targets if isinstance(target, ast.Name)}
    return defined


def _section(source: Source) -> str:
    """A module's text without its docstring and imports, under its name."""
    lines = source.text.splitlines()
    for node in [source.tree.body[0], *_imports(source)]:
        for number in range(node.lineno - 1, node.end_lineno or node.lineno):
            lines[number] = ""
    body = "\n".join(lines).strip("\n")
    return f"# {source.name}\n# {source.title}\n\n{body}"
