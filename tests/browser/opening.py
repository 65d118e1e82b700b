"""A page opened in Chromium, watched for everything that a page of ours must never do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route

SECONDS = 60


@contextmanager
def opened(browser: Browser, path: Path, fragment: str = "", **options: Any) -> Iterator[Page]:
    """The page of a file, in a context of its own.

    ``options`` are those of a browser's context, such as ``color_scheme="dark"``.

    Raises
    ------
    AssertionError
        At the end, if the page has asked for anything, complained, or run a script of a name's.
    """
    with browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}) as context:
        context.set_default_timeout(SECONDS * 1000)
        complaints = Complaints(context, path.as_uri())
        page = context.new_page()
        page.goto(path.as_uri() + fragment)
        yield page
        assert page.evaluate("window.hacked") is None
        assert complaints.found == []


class Complaints:
    """What the pages of a context do that they must not; it grows as they do it.

    A violation of the page's Content Security Policy is told on the console as well.
    """

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.found: list[str] = []
        self._address = address
        context.route("**/*", self._ask)
        context.on("console", lambda line: self._note("console", line.text))
        context.on("weberror", lambda error: self._note("error", str(error.error)))
        context.on("dialog", self._dismiss)
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("popup", lambda other: self._note("popup", other.url))
        page.on("websocket", lambda socket: self._note("socket", socket.url))
        page.on("download", lambda download: self._note("download", download.url))

    def _note(self, what: str, words: str) -> None:
        self.found.append(f"{what}: {words[:300]}")

    def _dismiss(self, dialog: Dialog) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _ask(self, route: Route) -> None:
        if route.request.url.partition("#")[0] == self._address:
            route.continue_()
        else:
            self._note("request", route.request.url)
            route.abort()
