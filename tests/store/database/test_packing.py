"""Texts come back from what is stored exactly as they were."""

from __future__ import annotations

import sqlite3
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database.packing import pack, teach, unpack
from store.samples import seeds

_LETTERS = st.characters(exclude_categories=["Cs"])
_ARABIC = st.sampled_from([bytes([code]).decode("cp1256") for code in range(256)])


@given(st.text(_LETTERS) | st.text(_ARABIC))
def test_a_text_comes_back(text: str) -> None:
    assert unpack(pack(text)) == unpack(text) == text


def test_arabic_takes_a_third() -> None:
    texts = [path.read_text("utf-8") for path in seeds()]
    assert [unpack(pack(text)) for text in texts] == texts
    assert sum(len(pack(text)) for text in texts) < sum(len(text.encode()) for text in texts) * 0.4


def test_the_view_gives_texts() -> None:
    connection = sqlite3.connect(":memory:")
    teach(connection)
    text = "قال ﷺ ١٤ \N{ZERO WIDTH SPACE}"
    assert connection.execute("SELECT unpacked(packed(?)), substr(unpacked(?), 3)", (text, pack(text))).fetchone() == (
        text,
        text[2:],
    )


def test_what_cannot_be_stored_or_read_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        pack("a\ud800")
    whole = pack("قال سامي حداد كلاما كثيرا في تونس")
    for damaged in (b"", b"a", whole[:-1], whole[1:], b"x" + whole[1:], whole[:9] + b"\0" + whole[10:]):
        with pytest.raises((zlib.error, ValueError)):
            unpack(damaged)
