"""Finding workbooks: what is taken, what is left, and what is told."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from tablero.addin.portfolio.finding import Finding
from tablero.addin.portfolio.running import Place
from tablero.addin.portfolio.stores import Patience
from tablero.workbook_templates.problems import ProblemsError
from tests.portfolio.clients import DeadlyStore, FailingStore, column, run

HASTY = Patience(seconds=0.5, tries=2, pause=0)


def found(*places: Path | str, out: Path | None = None) -> list[str]:
    """The addresses of what was found."""
    return [entry.address for entry in looked(*places, out=out).entries]


def looked(*places: Path | str, out: Path | None = None) -> Finding:
    return Finding(out, HASTY).look(map(str, places))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder as people keep theirs."""
    folder = tmp_path / "tree"
    for name in (
        "a.xlsx", "b.XLSM", "deep/er/c.xlsx", "~$a.xlsx", ".~lock.a.xlsx#", ".hidden.xlsx",
        "a.backup-20260131-180000.xlsx", "a.backup-20260131-180000-2.xlsx", "notes.docx",
        ".trash/d.xlsx", "out/summary.xlsx", "~temp.xlsx",
    ):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_workbooks_are_taken_and_nothing_else(tree: Path) -> None:
    """No locks, no backups, nothing hidden or temporary, not the data set itself."""
    assert found(tree, out=tree / "out") == [
        str(tree / name) for name in ("a.xlsx", "b.XLSM", "deep/er/c.xlsx")
    ]


def test_the_data_set_of_another_run_is_not_looked_into(tree: Path) -> None:
    """Its summary is no scorecard; who names the folder means what others laid there."""
    (tree / "out" / "_manifest.parquet").touch()
    assert str(tree / "out" / "summary.xlsx") not in found(tree)
    shutil.copy(tree / "a.xlsx", tree / "out" / "z.xlsx")
    assert found(tree / "out") == [str(tree / "out" / "z.xlsx")]


def test_a_file_is_found_once_whatever_leads_to_it(tree: Path) -> None:
    """Named twice, by a pattern, through a link to it or to its folder."""
    (tree / "link.xlsx").symlink_to(tree / "a.xlsx")
    (tree / "linked").symlink_to(tree / "deep")
    places = (tree / "a.xlsx", tree / "deep", tree, tree / "**" / "*.xlsx", f"file://{tree}/a.xlsx")
    assert found(*places, out=tree / "out").count(str(tree / "a.xlsx")) == 1
    assert len(found(*places, out=tree / "out")) == len(set(found(tree, out=tree / "out")))


def test_links_that_go_round_in_a_circle_end(tree: Path) -> None:
    """A folder in itself, and a link to itself, which is told."""
    (tree / "deep" / "loop").symlink_to(tree)
    (tree / "self.xlsx").symlink_to(tree / "self.xlsx")
    (tree / "gone.xlsx").symlink_to(tree / "nothing.xlsx")
    finding = looked(tree, out=tree / "out")
    assert len(finding.entries) == 3
    assert [Path(problem.file).name for problem in finding.problems] == ["gone.xlsx", "self.xlsx"]
    assert {problem.code for problem in finding.problems} == {"portfolio_file_unreadable"}


def test_a_pattern_takes_what_it_matches(tree: Path) -> None:
    """Files that are workbooks, and all of the folders; none is no harm."""
    assert found(tree / "*.xlsx") == [str(tree / "a.xlsx")]
    assert found(tree / "de*") == [str(tree / "deep" / "er" / "c.xlsx")]
    assert found(tree / "*.none") == []


