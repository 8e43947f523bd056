"""Setting up from nothing: `tools/setup` on a small project without requirements, so that no package index is asked."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tools.lock_in_step import complaints, locked_pins

PROJECT = Path(__file__).parent.parent

# A build backend that only knows how to make the project importable from where it lies.
BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "sangkien-0.dist-info"
    files = {
        "sangkien.pth": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\\nName: sangkien\\nVersion: 0\\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
        f"{info}/entry_points.txt": "[console_scripts]\\nsangkien = keyword:iskeyword\\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(f"{folder}/sangkien-0-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return "sangkien-0-py3-none-any.whl"
"""


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A checkout with the real `tools/`, in a folder whose name is as awkward as a clerk's."""
    project = tmp_path / "Hồ sơ sáng kiến"
    shutil.copytree(PROJECT / "tools", project / "tools")
    (project / "backend.py").write_text(BACKEND)
    (project / "pyproject.toml").write_text(
        "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
        "[project]\nname = 'sangkien'\nversion = '0'\n"
    )
    (project / "requirements.lock").write_text("# nothing\n")
    return project


def set_up(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up with this Python first on the PATH; never through apt-get."""
    path = f"{Path(sys._base_executable).parent}:/usr/bin:/bin"  # type: ignore[attr-defined]
    return subprocess.run(
        ["bash", "tools/setup"],
        cwd=project,
        env={"HOME": str(project), "PATH": path, "APT": "no", "PIP_NO_INDEX": "1"} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_set_up_makes_the_command_and_then_has_nothing_more_to_do(small_project: Path) -> None:
    first = set_up(small_project)
    assert first.returncode == 0, first.stderr
    assert os.access(small_project / ".venv/bin/sangkien", os.X_OK)

    again = set_up(small_project)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")

    (small_project / "requirements.lock").write_text("# nothing, differently\n")
    changed = set_up(small_project)
    assert changed.returncode == 0
    assert "Installing" in changed.stderr
    assert "Making" not in changed.stderr


def test_set_up_mends_an_environment_whose_making_was_interrupted(small_project: Path) -> None:
    (small_project / ".venv" / "bin").mkdir(parents=True)
    (small_project / ".venv" / "bin" / "python").write_text("half a file")
    made = set_up(small_project)
    assert made.returncode == 0, made.stderr
    assert os.access(small_project / ".venv/bin/sangkien", os.X_OK)

    (small_project / ".venv" / ".set-up-unfinished").touch()
    mended = set_up(small_project)
    assert mended.returncode == 0, mended.stderr
    assert "Making .venv" in mended.stderr
    assert not (small_project / ".venv" / ".set-up-unfinished").exists()


def test_set_up_without_ensurepip_takes_another_pip_or_says_what_to_install(small_project: Path) -> None:
    hidden = small_project / "hidden"
    hidden.mkdir()
    (hidden / "ensurepip.py").write_text("raise ImportError")
    done = set_up(small_project, PYTHONPATH=str(hidden))
    if done.returncode == 0:
        assert os.access(small_project / ".venv/bin/sangkien", os.X_OK)
    else:
        assert "python3-venv" in done.stderr or re.search(r"apt-get install python3\.\d+-venv", done.stderr)
        assert not (small_project / ".venv").exists()


def test_set_up_refuses_a_python_that_does_not_fit(small_project: Path) -> None:
    refused = set_up(small_project, PYTHON="/bin/false")
    assert refused.returncode == 1
    assert refused.stderr == "setup: PYTHON=/bin/false is not a complete Python 3.11 to 3.13.\n"


def test_an_install_that_fails_is_said_and_does_not_count_as_set_up(small_project: Path) -> None:
    (small_project / "requirements.lock").write_text(f"absent==1 --hash=sha256:{'0' * 64}\n")
    failed = set_up(small_project)
    assert failed.returncode == 1
    assert "The packages could not be installed" in failed.stderr
    assert not (small_project / ".venv" / ".set-up").exists()


def test_the_lock_is_in_step_and_names_no_index() -> None:
    pyproject = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    lock = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert list(complaints(pyproject, lock)) == []
    pins = locked_pins(lock)
    assert len(pins) == len(re.findall(r"^[a-z].*==", lock, re.MULTILINE))
    assert sum(pin.hashes for pin in pins) == lock.count("--hash=sha256:")


PYPROJECT = "[project]\nname='p'\ndependencies = ['rich>=15']\n"
RICH = "rich==15.0.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n    # via sangkien (pyproject.toml)\n"


@pytest.mark.parametrize(
    ("lock", "complaint"),
    [
        (RICH, ""),
        ("", "asks for rich>=15, the lock has nothing"),
        (RICH.replace("15.0.0", "14.0.0"), "asks for rich>=15, the lock has 14.0.0"),
        (RICH.replace("15.0.0", "15.0.0 ; python_full_version < '3.13'"), "Python 3.13, linux"),
        (RICH.replace("15.0.0", "15.0.0 ; sys_platform == 'linux'"), "Python 3.11, win32"),
        (RICH + RICH.replace("rich==", "absent=="), "absent is locked because pyproject.toml asked for it"),
        ("rich==15.0.0\n    # via sangkien (pyproject.toml)\n", "rich has no hash"),
        ("--index-url somewhere\n" + RICH, "names an index"),
        (RICH + "other @ file:///somewhere\n", "names an index"),
    ],
)
def test_a_lock_out_of_step_is_found(lock: str, complaint: str) -> None:
    found = "\n".join(complaints(PYPROJECT, lock))
    assert complaint in found
    assert bool(found) == bool(complaint)


def test_make_alone_says_what_there_is() -> None:
    shown = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, timeout=10, check=True).stdout
    assert {"setup", "demo", "test", "check", "lock", "clean"} <= set(
        re.findall(r"^  make (\w+) ", shown, re.MULTILINE)
    )


@pytest.mark.parametrize("script", [".ci/run", "tools/setup", "tools/office", "tools/lock", "tools/apt.sh"])
def test_scripts_are_sound_bash_and_name_no_machine(script: str) -> None:
    subprocess.run(["bash", "-n", PROJECT / script], check=True, timeout=10)
    text = (PROJECT / script).read_text(encoding="utf-8")
    assert "://" not in text
    assert "/work" not in text


INNER = """
import pytest
def test_left_out(): pytest.skip("nothing there")
def test_passes(): pass
def test_expected_to_fail(): pass
def test_over_shared(shared): assert False
"""


@pytest.mark.parametrize(("ci", "code", "summary"), [("", 0, "1 skipped"), ("true", 1, "1 failed")])
def test_a_left_out_test_fails_in_ci_only_and_shared_is_not_collected_where_absent(
    tmp_path: Path, ci: str, code: int, summary: str
) -> None:
    tests = tmp_path / "checkout" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(PROJECT / "tests" / "conftest.py", tests)
    shutil.copy(PROJECT / "pyproject.toml", tests.parent)
    (tests / "test_inner.py").write_text(INNER)
    (tests / "test_files_over_shared.py").write_text("raise RuntimeError('imported')")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        cwd=tests.parent,
        env={**os.environ, "CI": ci},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == code, done.stdout
    assert summary in done.stdout.splitlines()[-1]
    assert "2 passed" in done.stdout.splitlines()[-1]
    assert "1 deselected" in done.stdout.splitlines()[-1]


def test_the_supported_pythons_are_the_same_everywhere() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    assert "readonly oldest=3.11 newest=3.13" in (PROJECT / "tools" / "setup").read_text(encoding="utf-8")
