"""A ZIP's many ways to be broken are one. Oracle: zipfile's own errors, and errno's."""

import errno
import io
import zipfile
import zlib

import pytest

from plebiscite.web.measures.zipped import TornError, reading


@pytest.mark.parametrize(
    "said",
    [
        *(zipfile.BadZipFile(), NotImplementedError(), RuntimeError(), EOFError()),
        *(zlib.error(), ValueError(), OSError(errno.EINVAL, "seek before the start")),
    ],
)
def test_whatever_zipfile_says_of_a_broken_file_is_one_word(said):
    with pytest.raises(TornError) as caught, reading():
        raise said

    assert caught.value.__cause__ is said


def test_what_the_disk_says_is_not_the_file_s_fault():
    with pytest.raises(OSError, match="full") as caught, reading():
        raise OSError(errno.ENOSPC, "full")

    assert caught.value.errno == errno.ENOSPC


def test_a_zip_cut_short_anywhere_is_torn_or_lacks_its_end():
    """Oracle: no beginning of a ZIP is a ZIP, as its directory stands at its end."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("measure.yaml", "id: a/b\n" * 20)

    for length in range(len(whole.getvalue())):
        cut = io.BytesIO(whole.getvalue()[:length])
        with pytest.raises(TornError), reading(), zipfile.ZipFile(cut) as archive:
            archive.read("measure.yaml")
