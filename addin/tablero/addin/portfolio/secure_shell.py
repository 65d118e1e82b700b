"""Files behind sftp://, of servers that this machine knows and as ``ssh`` would reach them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem  # type: ignore[import-untyped]

_CONFIG = "~/.ssh/config"
_PORT = 22


class KnownServer(SFTPFileSystem):  # type: ignore[misc]
    """As fsspec has it, but for two things.

    A server whose key is not in ``~/.ssh/known_hosts`` is refused, where fsspec would hand the
    password to whoever answers; and ``~/.ssh/config`` says what it says to ``ssh``.
    """

    def _connect(self) -> None:
        self.client = paramiko.SSHClient()
        self.client.load_system_host_keys()
        self.client.set_missing_host_key_policy(_Refusal())
        self.client.connect(**_reached_by(self.host, self.ssh_kwargs))
        self._opened = self.client.open_sftp()

    @property
    def ftp(self) -> paramiko.SFTPClient:
        """The open line to the server; a new one where that was cut."""
        transport = self.client.get_transport()
        if transport is None or not transport.is_active():
            self._connect()
        return self._opened


class UnknownServerError(paramiko.SSHException):  # type: ignore[misc]
    """The key of a server is not known."""


class _Refusal(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]
    def missing_host_key(self, _client: Any, hostname: str, key: Any) -> None:
        raise UnknownServerError(f"{hostname}: {key.get_name()} {key.fingerprint}")


def _reached_by(host: str, told: dict[str, Any]) -> dict[str, Any]:
    """How to connect: as the URL says, then as the configuration of ``ssh`` does."""
    config = _configured(host)
    way: dict[str, Any] = {
        "hostname": config.get("hostname", host),
        "port": int(told.get("port") or config.get("port") or _PORT),
        "username": unquote(told.get("username") or config.get("user") or "") or None,
    }
    if told.get("password"):
        # Neither keys nor an agent are asked, for a server lets one fail only a few times.
        way |= {"password": unquote(told["password"]), "look_for_keys": False}
        return way | {"allow_agent": False}
    keys = [key for key in config.get("identityfile", ()) if Path(key).is_file()]
    return way | {"key_filename": keys or None}


def _configured(host: str) -> dict[str, Any]:
    path = Path(_CONFIG).expanduser()
    if not path.is_file():
        return {}
    return dict(paramiko.SSHConfig.from_path(str(path)).lookup(host))
