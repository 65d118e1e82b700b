"""The commands that show a workbook's scores to others: on a page, on paper, on a wall."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tablero.addin.cli import options
from tablero.addin.cli.options import examples
from tablero.addin.cli.running import finish, guarded

if TYPE_CHECKING:
    from tablero.addin.publishing import Kind

# What a command needs is imported when it runs: --help stays quick.
# ruff: noqa: PLC0415

commands = typer.Typer()

_Page = Annotated[
    bool, typer.Option("--html", help="The page: one file for any browser, without a network.")
]
_Paper = Annotated[bool, typer.Option("--pdf", help="The report on paper, of one period.")]
_Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE|DIR",
        help="The file to make (.html or .pdf), or a folder for both; without it beside the "
        "workbook, called after it and the period.",
    ),
]
_Period = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        help="2026-03 (month), 2026-Q1 (quarter), ytd-2026-03 (year to date), 2026 (year) or "
        "r12-2026-03 (twelve months); without it the one chosen on Home.",
    ),
]
_Logo = Annotated[
    Path | None,
    typer.Option(
        metavar="PICTURE",
        help="The company's logo, a PNG, JPEG or GIF file; without it the one on Home.",
    ),
]
_Speech = Annotated[
    options.Language | None,
    typer.Option(help="Language of what is made; without it that of the workbook."),
]
_Force = Annotated[
    bool, typer.Option("--force", help="Replace a file that is there; a backup is kept beside it.")
]
_Open = Annotated[bool, typer.Option("--open", help="Show what was made.")]
_Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder with the workbooks.")]
_Screens = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR",
        help="The folder for pages and PDFs; without it the one with the workbooks.",
    ),
]
_Refresh = Annotated[
    int | None,
    typer.Option(
        metavar="SECONDS",
        min=5,
        help="Let the browser load the page anew this often, for a screen that nobody touches.",
    ),
]


@commands.command(
    short_help="Make a workbook's page, and its report as PDF.",
    epilog=examples(
        "tablero report acme.xlsx",
        "tablero report acme.xlsx --pdf --period 2026-Q2",
        "tablero report acme.xlsx --html -o board.html --open",
        "tablero report acme.xlsx --logo acme.png -o reports --force",
    ),
)
@guarded
def report(  # noqa: PLR0913 - one a choice that people have
    file: options.Workbook,
    *,
    html: _Page = False,
    pdf: _Paper = False,
    output: _Output = None,
    period: _Period = None,
    lang: _Speech = None,
    logo: _Logo = None,
    force: _Force = False,
    opens: _Open = False,
) -> None:
    """Make a page for any browser and a PDF of what a workbook says; without a choice both.

    The page is a single file that can be mailed: figures, charts, strategy map, every period. What
    is wrong in the workbook stands on the first page. Nothing is written to the workbook.

    Exit code 0 when there is no error in it, 1 when there is one and the report was made all the
    same, 2 when it could not be made.
    """
    from tablero.addin.cli import reporting

    wish = reporting.Wish(_kinds(html=html, pdf=pdf), output, period, logo, force, opens)
    finish(reporting.make_report(file, wish, lang))


@commands.command(
    short_help="Keep pages and PDFs of a folder current.",
    epilog=examples("tablero watch .", "tablero watch scorecards --html --refresh 60 -o wall"),
)
@guarded
def watch(
    folder: _Folder,
    *,
    html: _Page = False,
    pdf: _Paper = False,
    output: _Screens = None,
    refresh: _Refresh = None,
    lang: _Speech = None,
) -> None:
    """Make page and PDF anew whenever a workbook in a folder is saved, until you press Ctrl-C.

    They are called like their workbook, so that a screen on a wall can show the same page all
    year. What is older than its workbook is made at the start.
    """
    from tablero.addin.cli import watching

    wish = watching.Wish(_kinds(html=html, pdf=pdf), output, refresh)
    finish(watching.watch(folder, wish, lang))


def _kinds(*, html: bool, pdf: bool) -> tuple[Kind, ...]:
    """The kinds of file that were asked for; none where nobody chose."""
    asked: dict[Kind, bool] = {"html": html, "pdf": pdf}
    return tuple(kind for kind, is_asked in asked.items() if is_asked)
