"""The commands: what each takes, its help with an example, and whom it calls."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tablero.addin.cli import bookkeeping, company_options, options, portfolio, showing
from tablero.addin.cli.options import examples
from tablero.addin.cli.running import finish, guarded

# What a command needs is imported when it runs: --help stays quick.
# ruff: noqa: PLC0415

_OPTIONS = {"help_option_names": ["-h", "--help"]}


app = typer.Typer(
    help="Scorecards of small companies: workbooks whose cells are computed by functions.",
    epilog=examples(
        "tablero demo",
        'tablero new blank-sme --company "Acme" -o acme.xlsx',
        "tablero check acme.xlsx",
        "tablero score acme.xlsx --period 2026-Q1",
    )
    + "\n\nExit code 0: fine; 1: problems found; 2: wrong use.",
    context_settings=_OPTIONS,
    no_args_is_help=True,
    rich_markup_mode=None,  # half the time of a help that is drawn
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - typer hands the option's value over
    if asked:
        from importlib.metadata import version

        typer.echo(f"tablero {version('tablero')}")
        finish(0)


@app.callback()
def _tablero(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


@app.command(
    short_help="Build the paper's company, score it, compare.",
    epilog=examples("tablero demo", "tablero demo trial --lang es"),
)
@guarded
def demo(
    folder: options.Folder = Path(),
    *,
    functions: options.SelfServedDialect = options.SelfServed.PORTABLE,
    lang: options.Speech = None,
) -> None:
    """Build the company of Cano et al. (2017) as cano.xlsx and set its scores beside the paper's.

    A cano.xlsx that is there already is kept as a backup.
    """
    from tablero.addin.cli import demonstration

    demonstration.demonstrate(folder, functions.value, lang)


templates = typer.Typer(
    invoke_without_command=True,
    context_settings=_OPTIONS,
    epilog=examples("tablero templates", "tablero templates --lang es --json"),
)
app.add_typer(templates, name="templates", short_help="List the shipped definitions.")


@templates.callback()
@guarded
def list_templates(
    context: typer.Context, *, lang: options.Speech = None, json: options.AsJson = False
) -> None:
    """List the shipped definitions to start from."""
    if context.invoked_subcommand is None:
        from tablero.addin.cli import listing

        listing.list_templates(lang, as_json=json)


@templates.command(
    "show",
    short_help="Show what a shipped definition holds.",
    epilog=examples("tablero templates show retail", "tablero templates show retail --lang es"),
)
@guarded
def show_template(
    template: options.TemplateName, *, lang: options.Speech = None, json: options.AsJson = False
) -> None:
    """Show the KPIs of a shipped definition, with formulas and sources, and what is typed for it.

    Where a company finds a goal for itself is said with each KPI, and from which accounts of the
    ledger each input can be taken.
    """
    from tablero.addin.cli import describing

    describing.show_template(template, lang, as_json=json)


@app.command(
    short_help="Make the workbook of a company.",
    epilog=examples(
        'tablero new blank-sme --company "Acme" --lang es --year 2026 --currency PEN',
        "tablero new acme.yaml -o acme-2026.xlsx --force",
        "tablero new cano -o paper.xlsx --functions plain",
        "tablero new blank-sme -o acme.xlsm",
        'tablero new cano --drop roa --points "financial: 1.1=60,1.2=40"',
        "tablero new",
    ),
)
@guarded
def new(  # noqa: PLR0913 - one a choice that people have
    origin: company_options.OptionalOrigin = "",
    *,
    output: options.Output = None,
    company: options.CompanyName = None,
    lang: options.WorkbookSpeech = None,
    year: options.Year = None,
    start_month: company_options.StartMonth = None,
    currency: options.Currency = None,
    scale: options.Scale = None,
    logo: options.Logo = None,
    colour: company_options.Colour = None,
    keep: company_options.Keep = "",
    drop: company_options.Drop = "",
    points: company_options.Points = None,
    compare: company_options.Compare = None,
    accept_inconsistent: company_options.AcceptInconsistent = False,
    functions: options.Dialect = None,
    with_figures: options.WithFigures = False,
    force: options.Force = False,
) -> None:
    """Make the workbook of a company from a shipped definition or from one of your own.

    Without figures it is ready to be filled in; a workbook that is there is never overwritten
    unless you say --force, and then a backup is kept. Without a template you are asked for all
    that matters, with a proposal for each answer.
    """
    from tablero.addin.cli import creation

    changes = {
        "name": company,
        "year": year,
        "fiscal_start_month": start_month,
        "currency": currency,
        "scale": scale and scale.value,
    }
    wish = creation.Wish(
        origin,
        output,
        changes,
        lang,
        logo,
        functions and functions.value,
        with_figures=with_figures,
        colour=colour,
        tailoring=creation.tailoring(keep, drop, points, compare, accepts=accept_inconsistent),
    )
    if origin:
        creation.create(wish, force=force)
    else:
        from tablero.addin.cli import interviewing

        interviewing.create(wish, force=force)


@app.command(
    short_help="Say what is wrong in a workbook.",
    epilog=examples("tablero check acme.xlsx", "tablero check acme.yaml --json"),
)
@guarded
def check(
    file: options.Checkable, *, lang: options.Speech = None, json: options.AsJson = False
) -> None:
    """Say what is wrong in a workbook or a definition, where, what to do, and who owes figures.

    Exit code 0 when there is no error (there may be warnings), 1 when there is one, 2 when the
    file cannot be read.
    """
    from tablero.addin.cli import checking

    finish(checking.check(file, lang, as_json=json))


@app.command(
    short_help="Score a workbook in a period.",
    epilog=examples(
        "tablero score acme.xlsx",
        "tablero score acme.xlsx --period ytd-2026-06 --format json",
        "tablero score acme.xlsx --format csv > scores.csv",
    ),
)
@guarded
def score(
    file: options.Workbook,
    *,
    period: options.PeriodCode = None,
    shape: options.Shape = options.Format.TABLE,
    lang: options.NameSpeech = None,
) -> None:
    """Score a workbook: every KPI, objective and perspective, and the strategy, in one period.

    JSON and CSV are written in UTF-8, with achievements, weights and coverages as fractions.
    """
    from tablero.addin.cli import scoring

    finish(scoring.show_scores(file, period, shape.value, lang))


app.add_typer(showing.commands)
app.add_typer(bookkeeping.commands)
app.add_typer(
    portfolio.portfolio, name="portfolio", short_help="Look across the workbooks of many companies."
)

addin = typer.Typer(
    help="Serve the functions in Excel, LibreOffice and xlwings Lite.",
    context_settings=_OPTIONS,
    no_args_is_help=True,
)
app.add_typer(addin, name="addin", short_help="Serve the functions in other programs.")


@addin.command(
    "build",
    short_help="Write what a program takes the functions from.",
    epilog=examples("tablero addin build libreoffice -o out", "tablero addin build lite"),
)
@guarded
def build_addin(
    host: options.ServedHost, *, output: options.BuildFolder = Path(), lang: options.Speech = None
) -> None:
    """Write what a program takes the functions from: tablero.xlam, tablero.oxt, or main.py."""
    from tablero.addin.cli import hosting

    hosting.build(host.value, output, lang)


@addin.command(
    "install",
    short_help="Put the functions into a program.",
    epilog=examples("tablero addin install libreoffice"),
)
@guarded
def install_addin(
    host: options.ServedHost,
    *,
    for_everyone: options.ForEveryone = False,
    lang: options.Speech = None,
) -> None:
    """Put the functions into a program of this machine; it knows them from its next start."""
    from tablero.addin.cli import hosting

    hosting.install(host.value, lang, for_everyone=for_everyone)


@addin.command(
    "uninstall",
    short_help="Take the functions out of a program.",
    epilog=examples("tablero addin uninstall libreoffice"),
)
@guarded
def uninstall_addin(
    host: options.ServedHost,
    *,
    for_everyone: options.ForEveryone = False,
    lang: options.Speech = None,
) -> None:
    """Take the functions out of a program of this machine."""
    from tablero.addin.cli import hosting

    hosting.uninstall(host.value, lang, for_everyone=for_everyone)


@addin.command(
    "status",
    short_help="Say whether a program has the functions.",
    epilog=examples("tablero addin status libreoffice"),
)
@guarded
def addin_status(
    host: options.ServedHost,
    *,
    for_everyone: options.ForEveryone = False,
    lang: options.Speech = None,
) -> None:
    """Say whether a program of this machine has the functions; exit code 1 if it has not."""
    from tablero.addin.cli import hosting

    finish(hosting.status(host.value, lang, for_everyone=for_everyone))


@addin.command(
    "repair",
    short_help="Make a macro workbook fit for this machine.",
    epilog=examples("tablero addin repair acme.xlsm"),
)
@guarded
def repair_workbook(file: options.MacroWorkbook, *, lang: options.Speech = None) -> None:
    """Write a macro workbook's macros and settings anew, for this machine's Python and xlwings.

    All else in it stays, a backup is kept, and a workbook with macros of your own is refused.
    """
    from tablero.addin.cli import hosting

    hosting.repair(file, lang)
