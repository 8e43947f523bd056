"""The command ``sangkien`` as a user runs it: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 120
PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    code: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """The one document on standard output; raises where there is anything else."""
        return json.loads(self.out.decode("utf-8"))


def command(*arguments: object) -> list[str]:
    """The command line, whatever folder it is run in."""
    start = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from addin.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    log = Path(tempfile.gettempdir()) / "sangkien-tests"  # incidents of tests are not the user's
    return os.environ | {"PYTHONWARNINGS": "error", "XDG_STATE_HOME": str(log), **more}


def sangkien(
    *arguments: object,
    cwd: Path | None = None,
    before: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
) -> Answer:
    """Run the command to its end. ``before`` stands before it on the command line."""
    done = subprocess.run(
        [*before, *command(*arguments)],
        capture_output=True,
        cwd=cwd,
        env=dict(env) if env is not None else environment(),
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    err = done.stderr.decode("utf-8", "surrogateescape")
    assert "Traceback" not in err, err
    return Answer(done.returncode, done.stdout, err)


def without_root_rights() -> list[str]:
    """Before a command, for root: root without the right to write where it is not allowed to."""
    if os.geteuid() != 0:
        return []
    rights = ["-dac_override", "-dac_read_search"]
    return ["setpriv", f"--bounding-set={','.join(rights)}", f"--inh-caps={','.join(rights)}"]
