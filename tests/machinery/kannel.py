"""A Kannel of the tests' own, on private ports of this machine, with the network that its makers ship for tests."""

from __future__ import annotations

import secrets  # noqa: TID251 - a password that lives as long as the test run
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.machinery.packages import FAKE_NETWORK, Missing, kannel

SECONDS_TO_START = 20

SETTINGS = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = {password}
smsbox-port = {boxes}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
store-type = file
store-file = {folder}/store

group = smsc
smsc = fake
smsc-id = fake
port = {network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sending}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = karama
password = {password}
concatenation = true
max-messages = 4

group = sms-service
keyword = default
max-messages = 0
text = ""
"""


@dataclass
class KannelServer:
    """`with KannelServer() as server:` starts bearerbox, smsbox and the network; `server.arrived()` is what it got."""

    folder: Path = field(init=False)
    password: str = field(init=False)
    ports: dict[str, int] = field(init=False)
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __enter__(self) -> KannelServer:
        programs = kannel()
        if programs is None:
            raise Missing("No Kannel here. Run this once: sudo apt install kannel kannel-extras")
        self.password = secrets.token_hex(16)
        self.folder = Path(tempfile.mkdtemp(prefix="karama-kannel-"))
        self.ports = dict(zip(("admin", "boxes", "network", "sending"), free_ports(4), strict=True))
        settings = self.folder / "kannel.conf"
        settings.write_text(SETTINGS.format(folder=self.folder, password=self.password, **self.ports), encoding="utf-8")
        try:
            self._start("bearerbox", str(programs / "bearerbox"), str(settings))
            for port in ("boxes", "network"):
                self._wait_for(port)
            self._start("smsbox", str(programs / "smsbox"), str(settings))
            self._wait_for("sending")
            network = ("-H", "127.0.0.1", "-r", str(self.ports["network"]), "-m", "0", "1 2 text nothing")
            self._start("network", str(FAKE_NETWORK), *network)
            self._until("network", "Connecting to")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for program in reversed(self.running):
            program.terminate()
        for program in reversed(self.running):
            try:
                program.wait(timeout=10)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """Where messages are handed over."""
        return f"http://127.0.0.1:{self.ports['sending']}/cgi-bin/sendsms"

    def arrived(self) -> list[str]:
        """The messages that the network got: sender, number, coding and words, as it writes them."""
        lines = self.told("network").splitlines()
        return [line.partition("<")[2].rstrip(">") for line in lines if "Got message" in line]

    def told(self, name: str) -> str:
        """What a program has said so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def _start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.running.append(subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL))

    def _wait_for(self, port: str) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", self.ports[port])) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError(f"Kannel does not listen for {port}")

    def _until(self, name: str, words: str) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while words not in self.told(name):
            if time.monotonic() > until:
                raise TimeoutError(f"{name} does not say: {words}")
            time.sleep(0.05)


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses, held together so that they differ."""
    held = [socket.socket() for _ in range(count)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    found = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return found
