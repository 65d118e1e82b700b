"""The program that draws the charts in a browser: Vega-Lite as one script, made once a machine."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

_SNIPPET = "window.vegaEmbed=vegaEmbed;"


def runtime() -> str:
    """Vega, Vega-Lite and their embedding; read from the user's cache, else bundled and kept there.

    Bundling takes one or two seconds. A cache that cannot be written costs them each time.
    """
    kept = _cache() / f"vega-embed-{version('vl-convert-python')}.js"
    with suppress(OSError, UnicodeDecodeError):
        return kept.read_text("utf-8")
    import vl_convert  # noqa: PLC0415 - takes a moment, and is needed once a machine

    made = vl_convert.javascript_bundle(_SNIPPET)
    with suppress(OSError):
        _keep(kept, made)
    return made


def _keep(place: Path, text: str) -> None:
    """Written whole or not at all, as several programs may do it at the same time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as draft:
        draft.write(text)
    Path(draft.name).replace(place)


def _cache() -> Path:
    """Where programs of this system keep what they can make again."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Tablero"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "Tablero"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "tablero"
