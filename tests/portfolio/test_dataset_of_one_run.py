"""Tables of different runs are never read side by side, and damaged ones are told and mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.workbook_templates.portfolio import dataset_publishing
from tablero.workbook_templates.portfolio.dataset import DataSet
from tests.addin.commands import tablero
from tests.portfolio.clients import run, tables

COUNT = "SELECT count(*) AS n FROM companies c JOIN fact_strategy f USING (company_id, file)"


class KilledError(BaseException):
    """What ends a process ends it anywhere."""


def asked(out: Path, query: str = COUNT, lang: str = "en") -> tuple[str, ...]:
    return ("portfolio", "query", query, "-o", str(out), "--format", "csv", "--lang", lang)


def interrupted(after: int) -> Callable[[list[Path]], None]:
    """Puts some tables in place, and no more."""
    switch = dataset_publishing._switch

    def some(paths: list[Path]) -> None:
        switch(paths[:after])
        raise KilledError

    return some


@pytest.mark.parametrize("after", [6, 12])
def test_an_interrupted_publication_is_told_and_then_mended(
    after: int, clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the files are again as the former run saw them."""
    out, gone = tmp_path / "out", clients / "a" / "client0.xlsx"
    run([clients], out)
    whole = tables(out)
    shutil.move(gone, tmp_path / "kept.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(dataset_publishing, "_switch", interrupted(after))
        with pytest.raises(KilledError):
            run([clients], out)
    if after < len(whole):
        for lang, said in (("en", "different runs"), ("es", "distintas"), ("pt", "diferentes")):
            assert said in tablero(*asked(out, lang=lang), cwd=tmp_path).complaint(2)
        book = clients / "b" / "client1.xlsx"
        ended = tablero("fill", book, "--benchmarks", out, "--dry-run", cwd=tmp_path)
        assert ended.returncode == 2
    shutil.move(tmp_path / "kept.xlsx", gone)
    run([clients], out)
    assert tables(out) == whole
    assert tablero(*asked(out), cwd=tmp_path).stdout.split() == ["n", "6"]


def test_a_query_waits_for_a_publication(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks in the middle of it is answered from the new tables."""
    out = tmp_path / "out"
    run([clients], out)
    (clients / "a" / "client0.xlsx").unlink()
    switched = dataset_publishing._switch
    waiting: list[Path] = []

    def half(paths: list[Path]) -> None:
        waiting.extend(paths[4:])
        switched(paths[:4])

    with monkeypatch.context() as patch:
        patch.setattr(dataset_publishing, "_switch", half)
        run([clients], out)

    def go_on(_: float) -> None:
        switched(waiting)
        waiting.clear()

    monkeypatch.setattr("tablero.workbook_templates.portfolio.dataset_snapshot.time.sleep", go_on)
    assert tablero(*asked(out), cwd=tmp_path).stdout.split() == ["n", "5"]


def test_a_damaged_table_is_told_and_made_anew(clients: Path, tmp_path: Path) -> None:
    """Though no workbook has changed."""
    out = tmp_path / "out"
    run([clients], out)
    whole, table = tables(out), DataSet(out).table("companies")
    for damaged in (b"", b"PAR1 junk"):
        table.write_bytes(damaged)
        for lang, said in (("en", "cannot be read"), ("es", "No se puede"), ("pt", "Não é")):
            told = tablero(*asked(out, lang=lang), cwd=tmp_path).complaint(2)
            assert said in told
            assert str(table) in told
        assert run([clients], out).read == 0
        assert tables(out) == whole


def test_a_damaged_manifest_loses_nothing(clients: Path, tmp_path: Path) -> None:
    """What was read stands in the parts."""
    out = tmp_path / "out"
    run([clients], out)
    whole = tables(out)
    DataSet(out).manifest.write_bytes(b"")
    assert run([clients], out).read <= 1  # a broken file is tried again
    assert tables(out) == whole


@pytest.mark.parametrize("period", ["²026", "٢٠٢٦"])
def test_no_period_is_told_so(period: str, clients: Path, tmp_path: Path) -> None:
    """In whatever digits."""
    ended = tablero("portfolio", clients, "--period", period, "--lang", "en", cwd=tmp_path)
    assert "is no period" in ended.complaint(2)
