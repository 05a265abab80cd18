"""A PostgreSQL of the tests' own: in a temporary folder, on a private port, safely set, gone afterwards."""

from __future__ import annotations

import os
import pwd
import secrets  # noqa: TID251 - a password for a database that lives as long as the test run
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.machinery.packages import Missing, postgres_programs
from tests.machinery.quick_folder import quick_folder

ROLE = "karama"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "10s",
    "log_min_messages": "fatal",
}
SECONDS_TO_START = 60


@dataclass
class Postgres:
    """`with Postgres() as server:` starts one; `server.address("karama")` is what `KARAMA_DATABASE` wants."""

    programs: Path = field(init=False)
    folder: Path = field(init=False)
    port: int = field(init=False)
    password: str = field(init=False)

    def __enter__(self) -> Postgres:
        programs = postgres_programs()
        if programs is None:
            raise Missing("No PostgreSQL 15 or newer here. Run this once: sudo apt install postgresql")
        self.programs = programs
        self.password = secrets.token_hex(16)
        self.port = _free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="karama-postgres-", dir=quick_folder()))
        self._owned_by_its_user(self.folder)
        try:
            self._make()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._as_its_user("pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate", "-w")
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str) -> str:
        """The address of a database on this server, made when it is not there yet."""
        maintenance = f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/postgres"
        question = f"SELECT 1 FROM pg_database WHERE datname = '{database}'"
        there = self._as_its_user("psql", maintenance, "-tAc", question).stdout.strip()
        if not there:
            self._as_its_user("psql", maintenance, "-qc", f'CREATE DATABASE "{database}" OWNER {ROLE}')
        return f"postgresql://{ROLE}:{self.password}@127.0.0.1:{self.port}/{database}"

    def kill(self) -> None:
        """Pull the plug: what a power cut or `kill -9` does to the server."""
        first_line = (self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split()[0]
        os.kill(int(first_line), 9)

    def start_again(self) -> None:
        """Start on the same port after `kill`: PostgreSQL recovers from its own write-ahead log."""
        last = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                self._start()
            except Missing:  # a killed server's children need a moment to let go of its memory
                if time.monotonic() > last:
                    raise
                time.sleep(0.3)
            else:
                return

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(self.password, encoding="ascii")
        self._owned_by_its_user(secret)
        options = ["--auth=scram-sha-256", "--data-checksums", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._as_its_user("initdb", "-D", self.folder / "data", "-U", ROLE, "--pwfile", secret, *options)
        secret.unlink()
        lines = [f"{name} = '{value}'" for name, value in SETTINGS.items()]
        lines.append(f"unix_socket_directories = '{self.folder}'")
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write("\n".join(["", *lines, ""]))

    def _start(self) -> None:
        options = ["-w", "-t", str(SECONDS_TO_START), "-l", self.folder / "log", "-o", f"-p {self.port}"]
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        self._as_its_user("pg_ctl", "start", "-D", self.folder / "data", *options, capture=False)
        self._wait_until_it_listens()

    def _wait_until_it_listens(self) -> None:
        last = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < last:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise Missing(f"PostgreSQL did not start in {SECONDS_TO_START} s.")

    def _as_its_user(
        self, program: str, *arguments: str | Path, capture: bool = True
    ) -> subprocess.CompletedProcess[str]:
        """PostgreSQL refuses to run as root: then its own user runs it."""
        command = [str(self.programs / program), *map(str, arguments)]
        output = subprocess.PIPE if capture else subprocess.DEVNULL
        user = _user()
        done = subprocess.run(
            command,
            stdout=output,
            stderr=output,
            text=True,
            cwd=self.folder,
            user=user,
            group=user and _group(user),
        )
        if done.returncode != 0:
            raise Missing(f"{program} did not work: {done.stderr or (self.folder / 'log').read_text()[-2000:]}")
        return done

    def _owned_by_its_user(self, path: Path) -> None:
        user = _user()
        if user:
            shutil.chown(path, user, _group(user))


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
