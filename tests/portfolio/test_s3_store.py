"""Workbooks on a server that speaks S3 and knows its users: found, read, and what goes wrong."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3  # type: ignore[import-untyped]
import pytest
from moto.server import ThreadedMotoServer

from tests.addin.commands import tablero
from tests.portfolio.clients import column, run

NAMES = ("clients/año 2026/Peña e Hijos.xlsx", "clients/año 2026/more/c1.xlsx", "clients/c2.xlsx")
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Where a server of S3 listens."""
    served = ThreadedMotoServer(port=0, verbose=False)
    served.start()
    host, port = served.get_host_and_port()
    yield f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104 - its own
    served.stop()


def _ask_keys_after(questions: int, server: str) -> None:
    asked = urllib.request.Request(  # noqa: S310 - ours
        f"{server}/moto-api/reset-auth", str(questions).encode(), {"Content-Type": "text/plain"}
    )
    urllib.request.urlopen(asked).close()  # noqa: S310 - ours


@pytest.fixture
def bucket(server: str, made_clients: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A client of a server with three workbooks; keys stand in the environment, as usual."""
    user = uuid4().hex
    own = {"endpoint_url": server, "region_name": "us-east-1"}
    first = {"aws_access_key_id": "root", "aws_secret_access_key": "root"}
    users = boto3.client("iam", **own, **first)
    users.create_user(UserName=user)
    users.put_user_policy(UserName=user, PolicyName="all", PolicyDocument=json.dumps(ALL))
    key = users.create_access_key(UserName=user)["AccessKey"]
    _ask_keys_after(0, server)
    keys = {
        "aws_access_key_id": key["AccessKeyId"],
        "aws_secret_access_key": key["SecretAccessKey"],
    }
    for name, value in keys.items():
        monkeypatch.setenv(name.upper(), value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", server)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    client = boto3.client("s3", **own, **keys)
    client.create_bucket(Bucket="firm")
    for number, name in enumerate(NAMES):
        client.upload_file(
            str(made_clients / "ab"[number % 2] / f"client{number}.xlsx"), "firm", name
        )
    yield client
    _ask_keys_after(1000000, server)


def test_what_changed_is_read(bucket: Any, made_clients: Path, tmp_path: Path) -> None:
    """All, then nothing, then the object that is another; what went away leaves."""
    out = tmp_path / "out"
    assert run(["s3://firm/clients"], out).read == len(NAMES)
    assert sorted(column(out, "files", "path")) == sorted(f"s3://firm/{name}" for name in NAMES)
    assert column(out, "files", "status") == ["scored"] * len(NAMES)
    assert run(["s3://firm/clients"], out).read == 0
    bucket.upload_file(str(made_clients / "b" / "client3.xlsx"), "firm", NAMES[2])
    assert run(["s3://firm/clients"], out).read == 1
    bucket.delete_object(Bucket="firm", Key=NAMES[0])
    run(["s3://firm/clients"], out)
    assert len(column(out, "files", "path")) == len(NAMES) - 1


@pytest.mark.parametrize(
    ("lang", "denied", "nowhere"),
    [
        ("en", "does not let you in", "There is nothing at s3://none/x"),
        ("es", "no le permite entrar", "No hay nada en s3://none/x"),
        ("pt", "não permite o seu acesso", "Não há nada em s3://none/x"),
    ],
)
def test_a_store_that_refuses(
    bucket: Any, lang: str, denied: str, nowhere: str, tmp_path: Path
) -> None:
    """Wrong keys, and a bucket that is not there."""
    assert bucket
    options = ("--lang", lang)
    assert nowhere in tablero("portfolio", "s3://none/x", *options, cwd=tmp_path).complaint(2)
    wrong = {"AWS_SECRET_ACCESS_KEY": "wr0ng-Paloma"}
    ended = tablero("portfolio", "s3://firm/clients", *options, cwd=tmp_path, **wrong)
    assert denied in ended.complaint(2)
    assert "s3://firm/clients" in ended.stderr
    assert "Paloma" not in ended.stderr
