"""Chromium as the tests start it: the machine's own, headless, without any network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

# The same names as in .ci/lib/tools.sh. A snap may not read what tests write.
NAMES = ("chromium", "google-chrome", "google-chrome-stable")
SNAP = Path("/usr/bin/snap")
PATIENCE = 120_000
"""Milliseconds: machines that test do other work beside."""
# Letters are drawn alike on every machine, and nothing is asked of anybody.
SWITCHES = (
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--disable-background-networking",
    "--disable-component-update",
)


def found() -> Path:
    """Where this machine has Chromium or Chrome.

    Raises
    ------
    FileNotFoundError
        If it has none.
    """
    for name in NAMES:
        path = shutil.which(name)
        if path and Path(path).resolve() != SNAP:
            return Path(path)
    raise FileNotFoundError("There is no Chromium on this machine: .ci/setup --test brings one.")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found(), args=list(SWITCHES), timeout=PATIENCE
        )
        try:
            yield browser
        finally:
            browser.close()
