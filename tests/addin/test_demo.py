"""``tablero demo``: the paper's company, built, read back, scored and set beside the paper."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

from tablero.addin.cli.paper import PRINTED
from tablero.workbook_templates.export import rows
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tests.addin.commands import PROGRAM, environment, process, tablero

BACKUP = re.compile(r"cano\.backup-\d{8}-\d{6}(-\d+)?\.xlsx")


def cells(shown: str, name: str) -> list[str]:
    """What stands behind a name in the table."""
    (line,) = [line for line in shown.splitlines() if line.strip().startswith(name)]
    return line.strip().removeprefix(name).split()


def test_the_paper_is_complete() -> None:
    """Every node of the shipped company has an achievement printed in table 5."""
    scores = score(load_template("cano"))
    nodes = {row.id for row in rows(scores.at(scores.calendar.parse("2016")))}
    assert nodes == PRINTED.keys()


def test_the_scorecard_is_printed_beside_the_paper(tmp_path: Path) -> None:
    """The strategy comes to 80.5 %, which is Good, and the paper prints 81 %."""
    ended = tablero("demo", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert cells(ended.stdout, "Strategy") == ["80.5%", "81%", "●", "Good"]
    assert cells(ended.stdout, "Return on assets (ROA)") == [
        "46.3%", "35.0%", "132.4%", "132%", "▲", "Excellent",
    ]  # fmt: skip
    assert cells(ended.stdout, "Delivery cycle") == ["9.3", "8.0", "84.4%", "84%", "●", "Good"]


def test_four_kpis_are_marked_as_differing_from_the_paper(tmp_path: Path) -> None:
    """A line under the table names them and says that rounded inputs are the reason."""
    shown = tablero("demo", cwd=tmp_path).stdout
    (reason,) = [line for line in shown.splitlines() if line.startswith("≠")]
    assert reason.startswith(
        "≠ Return on equity (ROE), Sales growth, Customers growth, Investment in training: "
    )
    for name in ("Sales growth", "Customers growth", "Investment in training"):
        assert cells(shown, name)[3] == "≠"
    assert cells(shown, "Returned orders")[2:4] == ["113.4%", "113%"]


def test_the_last_lines_say_what_to_do_next(tmp_path: Path) -> None:
    """Which file to open, and what to type for one's own company."""
    last = tablero("demo", cwd=tmp_path).stdout.splitlines()[-2:]
    assert "cano.xlsx" in last[0]
    assert "tablero new blank-sme" in last[1]


def test_the_workbook_shows_the_paper(tmp_path: Path) -> None:
    """The file that is made reads back without a problem."""
    tablero("demo", cwd=tmp_path)
    reading = read_workbook(tmp_path / "cano.xlsx")
    assert (reading.problems, reading.dialect, reading.language) == ((), "portable", "en")


def test_a_second_run_keeps_the_first_workbook(tmp_path: Path) -> None:
    """It ends well, and says under which name the former file is kept."""
    tablero("demo", cwd=tmp_path)
    first = (tmp_path / "cano.xlsx").read_bytes()
    ended = tablero("demo", cwd=tmp_path)
    assert ended.returncode == 0
    (backup,) = tmp_path.glob("cano.backup-*.xlsx")
    assert BACKUP.fullmatch(backup.name)
    assert backup.read_bytes() == first
    assert backup.name in ended.stdout


def test_the_folder_is_made(tmp_path: Path) -> None:
    """A folder that is not there is made, with those above it."""
    assert tablero("demo", "a/b", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a/b/cano.xlsx").is_file()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """Nothing is made inside a file."""
    (tmp_path / "notes").write_text("mine")
    line = tablero("demo", "notes", cwd=tmp_path).complaint(2)
    assert "“notes” is a file, not a folder" in line


def test_a_workbook_open_in_excel_is_not_replaced(tmp_path: Path) -> None:
    """The lock that Excel lays beside it is heeded, and no backup is left behind."""
    tablero("demo", cwd=tmp_path)
    before = (tmp_path / "cano.xlsx").read_bytes()
    (tmp_path / "~$cano.xlsx").write_bytes(b"\x05somebody")
    assert "open in Excel" in tablero("demo", cwd=tmp_path).complaint(2)
    assert (tmp_path / "cano.xlsx").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cano.xlsx", "~$cano.xlsx"]


def test_spanish_is_spoken_where_it_is_asked_for_or_usual(tmp_path: Path) -> None:
    """By option, and by the environment without one; the workbook speaks it too."""
    asked = tablero("demo", "asked", "--lang", "es", cwd=tmp_path).stdout
    usual = tablero("demo", "usual", cwd=tmp_path, LC_ALL="es_PE.UTF-8").stdout
    assert cells(asked, "Estrategia") == ["80.5%", "81%", "●", "Bueno"]
    assert asked.replace("asked", "usual") == usual
    assert read_workbook(tmp_path / "usual/cano.xlsx").language == "es"


def test_a_terminal_without_unicode_gets_signs_it_has(tmp_path: Path) -> None:
    """Bands are told by ++ + - -- and words, accents fall away, and nothing breaks."""
    ended = process("demo", "--lang", "es", cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.isascii()
    assert cells(ended.stdout, "Estrategia") == ["80.5%", "81%", "+", "Bueno"]
    assert "Perdida de clientes" in ended.stdout
    assert "?" not in ended.stdout


def test_a_narrow_terminal_keeps_achievement_and_band(tmp_path: Path) -> None:
    """Values and goals give way, and no number is broken."""
    shown = tablero("demo", cwd=tmp_path, COLUMNS="50").stdout
    table = shown.partition("\n\n")[2].partition("≠ Return")[0]
    assert "Value" not in table
    assert "132.4%" in table
    assert all(len(line) <= 50 for line in table.splitlines()[1:])


def test_nothing_is_coloured_outside_a_terminal(tmp_path: Path) -> None:
    """A file or another program gets no escape sequences."""
    assert "\x1b" not in process("demo", cwd=tmp_path, TERM="xterm-256color").stdout


def test_bands_are_coloured_on_a_terminal(tmp_path: Path) -> None:
    """On a real one, here a pseudo-terminal, the band stands on its colour."""
    variables = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "100"}
    shown = on_a_terminal(tmp_path, **variables)
    assert "\x1b[38;2;11;93;75;48;2;213;239;230m▲ Excellent" in shown
    assert "\x1b[38" not in on_a_terminal(tmp_path, NO_COLOR="1", **variables)


def on_a_terminal(folder: Path, **variables: str) -> str:
    """What the demonstration shows on a pseudo-terminal."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "demo"], cwd=folder, env=environment(**variables), stdout=its, stderr=its
    ):
        os.close(its)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    return shown.decode("utf-8")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # so Linux says that the other side is closed
        return b""
