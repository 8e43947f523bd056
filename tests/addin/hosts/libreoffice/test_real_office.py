"""Install and uninstall with the office's own ``unopkg``, into a fresh profile. Root does it as nobody."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

from addin.errors import UsageProblem
from addin.hosts.installing import StepKind
from addin.hosts.libreoffice import extension
from addin.hosts.libreoffice.installing.host import LibreOfficeHost
from addin.hosts.libreoffice.installing.office import find_office
from addin.hosts.libreoffice.installing.payload import packaged
from addin.hosts.libreoffice.installing.places import places
from addin.hosts.libreoffice.installing.present import State, left_over, present
from addin.hosts.libreoffice.installing.real_machine import LinuxMachine

ROOT = os.geteuid() == 0


class OfOne(LinuxMachine):
    """This machine, for a user whose home is a folder of ours; for root, who is nobody there."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.pretends = True

    @property
    def home(self) -> PurePath:
        """The folder."""
        return self._home

    def variable(self, name: str) -> str:  # noqa: ARG002
        """None of ours: all is below the folder."""
        return ""

    def is_root(self) -> bool:
        """Not as long as it pretends."""
        return not self.pretends

    def add_extension(self, unopkg: PurePath, file: PurePath, profile: PurePath) -> None:
        """As nobody, from a copy that nobody may read."""
        copy = Path(shutil.copy(file, self._home))
        extension.add(Path(unopkg), copy, Path(profile), through=self._through())
        copy.unlink()

    def remove_extension(self, unopkg: PurePath, identifier: str, profile: PurePath) -> None:
        """As nobody."""
        extension.remove(Path(unopkg), Path(profile), identifier, through=self._through())

    def _through(self) -> tuple[str, ...]:
        if not ROOT:
            return ()
        extension.give_to_nobody(self._home)
        return extension.as_nobody(self._home)


@pytest.fixture
def user(soffice: str) -> Iterator[LibreOfficeHost]:
    """LibreOffice for a user of her own; not below pytest's folder, into which nobody may not look."""
    with tempfile.TemporaryDirectory(prefix="sangkien-home-") as home:
        machine = OfOne(Path(home))
        office = find_office(machine)
        assert office is not None
        yield LibreOfficeHost(machine, office)


def test_the_office_of_this_machine_is_found(user: LibreOfficeHost, soffice: str) -> None:
    assert user.office.folder == Path(soffice).resolve().parent
    assert user.office.version is not None
    assert user.office.version >= extension.OLDEST_OFFICE


def test_it_goes_in_and_out_again_through_the_offices_own_program(user: LibreOfficeHost) -> None:
    where = places(user.machine, user.office.profile)
    assert [step.kind for step in user.install(dry_run=False)] == [StepKind.WRITE, StepKind.WRITE]
    found = present(user.machine, where, packaged())
    assert (found.state, found.version) == (State.SAME, packaged().version)
    assert user.install(dry_run=False) == []
    assert user.diagnose() == []

    assert found.folder is not None
    (Path(found.folder) / "Addons.xcu").write_bytes(b"older")
    assert [step.kind for step in user.install(dry_run=False)] == [StepKind.WRITE]
    assert present(user.machine, where, packaged()).state is State.SAME

    user.uninstall(dry_run=False)
    assert present(user.machine, where, packaged()).state is State.MISSING
    assert left_over(user.machine, where) == []
    assert [str(one) for one in Path(str(user.machine.home)).rglob("*sangkien*")] == []
    assert user.uninstall(dry_run=False) == []


def test_unopkg_lists_what_was_installed(user: LibreOfficeHost) -> None:
    user.install(dry_run=False)
    machine = user.machine
    assert isinstance(machine, OfOne)
    listed = extension.listed(Path(user.office.unopkg), Path(user.office.profile), through=machine._through())
    assert listed == {extension.IDENTIFIER: packaged().version}


def test_root_is_told_to_be_somebody(user: LibreOfficeHost) -> None:
    assert isinstance(user.machine, OfOne)
    user.machine.pretends = False
    with pytest.raises(UsageProblem) as problem:
        user.install(dry_run=False)
    assert problem.value.error_code == "lo_as_root"


def test_what_unopkg_refuses_is_an_error_with_its_words(user: LibreOfficeHost, tmp_path: Path) -> None:
    broken = tmp_path / "hong.oxt"
    broken.write_bytes(b"PK")
    assert isinstance(user.machine, OfOne)
    with pytest.raises(extension.UnopkgError, match=r"(?i)error|cannot|failed"):
        user.machine.add_extension(user.office.unopkg, broken, user.office.profile)
