"""A portfolio's tables as strangers may see them: pseudonyms, no free texts, no small groups."""

from __future__ import annotations

import hmac
import os
import secrets
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from tablero.workbook_templates.portfolio.anonymising_groups import SMALLEST, told_apart
from tablero.workbook_templates.portfolio.anonymising_rules import RULES, Rule
from tablero.workbook_templates.portfolio.anonymising_words import library_ids, library_words
from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    import pyarrow as pa

FILE = "part-0.parquet"
GROUPS = ("sector", "size", "language", "currency")
"""By which companies are told apart, what matters most first."""

_NAMED = ("kpi", "objective", "perspective", "input", "band")
_SALT_BYTES = 32
_DIGITS = 10
_OWNER_ONLY = 0o600


def salt_of(dataset: Path) -> bytes:
    """The secret with which pseudonyms are made, kept beside a data set and never in it.

    It is made at the first call. Whoever has it can work out which company a pseudonym stands for;
    with the same one, companies keep their pseudonyms from run to run.

    Raises
    ------
    ProblemsError
        The file with the secret can be neither read nor written.
    """
    path = dataset.with_name(f"{dataset.name}.salt")
    try:
        if not path.exists():
            _write_secret(path)
        return bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as defect:
        reason = getattr(defect, "strerror", None) or str(defect)
        values = {"name": str(path), "reason": reason}
        raise ProblemsError([Problem("file_unreadable", values=values, file=path.name)]) from defect


def _write_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_SALT_BYTES) + "\n")


def anonymise(
    dataset: Path, target: Path, *, salt: bytes | None = None, smallest: int = SMALLEST
) -> None:
    """Write the tables of a data set as strangers may see them.

    Parameters
    ----------
    dataset
        A folder with the tables of a portfolio, which stays as it is.
    target
        Another folder, which becomes a data set of the same tables and columns.
    salt
        The secret of :func:`salt_of`, which is asked for where none is given.
    smallest
        How many companies a sector, a size, a language, a currency or a KPI needs to be told.

    Notes
    -----
    What this protects from, and what not, is told in docs/anonymising.md.
    """
    from pyarrow import parquet  # noqa: PLC0415 - only a portfolio needs it

    tables = {name: _table(dataset / name, name) for name in SCHEMAS}
    made = anonymised(tables, salt or salt_of(dataset), smallest=smallest)
    for name, table in made.items():
        path = target / name / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        parquet.write_table(table, new, compression="zstd")
        new.replace(path)


def _table(folder: Path, name: str) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import parquet  # noqa: PLC0415 - as above

    schema = arrow_schema(name)
    found = [parquet.read_table(path) for path in sorted(folder.glob("*.parquet"))]
    plain = [one.select(schema.names).cast(schema) for one in found]
    return pa.concat_tables(plain) if plain else schema.empty_table()


def anonymised(
    tables: Mapping[str, pa.Table], salt: bytes, *, smallest: int = SMALLEST
) -> dict[str, pa.Table]:
    """The same tables as strangers may see them, their lines in an order that says nothing.

    Parameters
    ----------
    tables
        Those of a portfolio by name.
    salt
        A secret; the same one makes the same pseudonyms.
    smallest
        How many companies a group needs to be told apart.
    """
    masking = _Masking(salt, smallest, tables)
    return {name: masking.table(name) for name in SCHEMAS}


