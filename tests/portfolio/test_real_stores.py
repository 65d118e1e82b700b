"""Workbooks on servers that speak SFTP and HTTP: found, read, read again, and what goes wrong."""

from __future__ import annotations

import base64
import pickle
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tablero.addin.portfolio.reaching import reached
from tablero.addin.portfolio.stores import Patience
from tests.addin.commands import Ended, tablero
from tests.portfolio import servers
from tests.portfolio.clients import column, run, saved_at
from tests.portfolio.servers import HOST, PASSWORD, USER

NAMES = ("año 2026/Peña e Hijos.xlsx", "año 2026/more/client1.xlsx", "client2.xlsx")
HASTY = Patience(seconds=20, tries=1, pause=0)


@pytest.fixture
def firm(made_clients: Path, tmp_path: Path) -> Path:
    """What a server shows: nested folders, names with spaces and ñ."""
    folder = tmp_path / "served"
    for number, name in enumerate(NAMES):
        for root in ("clients", "closed"):
            path = folder / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(made_clients / "ab"[number % 2] / f"client{number}.xlsx", path)
            saved_at(path, 1_767_000_000)
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder without anything of whoever runs the tests."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return folder


@pytest.fixture
def sftp(firm: Path, home: Path) -> Iterator[int]:
    """The port of a server of SFTP."""
    with servers.secure_shell(firm, home) as port:
        yield port


@pytest.fixture
def web(firm: Path) -> Iterator[tuple[int, list[str]]]:
    """The port of a server of the web, and what it was asked for."""
    with servers.web(firm) as served:
        yield served


def assert_followed(url: str, firm: Path, out: Path, root: str = "clients") -> None:
    """All is read, then nothing, then what changed; what went away leaves."""
    assert run([url], out, patience=HASTY).read == len(NAMES)
    assert sorted(column(out, "files", "status")) == ["scored"] * len(NAMES)
    assert run([url], out, patience=HASTY).read == 0
    shutil.copy(firm / root / NAMES[2], firm / root / NAMES[0])
    saved_at(firm / root / NAMES[0], 1_767_000_100)
    assert run([url], out, patience=HASTY).read == 1
    assert sorted(column(out, "files", "status")) == ["duplicate", "scored", "scored"]
    (firm / root / NAMES[1]).unlink()
    run([url], out, patience=HASTY)
    assert len(column(out, "files", "path")) == len(NAMES) - 1


def assert_secret(out: Path) -> None:
    """Nowhere in a folder stands the password."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - tables are compressed, so they are read

    for path in (one for one in out.rglob("*") if one.is_file()):
        assert PASSWORD.encode() not in path.read_bytes(), path
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            assert PASSWORD not in str(table.to_pylist()) + str(table.schema.metadata), path


def complained(*arguments: str | Path, cwd: Path, lang: str = "en") -> str:
    """What a command that could do nothing said, in one sentence."""
    options = ("--lang", lang, "--patience", "5")
    told = tablero("portfolio", *arguments, *options, cwd=cwd).complaint(2)
    assert PASSWORD not in told
    return told


def test_sftp_with_a_password(sftp: int, firm: Path, tmp_path: Path) -> None:
    """What changed is read, and the password stays out of the data set."""
    out = tmp_path / "out"
    assert_followed(f"sftp://{USER}:{PASSWORD}@{HOST}:{sftp}/clients", firm, out)
    place = f"sftp://{USER}@{HOST}:{sftp}/clients"
    assert f"{place}/{NAMES[0]}" in column(out, "files", "path")
    assert_secret(out)


def test_sftp_with_a_key_and_the_name_that_ssh_knows(sftp: int, tmp_path: Path) -> None:
    """As ~/.ssh/config and the keys beside it have it."""
    assert sftp
    assert run(["sftp://firm/clients"], tmp_path / "out", patience=HASTY).read == len(NAMES)
    assert "sftp://firm/clients/client2.xlsx" in column(tmp_path / "out", "files", "path")


def test_one_workbook_and_a_pattern_on_a_server(sftp: int, tmp_path: Path) -> None:
    """Each is read once, whatever leads to it."""
    assert sftp
    places = ["sftp://firm/clients/client2.xlsx", "sftp://firm/clients/*.xlsx", "sftp://firm/"]
    assert run(places, tmp_path / "out", patience=HASTY).read == 2 * len(NAMES)


def test_a_whole_run_tells_no_password(sftp: int, firm: Path, tmp_path: Path) -> None:
    """Not in summary, page, problems, manifest, copy without names, or what is shown."""
    (firm / "clients" / "broken.xlsx").write_bytes(b"PK and then nothing")
    url = f"sftp://{USER}:{PASSWORD}@{HOST}:{sftp}/clients"
    ended = tablero("portfolio", url, "-o", "out", "--anonymise", "shared", cwd=tmp_path)
    assert ended.returncode == 1, ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr
    assert (tmp_path / "out" / "summary.xlsx").exists()
    assert_secret(tmp_path / "out")
    assert_secret(tmp_path / "shared")


@pytest.mark.parametrize(
    ("lang", "denied", "nowhere"),
    [
        ("en", "does not let you in", "There is nothing at"),
        ("es", "no le permite entrar", "No hay nada en"),
        ("pt", "não permite o seu acesso", "Não há nada em"),
    ],
)
def test_a_server_of_sftp_that_refuses(
    sftp: int, lang: str, denied: str, nowhere: str, tmp_path: Path
) -> None:
    """A wrong password, and a folder that is not there."""
    place = f"sftp://{USER}@{HOST}:{sftp}/clients"
    told = complained(place.replace("@", ":wrong@"), cwd=tmp_path, lang=lang)
    assert denied in told
    assert place in told
    assert nowhere in complained("sftp://firm/nowhere", cwd=tmp_path, lang=lang)


def test_a_server_that_is_not_known_gets_no_password(sftp: int, home: Path, tmp_path: Path) -> None:
    """It says how to make it known; one whose key changed is not known either."""
    (home / ".ssh" / "known_hosts").write_text("")
    url = f"sftp://{USER}:{PASSWORD}@{HOST}:{sftp}/clients"
    told = complained(url, cwd=tmp_path)
    assert f"ssh -p {sftp} {USER}@{HOST}" in told
    assert f"127.0.0.1]:{sftp}: ssh-ed25519" in told


def test_workers_ask_no_stranger_either(sftp: int, firm: Path, home: Path) -> None:
    """A zip file behind sftp:// connects in the process that reads it, also on a cluster."""
    shutil.make_archive(str(firm / "clients"), "zip", firm / "clients")
    url = f"zip://client2.xlsx::sftp://{USER}:{PASSWORD}@{HOST}:{sftp}/clients.zip"
    store, path = reached(url, HASTY)
    sent = pickle.dumps((store, path))
    size = (firm / "clients" / "client2.xlsx").stat().st_size
    assert read_elsewhere(sent) == f"{size}"
    (home / ".ssh" / "known_hosts").write_text("")
    assert read_elsewhere(sent) == "UnknownServerError"


