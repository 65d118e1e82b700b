"""A place that keeps files: this machine's own, or any that fsspec reaches, slow ones too."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from tablero.addin.portfolio.addresses import name_of as name_of  # noqa: PLC0414 - who asks stores
from tablero.addin.portfolio.addresses import without_secrets
from tablero.workbook_templates.opening import content_of
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.unpacking import LARGEST

_T = TypeVar("_T")

SHELL = ("sftp", "ssh")
"""How addresses begin that ``ssh`` would reach."""
_TRIES = 3
_PAUSE = 0.5
"""Seconds before the second try; twice as many before the third."""
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
"""What another try would not change."""


@dataclass(frozen=True)
class Patience:
    """How long a store is waited for."""

    seconds: float = 60.0
    tries: int = _TRIES
    pause: float = _PAUSE


class SlowError(OSError):
    """A store did not answer in time."""


@dataclass(frozen=True)
class Store:
    """A place that keeps files; without a file system of its own it is this machine."""

    filesystem: Any = None
    """As fsspec knows it."""
    beyond: str = ""
    """What follows a path in the address of a file inside another: ``::clients.zip``."""
    patience: Patience = Patience()
    root: str = ""
    """What stands before a path in an address, where fsspec forgets the server: ``sftp://host``."""

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process nobody is trusted either, before what reaches a server is made there.

        What is behind another store, as a zip file behind sftp://, connects as it is unpickled.
        """
        told = (self.filesystem, self.beyond, self.patience, self.root)
        is_shell = any(f"{name}://" in f"{self.root}{self.beyond}" for name in SHELL)
        return _made_again, (_Strangers() if is_shell else None, *told)

    @property
    def is_local(self) -> bool:
        """Whether its files are those of this machine."""
        return self.filesystem is None

    def address(self, path: str) -> str:
        """The path or URL of one of its files, as people write it, without secrets."""
        if self.is_local:
            return path
        own = f"{self.root}{path}" if self.root else self.filesystem.unstrip_protocol(path)
        return f"{without_secrets(own)}{self.beyond}"

    def content(self, path: str) -> bytes:
        """All that a file holds.

        Raises
        ------
        ProblemsError
            It is not there, cannot be read, is too large, or the store does not answer.
        """
        name = name_of(path)
        if self.is_local:
            return content_of(Path(path))
        try:
            content = patiently(lambda: self._read(path), self.patience)
        except SlowError as defect:
            raise _refusal("portfolio_slow", name, seconds=self.patience.seconds) from defect
        except FileNotFoundError:
            raise _refusal("file_missing", name) from None
        except Exception as defect:
            raise _refusal("portfolio_unreached", name, reason=reason(defect)) from defect
        if len(content) > LARGEST:
            raise _refusal("file_too_large", name, size=len(content) // 2**20)
        return content

    def _read(self, path: str) -> bytes:
        if self.filesystem.async_impl:
            # One question instead of two; and not every server hands over a file in pieces.
            return bytes(self.filesystem.cat_file(path))
        with self.filesystem.open(path, "rb") as file:
            return bytes(file.read(LARGEST + 1))


class _Strangers:
    """Pickled before a file system, so that it is unpickled before it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return refuse_strangers, ()


def _made_again(_strangers: None, *told: Any) -> Store:
    return Store(*told)


def refuse_strangers() -> None:
    """Let no sftp:// of this process hand a password to a server that the machine does not know."""
    # Only where there is a URL; it ships without types.
    from fsspec.registry import (  # type: ignore[import-untyped]  # noqa: PLC0415
        register_implementation,
    )

    for name in SHELL:
        known = "tablero.addin.portfolio.secure_shell.KnownServer"
        register_implementation(name, known, clobber=True)


def reason(defect: BaseException) -> str:
    """What a store said, in a few words."""
    said = getattr(defect, "strerror", None) or str(defect) or type(defect).__name__
    return without_secrets(" ".join(str(said).split()))[:200]


def patiently(ask: Callable[[], _T], patience: Patience) -> _T:
    """The answer of a store that may be slow, or fail a few times.

    Raises
    ------
    SlowError
        It did not answer in time; it is not asked again.
    Exception
        What the last try ended with.
    """
    for number in range(1, patience.tries + 1):
        try:
            return _in_time(ask, patience.seconds)
        except (SlowError, *_FINAL):
            raise
        except Exception:
            if number == patience.tries:
                raise
            time.sleep(patience.pause * number)
    raise AssertionError("a store is asked at least once")


def _in_time(ask: Callable[[], _T], seconds: float) -> _T:
    """An answer, or the end of waiting: nothing else ends a call that hangs in the system."""
    answers: list[_T] = []
    defects: list[BaseException] = []

    def listen() -> None:
        try:
            answers.append(ask())
        except BaseException as defect:  # noqa: BLE001 - handed to whoever asked
            defects.append(defect)

    asked = Thread(target=listen, daemon=True)
    asked.start()
    asked.join(seconds)
    if defects:
        raise defects[0]
    if not answers:
        raise SlowError
    return answers[0]


def _refusal(code: str, name: str, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": name, **values}, file=name)])
