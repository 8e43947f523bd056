"""An office of one's own: started with a fresh profile, reached from outside, ended by its own process number.

For tests, benchmarks and the doctor. A button needs none of this: there the office is already running.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, cast

from .connection import Connection
from .extension import put_into
from .failures import OfficeGoneError
from .profile import CHILD_OPTIONS, prepare_profile, script_address, write_settings

RELAY = Path(__file__).parent / "relay.py"

ARGUMENTS = ("--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck")

SILENCE = 300.0
"""Seconds that an office started here waits for our next request."""


READY = 2.0
"""Seconds after which a process that handed an order to the office is not waited for any longer."""


LOST = 15.0
"""Seconds after which an order that the office has not followed is given again."""


class Office:
    """A running office. Use as a context manager, or `close()` it.

    `connect` makes the office serve us: while connected its window stands still. `release` lets it go on, so that
    somebody may click; then `connect` again. A headless office takes no second order: it can be connected to once.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        program: str = "soffice",
        headless: bool = True,
        display: str | None = None,
        patience: float = 90.0,
        extension: Path | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """Start it; `folder` gets the profile (default: a temporary one). `patience` in seconds bounds every wait.

        With `extension`, an .oxt, the office has its menu and toolbar; `command` is what its buttons start (default:
        our own Python with child.py). As root, too: see `extension.put_into`. Clicks on real buttons go so:

            office = Office(folder, program=soffice, headless=False, display=display, extension=PACKAGED)
            app = activate(office.connect())   # set up what the test needs
            office.release()                   # from here on the buttons start `command`
            …                                  # click by xdotool; what windows ask is answered as in tests/live
            app = activate(office.connect())   # look at what came of it
        """
        path = shutil.which(program)
        if path is None:
            raise FileNotFoundError(program)
        self._program = path
        self._own_folder = folder is None
        self.folder = Path(tempfile.mkdtemp(prefix="sangkien-office-")) if folder is None else folder
        self.profile = self.folder / "profile"
        self.patience = patience
        self._headless = headless
        self.environment = office_environment(os.environ, display)
        self._process: subprocess.Popen[bytes] | None = None
        self.connected: Connection | None = None
        self._messengers: list[subprocess.Popen[bytes]] = []
        self._command = [sys.executable, *CHILD_OPTIONS] if command is None else command
        prepare_profile(self.profile, self._command)
        if extension is not None:
            put_into(self.profile, extension, path)

    @property
    def log(self) -> Path:
        """What the last child wrote to standard error."""
        return self.folder / "child.log"

    @property
    def pid(self) -> int | None:
        """The number of the process we started, or None."""
        return self._process.pid if self._process else None

    def connect(self) -> Connection:
        """Have the office serve us; starts it where it does not run yet. OfficeGoneError after `patience` seconds."""
        if self.connected is not None:
            try:
                self.connected.ask("office.ping")
            except OfficeGoneError:  # it waited too long for us, or ended
                self.release()
            else:
                return self.connected
        key = secrets.token_hex(16)
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            relay = [sys.executable, "-I", "-X", "utf8", str(RELAY), str(port), key]
            write_settings(self.profile, relay, silence=SILENCE, log=self.log, show_failures=False)
            peer = self._called_back(server, key)
        stream = peer.makefile("rb"), peer.makefile("wb")
        peer.close()
        self.connected = Connection(cast(BinaryIO, stream[0]), cast(BinaryIO, stream[1]))
        return self.connected

    def release(self) -> None:
        """Let the office go on: its buttons start what they should. One without a workbook then ends."""
        if self.connected is not None:
            self.connected.close()
            self.connected = None
            write_settings(self.profile, self._command, silence=SILENCE, log=self.log, orders=False)
        self._dismiss_messengers()

    def _dismiss_messengers(self) -> None:
        for messenger in self._messengers:
            if messenger is not self._process:
                try:
                    messenger.wait(READY)
                except subprocess.TimeoutExpired:  # the office sometimes forgets to dismiss it; it has done its work
                    end_group(messenger)
        self._messengers.clear()

    def run_script(self, function: str) -> None:
        """Have the office run a function of the bridge's script, as a button would; does not wait for its end."""
        self._messengers.append(self._start(script_address(function)))

    def open(self, *what: str) -> None:
        """Have the office open files, as a double click would; starts it where it does not run yet."""
        started = self._start(*what)
        if started is self._process:
            return
        try:  # hands the order to the office that runs, and ends when that has done it
            started.wait(self.patience)
        except subprocess.TimeoutExpired:
            end_group(started)
            raise OfficeGoneError("the office does not take orders") from None

    def _start(self, *what: str) -> "subprocess.Popen[bytes]":
        profile = f"-env:UserInstallation={self.profile.resolve().as_uri()}"
        kind = ["--headless"] if self._headless and not self.running() else []
        started = subprocess.Popen(
            [self._program, profile, *kind, *ARGUMENTS, *what],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            start_new_session=True,
        )
        if self._process is None or self._process.poll() is not None:
            self._process = started
        return started

    def running(self) -> bool:
        """Whether the office that we started is alive."""
        return self._process is not None and self._process.poll() is None

    def ended(self, patience: float) -> bool:
        """Whether the office has ended, waiting so many seconds for it."""
        if self._process is None:
            return True
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self) -> None:
        """End the office and remove its temporary folder."""
        self.release()
        if self._process is not None:
            end_group(self._process)
            self._process = None
        if self._own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _called_back(self, server: socket.socket, key: str) -> socket.socket:
        """Order the office to call back until it does: now and then it follows an order late or never."""
        deadline = time.monotonic() + self.patience
        while (now := time.monotonic()) < deadline:
            self.run_script("connect")
            peer = self._accepted(server, key, min(deadline, now + LOST))
            if peer is not None:
                return peer
            self._dismiss_messengers()
        raise OfficeGoneError("the office did not call back")

    def _accepted(self, server: socket.socket, key: str, deadline: float) -> socket.socket | None:
        while (left := deadline - time.monotonic()) > 0:
            server.settimeout(min(1.0, left))
            try:
                peer, _ = server.accept()
            except TimeoutError:
                if not self.running():
                    break
                continue
            peer.settimeout(left)
            if peer.makefile("rb", buffering=0).readline().strip() == key.encode():
                peer.settimeout(self.patience)  # a box that nobody answers must not hold us for ever
                peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return peer
            peer.close()
        return None


def office_environment(inherited: Mapping[str, str], display: str | None) -> dict[str, str]:
    """The environment for an office: another display where given, and none of what bends a Python."""
    kept = {name: value for name, value in inherited.items() if not name.startswith("PYTHON")}
    if display is not None:
        kept["DISPLAY"] = display
        kept["SAL_USE_VCLPLUGIN"] = "gen"
    return kept


def end_group(process: "subprocess.Popen[bytes]") -> None:
    """End a process that we started in a session of its own, with the processes that it started."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(10)
        except ProcessLookupError:
            process.wait(10)
            return
        except subprocess.TimeoutExpired:
            continue
