import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from addin.intake.stored_zip import stored_zip

names = st.text("abcxyz/.[]_ ẢĐ", min_size=1, max_size=30)


@given(st.dictionaries(names, st.binary(max_size=200), max_size=8))
def test_zipfile_reads_what_was_stored(parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(stored_zip(parts))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
        assert archive.namelist() == list(parts)
