"""Making the page and the paper of a workbook, where somebody wants them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.console import Console

from tablero.addin.cli.fitting import as_typed, complain, fitted
from tablero.addin.cli.logo import checked_logo
from tablero.addin.cli.running import (
    FINE,
    PROBLEMS,
    WrongUseError,
    report,
    wrong_use,
)
from tablero.addin.cli.speaking import told, users_language
from tablero.addin.cli.terminal import show_saved, terminal
from tablero.addin.publishing import (
    ENDINGS,
    Kind,
    Logo,
    made,
    name_of,
    notes,
    open_file,
    put,
    report_of,
)
from tablero.workbook_templates.logos import can_be_shown
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.saving import check_target, save

_PICTURE = "--logo"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to have, and where."""

    kinds: tuple[Kind, ...]
    """Which were asked for; none stands for both."""
    output: Path | None = None
    period: str | None = None
    logo: Path | None = None
    force: bool = False
    opens: bool = False


def make_report(path: Path, wish: Wish, lang: str | None) -> int:
    """Make the files of a workbook's report; the exit code."""
    language = users_language(lang)
    with wrong_use():
        reading = read_workbook(path)
        period = _period(reading, wish.period)
        logo = Logo.of(path) if wish.logo is None else _given(wish.logo)
        targets = _targets(path, reading, period, wish)
    shown = report_of(reading, logo.picture, language=lang, period=period)
    beside = (one for one in reading.problems if one not in shown.problems)
    found = (*beside, *logo.told, *notes(shown), *_write(shown, targets, wish, language))
    report((one for place, one in enumerate(found) if one not in found[:place]), language)
    _sum_up(shown.problems, path, language)
    for target in targets.values() if wish.opens else ():
        open_file(target)
    return PROBLEMS if has_errors(reading.problems) else FINE


def _period(reading: Reading, code: str | None) -> Period:
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    return reading.period if code is None else calendar.parse(code)


def _given(path: Path) -> Logo:
    """A picture that somebody named, refused unless it can be shown."""
    picture = checked_logo(path).read_bytes()
    if not can_be_shown(picture):
        values = {"name": path.name}
        raise ProblemsError([Problem("report_logo_refused", values=values, path=_PICTURE)])
    return Logo(picture)


def _targets(path: Path, reading: Reading, period: Period, wish: Wish) -> Mapping[Kind, Path]:
    """Where each file goes; every place is looked at before anything is made."""
    output = path.parent if wish.output is None else wish.output
    if not output.is_dir() and output.suffix.lower() in ENDINGS.values():
        targets = _one(output, wish.kinds)
    else:
        company = reading.definition.company
        calendar = Calendar(company.year, company.fiscal_start_month)
        kinds = wish.kinds or tuple(ENDINGS)
        targets = {kind: output / name_of(path.name, calendar, period, kind) for kind in kinds}
        _refuse_no_folder(output, next(iter(targets.values())))
    for kind, target in targets.items():
        check_target(target, force=wish.force, ending=ENDINGS[kind])
    return targets


def _one(output: Path, kinds: tuple[Kind, ...]) -> Mapping[Kind, Path]:
    """The one kind of file that ends as the named one does."""
    (kind,) = (kind for kind, ending in ENDINGS.items() if ending == output.suffix.lower())
    if kinds in ((), (kind,)):
        return {kind: output}
    raise WrongUseError([Problem("report_one_file", values={"name": output.name})])


def _refuse_no_folder(output: Path, example: Path) -> None:
    if output.suffix and not output.exists():
        values = {"name": output.name, "suggestion": example.name}
        raise WrongUseError([Problem("report_place", values=values)])


def _write(
    shown: Report, targets: Mapping[Kind, Path], wish: Wish, language: str
) -> Iterator[Problem]:
    """Make each file; what is to be told of it."""
    console = terminal()
    for kind, target in targets.items():
        with _busy(console, kind, language):
            file = made(shown, kind)
        with wrong_use():
            write = partial(put, file.content)
            saved = save(target, write, force=wish.force, ending=ENDINGS[kind])
        show_saved(console, saved, language)
        yield from file.told


def _busy(console: Console, kind: Kind, language: str) -> ExitStack:
    """Something that moves on a terminal meanwhile."""
    stack = ExitStack()
    if console.is_terminal:
        line = fitted(told(f"report.making.{kind}", language), console.encoding)
        stack.enter_context(console.status(line, spinner="line"))
    return stack


def _sum_up(problems: Sequence[Problem], path: Path, language: str) -> None:
    """How many problems stand on the first page, and where to read what to do."""
    severities = [problem.severity for problem in problems]
    errors, warnings = (severities.count(one) for one in ("error", "warning"))
    if errors or warnings:
        severity = "error" if errors else "warning"
        values = {"errors": errors, "warnings": warnings, "file": as_typed(path)}
        line = told("report.problems", language, **values)
        complain(f"{told(f'severity.{severity}', language)}: {line}")
