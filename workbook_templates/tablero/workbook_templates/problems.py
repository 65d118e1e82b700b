"""A problem: what is wrong, where, and what to do about it, told in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tablero.workbook_templates.texts import text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with its place and its remedy.

    ``code`` names the texts ``problem.<code>.message`` and ``problem.<code>.remedy`` of the
    catalogue; ``values`` fills their placeholders. The place is as exact as it is known:
    the file, then the sheet and the cell of a workbook, or the path inside a definition.
    """

    code: str
    severity: Severity = "error"
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    sheet: str = ""
    cell: str = ""
    path: str = ""

    def at(self, **place: str) -> Problem:
        """The same problem with (more of) its place filled in."""
        return replace(self, **place)  # type: ignore[arg-type]

    def place(self) -> str:
        """Where it is, in one string: ``acme.xlsx › Inputs › F7``."""
        return " › ".join(part for part in (self.file, self.path, self.sheet, self.cell) if part)

    def message(self, language: str = "en") -> str:
        """What is wrong."""
        return self._text("message", language)

    def remedy(self, language: str = "en") -> str:
        """What to do about it."""
        return self._text("remedy", language)

    def _text(self, part: str, language: str) -> str:
        return text(f"problem.{self.code}.{part}", language, **self.values)

    def sentence(self, language: str = "en") -> str:
        """Place, message and remedy in one line."""
        where = self.place()
        told = f"{self.message(language)} {self.remedy(language)}"
        return f"{where}: {told}" if where else told


class ProblemsError(Exception):
    """Raised where work cannot go on; carries every problem found, never just the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.sentence() for problem in self.problems))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error rather than a warning or a note."""
    return any(problem.severity == "error" for problem in problems)
