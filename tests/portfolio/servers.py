"""Servers that hand over files, on this machine and for as long as a test needs them."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import asyncssh

HOST = "127.0.0.1"
USER, PASSWORD = "ana", "s3cr3t-Paloma"


class _Guarded(SimpleHTTPRequestHandler):
    """A listing of folders; under /closed only for who says the password."""

    asked: list[str]

    def __init__(self, *arguments: Any, asked: list[str], **options: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **options)

    def send_head(self) -> Any:
        self.asked.append(f"{self.command} {self.path}")
        own = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        is_closed = self.path.startswith("/closed")
        if is_closed and self.headers.get("Authorization") != f"Basic {own}":
            self.send_error(HTTPStatus.UNAUTHORIZED)
            return None
        return super().send_head()

    def log_message(self, *_: Any) -> None:
        """Nobody reads what it would say."""


@contextmanager
def web(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """A server of the web; its port, and what it was asked for."""
    asked: list[str] = []
    handler = partial(_Guarded, directory=str(folder), asked=asked)
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        serving = Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield server.server_port, asked
        server.shutdown()
        serving.join()


class _Door(asyncssh.SSHServer):
    def __init__(self, within: list[asyncssh.SSHServerConnection]) -> None:
        self.within = within

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self.within.append(conn)

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@contextmanager
def secure_shell(folder: Path, home: Path) -> Iterator[int]:
    """A server of SFTP that a home folder knows, which has a key to it; its port."""
    own, key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    loop = asyncio.new_event_loop()
    serving = Thread(target=loop.run_forever, daemon=True)
    serving.start()
    within: list[asyncssh.SSHServerConnection] = []
    serve = _served(folder, own, key, within)
    server = asyncio.run_coroutine_threadsafe(serve, loop).result()
    port = server.get_port()
    _make_known(home, port, own, key)
    yield port
    asyncio.run_coroutine_threadsafe(_closed(server, within), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    serving.join()
    loop.close()


async def _served(
    folder: Path,
    own: asyncssh.SSHKey,
    key: asyncssh.SSHKey,
    within: list[asyncssh.SSHServerConnection],
) -> asyncssh.SSHAcceptor:
    def shown(channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder).encode())

    known = asyncssh.import_authorized_keys(key.export_public_key().decode())
    return await asyncssh.listen(
        HOST, 0, server_factory=partial(_Door, within), server_host_keys=[own],
        authorized_client_keys=known, sftp_factory=shown,
    )  # fmt: skip


async def _closed(server: asyncssh.SSHAcceptor, within: list[asyncssh.SSHServerConnection]) -> None:
    server.close()
    for one in within:
        one.abort()
        await one.wait_closed()
    await server.wait_closed()


def _make_known(home: Path, port: int, own: asyncssh.SSHKey, key: asyncssh.SSHKey) -> None:
    folder = home / ".ssh"
    folder.mkdir(parents=True)
    public = own.export_public_key().decode()
    (folder / "known_hosts").write_text(f"[{HOST}]:{port} {public}")
    key.write_private_key(str(folder / "id_ed25519"))
    (folder / "config").write_text(f"Host firm\n  HostName {HOST}\n  Port {port}\n  User {USER}\n")
