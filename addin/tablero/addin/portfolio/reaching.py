"""Reaching stores by their URLs, and what is told when one cannot be reached."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

from tablero.addin.portfolio.addresses import is_web, name_of, without_secrets
from tablero.addin.portfolio.stores import (
    SHELL,
    Patience,
    SlowError,
    Store,
    patiently,
    reason,
    refuse_strangers,
)
from tablero.workbook_templates.problems import Problem, ProblemsError

_STAMPS = (
    "mtime", "LastModified", "last_modified", "modified", "updated", "created", "date_time",
    "Last-Modified",
)  # fmt: skip
_DIGESTS = ("ETag", "etag", "md5Hash", "checksum", "CRC", "Content-MD5", "Digest")
_SAFE = "%/:=&?~#+!$,;'@()*[]"
"""Signs that stay as they are in an address of the web."""
_UNAUTHORISED = (401, 403, 407)
_NOT_THERE = 404
# By the names of classes, for what most of them come with is not installed everywhere.
_KINDS = {
    "portfolio_stranger": {"UnknownServerError", "BadHostKeyException"},
    "portfolio_denied": {
        "PermissionError", "AuthenticationException", "NoCredentialsError", "ProfileNotFound",
        "PartialCredentialsError", "CredentialRetrievalError", "TokenRetrievalError",
    },
    "portfolio_unanswered": {
        "ConnectionError", "gaierror", "TimeoutError", "EndpointConnectionError",
        "ClientConnectorError", "NoValidConnectionsError", "ConnectTimeoutError",
        "HTTPClientError", "FSTimeoutError",
    },
}  # fmt: skip


def reached(url: str, patience: Patience) -> tuple[Store, str]:
    """The store behind a URL, and the path in it.

    Raises
    ------
    ProblemsError
        There is no such kind of store, or no program to reach it is installed.
    Exception
        What the store said.
    """
    # Only where there is a URL; it ships without types.
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]  # noqa: PLC0415

    values = {"place": without_secrets(url)}
    if any(f"{name}://" in url for name in SHELL):
        refuse_strangers()
    try:
        # One that this process has kept would tell what it saw an hour ago.
        filesystem, path = patiently(lambda: url_to_fs(url, skip_instance_cache=True), patience)
    except ImportError as defect:
        values["package"] = getattr(defect.__cause__, "name", None) or str(defect)
        raise ProblemsError([Problem("portfolio_package", values=values)]) from defect
    except ValueError as defect:
        values["reason"] = reason(defect)
        raise ProblemsError([Problem("portfolio_url", values=values)]) from defect
    beyond = "".join(url.partition("::")[1:]) if filesystem.protocol != "file" else ""
    store = Store(filesystem, without_secrets(beyond), patience, _root(filesystem, url))
    return store, quote(str(path), safe=_SAFE) if is_web(url) else str(path)


def _root(filesystem: Any, url: str) -> str:
    """What stands before a path in an address, where the store itself forgets its server."""
    own = url.partition("::")[0]
    if "host" not in filesystem._get_kwargs_from_urls(own):  # noqa: SLF001 - fsspec has no other
        return ""
    parts = urlsplit(without_secrets(own))
    return f"{parts.scheme}://{parts.netloc}"


def completed(store: Store, facts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is known of files; asked for one by one where a listing says neither time nor digest."""
    bare = [one["name"] for one in facts if not stamp(one)]
    if not bare:
        return list(facts)
    told = patiently(lambda: list(_asked(store.filesystem, bare)), store.patience)
    more = {one["name"]: one for one in told if isinstance(one, dict)}
    return [more.get(one["name"], one) for one in facts]


def _asked(filesystem: Any, paths: Sequence[str]) -> Iterator[Any]:
    """Facts of files, or what was said instead; many at a time where a store allows that."""
    if not filesystem.async_impl:
        yield from (filesystem.info(path) for path in paths)
        return
    from fsspec.asyn import sync  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    async def together() -> list[Any]:
        asked = (filesystem._info(path) for path in paths)  # noqa: SLF001 - fsspec's for this
        return await asyncio.gather(*asked, return_exceptions=True)

    yield from sync(filesystem.loop, together)


def moment(facts: dict[str, Any]) -> float:
    """When a file was saved, in seconds since 1970, as far as its store says."""
    for name in _STAMPS:
        value = facts.get(name)
        if isinstance(value, int | float):
            return float(value)
        if isinstance(value, str) and name == "Last-Modified":
            value = parsedate_to_datetime(value)
        if isinstance(value, datetime):
            return value.timestamp()
    return float("nan")


def stamp(facts: dict[str, Any]) -> str:
    """What changes with a file; a digest of the store's own is better than a time."""
    digests = (facts[name] for name in _DIGESTS if facts.get(name))
    moments = (facts[name] for name in _STAMPS if facts.get(name))
    return str(next(digests, None) or next(moments, ""))


def is_missing(defect: BaseException) -> bool:
    """Whether a store said that there is nothing, and not that it could not look."""
    status = getattr(defect.__cause__, "status", _NOT_THERE)
    is_cut = _kind(defect.__cause__) if defect.__cause__ else ""
    return isinstance(defect, FileNotFoundError) and status == _NOT_THERE and not is_cut


def told_of(defect: BaseException, place: str, patience: Patience) -> Problem:
    """What is wrong with a place that cannot be looked into, and what to do about it."""
    # The web's file system says of whatever happens that there is nothing.
    is_hidden = isinstance(defect, FileNotFoundError) and defect.__cause__
    said = defect.__cause__ if is_hidden and defect.__cause__ else defect
    code = "portfolio_slow" if isinstance(said, SlowError) else _kind(said)
    values = {"name": name_of(place), "reason": reason(said), "command": _command(place)}
    values["seconds"] = str(round(patience.seconds))
    return Problem(code or "portfolio_folder_unreadable", values=values, file=place)


def _kind(defect: BaseException) -> str:
    """The problem that a defect stands for; nothing where it is none of those."""
    if getattr(defect, "status", None) in _UNAUTHORISED:
        return "portfolio_denied"
    for one in (defect, defect.__cause__):
        names = {base.__name__ for base in type(one).__mro__}
        found = [code for code, kinds in _KINDS.items() if names & kinds]
        if found:
            return found[0]
    return ""


def _command(place: str) -> str:
    """How ``ssh`` is told to connect to the same server."""
    parts = urlsplit(place)
    host = "@".join(filter(None, (parts.username, parts.hostname)))
    return f"ssh -p {parts.port} {host}" if parts.port else f"ssh {host}"