@dataclass(frozen=True)
class _Masking:
    """Masks one table after the other, so that they still fit together."""

    salt: bytes = field(repr=False)
    smallest: int
    tables: Mapping[str, pa.Table]

    def table(self, name: str) -> pa.Table:
        """A table with every column as its rule wants it."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        source, schema = self._shared(name), arrow_schema(name)
        rules = RULES[name]
        arrays = [
            self._column(source, one.name, rules.get(one.name, "drop"), one.type) for one in schema
        ]
        made = pa.Table.from_arrays(arrays, schema=schema)
        keys = [one for one in ("company_id", "file", "path") if one in schema.names]
        rest = [one for one in schema.names if one.endswith("_id") and one not in keys]
        return made.sort_by([(one, "ascending") for one in keys + rest])

    def _shared(self, name: str) -> pa.Table:
        """The lines of a table without those of periods, and of KPIs, that too few share."""
        from pyarrow import compute  # noqa: PLC0415 - as above

        table = self.tables[name]
        file = "path" if name == "files" else "file"
        is_alone = compute.is_in(table.column(file), value_set=self._alone)
        table = table.filter(compute.invert(is_alone))
        if name == "fact_kpi":
            table = self._without_money(table)
        if name not in {"fact_kpi", "dim_kpi"}:
            return table
        import pyarrow as pa  # noqa: PLC0415 - as above

        frequent = pa.array(sorted(self._frequent), pa.string())
        return table.filter(compute.is_in(table.column("kpi_id"), value_set=frequent))

    @cached_property
    def _alone(self) -> pa.Array:
        """The files whose period too few companies share."""
        import pyarrow as pa  # noqa: PLC0415 - as above

        companies = self.tables["companies"]
        columns = (
            companies.column(name).to_pylist() for name in ("company_id", "period_id", "file")
        )
        lines = list(zip(*columns, strict=True))
        sharing = Counter(period for _, period in {line[:2] for line in lines})
        rare = [file for _, period, file in lines if sharing[period] < self.smallest]
        return pa.array(rare, pa.string())

    @cached_property
    def _frequent(self) -> frozenset[str]:
        """The KPIs that enough companies have, own ones counted as what they are: one's own."""
        owners: dict[str, set[str]] = {}
        facts = self.tables["fact_kpi"]
        pairs = zip(
            *(facts.column(name).to_pylist() for name in ("kpi_id", "company_id")), strict=True
        )
        for kpi, company in pairs:
            owners.setdefault(kpi, set()).add(company)
        return frozenset(kpi for kpi, names in owners.items() if len(names) >= self.smallest)

    def _without_money(self, facts: pa.Table) -> pa.Table:
        """Amounts of money tell how large a company is, so only what was achieved of them stays."""
        import pyarrow as pa  # noqa: PLC0415 - as above
        from pyarrow import compute  # noqa: PLC0415 - as above

        money = self._in_money
        keys = zip(*(facts.column(name).to_pylist() for name in ("file", "kpi_id")), strict=True)
        is_money = pa.array([key in money for key in keys], pa.bool_())
        for name in ("value", "goal"):
            place = facts.schema.get_field_index(name)
            kept = compute.if_else(is_money, None, facts.column(name))
            facts = facts.set_column(place, facts.schema.field(name), kept)
        return facts

    @cached_property
    def _in_money(self) -> frozenset[tuple[str, str]]:
        """KPIs that are not said in a unit of the library: amounts, and units of one's own."""
        names = self.tables["dim_kpi"]
        columns = (names.column(name).to_pylist() for name in ("file", "kpi_id", "unit"))
        return frozenset(
            (file, kpi)
            for file, kpi, unit in zip(*columns, strict=True)
            if unit and unit not in self._words
        )

    def _column(self, table: pa.Table, name: str, rule: Rule, kind: pa.DataType) -> pa.Array:
        import pyarrow as pa  # noqa: PLC0415 - as above

        column = table.column(name)
        match rule:
            case "keep":
                made = column
            case "drop":
                made = pa.nulls(len(column), kind)
            case "percent" | "two_figures" | "starts":
                made = _coarse(column, rule)
            case "copy_code" | "copy_period":
                made = table.column({"copy_code": "code", "copy_period": "period_id"}[rule])
            case "group":
                made = self._group(table, GROUPS.index(name))
            case "name":
                made = self._names(table)
            case _:
                made = _replaced(column, self._maskers[rule])
        return made

    def _group(self, table: pa.Table, place: int) -> pa.Array:
        import pyarrow as pa  # noqa: PLC0415 - as above

        files = table.column("file").to_pylist()
        return pa.array([self._groups[one][place] for one in files], pa.string())

    def _names(self, table: pa.Table) -> pa.Array:
        """Names that the library says; in the place of others the masked id."""
        from pyarrow import compute  # noqa: PLC0415 - as above

        kind = next(one for one in _NAMED if f"{one}_id" in table.column_names)
        ids = _replaced(table.column(f"{kind}_id"), self._maskers[kind])
        return compute.coalesce(_replaced(table.column("name"), self._maskers["word"]), ids)

    @cached_property
    def _maskers(self) -> Mapping[str, Callable[[str], str | None]]:
        nothing: frozenset[str] = frozenset()
        kinds = {"company": nothing, "file": nothing, **library_ids()}
        masked = {kind: partial(self._masked, kind, known) for kind, known in kinds.items()}
        return {**masked, "word": self._word}

    def _masked(self, kind: str, known: frozenset[str], name: str) -> str:
        return name if name in known else self._pseudonym(kind, name)

    def _word(self, word: str) -> str | None:
        return word if word in self._words else None

    @cached_property
    def _words(self) -> frozenset[str]:
        return library_words()

    def _pseudonym(self, kind: str, name: str) -> str:
        """The same for the same name and salt; nobody without the salt can go back."""
        made = hmac.new(self.salt, f"{kind}\0{name}".encode(), "sha256").hexdigest()
        return f"{kind}-{made[:_DIGITS]}"

    @cached_property
    def _groups(self) -> Mapping[str, tuple[str | None, ...]]:
        """Sector, size, language and currency of each file, as far as enough companies share."""
        companies = self.tables["companies"]
        ids, files = (companies.column(name).to_pylist() for name in ("company_id", "file"))
        columns = [companies.column(name).to_pylist() for name in GROUPS]
        of_company = dict(zip(ids, zip(*columns, strict=True), strict=True))
        known = dict(zip(of_company, told_apart(of_company.values(), self.smallest), strict=True))
        return {
            file: (line[0], line[1] or "unknown", *line[2:])
            for file, line in ((file, known[one]) for file, one in zip(files, ids, strict=True))
        }


def _coarse(column: pa.ChunkedArray, rule: Rule) -> pa.Array:
    """Numbers in whole percents or with two figures that count, years without the next one."""
    import pyarrow as pa  # noqa: PLC0415 - as above
    from pyarrow import compute  # noqa: PLC0415 - as above

    if rule == "percent":
        return compute.round(column, 2)
    if rule == "starts":
        return compute.utf8_slice_codeunits(column, 0, len("2026"))
    rounded = [None if one is None else float(f"{one:.1e}") for one in column.to_pylist()]
    return pa.array(rounded, pa.float64())


def _replaced(column: pa.ChunkedArray, mask: Callable[[str], str | None]) -> pa.Array:
    """A column of texts with another one in the place of each; each text is masked once."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    encoded = column.combine_chunks().dictionary_encode()
    made: Sequence[str | None] = [mask(one) for one in encoded.dictionary.to_pylist()]
    return pa.array(made, pa.string()).take(encoded.indices)
