"""The folder of a project: whole or not at all, whatever the company is called."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.power_bi.project import project_name, save_project, write_project
from tablero.workbook_templates.power_bi.semantic_model import m_text
from tablero.workbook_templates.problems import ProblemsError
from tests.facts.companies import made, model
from tests.power_bi.conftest import Projects
from tests.power_bi.dax import Engine
from tests.power_bi.reading import Project
from tests.power_bi.test_report import fields, references
from tests.workbook.companies import ODD_NAMES, odd

HOSTILE = (
    *ODD_NAMES,
    "']] measure Evil = 1 ///",
    "../../etc/passwd",
    '#(lf)"&"',
    "con",
    "…….",
    "株式会社 " * 12,
)
DOCUMENT = ".SemanticModel/definition/model.tmdl"


def called(name: str) -> Definition:
    """A company in which everything is called so."""
    return odd(name)


def written(project: Project) -> dict[str, bytes]:
    """Every file by its path."""
    files = (one for one in project.folder.rglob("*") if one.is_file())
    return {one.relative_to(project.folder).as_posix(): one.read_bytes() for one in files}


def test_a_project_has_a_file_a_model_a_report_and_data(project: Projects) -> None:
    """Each leads to the next by a relative path."""
    found = project("paper")
    assert found.file.name == f"{found.model.name.removesuffix('.SemanticModel')}.pbip"
    assert found.model.parent == found.folder.resolve()
    assert {one.name for one in found.folder.iterdir()} == {
        found.file.name,
        found.model.name,
        found.report.name,
        "data",
    }
    assert found.json(found.model / "definition.pbism")["version"] == "4.2"
    for part, kind in ((found.model, "SemanticModel"), (found.report, "Report")):
        platform = found.json(part / ".platform")
        assert platform["metadata"] == {"type": kind, "displayName": found.file.stem}


def test_text_files_end_their_lines_as_power_bi_wants(project: Projects) -> None:
    """UTF-8 without a mark, line feeds, tabs for what is inside of what."""
    for path, content in written(project("hostile")).items():
        if not path.endswith(".parquet"):
            assert b"\r" not in content
            assert content.decode("utf-8")[0] not in "\ufeff "
            assert content.endswith(b"\n")


def test_the_same_scores_make_the_same_files(tmp_path: Path) -> None:
    """So that a project under version control shows what changed."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        write_project(made("paper"), folder, place=Path("/board"))
    one, two = (written(Project(folder)) for folder in folders)
    assert one == two
    assert f'"{Path("/board") / "data"}"' in Project(folders[0]).parameter


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project of a company with ordinary names."""
    folder = tmp_path_factory.mktemp("plain") / "board"
    return Project(save_project(model(called("Plain")), folder).path)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_project(name: str, plain: Project, tmp_path: Path) -> None:
    """The model, the measures and the pages are those of any other company."""
    found = Project(save_project(model(called(name)), tmp_path / "board").path)
    assert found.tables.keys() == plain.tables.keys()
    assert found.measures == plain.measures
    assert found.relations == plain.relations
    assert fields(found) == fields(plain)
    for (page, visuals), (_, others) in zip(found.pages(), plain.pages(), strict=True):
        assert set(references(page)) <= fields(found)
        assert visuals == others
    assert Engine(found).ask("Achievement") == Engine(plain).ask("Achievement")
    assert {line["kpi"] for line in found.data["dim_kpi"]} == {
        one.name.in_language("en") for one in called(name).kpis()
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_is_called_after_the_company_as_far_as_windows_lets_it(name: str) -> None:
    """Short, in one folder, with no sign that a path or an address takes for its own."""
    made_of = project_name(name)
    assert 0 < len(made_of.encode()) <= 48
    assert not set(made_of) & set("<>:\"/\\|?*[]%#&'\t\n")
    assert made_of == made_of.strip(" .")
    assert made_of.casefold() not in ("con", "nul")
    assert project_name("Hardware store of the three brothers and sons") == (
        "Hardware store of the three brothers"
    )


def test_a_folder_of_any_name_is_a_text_of_the_query_language(tmp_path: Path) -> None:
    """Quotation marks and what begins an escape are written so that they stand for themselves."""
    folder = tmp_path / 'of "Ana" #(lf)'
    folder.mkdir()
    found = Project(save_project(made("paper"), folder / "board").path)
    assert f"expression Folder = {m_text(str(folder / 'board' / 'data'))} meta" in found.parameter
    assert '""Ana"" #(#)(lf)' in found.parameter


def test_an_earlier_project_gives_way_only_when_forced(tmp_path: Path) -> None:
    """It is kept beside, with the pages that people have drawn in it."""
    save_project(made("paper"), tmp_path / "board")
    (tmp_path / "board" / ".gitignore").touch()
    (tmp_path / "board" / "data").rename(tmp_path / "board" / "data.backup-20260101-000000")
    with pytest.raises(ProblemsError, match="--force"):
        save_project(made("half"), tmp_path / "board")
    saved = save_project(made("half"), tmp_path / "board", force=True)
    assert saved.backup is not None
    assert (saved.backup / ".gitignore").exists()
    assert "Atingimento" in Project(saved.path).measures


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    """Even when forced."""
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(ProblemsError, match="thesis"):
        save_project(made("paper"), tmp_path, force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    """Nothing is left there."""
    with pytest.raises(ProblemsError, match="nowhere"):
        save_project(made("paper"), tmp_path / "nowhere" / "board")
    (tmp_path / "file").touch()
    with pytest.raises(ProblemsError, match="file"):
        save_project(made("paper"), tmp_path / "file")
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 - also what is hidden


def test_a_project_that_fails_half_way_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The former project stands where it stood."""
    save_project(made("paper"), tmp_path / "board")
    before = written(Project(tmp_path / "board"))
    monkeypatch.setattr("tablero.workbook_templates.power_bi.project.DATA", "data/" + "x" * 300)
    with pytest.raises(ProblemsError):
        save_project(made("half"), tmp_path / "board", force=True)
    assert written(Project(tmp_path / "board")) == before
    assert [one.name for one in tmp_path.iterdir()] == ["board"]
