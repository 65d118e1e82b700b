"""Asking a database for figures: rows are read, nothing is written, no password is ever shown."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from tablero.workbook_templates.filling.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Content,
    Source,
    Table,
    refusal,
    too_large,
    without_end,
)

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection

_COMMENTS = re.compile(r"\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/|\()", re.DOTALL)
_READS = re.compile(r"\s*(?:select|with|values|table)\b", re.IGNORECASE)
_PACKAGES: Mapping[str, str] = {
    "psycopg2": "psycopg2-binary",
    "psycopg": "psycopg[binary]",
    "MySQLdb": "mysqlclient",
    "pymysql": "PyMySQL",
    "cx_Oracle": "cx_Oracle",
    "pymssql": "pymssql",
}
"""What to install for a driver, where it is not called like the module."""
_READ_ONLY: Mapping[str, str] = {
    "sqlite": "PRAGMA query_only = ON",
    "mysql": "SET SESSION TRANSACTION READ ONLY",
    "mariadb": "SET SESSION TRANSACTION READ ONLY",
    "postgresql": "SET TRANSACTION READ ONLY",
    "oracle": "SET TRANSACTION READ ONLY",
}
_SHOWN = 300
_HIDDEN = "***"
_UNNAMED = "database"


def read_query(address: str, query: str) -> Source:
    """The rows that a query of a database answers with.

    Parameters
    ----------
    address
        An SQLAlchemy URL: ``postgresql://user:password@host/database``, ``sqlite:///ledger.db``.
    query
        A question: it begins with SELECT or WITH. The database is told not to let it write, as far
        as it can be told, and whatever it did is taken back.

    Raises
    ------
    ProblemsError
        The address or the query is none, a driver or the database is missing, the database
        refuses, or it answers with far more than figures of two years.
    """
    url = _url(address)
    name = _name(url)
    if not _READS.match(_bare(query)):
        raise refusal("query_writes", name)
    with _told(url, name), _connected(url, name) as connection:
        rows = _rows(connection, query, name)
    lines = json.dumps(rows, default=str, ensure_ascii=False).encode()
    return Source(name, sha256(lines).hexdigest(), (Table(rows, is_query=True),))


def _url(address: str) -> URL:
    from sqlalchemy import make_url  # noqa: PLC0415 - half a second that only queries are worth
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    try:
        return make_url(address)
    except (ArgumentError, ValueError):
        # The address is not shown: a password may stand anywhere in it.
        raise refusal("query_address", _UNNAMED) from None


def _name(url: URL) -> str:
    """How the change log calls the database: neither user nor password nor folder."""
    database = (url.database or "").replace("\\", "/").rpartition("/")[2]
    return f"{url.get_backend_name()}: {'/'.join(filter(None, (url.host, database)))}".rstrip(": ")


def _bare(query: str) -> str:
    """The query without comments and brackets at its beginning."""
    while found := _COMMENTS.match(query):
        query = query[found.end() :]
    return query


@contextmanager
def _told(url: URL, name: str) -> Iterator[None]:
    """Tell in a sentence what the database or its driver refuses."""
    from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they may repeat what stands in the address
            yield
    except NoSuchModuleError:
        raise refusal("query_kind", name, kind=url.drivername) from None
    except ModuleNotFoundError as missing:
        module = (missing.name or url.get_driver_name()).partition(".")[0]
        package = _PACKAGES.get(module, module)
        raise refusal("query_driver", name, package=package) from None
    except (SQLAlchemyError, OSError) as refused:
        reason = _without_secrets(str(getattr(refused, "orig", None) or refused), url)
        raise refusal("query_refused", name, reason=reason) from None


def _without_secrets(message: str, url: URL) -> str:
    """What a driver says, in one line, without the password and without the whole address."""
    secrets = [str(url.password)] if url.password else []
    for value in url.query.values():
        secrets += [value] if isinstance(value, str) else value
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        for form in (secret, quote(secret, safe=""), quote_plus(secret)):
            message = message.replace(form, _HIDDEN)
    return " ".join(message.split())[:_SHOWN].rstrip(".")


@contextmanager
def _connected(url: URL, name: str) -> Iterator[Connection]:
    """A connection that reads, whose transaction is taken back."""
    from sqlalchemy import create_engine  # noqa: PLC0415
    from sqlalchemy.pool import NullPool  # noqa: PLC0415

    if url.get_backend_name() == "sqlite" and not _is_there(url):
        raise refusal("source_missing", name)  # SQLite would make an empty one
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    with engine.connect() as connection:
        wish = _READ_ONLY.get(url.get_backend_name())
        if wish:
            connection.exec_driver_sql(wish)
        try:
            yield connection
        finally:
            connection.rollback()


def _is_there(url: URL) -> bool:
    database = url.database or ""
    return database.startswith("file:") or Path(database).is_file()


def _rows(connection: Connection, query: str, name: str) -> Sequence[tuple[Content, ...]]:
    """The names of the columns, then the rows."""
    # Without parameters a driver leaves % and : as they stand.
    asking = connection.execution_options(no_parameters=True, stream_results=True)
    answer = asking.exec_driver_sql(query)
    if not answer.returns_rows:
        raise refusal("query_writes", name)
    heads = tuple(map(str, answer.keys()))
    found = answer.fetchmany(MAX_ROWS + 1) if len(heads) <= MAX_COLUMNS else None
    if found is None or len(found) > MAX_ROWS:
        raise too_large(name)
    return [heads, *(without_end([_plain(value) for value in row]) for row in found)]


def _plain(value: Any) -> Content:
    match value:
        case None | bool() | datetime():
            return value
        case int() | float() | Decimal():
            return float(value)
        case date():
            return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a day has no zone
        case _:
            return str(value).strip()
