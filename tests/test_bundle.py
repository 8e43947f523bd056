"""The bundle for PCs without internet: what goes into it by the lock, what is refused, what its scripts say.

No package index is asked here: ``make bundle`` is the part with the network. Wheels are small ones of the test's own.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from addin.hosts.excel.payload import packaged
from addin.hosts.excel.places import PROPOSED_FOLDER
from tools import bundle
from tools.bundle_lock import WINDOWS, Locked, locked_packages, needed_on_windows, requirements_text
from tools.bundle_wheels import PACKAGES, build_own, complaints, read_wheel
from tools.lock_in_step import locked_pins

PROJECT = Path(__file__).parent.parent
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")


# -- the lock ------------------------------------------------------------------------------------------------------


def closure_by_metadata(asked: Iterable[str]) -> set[str]:
    """What the named requirements bring on Windows, by the metadata of what is installed here: not by the lock.

    What only Windows has is not installed here, and brings nothing of its own.
    """
    found: set[str] = set()
    waiting = [Requirement(text) for text in asked]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = ("", *requirement.extras)
        if requirement.marker and not any(requirement.marker.evaluate({**WINDOWS, "extra": extra}) for extra in extras):
            continue
        if name in found:
            continue
        found.add(name)
        try:
            waiting += [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue
    return found


def test_what_the_lock_brings_to_windows_is_what_the_packages_themselves_ask_for() -> None:
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {one.name for one in needed_on_windows(LOCK)} == closure_by_metadata(declared)


def test_windows_own_packages_are_there_and_others_systems_are_not() -> None:
    names = {one.name for one in needed_on_windows(LOCK)}
    assert {"pywin32", "pywin32-ctypes", "tzdata", "xlwings", "numpy"} <= names
    assert not names & {"appscript", "psutil", "jeepney", "secretstorage", "pytest", "mypy", "hypothesis"}


def test_every_locked_package_is_read_with_its_hashes() -> None:
    packages = locked_packages(LOCK)
    assert len(packages) == len(locked_pins(LOCK))
    assert sum(len(one.hashes) for one in packages) == LOCK.count("--hash=sha256:")
    assert {name for one in packages for name in one.via} - {"sangkien"} <= {one.name for one in packages}


SMALL_LOCK = """\
# made by hand
alpha==1.0 \\
    --hash=sha256:{a}
    # via sangkien (pyproject.toml)
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:{b} \\
    --hash=sha256:{c}
    # via
    #   alpha
    #   delta
gamma==3.0 ; sys_platform == 'darwin' \\
    --hash=sha256:{c}
    # via alpha
delta==4.0 \\
    --hash=sha256:{c}
    # via sangkien (pyproject.toml:dev)
epsilon==5.0 \\
    --hash=sha256:{c}
    # via
    #   sangkien (pyproject.toml:dev)
    #   beta
""".format(a="a" * 64, b="b" * 64, c="c" * 64)


def test_packages_come_through_those_that_the_product_asks_for() -> None:
    needed = needed_on_windows(SMALL_LOCK)
    assert [(one.name, one.version, len(one.hashes)) for one in needed] == [
        ("alpha", "1.0", 1), ("beta", "2.0", 2), ("epsilon", "5.0", 1),
    ]  # fmt: skip
    assert requirements_text(needed).splitlines()[1] == f"beta==2.0 --hash=sha256:{'b' * 64} --hash=sha256:{'c' * 64}"


def test_a_package_locked_twice_for_windows_is_an_error() -> None:
    with pytest.raises(ValueError, match="locked twice for Windows: alpha"):
        needed_on_windows(SMALL_LOCK + SMALL_LOCK.replace("alpha==1.0", "alpha==1.1"))


# -- wheels --------------------------------------------------------------------------------------------------------


def wheel(folder: Path, name: str, tag: str = "py3-none-any", requires: Iterable[str] = ()) -> Path:
    """A wheel with nothing but its metadata. ``name`` is name-version."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}-{tag}.whl"
    project, number = name.split("-")
    asked = "".join(f"Requires-Dist: {one}\n" for one in requires)
    with zipfile.ZipFile(file, "w") as package:
        entry = zipfile.ZipInfo(f"{name}.dist-info/METADATA", (1980, 1, 1, 0, 0, 0))
        package.writestr(entry, f"Metadata-Version: 2.1\nName: {project}\nVersion: {number}\n{asked}\nText.\n")
    return file


@pytest.fixture
def wheelhouse(tmp_path: Path) -> Path:
    """Whole: our own, one that only Windows needs, one made for it."""
    folder = tmp_path / "wheelhouse"
    wheel(folder, "sangkien-1.0", requires=["alpha>=1", 'beta; sys_platform == "win32"', 'nothing; extra == "x"'])
    wheel(folder, "alpha-1.0", "cp312-cp312-win_amd64", ['gamma; sys_platform == "darwin"'])
    wheel(folder, "beta-2.0", "cp39-abi3-win_amd64")
    return folder


