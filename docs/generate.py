"""Makes the generated parts of the README and docs/data.md: tables, command help and pictures.

    .venv/bin/python docs/generate.py

Tests compare what stands there with what this makes, so the two cannot drift apart.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from PIL import Image, ImageChops, PngImagePlugin

from tablero.addin.cli import app
from tablero.udfs.registry import FUNCTIONS, CellFunction
from tablero.workbook_templates.facts.schema import SCHEMAS, Schema
from tablero.workbook_templates.layout import sheets_of
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.sheets.page import Page
from tablero.workbook_templates.workbook import make_board, make_pages, new_workbook

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
DATA = ROOT / "docs" / "data.md"
BAR = r"\|"
"""A bar in a cell of a Markdown table."""
BENCHMARKS = ROOT / "docs" / "benchmarks.json"
PICTURES = ("home", "dashboard", "map", "scorecard")
SOURCE = "Source"
"""The text entry of a picture that says from which content it was drawn."""

_DOTS_PER_INCH = 110
_MARGIN = 24


def sections() -> dict[str, str]:
    """The generated sections by the name in their markers."""
    return {
        "functions": function_table(),
        "commands": command_help(),
        "tables": data_tables(),
        "benchmarks": benchmark_table(),
    }


def function_table() -> str:
    """One row a cell function, in the order of the registry."""
    rows = [f"| `{signature(one)}` | {one.help['en']} | `{one.example}` |" for one in FUNCTIONS]
    return "\n".join(["| function | meaning | example |", "|---|---|---|", *rows])


def signature(function: CellFunction) -> str:
    """Name and arguments, the optional ones in square brackets."""
    names = [f"[{one.name}]" if one.optional else one.name for one in function.arguments]
    return f"{function.name}({', '.join(names)})"


def command_help() -> str:
    """Name and first sentence of each command, from the program's own help."""
    rows = []
    for name, command in commands(typer.main.get_group(app)):
        summary = (command.help or "").strip().partition("\n\n")[0].replace("\n", " ")
        rows.append(f"| `tablero {name}` | {summary} |")
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def data_tables() -> str:
    """Every table of the export: what it holds, and its columns."""
    return "\n\n".join(map(_data_table, SCHEMAS.values()))


def _data_table(schema: Schema) -> str:
    rows = [f"### {schema.name}", "", schema.about, "", "| column | kind | what it holds |"]
    rows.append("|---|---|---|")
    for column in schema.columns:
        name = f"**{column.name}**" if column.name in schema.key else column.name
        kind = f"{column.kind} → `{column.refers_to}`" if column.refers_to else column.kind
        rows.append(f"| {name} | {kind} | {column.about} |")
    return "\n".join(rows)


def benchmark_table() -> str:
    """What the last kept run of the benchmarks said, part by part, with the machine named."""
    if not BENCHMARKS.exists():
        return "`.venv/bin/python -m tests.benchmarks --keep` fills a table in here."
    parts = json.loads(BENCHMARKS.read_text("utf-8"))
    lines = ["| what | against | result | target |", "|---|---|---|---|"]
    for part in parts.values():
        for row in part["rows"]:
            target = f"{row['target']}{', missed' if row['met'] is False else ''}"
            cells = (row["what"], row["against"], row["result"], target)
            lines.append(f"| {' | '.join(cell.replace('|', BAR) for cell in cells)} |")
    machines = sorted({f"{part['machine']}, {part['day']}" for part in parts.values()})
    told = "Milliseconds for one KPI by the size of the company: a level line is linear growth"
    plot = f"![{told}](docs/growth.svg)"
    return "\n".join([*lines, "", f"Measured on: {'; '.join(machines)}.", "", plot])


def commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it, those of groups too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield f"{prefix}{name}", command
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


def rendered(text: str) -> str:
    """A text with every generated section as it should be."""
    for name, content in sections().items():
        block = f"<!-- {name} -->\n{content}\n<!-- /{name} -->"
        marked = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->", re.DOTALL)
        text = marked.sub(lambda _, block=block: block, text)
    return text


def picture_sources() -> dict[str, str]:
    """For each picture, a digest of the cells and styles it shows."""
    board = make_board(load_template("cano"), dialect="plain")
    pages = {page.key: page for page in make_pages(board)}
    return {name: _digest(pages[name]) for name in PICTURES}


def _digest(page: Page) -> str:
    shown = repr(
        (
            page.cells, page.widths, sorted(page.heights.items()), page.rules, page.charts,
            page.drawing,
        )
    )  # fmt: skip
    return hashlib.sha256(shown.encode()).hexdigest()


def draw_pictures(folder: Path) -> Iterator[Path]:
    """Draw the sheets of the paper's company with LibreOffice, cropped to what is printed."""
    digests = picture_sources()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        new_workbook(load_template("cano"), work / "cano.xlsx", dialect="plain")
        pages, sheets = _drawn(work), sheets_of(load_template("cano"))
        for picture in PICTURES:
            page = pages[sheets.index(picture)]  # each sheet before it is printed on one page
            target = folder / f"{picture}.png"
            note = PngImagePlugin.PngInfo()
            note.add_text(SOURCE, digests[picture])
            _cropped(Image.open(page).convert("RGB")).save(target, pnginfo=note, optimize=True)
            yield target


def _drawn(work: Path) -> list[Path]:
    """Pages of the workbook as pictures, in order."""
    paper = work / "cano.pdf"
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    to_paper = [_program("soffice"), profile, "--headless", "--convert-to", "pdf"]
    for _ in range(2):  # LibreOffice may end its very first start without having done anything
        if not paper.exists():
            _run(*to_paper, "--outdir", str(work), str(work / "cano.xlsx"))
    _run(_program("pdftoppm"), "-r", str(_DOTS_PER_INCH), "-png", str(paper), str(work / "page"))
    return sorted(work.glob("page*.png"))


def _run(*command: str) -> None:
    subprocess.run(command, check=False, capture_output=True)  # noqa: S603 — our own arguments


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise SystemExit(f"{name} is missing: run .ci/setup --test first.")
    return found


def _cropped(picture: Image.Image) -> Image.Image:
    """Without the white around the sheet and without the page's footer."""
    body = picture.crop((0, 0, picture.width, int(picture.height * 0.94)))
    left, top, right, bottom = ImageChops.invert(body).getbbox() or (0, 0, body.width, body.height)
    return body.crop((left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN))


def main() -> None:
    """Write the generated sections and the pictures."""
    for page in (README, DATA):
        page.write_text(rendered(page.read_text("utf-8")), "utf-8")
    for picture in draw_pictures(ROOT / "docs"):
        print(picture.relative_to(ROOT))  # noqa: T201 — the command's output


if __name__ == "__main__":
    main()
