"""Making the workbook of a company: from which definition, with what changed, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.logo import checked_logo
from tablero.addin.cli.running import WrongUseError, report, wrong_use
from tablero.addin.cli.speaking import DEFAULT, told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.addin.excel.macro_workbook import ENDING as MACRO_ENDING
from tablero.addin.making import ending_of, make
from tablero.workbook_templates.definition import Company, Definition
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.saving import Saved, check_target, save
from tablero.workbook_templates.tailoring import Tailored, Tailoring, tailor
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.validation import load
from tablero.workbook_templates.validation.shape import shape_problems

_LONGEST_NAME = 60

OPTIONS = {"name": "company", "fiscal_start_month": "start-month"}
"""How the fields of a company are called on the command line, where it differs."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants made; ``changes`` are fields of the company, None where as it is."""

    origin: str
    output: Path | None
    changes: Mapping[str, Any]
    lang: str | None
    logo: Path | None
    functions: str | None
    with_figures: bool
    colour: str | None = None
    tailoring: Tailoring = field(default_factory=Tailoring)

    @property
    def given(self) -> Mapping[str, Any]:
        """The changes that were really asked for."""
        return {field: value for field, value in self.changes.items() if value is not None}


@dataclass(frozen=True)
class Origin:
    """A definition, and where it came from; ``file`` is None for a shipped one."""

    definition: Definition
    name: str
    file: Path | None


def create(wish: Wish, *, force: bool) -> None:
    """Make the workbook that somebody wishes, and say what to do with it."""
    messages = users_language(wish.lang)
    origin = origin_of(wish.origin, messages)
    made = tailored(origin, wish)
    report(made.notes, messages)
    make_workbook(wish, origin, made.definition, force=force)


def tailoring(
    keep: str,
    drop: str,
    points: Sequence[str] | None,
    comparisons: Sequence[str] | None,
    *,
    accepts: bool,
) -> Tailoring:
    """What is to be changed in the scorecard, from the options as they are typed."""
    kept, dropped = (
        tuple(name for one in text.split(",") if (name := one.strip())) for text in (keep, drop)
    )
    return Tailoring(kept, dropped, tuple(points or ()), tuple(comparisons or ()), accepts)


def tailored(origin: Origin, wish: Wish) -> Tailored:
    """The definition with all that is wished, and notes on what it led to."""
    with wrong_use():
        made = tailor(origin.definition, wish.tailoring)
    own = Origin(made.definition, origin.name, origin.file)
    return Tailored(_changed(own, wish), made.notes)


def make_workbook(wish: Wish, origin: Origin, definition: Definition, *, force: bool) -> None:
    """Write the workbook and say what to do with it."""
    messages = users_language(wish.lang)
    saved = _save(definition, wish, origin, force=force)
    console = terminal()
    show_saved(console, saved, messages)
    if origin.definition.figures and not definition.figures:
        show(console, told("new.without_figures", messages))
    sheet = text("sheet.inputs", definition.company.language)
    show(console, told("new.next", messages, file=as_typed(saved.path), sheet=sheet))


def origin_of(origin: str, messages: str) -> Origin:
    """The definition that somebody names, a shipped one or a file."""
    file = Path(origin)
    if not file.suffix and file.name == origin:
        with wrong_use():
            return Origin(load_template(origin), origin, None)
    definition, problems = load(file)
    report(_together(problems), messages)
    return Origin(definition, file.stem, file)


def _together(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems, with goals that are still to be set told in one."""
    missing = [one for one in problems if one.code == "goal_missing"]
    if len(missing) <= 1:
        return tuple(problems)
    ids = ", ".join(str(one.values["id"]) for one in missing)
    told = {"count": len(missing), "ids": ids}
    others = (one for one in problems if one.code != "goal_missing")
    return (*others, Problem("goals_missing", "warning", told, file=missing[0].file))


def _changed(origin: Origin, wish: Wish) -> Definition:
    """The definition with what was asked for, and without figures that are of another company."""
    definition = origin.definition
    keep = bool(definition.figures) and (wish.with_figures or not wish.given)
    fields: dict[str, Any] = {"language": _language(origin, wish), **wish.given}
    if origin.file is None and not keep:
        name = told("new.your_company", fields["language"])
        fields = {"year": datetime.now(UTC).astimezone().year, "name": name, **fields}
    fields["colour"] = wish.colour or definition.company.colour
    company = company_with(definition.company, fields)
    company = company.model_copy(update={"logo": _logo(origin, wish)})
    figures = definition.figures if keep else {}
    okrs = tuple(okr.in_year(company.year) for okr in definition.okrs)
    return definition.model_copy(update={"company": company, "figures": figures, "okrs": okrs})


def _language(origin: Origin, wish: Wish) -> str:
    """A shipped definition speaks all languages, so that the user's can be taken."""
    spoken = users_language()
    users = spoken if origin.file is None and spoken != DEFAULT else None
    return wish.lang or users or origin.definition.company.language


def company_with(company: Company, fields: Mapping[str, Any]) -> Company:
    """A company with other fields.

    Raises
    ------
    WrongUseError
        A field cannot be so, told by its option.
    """
    data = {**company.model_dump(exclude={"logo"}), **fields}
    try:
        return Company.model_validate(data)
    except ValidationError as error:
        problems = shape_problems(error, data)
    named = (one.at(path=f"--{OPTIONS.get(one.path, one.path)}") for one in problems)
    raise WrongUseError(named)


def _logo(origin: Origin, wish: Wish) -> str | None:
    """The logo asked for, else the definition's own, which is found from where its file is."""
    own = origin.definition.company.logo
    if wish.logo is None and own is None:
        return None
    folder = origin.file.parent if origin.file else Path()
    with wrong_use():
        return str(checked_logo(wish.logo if wish.logo is not None else folder / str(own)))


def _save(definition: Definition, wish: Wish, origin: Origin, *, force: bool) -> Saved:
    dialect = _dialect(wish)
    ending = ending_of(dialect)
    path = wish.output or usual_output(wish, origin)
    with wrong_use():
        return save(path, lambda file: make(definition, file, dialect), force=force, ending=ending)


def usual_output(wish: Wish, origin: Origin) -> Path:
    """The file that is made where none is named: it is called like the company."""
    name = _file_name(wish.given.get("name", ""), origin.name)
    return Path(f"{name}{ending_of(_dialect(wish))}")


def check_output(wish: Wish, path: Path, *, force: bool) -> None:
    """Refuse a file that cannot be made."""
    ending = ending_of(_dialect(replace(wish, output=path)))
    check_target(path, force=force, ending=ending)


def _dialect(wish: Wish) -> DialectName:
    """How cells call their functions: as asked for, else as the ending of the file suggests."""
    has_macros = wish.output is not None and wish.output.suffix.lower() == MACRO_ENDING
    return cast("DialectName", wish.functions or ("xlwings" if has_macros else "portable"))


def _file_name(company: str, otherwise: str) -> str:
    """A name for a file, in letters that every system and every mail program knows.

    >>> _file_name("Áridos & Cía. S.A.", "cano"), _file_name("东方", "cano")
    ('aridos-cia-s-a', 'cano')
    """
    plain = unicodedata.normalize("NFKD", company).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_NAME].strip("-") or otherwise
