"""What a browser may do with the page: run its own script, wear its own style, and no more."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

_TOLD_APART = {
    ord(character): f"\\u{ord(character):04x}" for character in ("<", ">", "&", "\u2028", "\u2029")
}
_CLOSING = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


def content_policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The Content Security Policy of a page with these scripts and styles, and nothing else.

    Pictures may stand in the page as ``data:``; nothing is ever fetched, framed or sent.

    Examples
    --------
    >>> content_policy([], [""]).split("; ")[:3]
    ["default-src 'none'", "script-src 'none'",
    "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"]
    """
    rules = {
        "default-src": "'none'",
        "script-src": _hashes(scripts),
        "style-src": _hashes(styles),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{rule} {allowed}" for rule, allowed in rules.items())


def _hashes(sources: Iterable[str]) -> str:
    found = [f"'sha256-{_digest(source)}'" for source in sources]
    return " ".join(found) or "'none'"


def _digest(source: str) -> str:
    return b64encode(sha256(source.encode()).digest()).decode()


def as_data(value: Any) -> str:
    r"""A value as JSON in which no character can end or begin an element.

    >>> as_data({"name": "</script>&"})
    '{"name":"\\u003c/script\\u003e\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_TOLD_APART)


def as_script(source: str) -> str:
    r"""A script whose own strings cannot end the element in which it stands.

    >>> as_script('"</script>"')
    '"\\x3c/script>"'
    """
    return _CLOSING.sub(r"\\x3c", source)
