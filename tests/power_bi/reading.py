"""A project as others read it: TMDL by powerbi-tmdl-tools, JSON, and the data by DuckDB."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
from tmdl_parser import TmdlParser

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Project:
    """A project in a folder."""

    folder: Path

    @cached_property
    def file(self) -> Path:
        """The file that one opens."""
        (found,) = self.folder.glob("*.pbip")
        return found

    @cached_property
    def report(self) -> Path:
        """The folder of the report that the file leads to."""
        (artifact,) = self.json(self.file)["artifacts"]
        return self.folder / str(artifact["report"]["path"])

    @cached_property
    def model(self) -> Path:
        """The folder of the semantic model that the report leads to."""
        reference = self.json(self.report / "definition.pbir")["datasetReference"]
        return (self.report / str(reference["byPath"]["path"])).resolve()

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The tables of the model with their columns, measures and queries."""
        paths = sorted((self.model / "definition" / "tables").glob("*.tmdl"))
        return {path.stem: TmdlParser(str(path)).parse() for path in paths}

    @cached_property
    def relations(self) -> list[Mapping[str, str]]:
        """The relations among the tables."""
        path = self.model / "definition" / "relationships.tmdl"
        found: list[Mapping[str, str]] = TmdlParser(str(path)).parse()["relationships"]
        return found

    @cached_property
    def measures(self) -> Mapping[str, str]:
        """The formulas of the measures by their name."""
        return {one["name"]: one["expression"] for one in self.tables["measures"]["measures"]}

    @cached_property
    def parameter(self) -> str:
        """What the model says of where the data are."""
        return (self.model / "definition" / "expressions.tmdl").read_text("utf-8")

    @cached_property
    def data(self) -> Mapping[str, list[Row]]:
        """The lines of the tables."""
        return {path.stem: self.lines(path) for path in self.files}

    @property
    def files(self) -> list[Path]:
        """The files with the data."""
        return sorted((self.folder / "data").glob("*.parquet"))

    @cached_property
    def types(self) -> Mapping[str, Mapping[str, str]]:
        """What DuckDB says that is in the columns of the files."""
        with duckdb.connect() as database:
            found = {path.stem: database.read_parquet(str(path)).description for path in self.files}
        return {name: {one[0]: str(one[1]) for one in columns} for name, columns in found.items()}

    def lines(self, path: Path) -> list[Row]:
        """The lines of a file."""
        with duckdb.connect() as database:
            found = database.read_parquet(str(path))
            return [dict(zip(found.columns, line, strict=True)) for line in found.fetchall()]

    def pages(self) -> Iterator[tuple[Any, list[Any]]]:
        """The pages of the report, each with its visuals, in their order."""
        folder = self.report / "definition" / "pages"
        for name in self.json(folder / "pages.json")["pageOrder"]:
            visuals = sorted((folder / name / "visuals").glob("*/visual.json"))
            yield self.json(folder / name / "page.json"), [self.json(one) for one in visuals]

    @staticmethod
    def json(path: Path) -> Any:
        """A JSON file."""
        return json.loads(path.read_text("utf-8"))
