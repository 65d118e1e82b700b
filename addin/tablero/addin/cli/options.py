"""What can be typed behind a command: each argument and option with its help."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def examples(*lines: str) -> str:
    """Lines that stay lines below a command's help."""
    return "\n".join(
        ["\b", "Example:" if len(lines) == 1 else "Examples:", *map("  {}".format, lines)]
    )


class Language(StrEnum):
    """Languages of messages and workbooks."""

    EN = "en"
    ES = "es"
    PT = "pt"


class Functions(StrEnum):
    """How cells call their functions; the dialects of a workbook."""

    PORTABLE = "portable"
    PLAIN = "plain"
    XLWINGS = "xlwings"
    LITE = "lite"


class SelfServed(StrEnum):
    """The dialects in which a workbook needs nothing beside itself."""

    PORTABLE = "portable"
    PLAIN = "plain"


class Host(StrEnum):
    """The programs that Python can serve functions to."""

    EXCEL = "excel"
    LITE = "lite"
    LIBREOFFICE = "libreoffice"


class MoneyScale(StrEnum):
    """In what unit amounts of money are typed."""

    UNITS = "units"
    THOUSANDS = "thousands"
    MILLIONS = "millions"


class Format(StrEnum):
    """How scores are shown."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Tables(StrEnum):
    """As what the tables of a scored workbook are written."""

    CSV = "csv"
    PARQUET = "parquet"
    JSON = "json"
    POWERBI = "powerbi"


_FIRST_YEAR, _LAST_YEAR = 1990, 2100

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder to build it in; made if it is missing.")
]
ServedHost = Annotated[
    Host,
    typer.Argument(metavar="excel|lite|libreoffice", help="The program to serve the functions to."),
]
BuildFolder = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="DIR", help="Where to; made if it is missing."),
]
ForEveryone = Annotated[
    bool,
    typer.Option("--for-everyone", help="For all users of this machine, as its administrator."),
]
TemplateName = Annotated[
    str,
    typer.Argument(metavar="TEMPLATE", help="A shipped definition, as tablero templates lists it."),
]
Workbook = Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook of Tablero.")]
MacroWorkbook = Annotated[
    Path, typer.Argument(metavar="FILE.xlsm", help="A macro workbook of Tablero.")
]
Checkable = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A workbook of Tablero, or a definition (.yaml)."),
]
Speech = Annotated[
    Language | None,
    typer.Option(help="Language; without it that of the environment (LC_ALL, LC_MESSAGES, LANG)."),
]
WorkbookSpeech = Annotated[
    Language | None,
    typer.Option(
        help="Language of the workbook and of messages; without it your definition's own, for a "
        "shipped one that of the environment."
    ),
]
NameSpeech = Annotated[
    Language | None,
    typer.Option(help="Language of the names; without it that of the workbook."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with JSON, for programs.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.xlsx",
        help="The workbook to make; without it it is called like the company, or the template.",
    ),
]
CompanyName = Annotated[str | None, typer.Option(metavar="NAME", help="Name of the company.")]
Year = Annotated[
    int | None,
    typer.Option(
        metavar="YEAR",
        min=_FIRST_YEAR,
        max=_LAST_YEAR,
        help="The year it is for, the one in which a fiscal year begins; without it that of the "
        "definition, for a shipped one without figures the current one.",
    ),
]
Currency = Annotated[
    str | None, typer.Option(metavar="CODE", help="Currency in three letters, such as PEN.")
]
Scale = Annotated[MoneyScale | None, typer.Option(help="In what amounts of money are typed.")]
Logo = Annotated[
    Path | None,
    typer.Option(metavar="PICTURE", help="The company's logo: a PNG, JPEG, GIF or BMP file."),
]
Dialect = Annotated[
    Functions | None,
    typer.Option(
        help="portable: functions inside the workbook, for Excel 365, 2024 and later; plain: "
        "ordinary formulas, for every spreadsheet; xlwings: Python on this machine, for Excel on "
        "Windows; lite: Python in the free add-in xlwings Lite. Without it: xlwings for a file "
        "that ends in .xlsm, else portable."
    ),
]
SelfServedDialect = Annotated[
    SelfServed,
    typer.Option(
        "--functions",
        help="portable: functions inside the workbook, for Excel 365, 2024 and later; plain: "
        "ordinary formulas, for every spreadsheet.",
    ),
]
WithFigures = Annotated[
    bool,
    typer.Option(
        "--with-figures",
        help="Keep the figures of the definition; otherwise they are left out as soon as "
        "--company, --year, --start-month, --currency or --scale is given.",
    ),
]
Force = Annotated[
    bool,
    typer.Option("--force", help="Replace a workbook that is there; a backup is kept beside it."),
]
PeriodCode = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        help="2026-03 (month), 2026-Q1 (quarter), ytd-2026-03 (year to date), 2026 (year) or "
        "r12-2026-03 (twelve months); without it the one chosen on Home, in CSV all of the year.",
    ),
]
Shape = Annotated[Format, typer.Option("--format", help="How to show it.")]
MonthCode = Annotated[str, typer.Option("--month", metavar="MONTH", help="A month: 2026-03.")]
Incomplete = Annotated[
    bool, typer.Option("--incomplete", help="Close it although figures are missing.")
]


class DecimalMark(StrEnum):
    """What stands before the decimals of a number."""

    COMMA = "comma"
    POINT = "point"


SourceFile = Annotated[
    Path | None,
    typer.Option(
        "--from",
        metavar="SOURCE",
        help="A CSV or Excel file: a line a figure (input, period, value), or a line an input "
        "with a column a month; inputs by id or name.",
    ),
]
TrialBalance = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The month's trial balance, CSV or Excel: account, opening, debit, credit, closing; "
        "the inputs' accounts say what each takes.",
    ),
]
LedgerColumns = Annotated[
    str,
    typer.Option(
        metavar="PART=HEAD,...",
        help="Which columns of the trial balance hold what, where their heads do not say it: "
        "account=Rubro,debit=Cargos or, by letter, account=A,debit=D.",
    ),
]
Chart = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="The chart of accounts of the trial balance, such as puc (Colombia) or pcge (Peru); "
        "else the company's, or the one usual with its currency.",
    ),
]
DatabaseAddress = Annotated[
    str | None,
    typer.Option(
        "--sql",
        metavar="URL",
        envvar="TABLERO_SQL",
        help="A database instead, as SQLAlchemy writes its address: postgresql://user@host/ledger.",
    ),
]
DatabaseQuery = Annotated[
    str | None,
    typer.Option(metavar="SELECT", help="What to ask the database; its columns as in a file."),
]
FigureMonth = Annotated[
    str,
    typer.Option(
        metavar="MONTH",
        help="The month of all figures, where the source does not say it; else the only one taken.",
    ),
]
Decimal = Annotated[
    DecimalMark | None,
    typer.Option(help="The decimal mark, where the figures do not show it: 1,234 may be either."),
]
SourceSheet = Annotated[
    str,
    typer.Option(metavar="NAME", help="The sheet of an Excel file; else the first that fits."),
]
Reopen = Annotated[
    bool,
    typer.Option("--reopen", help="Change figures of closed months, too; those are then open."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
]
FillIn = Annotated[
    bool,
    typer.Option("--fill-in", help="A file in which owners fill in the figures that they owe."),
]
OwnerName = Annotated[
    str, typer.Option(metavar="OWNER", help="Only what this owner owes; else what anybody does.")
]
OwedPeriod = Annotated[
    str,
    typer.Option(
        "--month",
        metavar="MONTH",
        help="A month (2026-04) or a period (2026-Q2); without it the year so far.",
    ),
]
ExportOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="The file to make: .xlsx or .csv, for a definition .yaml, for --to json .json; for "
        "--to csv, parquet and powerbi a folder. Without it it is called after the workbook.",
    ),
]
AsTables = Annotated[
    Tables | None,
    typer.Option(
        "--to",
        help="Tables of all scores in all periods of the year, for Power BI, Power Query and other "
        "programs: a folder of CSV or Parquet files, or one JSON file. With powerbi a project that "
        "Power BI Desktop opens: the tables with their relations, measures and pages.",
    ),
]
AsDefinition = Annotated[
    bool,
    typer.Option(
        "--definition", help="What the workbook measures, as YAML, with all that was edited in it."
    ),
]
DefinitionFigures = Annotated[
    bool, typer.Option("--with-figures", help="The definition with the figures and check-ins.")
]
AsTemplate = Annotated[
    bool,
    typer.Option(
        "--as-template",
        help="The definition as a template for others: without figures, goals, notes, check-ins "
        "and names of the company and of people.",
    ),
]
NextOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.xlsx",
        help="The workbook to make; without it the name of this one, with the next year.",
    ),
]
Leave = Annotated[
    bool,
    typer.Option("--leave", help="Leave behind sheets and drawings that are not Tablero's."),
]
NewDefinition = Annotated[
    str,
    typer.Option(
        "--definition",
        metavar="TEMPLATE|FILE.yaml",
        help="What is measured from now on; tablero export --definition makes one to edit.",
    ),
]
RebuiltOutput = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.xlsx",
        help="The workbook to make; without it the workbook is replaced.",
    ),
]
Drop = Annotated[
    bool, typer.Option("--drop", help="Go on without figures and notes that have no place.")
]
