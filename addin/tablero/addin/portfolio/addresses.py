"""Addresses of files as they are shown and kept: with where something lies, without secrets."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote

_USERINFO = re.compile(r"(://[^\s:/@?#]*):[^\s/?#]*@")
# Somebody's password has a sign in it that ends a host; a port alone is no password.
_BROKEN_USERINFO = re.compile(r"(://[^\s:/@?#\[]*):(?!:|\d*(?:[/?#\s]|$))[^\s/?#@]*[/?#]\S*@")
_SECRET = re.compile(
    r"(?<=[?&])(?:[\w-]*(?:token|secret|passw|signature|credential|api-?_?key)[\w-]*"
    r"|x-(?:amz|goog)-[\w-]+|awsaccesskeyid|key-pair-id|policy|key|pwd|code|auth|expires"
    r"|sig|s[eprtv]|sk[a-z]+|spr|sip)=[^&#\s:']*&?",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"[?&](?=$|[#\s:'])")
_WEB = ("http://", "https://")


def without_secrets(text: str) -> str:
    """A text in which no URL holds a password, or a token in its query.

    >>> without_secrets("sftp://ana:s3cret@host:22/clients")
    'sftp://ana@host:22/clients'
    >>> without_secrets("https://host/a.xlsx?id=3&sig=abc%3D")
    'https://host/a.xlsx?id=3'
    >>> without_secrets("zip://a.xlsx::https://ana:s3c/r?et@host/clients.zip")
    'zip://a.xlsx::https://ana@host/clients.zip'
    >>> without_secrets("https://host:8080/ana@host/a.xlsx")
    'https://host:8080/ana@host/a.xlsx'
    """
    told = _BROKEN_USERINFO.sub(r"\1@", _USERINFO.sub(r"\1@", text))
    bare = _SECRET.sub("", told)
    return told if bare == told else _LOOSE.sub("", bare)


def is_web(path: str) -> bool:
    """Whether something is fetched as pages are."""
    return path.startswith(_WEB)


def name_of(path: str) -> str:
    """The last part of a path or URL.

    >>> name_of("memory://clients/acme.xlsx"), name_of("zip://a/b.xlsx::clients.zip")
    ('acme.xlsx', 'b.xlsx')
    >>> name_of("https://host/clients/a%C3%B1o%202026.xlsx?id=3")
    'año 2026.xlsx'
    """
    return _first(path).replace(os.sep, "/").rstrip("/").rpartition("/")[2] or path


def _first(path: str) -> str:
    first = path.partition("::")[0]
    return unquote(first.partition("?")[0]) if is_web(first) else first
