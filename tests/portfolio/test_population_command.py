"""Anybody can make a portfolio of made-up companies and look across it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.addin.commands import tablero


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "3 made-up companies"),
        ("es", "3 empresas inventadas"),
        ("pt", "inventadas com números"),
    ],
)
def test_a_sample_is_made_and_can_be_read(language: str, said: str, tmp_path: Path) -> None:
    """Three workbooks, and the next command that one may type."""
    told = tablero(
        "portfolio", "sample", "clients", "--count", "3", "--lang", language, cwd=tmp_path
    )
    assert told.returncode == 0
    assert said in told.stdout
    assert "tablero portfolio clients" in told.stdout
    assert len(list((tmp_path / "clients").rglob("*.xlsx"))) == 3


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    """Made-up companies never come among real ones."""
    (tmp_path / "acme.xlsx").write_bytes(b"PK")
    told = tablero("portfolio", "sample", ".", "--count", "1", cwd=tmp_path)
    assert told.returncode == 2
    assert "is not empty" in told.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["acme.xlsx"]