READER = """
import base64, os, pickle, sys
try:
    store, path = pickle.loads(base64.b64decode(sys.argv[1]))
    print(len(store.content(path)), flush=True)
except Exception as defect:
    print(type(defect).__name__, flush=True)
os._exit(0)  # else the line to the server, which nobody closes here, is waited for
"""


def read_elsewhere(sent: bytes) -> str:
    """What a process says that gets a store and a path, and reads."""
    command = [sys.executable, "-c", READER, base64.b64encode(sent).decode()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("scheme", ["sftp", "http"])
@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "does not answer"), ("es", "no responde"), ("pt", "não responde")],
)
def test_a_server_that_does_not_run(
    scheme: str, lang: str, said: str, home: Path, tmp_path: Path
) -> None:
    """Its place is named, without the password."""
    assert home.is_dir()
    with socket.socket() as nobody:
        nobody.bind((HOST, 0))
        port = nobody.getsockname()[1]
        told = complained(f"{scheme}://ana:{PASSWORD}@{HOST}:{port}/x", cwd=tmp_path, lang=lang)
    assert said in told
    assert f"{scheme}://ana@{HOST}:{port}/x" in told


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "not installed"), ("es", "no está instalado"), ("pt", "instalado")]
)
def test_a_package_that_is_not_installed(
    lang: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named as pip calls it."""
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    told = complained("gs://firm/clients", cwd=tmp_path, lang=lang)
    assert said in told
    assert "pip install gcsfs" in told


def test_the_web_with_a_listing_of_folders(
    web: tuple[int, list[str]], firm: Path, tmp_path: Path
) -> None:
    """As python -m http.server shows one; files are told apart by what the server says of each."""
    port, asked = web
    out = tmp_path / "out"
    assert_followed(f"http://{HOST}:{port}/clients/", firm, out)
    assert f"http://{HOST}:{port}/clients/client2.xlsx" in column(out, "files", "path")
    asked.clear()
    run([f"http://{HOST}:{port}/clients"], out, patience=HASTY)
    assert not [one for one in asked if one.startswith("GET") and one.endswith(".xlsx")]


def test_the_web_with_a_password(web: tuple[int, list[str]], firm: Path, tmp_path: Path) -> None:
    """It stays out of the data set, as do tokens in what is asked for."""
    out = tmp_path / "out"
    url = f"http://{USER}:{PASSWORD}@{HOST}:{web[0]}/closed"
    assert_followed(url, firm, out, "closed")
    assert_secret(out)
    url = f"http://{HOST}:{web[0]}/clients/client2.xlsx?id=3&token={PASSWORD}"
    run([url], tmp_path / "other", patience=HASTY)
    told = column(tmp_path / "other", "files", "path")
    assert told == [f"http://{HOST}:{web[0]}/clients/client2.xlsx?id=3"]
    assert_secret(tmp_path / "other")


def test_a_server_of_the_web_that_refuses(web: tuple[int, list[str]], tmp_path: Path) -> None:
    """A wrong password, and a folder that is not there."""
    place = f"{HOST}:{web[0]}"
    told = complained(f"http://ana:wrong@{place}/closed", cwd=tmp_path)
    assert "does not let you in" in told
    assert f"http://ana@{place}/closed" in told
    told = complained(f"http://ana:{PASSWORD}@{place}/nowhere", cwd=tmp_path)
    assert f"There is nothing at http://ana@{place}/nowhere" in told


def test_what_can_be_reached_is_read_beside_what_cannot(
    web: tuple[int, list[str]], tmp_path: Path
) -> None:
    """A store that refuses is a line of the problems."""
    place = f"http://{HOST}:{web[0]}"
    ended: Ended = tablero(
        "portfolio", f"{place}/closed", f"{place}/clients", "-o", "out", "--data-only", cwd=tmp_path
    )
    assert ended.returncode == 1
    assert column(tmp_path / "out", "problems", "code") == ["portfolio_denied"]