def lock_of(folder: Path) -> list[Locked]:
    """The lock that these wheels fulfil."""
    wheels = [read_wheel(file) for file in sorted(folder.glob("*.whl"))]
    others = [one for one in wheels if one.name != "sangkien"]
    return [Locked(w.name, w.version, None, frozenset({w.sha256}), frozenset(), True) for w in others]


def faults(folder: Path, needed: list[Locked]) -> list[str]:
    return list(complaints([read_wheel(file) for file in sorted(folder.glob("*.whl"))], needed, "sangkien"))


def test_a_whole_wheelhouse_has_no_fault(wheelhouse: Path) -> None:
    assert faults(wheelhouse, lock_of(wheelhouse)) == []


def test_what_windows_alone_needs_is_missed(wheelhouse: Path) -> None:
    needed = lock_of(wheelhouse)
    (wheelhouse / "beta-2.0-cp39-abi3-win_amd64.whl").unlink()
    assert faults(wheelhouse, needed) == [
        "beta is not there", 'sangkien asks for beta; sys_platform == "win32", there is nothing',
    ]  # fmt: skip
    # Even where the lock forgets it.
    assert len(faults(wheelhouse, [one for one in needed if one.name != "beta"])) == 1


def test_wheels_of_another_system_version_or_content_are_found(wheelhouse: Path) -> None:
    needed = lock_of(wheelhouse)
    (wheelhouse / "alpha-1.0-cp312-cp312-win_amd64.whl").unlink()
    wheel(wheelhouse, "alpha-1.0", "cp312-cp312-manylinux_2_28_x86_64")
    (wheelhouse / "beta-2.0-cp39-abi3-win_amd64.whl").unlink()
    wheel(wheelhouse, "beta-2.1", "cp313-cp313-win_amd64")
    wheel(wheelhouse, "other-1.0")
    assert faults(wheelhouse, needed) == [
        "alpha-1.0-cp312-cp312-manylinux_2_28_x86_64.whl has a hash that the lock does not know",
        "beta is 2.1, the lock says 2.0",
        "alpha-1.0-cp312-cp312-manylinux_2_28_x86_64.whl is not for win_amd64 and Python 3.12",
        "beta-2.1-cp313-cp313-win_amd64.whl is not for win_amd64 and Python 3.12",
        "other is there, and nothing asks for it",
    ]


def test_a_bundle_without_our_own_wheel_is_refused_and_the_old_one_stays(wheelhouse: Path, tmp_path: Path) -> None:
    needed = lock_of(wheelhouse)
    out = tmp_path / "bundle.zip"
    out.write_bytes(b"the one before")
    wheels = [read_wheel(file) for file in wheelhouse.glob("[ab]*.whl")]
    assert bundle.write_bundle(wheels, needed, "1.0", out) == ["sangkien is not there"]
    assert out.read_bytes() == b"the one before"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["bundle.zip"]


# -- the zip -------------------------------------------------------------------------------------------------------


@pytest.fixture
def parts(wheelhouse: Path, tmp_path: Path) -> Mapping[str, bytes]:
    """The files of a bundle."""
    out = tmp_path / "dist" / "bundle.zip"
    wheels = [read_wheel(file) for file in wheelhouse.glob("*.whl")]
    assert bundle.write_bundle(wheels, lock_of(wheelhouse), "1.0", out) == []
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def test_the_bundle_holds_what_it_should_under_ascii_names(parts: Mapping[str, bytes]) -> None:
    assert set(parts) == {
        "cai-dat.cmd", "go-bo.cmd", "DOC-TOI.txt", "requirements.txt", "SHA256SUMS", "python/SHA256SUMS",
        "wheelhouse/sangkien-1.0-py3-none-any.whl", "wheelhouse/alpha-1.0-cp312-cp312-win_amd64.whl",
        "wheelhouse/beta-2.0-cp39-abi3-win_amd64.whl",
    }  # fmt: skip
    assert all(name.isascii() for name in parts)


def test_every_file_has_its_hash_in_the_list_that_the_script_goes_through(parts: Mapping[str, bytes]) -> None:
    listed = dict(line.split(" *")[::-1] for line in parts["SHA256SUMS"].decode("ascii").split("\r\n") if line)
    wanted = {name: data for name, data in parts.items() if not name.endswith("SHA256SUMS")}
    assert listed == {name.replace("/", "\\"): hashlib.sha256(data).hexdigest() for name, data in wanted.items()}


def test_pip_is_given_one_hash_for_each_wheel(parts: Mapping[str, bytes]) -> None:
    asked = parts["requirements.txt"].decode("ascii").split("\r\n")
    hashes = {hashlib.sha256(data).hexdigest() for name, data in parts.items() if name.endswith(".whl")}
    assert {line.rpartition(":")[2] for line in asked if line} == hashes
    assert [line.partition(" ")[0] for line in asked if line] == ["alpha==1.0", "beta==2.0", "sangkien==1.0"]


def test_the_place_of_pythons_installer_is_named_and_has_a_hash(parts: Mapping[str, bytes]) -> None:
    line = parts["python/SHA256SUMS"].decode("ascii")
    assert re.fullmatch(r"[0-9a-f]{64} \*python-3\.12\.\d+-amd64\.exe\r\n", line)
    text = parts["DOC-TOI.txt"].decode("utf-8-sig")
    assert line.split("*")[1].strip() in text
    assert "SỔ SÁNG KIẾN 1.0" in text
    assert "@" not in text
    assert "\n" not in text.replace("\r\n", "")


