"""A bad line between a telephone and the server: real bytes over a real socket, slowed down and cut in the middle."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

CHUNK = 1024
UP, DOWN = "up", "down"


class Line:
    """Listens at `address` and carries everything to `server`.

    `bytes_a_second`: in each direction, whatever goes over it at once; None is as fast as it can. `cuts`: after so many
    bytes in a direction since the last cut every connection ends at once, and the bytes that were on their way with it;
    `at_cut` is called just before.
    """

    def __init__(self, server: str) -> None:
        told = urlsplit(server)
        self._server = (told.hostname or "localhost", told.port or 80)
        self.bytes_a_second: int | None = None
        self.cuts: list[tuple[str, int]] = []
        self.at_cut: Callable[[], None] = lambda: None
        self.carried = 0
        self._since = {UP: 0, DOWN: 0}
        self._lock = threading.Lock()
        self._turns = {UP: threading.Lock(), DOWN: threading.Lock()}
        self._open: list[socket.socket] = []
        self._door = socket.create_server((self._server[0], 0))
        self.address = f"http://{self._server[0]}:{self._door.getsockname()[1]}"

    def __enter__(self) -> Line:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._door.close()
        self.cut()

    def bad(self, bytes_a_second: int, cuts: Sequence[tuple[str, int]]) -> None:
        """From now on this slow, with these cuts still to come."""
        with self._lock:
            self.bytes_a_second, self.cuts, self._since = bytes_a_second, list(cuts), {UP: 0, DOWN: 0}

    def cut(self) -> None:
        """Every connection ends now."""
        with self._lock:
            gone, self._open = self._open, []
        for one in gone:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        while True:
            try:
                phone, _from = self._door.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self._server)
            except OSError:
                phone.close()
                continue
            with self._lock:
                self._open += [phone, server]
            threading.Thread(target=self._carry, args=(phone, server, UP), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, phone, DOWN), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, way: str) -> None:
        with suppress(OSError):
            while told := source.recv(CHUNK):
                with self._turns[way]:
                    if self.bytes_a_second:
                        time.sleep(len(told) / self.bytes_a_second)
                if self._is_cut(way, len(told)):
                    self.at_cut()
                    return self.cut()
                target.sendall(told)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        return None

    def _is_cut(self, way: str, many: int) -> bool:
        with self._lock:
            self.carried += many
            self._since[way] += many
            if not self.cuts or self.cuts[0][0] != way or self._since[way] < self.cuts[0][1]:
                return False
            self.cuts.pop(0)
            self._since = {UP: 0, DOWN: 0}
            return True
