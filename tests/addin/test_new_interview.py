"""``tablero new`` without a template: an interview at a real terminal, and the same by options."""

from __future__ import annotations

import os
import pty
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.validation import dump_definition
from tests.addin.commands import PROGRAM, environment, opened, tablero
from tests.addin.pictures import png

CTRL_C, CTRL_D = "\x03", "\x04"


def interviewed(folder: Path, typed: str, **variables: str) -> tuple[int, str]:
    """What a terminal shows while somebody types, and the exit code; at the end nobody is left."""
    ours, its = pty.openpty()
    running = subprocess.Popen(
        [*PROGRAM, "new"], cwd=folder, env=environment(TERM="dumb", **variables),
        stdin=its, stdout=its, stderr=its, start_new_session=True,
        preexec_fn=lambda: os.close(os.open(os.ttyname(its), os.O_RDWR)),  # noqa: PLW1509
    )  # fmt: skip
    os.close(its)
    seen = b""
    while part := _read(ours):
        if not seen:  # once it asks, since signs typed before are no signals
            os.write(ours, typed.encode() + CTRL_D.encode())
        seen += part
    os.close(ours)
    return running.wait(), seen.decode().replace("\r\n", "\n")


def _read(end: int) -> bytes:
    try:
        return os.read(end, 4096)
    except OSError:  # the other end is closed
        return b""


def lines(*answers: str) -> str:
    """Answers, each with [Enter]."""
    return "".join(f"{answer}\n" for answer in answers)


def definition(path: Path) -> Definition:
    """What a workbook measures."""
    return read_workbook(path).definition


def printed(seen: str, head: str) -> list[str]:
    """The command line that is printed at the end, in words."""
    return shlex.split(seen.split(head)[1].strip())


def made_again(command: list[str], folder: Path) -> Definition:
    """What that command line makes, under another name."""
    words = ["again.xlsx" if word.endswith(".xlsx") else word for word in command[1:]]
    ended = tablero(*words, cwd=folder)
    assert ended.returncode == 0, ended.stderr
    return definition(folder / "again.xlsx")


BY_POINTS = lines(
    "", "no-such", "10", "El Sol S.A.", "soles", "", "once", "2027", "13", "julio",
    "missing.png", "logo.png", "green", "FFCC00", "0", "5, 15",
    "3", "40", "20", "20", "10", "", "",  # points that sum to 90 are taken in proportion
    "", "",
)  # fmt: skip


def test_an_interview_makes_what_its_command_line_makes(tmp_path: Path) -> None:
    """In the language chosen; each wrong answer is told and asked again."""
    (tmp_path / "logo.png").write_bytes(png())
    code, seen = interviewed(tmp_path, BY_POINTS, LANG="es_PE.UTF-8")
    assert code == 0, seen
    for told in (
        "Idioma (1 English, 2 español, 3 português) [español]:",
        "Tienda minorista (retail)",
        "No existe la plantilla «no-such»",
        "Moneda, en tres letras [PEN]:",
        "«SOLES» no es el código de una moneda",
        "«once» no es un número entero",
        "No se puede abrir el logotipo «missing.png»",
        "«#green» no es un color",
        "se usará #856A00",
        "«0» no está entre los números de la lista",
        "Indicadores que quedan: 16 de 18",
        "Los puntos suman 90, no 100",
        "El Sol S.A.",
        "Lo mismo sin preguntas:",
    ):
        assert told in seen
    made = definition(tmp_path / "el-sol-s-a.xlsx")
    company = made.company
    assert (company.name, company.currency, company.language) == ("El Sol S.A.", "PEN", "es")
    assert (company.year, company.fiscal_start_month, company.colour) == (2027, 7, "#FFCC00")
    assert [one.weight for one in made.perspectives] == [0.445, 0.222, 0.222, 0.111]
    assert {"rent_share", "markdown_rate"}.isdisjoint(kpi.id for kpi in made.kpis())
    command = printed(seen, "Lo mismo sin preguntas:")
    assert command[:3] == ["tablero", "new", "retail"]
    assert made_again(command, tmp_path) == made


BY_PAIRS = lines(
    "1", "12", "Acme", "usd", "", "", "", "", "2",  # English, the paper's company; one KPI goes
    "2",  # pairs that contradict each other
    "1", "9", "1", "ten", "9", "=", "1", "9", "1", "9", "2", "9",
    "2", "1", "1", "5",  # what the others say of the worst, and the next judged again
)  # fmt: skip


