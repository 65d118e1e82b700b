"""What the ribbon's buttons do, on the workbook that is open in Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import xlwings

from tablero.addin.excel.bookkeeping import close_month, fill, refresh, roll
from tablero.addin.excel.boxes import listed
from tablero.addin.excel.checking_in import check_in
from tablero.addin.excel.desk import Desk
from tablero.addin.excel.host_check import host_problems
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.reporting import page, report
from tablero.workbook_templates import scoring
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.formats import language_name, percent_text
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.scorecard import Score
from tablero.workbook_templates.texts import LANGUAGES, text

TEMPLATE = "blank-sme"


def run(macro: str, language: str) -> None:
    """Run a macro for the workbook from which Excel calls; whatever happens is told in a box."""
    act(MACROS[macro], Desk(xlwings.Book.caller()), language)


def act(macro: Callable[[Desk, str], None], desk: Desk, language: str) -> None:
    """Let a macro work at a desk, and tell what keeps it from its work."""
    try:
        macro(desk, language)
    except ProblemsError as error:
        desk.tell(listed(error.problems, language), is_problem=True)
    except Exception as error:  # noqa: BLE001 - nobody reads a trace in Excel
        message = text("excel.macro.failed", language, reason=f"{type(error).__name__}: {error}")
        desk.tell(message, is_problem=True)


def new(desk: Desk, language: str) -> None:
    """Make an empty scorecard where the user wants it, and open it."""
    _make(desk, "scorecard.xlsm", load_template(TEMPLATE), language)


def check(desk: Desk, language: str) -> None:
    """Tell what is wrong in the workbook, and what keeps it from calling Python."""
    reading = desk.reading()
    problems = (*reading.problems, *_of_host(desk, reading))
    if problems:
        desk.tell(listed(problems, language, desk.name), is_problem=has_errors(problems))
    else:
        desk.tell(text("excel.macro.nothing_wrong", language))


def _of_host(desk: Desk, reading: Reading) -> tuple[Problem, ...]:
    """What the saved file says of macros and Python; nothing where there is no file to read."""
    path = desk.path if reading.dialect == "xlwings" else None
    if path is None:
        return ()
    try:
        return host_problems(path, reading.language)
    except (ProblemsError, OSError):  # Excel may hold it so that nobody else reads it
        return ()


def score(desk: Desk, language: str) -> None:
    """Tell how the company stands in the period that Home shows."""
    reading = desk.reading()
    scores = scoring.score(reading.definition, reading.figures, [reading.period])
    card = scores.at(reading.period)
    label = card.calendar.period_label(reading.period, language)
    strategy = _line(text("term.strategy", language), card.strategy, language)
    perspectives = (
        _line(one.perspective.name.in_language(language), one.score, language)
        for one in card.perspectives
    )
    desk.tell("\n".join([f"{desk.name} · {label}", "", strategy, *perspectives]))


def switch_language(desk: Desk, language: str) -> None:
    """Make the same scorecard in another language, beside the one that is open."""
    reading = desk.reading()
    if has_errors(reading.problems):
        raise ProblemsError(reading.problems)
    other = _other_language(desk, reading.language, language)
    if other is None:
        return
    suggestion = f"{Path(desk.name).stem}.{other}.xlsm"
    _make(desk, suggestion, reading.definition, other, reading.period, reading.figures)


def _other_language(desk: Desk, present: str, language: str) -> str | None:
    """Which language the user chooses; None when they cancel."""
    others = [one for one in LANGUAGES if one != present]
    named = ", ".join(f"{one} ({language_name(one, language)})" for one in others)
    typed = desk.ask(text("excel.macro.which_language", language, languages=named), others[0])
    if typed is None or typed in others:
        return typed
    raise ProblemsError([Problem("language_unknown", values={"text": typed, "languages": named})])


def show_help(desk: Desk, language: str) -> None:
    """Tell what the buttons do."""
    desk.tell(text("excel.macro.help", language))


MACROS: Mapping[str, Callable[[Desk, str], None]] = MappingProxyType(
    {
        "new": new,
        "check": check,
        "score": score,
        "switch_language": switch_language,
        "fill": fill,
        "refresh": refresh,
        "close_month": close_month,
        "roll": roll,
        "check_in": check_in,
        "report": report,
        "page": page,
        "help": show_help,
    }
)


def _make(
    desk: Desk,
    suggestion: str,
    definition: Definition,
    language: str,
    period: Period | None = None,
    figures: Figures | None = None,
) -> None:
    """Make a workbook where the user wants it, unless a file stands there, and open it."""
    path = desk.choose_file(suggestion, text("excel.macro.kind", language))
    if path is None:
        return
    if path.exists():
        raise ProblemsError([Problem("excel_file_exists", file=path.name)])
    new_macro_workbook(definition, path, language=language, period=period, figures=figures)
    desk.open(path)


def _line(name: str, one: Score, language: str) -> str:
    if one.achievement is None or one.band is None:
        return f"{name}: {text('home.blank', language)}"
    return (
        f"{name}: {percent_text(one.achievement, language)} · {one.band.name.in_language(language)}"
    )
