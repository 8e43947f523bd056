"""A real Secret Service (GNOME Keyring) on a D-Bus of its own, unlocked, in a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import PROJECT

SECONDS = 15
PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")


@contextmanager
def secret_service() -> Iterator[dict[str, str]]:
    """The environment of a session that has one; it ends with the block."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        script = [PROJECT / "tools" / "mail", "--line"]
        line = subprocess.run(script, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
        pytest.skip(f"needs {', '.join(missing)}: sudo {line}")
    home = Path(tempfile.mkdtemp(prefix="sk-home-", dir="/tmp"))
    (home / "run").mkdir(mode=0o700)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "LANG": "C.UTF-8",
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
    }  # fmt: skip
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"], env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    keyring = None
    try:
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        keyring = subprocess.Popen(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"], env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert keyring.stdin is not None
        assert keyring.stdout is not None
        keyring.stdin.write(b"mat khau cua phien")
        keyring.stdin.close()
        keyring.stdout.readline()  # GNOME_KEYRING_CONTROL=…: it is ready
        yield environment
    finally:
        for process in (keyring, bus):
            if process is not None:
                process.terminate()
                process.wait(SECONDS)
                for stream in (process.stdin, process.stdout):
                    if stream is not None:
                        stream.close()
        shutil.rmtree(home, ignore_errors=True)