def test_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Before anything is read."""
    for place in (str(tmp_path / "nowhere"), "memory://nowhere", "zip://*.xlsx::/nowhere.zip"):
        with pytest.raises(ProblemsError, match="There is nothing at"):
            found(place)


def test_a_store_without_its_package_says_what_to_install() -> None:
    """As pip calls it."""
    with pytest.raises(ProblemsError, match="pip install gcsfs"):
        found("gs://host/clients")
    with pytest.raises(ProblemsError, match="cannot be reached"):
        found("nonsense://host/clients")


def test_workbooks_in_a_zip_file_are_read(made_clients: Path, tmp_path: Path) -> None:
    """With an address that leads to them."""
    archive = tmp_path / "clients.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(made_clients / "a" / "client0.xlsx", "deep/client0.xlsx")
        file.write(made_clients / "broken.xlsx", "broken.xlsx")
    out = tmp_path / "out"
    for place in (f"zip://::{archive}", f"zip://**/*.xlsx::{archive}"):
        run([place], out)
        assert sorted(column(out, "files", "status")) == ["refused", "scored"]
        assert f"zip://deep/client0.xlsx::{archive}" in column(out, "files", "path")


@pytest.fixture
def store(made_clients: Path) -> Iterator[FailingStore]:
    """A store in which some files and a folder misbehave."""
    fsspec.register_implementation("failing", FailingStore, clobber=True)
    store = FailingStore()
    store.store.clear()
    store.asked.clear()
    content = (made_clients / "a" / "client0.xlsx").read_bytes()
    for name in ("good", "sleeps", "breaks", "once"):
        store.pipe(f"/clients/{name}.xlsx", content)
    store.pipe("/clients/locked/inner.xlsx", content)
    yield store
    store.store.clear()


def test_what_a_store_does_not_hand_over_is_told_file_by_file(
    store: FailingStore, tmp_path: Path
) -> None:
    """One that sleeps, one that fails, and a folder; what fails once only is read."""
    out = tmp_path / "out"
    told = run(["failing://clients"], out, patience=HASTY).published
    assert (told.files, told.companies, told.duplicates, told.refused) == (4, 1, 1, 2)
    codes = dict(zip(column(out, "problems", "file"), column(out, "problems", "code"), strict=True))
    assert codes["failing:///clients/sleeps.xlsx"] == "portfolio_slow"
    assert codes["failing:///clients/breaks.xlsx"] == "portfolio_unreached"
    assert codes["failing:///clients/locked"] == "portfolio_folder_unreadable"
    assert store.asked["/clients/once.xlsx"] == 2


def test_what_was_not_handed_over_is_asked_for_again(store: FailingStore, tmp_path: Path) -> None:
    """In the next run, though the file has not changed; the others are not."""
    out = tmp_path / "out"
    run(["failing://clients"], out, patience=HASTY)
    store.asked.clear()
    assert run(["failing://clients"], out, patience=HASTY).read == 2
    assert set(store.asked) == {"/clients/sleeps.xlsx", "/clients/breaks.xlsx"}


def test_a_store_that_never_answers_is_not_waited_for_file_by_file(
    store: FailingStore, tmp_path: Path
) -> None:
    """After three files without an answer those of a batch are told without asking."""
    for number in range(60):
        store.pipe(f"/slow/sleeps{number:02}.xlsx", b"")
    told = run(["failing://slow"], tmp_path / "out", patience=HASTY).published
    assert told.refused == 60
    assert len(store.asked) == 4 * 3


def test_a_store_that_cannot_be_looked_into_is_told(store: FailingStore, tmp_path: Path) -> None:
    """Beside others that can."""
    store.pipe("/other/good.xlsx", store.cat("/clients/good.xlsx"))
    out = tmp_path / "out"
    told = run(["failing://clients/locked", "failing://other"], out, patience=HASTY).published
    assert (told.files, told.companies) == (1, 1)
    assert column(out, "problems", "code") == ["portfolio_folder_unreadable"]


def test_a_pattern_behind_a_url_takes_what_it_matches(store: FailingStore) -> None:
    """And one file is one file."""
    assert len(store.ls("/clients")) == 5
    assert found("failing://clients/*o*.xlsx") == [
        "failing:///clients/good.xlsx", "failing:///clients/once.xlsx"
    ]  # fmt: skip
    assert found("failing://clients/good.xlsx") == ["failing:///clients/good.xlsx"]


def test_a_file_that_ends_every_process_is_told(made_clients: Path, tmp_path: Path) -> None:
    """The files of its batch are read all the same."""
    folder = tmp_path / "clients"
    shutil.copytree(made_clients / "a", folder)
    (folder / "deadly.xlsx").touch()
    fsspec.register_implementation("deadly", DeadlyStore, clobber=True)
    out = tmp_path / "out"
    told = run([f"deadly://{folder}"], out, place=Place(workers=2)).published
    assert (told.files, told.companies, told.refused) == (4, 3, 1)
    assert column(out, "problems", "code") == ["portfolio_deadly"]


def test_folders_that_cannot_be_read_are_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the others are looked into; administrators may read all, so the refusal is made up."""
    scandir = os.scandir

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if path.endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    finding = looked(tree, out=tree / "out")
    assert len(finding.entries) == 2
    (problem,) = finding.problems
    assert "Permission denied" in problem.sentence("en")
    assert problem.file == str(tree / "deep")