@pytest.mark.parametrize("mended", [("2", "2"), ("3",)], ids=["mended", "accepted"])
def test_pairs_that_contradict_each_other_are_mended_or_accepted(
    mended: tuple[str, ...], tmp_path: Path
) -> None:
    """The worst is named with what the others say, and the command line says the same."""
    code, seen = interviewed(tmp_path, BY_PAIRS + lines(*mended, "", "", ""))
    is_accepted = mended == ("3",)
    assert code == 0, seen
    assert "Pairs to compare: 6." in seen
    assert "“ten” is not among the answers" in seen
    assert "Most at odds with the others: Financial against Customers, judged 9" in seen
    assert ("the judgements go together" in seen) is not is_accepted
    command = printed(seen, "The same without questions:")
    assert ("--accept-inconsistent" in command) is is_accepted
    assert made_again(command, tmp_path) == definition(tmp_path / "acme.xlsx")


def test_nobody_to_ask_is_told_what_to_type(tmp_path: Path) -> None:
    """Without a terminal and without a template nothing waits for an answer."""
    assert "tablero new TEMPLATE" in tablero("new", cwd=tmp_path).complaint(2)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("typed", ["2\n10\nAcme\n", CTRL_C], ids=["Ctrl-D", "Ctrl-C"])
def test_breaking_off_writes_nothing(typed: str, tmp_path: Path) -> None:
    """With a sentence, and the exit code that shells expect."""
    code, seen = interviewed(tmp_path, typed)
    assert code == 130, seen
    told = "Stopped; nothing was written." if typed == CTRL_C else "no se escribió nada."
    assert seen.endswith(f"{told}\n")
    assert not list(tmp_path.iterdir())


def test_whoever_does_not_agree_in_the_end_gets_nothing(tmp_path: Path) -> None:
    """All that is proposed, but no."""
    code, seen = interviewed(tmp_path, lines(*[""] * 9, "", "", "no"))
    year = datetime.now(UTC).astimezone().year
    assert code == 0, seen
    assert f"Year: {year}" in seen
    assert seen.endswith("Nothing was written.\n")
    assert not list(tmp_path.iterdir())


def test_options_fit_a_definition_to_a_company(tmp_path: Path) -> None:
    """KPIs, weights, colour and fiscal year, each with what followed from it."""
    ended = tablero(
        "new", "cano", "-o", "a.xlsx", "--drop", "defective_products", "--points",
        "financial=40,customers=30,processes=20,learning=10", "--compare",
        "financial: 1.1>1.2:3", "--colour", "#7a1f3d", "--fiscal-start", "7", cwd=tmp_path,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "note: Objectives left without a KPI went too" in ended.stderr
    made = definition(tmp_path / "a.xlsx")
    assert [one.weight for one in made.perspectives] == [0.4, 0.3, 0.2, 0.1]
    assert [one.weight for one in made.perspectives[0].objectives] == [0.75, 0.25]
    assert made.company.fiscal_start_month == 7
    sheet = opened(tmp_path / "a.xlsx").worksheets[0]
    inks = {cell.font.color.rgb for row in sheet.iter_rows() for cell in row if cell.font.color}
    assert "FF7A1F3D" in inks
    assert "FF1F4E79" not in inks


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--drop", "rooa"], "--drop: There is no KPI “rooa”. Did you mean “roa”?"),
        (["--keep", "roa", "--drop", "roe"], "cannot both be named"),
        (["--points", "financial=50"], "--points: These have no points"),
        (["--compare", "financial>customers"], "--compare: “financial>customers” is not"),
        (["--colour", "green"], "--colour: “green” is not a colour"),
    ],
)
def test_wrong_options_are_told(options: list[str], said: str, tmp_path: Path) -> None:
    """By their name, and nothing is made."""
    assert said in tablero("new", "cano", *options, cwd=tmp_path).complaint(2)
    assert not list(tmp_path.iterdir())


def test_a_definition_of_ones_own_proposes_its_own_and_keeps_its_figures(tmp_path: Path) -> None:
    """All its answers accepted; a workbook that is there is replaced when one says so."""
    own = load_template("cano")
    (tmp_path / "own.yaml").write_text(dump_definition(own), "utf-8")
    (tmp_path / "there.xlsx").write_bytes(b"")
    answers = ["1", "own.yaml", *[""] * 8, "there.xlsx", "no", "there.xlsx", "yes", "yes"]
    code, seen = interviewed(tmp_path, lines(*answers))
    assert code == 0, seen
    assert "“there.xlsx” is there already" in seen
    reading = read_workbook(tmp_path / "there.xlsx")
    assert reading.definition.company.name == own.company.name
    assert reading.figures.filled.any()