def test_the_same_wheels_give_the_same_bytes(wheelhouse: Path, tmp_path: Path) -> None:
    wheels = [read_wheel(file) for file in wheelhouse.glob("*.whl")]
    made = [tmp_path / "one.zip", tmp_path / "two.zip"]
    for out, order in zip(made, (wheels, wheels[::-1]), strict=True):
        assert bundle.write_bundle(order, lock_of(wheelhouse), "1.0", out) == []
    assert made[0].read_bytes() == made[1].read_bytes()


def test_a_name_with_accents_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond ASCII"):
        bundle.packed({"wheelhouse/sáng.whl": b""})


# -- the scripts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", bundle.SCRIPTS)
def test_a_script_is_what_cmd_reads(name: str, parts: Mapping[str, bytes]) -> None:
    text = parts[name].decode("ascii")
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "@VERSION@" not in text
    labels = re.findall(r"^:(\w+)", text, re.MULTILINE)
    assert len(labels) == len(set(labels))
    used = set(re.findall(r"\bgoto :?(\w+)", text)) | set(re.findall(r"\bcall :(\w+)", text))
    assert used == set(labels), "every label is there, and none in vain"
    for line in lines:
        assert line.count('"') % 2 == 0, line
        # A block in parentheses would be read whole, its variables with it, before any of it runs.
        assert not line.rstrip().endswith("("), line


@pytest.mark.parametrize("name", bundle.SCRIPTS)
def test_a_script_runs_only_what_it_names_in_full(name: str, parts: Mapping[str, bytes]) -> None:
    """cmd.exe would look for a bare name in the folder of the bundle first."""
    own = {
        "@echo", "setlocal", "set", "if", "shift", "goto", "title", "pushd", "popd", "echo", "echo.", "for", "call",
        "start", "mkdir", "rmdir", "exit", "pause", "rem",
    }  # fmt: skip
    for line in parts[name].decode("ascii").split("\r\n"):
        first = line.split(" ")[0]
        if first and not first.startswith(":"):
            assert first in own or first.startswith(('"%SYS%\\', '"%ENVIRONMENT%\\', '"%BASE%"', '"%~1"')), line


@pytest.mark.parametrize("name", bundle.SCRIPTS)
def test_a_script_works_under_an_ascii_path(name: str, parts: Mapping[str, bytes]) -> None:
    text = parts[name].decode("ascii")
    assert f'set "TARGET={PROPOSED_FOLDER}\\sangkien"\r\n' in text
    written = re.findall(r"[A-Z]:\\[^\s\"]*", text)
    assert all(path.startswith(PROPOSED_FOLDER) for path in written), written


def test_the_installing_script_checks_before_it_changes_anything(parts: Mapping[str, bytes]) -> None:
    text = parts["cai-dat.cmd"].decode("ascii")
    order = [text.index(one) for one in (
        "call :is_excel_open", '("SHA256SUMS") do call :verify', 'call :verify "%PINNED%"', 'start "" /wait',
        "-m venv --clear", "-m pip install", "-m addin.cli install", "-m addin.cli doctor",
    )]  # fmt: skip
    assert order == sorted(order)
    (pip,) = [line for line in text.split("\r\n") if "-m pip install" in line]
    for option in ("--no-index", "--require-hashes", "--no-deps", "--find-links wheelhouse", "-r requirements.txt"):
        assert option in pip


# -- our own wheel -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's wheel, built from the sources."""
    return build_own(PROJECT, tmp_path_factory.mktemp("own"))


def test_our_wheel_holds_everything_that_the_product_reads(own_wheel: Path) -> None:
    with zipfile.ZipFile(own_wheel) as package:
        names = set(package.namelist())
    sources = {
        file.relative_to(PROJECT).as_posix()
        for folder in PACKAGES
        for file in (PROJECT / folder).rglob("*")
        if file.is_file() and file.suffix != ".py" and "__pycache__" not in file.parts
    }
    # Specimens of the earlier forms: read by tests alone.
    missing = {name for name in sources - names if not re.fullmatch(r"workbook_templates/versions/\d+/\w+\.xlsx", name)}
    assert missing == set()
    assert "addin/hosts/excel/built/sangkien.xlam" in names
    assert not [name for name in names if name.startswith(("macros/", "tests/", "tools/"))]


def test_our_wheel_installed_by_itself_has_the_addin(own_wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(own_wheel) as package:
        package.extractall(tmp_path)
    code = (
        "import hashlib, addin\nfrom addin.hosts.excel.payload import packaged\n"
        "print(addin.__file__); print(hashlib.sha256(packaged().addin).hexdigest(), packaged().sangkien)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    place, facts = done.stdout.splitlines()
    assert Path(place).is_relative_to(tmp_path)
    assert facts.split() == [hashlib.sha256(packaged().addin).hexdigest(), version("sangkien")]
