"""The buttons that keep the open workbook through the year, by the code of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tablero.addin.excel.boxes import cut, listed
from tablero.addin.excel.desk import Desk
from tablero.addin.excel.macro_workbook import ENDING as MACRO_ENDING
from tablero.addin.excel.sourcing import bring
from tablero.workbook_templates import closing
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.edition import Edition, next_name, next_year
from tablero.workbook_templates.filling.applying import edits_of
from tablero.workbook_templates.filling.delivery import Delivery
from tablero.workbook_templates.filling.plan import Content, Plan, planned
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.saving import save
from tablero.workbook_templates.texts import text

_MOST_CHANGES = 12


def fill(desk: Desk, language: str) -> None:
    """Fill in the figures of a file, after showing what changes."""
    path = desk.find_file(text("excel.macro.sources", language))
    if path is None:
        return
    reading = desk.reading()
    delivery = bring(desk, path, reading, language)
    plan = delivery and _agreed_plan(desk, reading, delivery, language)
    if not plan:
        return
    if has_errors(plan.problems):
        raise ProblemsError(plan.problems)
    counts = {"changes": len(plan.changes), "unchanged": plan.unchanged}
    if not plan.changes:
        desk.tell(text("excel.macro.fill_nothing", language, **counts))
        return
    edits = edits_of(reading, plan)
    if desk.agree(_shown(desk, plan, language)):
        desk.write(edits)
        desk.tell(text("excel.macro.fill_done", language, **counts))


def _agreed_plan(desk: Desk, reading: Reading, delivery: Delivery, language: str) -> Plan | None:
    """What is to change; where only closed months are in the way, they are asked about."""
    plan = planned(reading, delivery)
    errors = [problem for problem in plan.problems if problem.severity == "error"]
    if not errors or any(problem.code != "fill_closed" for problem in errors):
        return plan
    months = ", ".join(sorted({str(problem.values["month"]) for problem in errors}))
    if not desk.agree(text("excel.macro.fill_closed", language, months=months)):
        return None
    return planned(reading, delivery, reopen=True)


def _shown(desk: Desk, plan: Plan, language: str) -> str:
    """Each change, old and new, with what is doubtful about them."""
    counts = {"changes": len(plan.changes), "unchanged": plan.unchanged}
    parts = [
        text("excel.macro.fill_count", language, file=plan.delivery.name, **counts),
        cut(list(_changes(plan, language)), language, _MOST_CHANGES),
        listed(plan.problems, language, desk.name),
        text("excel.macro.fill_ask", language, file=desk.name),
    ]
    return "\n\n".join(part for part in parts if part)


def _changes(plan: Plan, language: str) -> Iterator[str]:
    for one in plan.changes:
        name, month = one.input.name.in_language(language), one.figure.month.code
        former, new = (
            Content(value).in_language(language) for value in (one.former, one.figure.value)
        )
        yield f"{one.cell.sheet} › {one.cell.coordinate} · {name}, {month}: {former} → {new}"


def refresh(desk: Desk, language: str) -> None:
    """Let Excel calculate everything anew."""
    desk.calculate()
    desk.tell(text("excel.macro.refreshed", language))


def close_month(desk: Desk, language: str) -> None:
    """Close a month, or open one again that is closed."""
    reading = desk.reading()
    typed = desk.ask(text("excel.macro.close_which", language), _last_complete(reading))
    if typed is None:
        return
    month = Month.parse(typed)
    is_closed = month in reading.records.closed
    make, done = (_opened, "reopen") if is_closed else (_closed, "close")
    edits = make(desk, reading, month, language)
    if edits is not None:
        desk.write(edits)
        desk.tell(text(f"cli.{done}.done", language, month=month.code))


def _opened(desk: Desk, reading: Reading, month: Month, language: str) -> list[Edit] | None:
    """The cells that open a month again, if that is meant."""
    is_meant = desk.agree(text("excel.macro.reopen_ask", language, month=month.code))
    return closing.reopen(reading, month) if is_meant else None


def _closed(desk: Desk, reading: Reading, month: Month, language: str) -> list[Edit] | None:
    """The cells that close a month; whether it may be incomplete, is asked."""
    try:
        return closing.close(reading, month)
    except ProblemsError as refused:
        if [problem.code for problem in refused.problems] != ["month_incomplete"]:
            raise
        missing = refused.problems[0].message(language)
    question = text("excel.macro.close_incomplete", language, missing=missing)
    return closing.close(reading, month, incomplete=True) if desk.agree(question) else None


def _last_complete(reading: Reading) -> str:
    """The last month of which every figure is there and that is still open."""
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    for number in range(MONTHS_A_YEAR, -MONTHS_A_YEAR, -1):
        month = calendar.month(number)
        is_complete = len(closing.figures_of(reading, number)) == len(reading.figures.ids)
        if is_complete and month not in reading.records.closed:
            return month.code
    return ""


def roll(desk: Desk, language: str) -> None:
    """Make next year's workbook where the user wants it, and open it."""
    from tablero.addin.making import ending_of, make_edition  # noqa: PLC0415 - for this alone

    reading = desk.reading()
    edition = _next_year(desk, reading)
    ending = ending_of(edition.dialect)
    path = _place(desk, reading, ending, language)
    if path is None:
        return
    save(path, lambda file: make_edition(edition, file), ending=ending)
    desk.open(path)
    if edition.left:
        left = listed(edition.left, language)
        desk.tell(text("excel.macro.rolled_without", language, left=left))


def _next_year(desk: Desk, reading: Reading) -> Edition:
    """What next year's workbook is made of: cells as they are, notes and logo from a copy."""
    with desk.copy() as copy:
        return next_year(Version.of(copy), reading)


def _place(desk: Desk, reading: Reading, ending: str, language: str) -> Path | None:
    """Where the new workbook goes; no file there is replaced."""
    kind = "kind" if ending == MACRO_ENDING else "plain_kind"
    suggestion = next_name(Path(desk.name), reading).name
    path = desk.choose_file(suggestion, text(f"excel.macro.{kind}", language), ending)
    if path and path.exists():
        raise ProblemsError([Problem("excel_file_exists", file=path.name)])
    return path
