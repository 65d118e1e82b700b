"""A workbook's inputs by whatever people call them: the id, or the name in any language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.filling.words import bare

_LIKENESS = 0.8
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_LONGEST = 400


@dataclass(frozen=True)
class InputNames:
    """The ids of inputs, and what inputs are called."""

    ids: frozenset[str]
    by_words: Mapping[str, frozenset[str]]
    """By bare words the inputs called so: usually one, but two may be called alike."""
    shown: Mapping[str, str]
    """What people see of each bare word."""

    @classmethod
    def of(cls, definition: Definition) -> InputNames:
        """The names of a definition's inputs.

        >>> from tablero.workbook_templates.library import load_template
        >>> names = InputNames.of(load_template("cano"))
        >>> names.sure("NET SALES (thousands)"), names.sure("ventas netas"), names.sure("Sales")
        ('net_sales', 'net_sales', None)
        >>> names.close("net salse")
        'Net sales'
        """
        by_words: dict[str, frozenset[str]] = {}
        shown: dict[str, str] = {}
        for one in definition.inputs:
            for name in (*filter(bare, one.name.values()), one.id):
                by_words[bare(name)] = by_words.get(bare(name), frozenset()) | {one.id}
                shown.setdefault(bare(name), name)
        return cls(frozenset(one.id for one in definition.inputs), by_words, shown)

    def found(self, text: str) -> frozenset[str]:
        """The inputs that a text may name: none, one, or several that are called alike."""
        if len(text) > _LONGEST:
            return frozenset()
        key = text.strip().casefold()
        if key in self.ids:  # which is nobody else's, whatever others are called
            return frozenset({key})
        whole = self.by_words.get(bare(text))
        return whole or self.by_words.get(bare(_IN_BRACKETS.sub("", text)), frozenset())

    def sure(self, text: str) -> str | None:
        """The one input that a text names."""
        found = self.found(text)
        return next(iter(found)) if len(found) == 1 else None

    def close(self, text: str) -> str | None:
        """The name that comes close to a text that names no input."""
        close = difflib.get_close_matches(bare(text[:_LONGEST]), self.by_words, 1, _LIKENESS)
        return self.shown[close[0]] if close else None
