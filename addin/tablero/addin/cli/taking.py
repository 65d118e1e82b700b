"""Taking the definition out of a workbook: as its company's, or as a template for others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tablero.addin.cli.fitting import as_typed
from tablero.addin.cli.running import FINE, wrong_use
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show, show_saved, terminal
from tablero.workbook_templates.definition import Definition, InputFigures
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.parts import DatedCheckIn
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.saving import save
from tablero.workbook_templates.templating import as_template, is_role, mentions
from tablero.workbook_templates.validation import dump_definition

_YAML = ".yaml"
_LONGEST_NOTE = 120


@dataclass(frozen=True)
class Manner:
    """How a definition is taken out."""

    as_template: bool = False
    with_figures: bool = False
    force: bool = False


def export_definition(path: Path, output: Path | None, lang: str | None, manner: Manner) -> int:
    """Write the definition of a workbook, with what people edited in it; the exit code."""
    language = users_language(lang)
    with wrong_use():
        reading = read_workbook(path)
    if has_errors(reading.problems):
        raise ProblemsError(reading.problems)
    definition = definition_of(reading, manner)
    target = output or path.with_name(f"{path.stem}{_suffix(manner)}{_YAML}")
    document = dump_definition(definition)
    with wrong_use():
        saved = save(
            target,
            lambda file: _write(file, document),
            force=manner.force,
            ending=_YAML,
        )
    console = terminal()
    show_saved(console, saved, language)
    names = {"definition": as_typed(target), "file": as_typed(path)}
    if manner.as_template:
        show(console, told("definition.template", language, owners=_people(reading.definition)))
        left = mentions(definition, reading.definition.company.name)
        for line in (told("definition.mentions", language), *left) if left else ():
            show(console, line)
    next_step = "next_template" if manner.as_template else "next"
    show(console, told(f"definition.{next_step}", language, **names))
    return FINE


def definition_of(reading: Reading, manner: Manner) -> Definition:
    """What a workbook measures, in the language that it speaks."""
    definition = reading.definition
    company = definition.company.model_copy(update={"language": reading.language})
    definition = definition.model_copy(update={"company": company})
    if manner.as_template:
        return as_template(definition, told("new.your_company", reading.language))
    if manner.with_figures:
        definition = definition.model_copy(
            update={
                "figures": _figures(reading.figures),
                "check_ins": tuple(map(_dated, reading.records.check_ins)),
            }
        )
    return definition


def _dated(one: CheckIn) -> DatedCheckIn:
    """A check-in as a definition has it, its note in one line."""
    return DatedCheckIn(
        day=one.day,
        key_result=one.key_result,
        value=one.value,
        confidence=one.confidence,
        note=" ".join(one.note.split())[:_LONGEST_NOTE],
    )


def _figures(figures: Figures) -> dict[str, InputFigures]:
    """The figures by input, without inputs that have none."""
    held = {
        one: InputFigures(
            last_year=_known([year])[0],
            last_year_months=_months(months[:MONTHS_A_YEAR]),
            months=_months(months[MONTHS_A_YEAR:]),
        )
        for one, year, months in zip(
            figures.ids, figures.last_year.tolist(), figures.months.tolist(), strict=True
        )
    }
    return {one: given for one, given in held.items() if given != InputFigures()}


def _months(months: list[float]) -> tuple[float | None, ...] | None:
    known = _known(months)
    return known if any(figure is not None for figure in known) else None


def _known(figures: list[float]) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(figure) else figure for figure in figures)


def _write(file: Path, document: str) -> None:
    file.write_text(document, "utf-8", newline="\n")


def _suffix(manner: Manner) -> str:
    return "-template" if manner.as_template else ""


def _people(definition: Definition) -> int:
    """How many owners a template does not name."""
    owners = (
        *(one.owner for one in definition.inputs),
        *(one.owner for one in definition.kpis()),
        *(one.owner for one in definition.okrs),
        *(one.owner for one in definition.key_results()),
    )
    names = {owner.in_language("") for owner in owners if not is_role(owner)}
    return len(names - {""})
