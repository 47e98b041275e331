"""Each encoding Arabic is found in, told apart; what cannot be told is refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.errors import InputError
from store.readers.encoding import decode

_CASES = Path(__file__).parents[2] / "cases" / "encodings.tsv"
_SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
_ALL = ("utf-8", "utf-8-sig", "utf-16", "windows-1256", "iso-8859-6")
_NO_LATIN_SIGNS = str.maketrans({"“": '"', "”": '"', "–": "-", "″": '"', "‘": "'", "’": "'"})


def _cases() -> Iterator[tuple[str, str]]:
    with _CASES.open(encoding="utf-8", newline="") as file:
        for names, text in csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        ):
            for name in _ALL if names == "all" else names.split(","):
                yield name, text


@pytest.mark.parametrize(("name", "text"), list(_cases()))
@pytest.mark.parametrize("end", ["", "\n"])
def test_one_line(name: str, text: str, end: str) -> None:
    assert decode((text + end).encode(name), "f") == (text + end, name)


@pytest.mark.parametrize("name", _ALL)
@pytest.mark.parametrize("path", _SEEDS, ids=lambda path: path.name[:3])
def test_sample_articles(path: Path, name: str) -> None:
    text = path.read_text("utf-8")
    if name == "iso-8859-6":
        text = text.translate(_NO_LATIN_SIGNS).encode("iso-8859-6", "ignore").decode("iso-8859-6")
    elif name == "windows-1256":
        text = text.encode("windows-1256", "ignore").decode("windows-1256")
    assert decode(text.encode(name), "f") == (text, name)


@pytest.mark.parametrize("name", ["windows-1256", "iso-8859-6"])
def test_every_sentence_of_the_sample_articles_alone(name: str) -> None:
    wrong = []
    for path in _SEEDS:
        for line in path.read_text("utf-8").translate(_NO_LATIN_SIGNS).splitlines():
            for sentence in line.split("،"):
                data = sentence.encode(name, "ignore")
                if sum(byte > 127 for byte in data) < 12:
                    continue
                if decode(data, "f") != (data.decode(name), name):
                    wrong.append(sentence)
    assert wrong == []


_VOCABULARY = re.findall(
    r"\S+",
    "العراق بغداد الحكومة وزير الخارجية أعلنت يوم الخميس قال المتحدث إن القوات الأميركية في من على أن التي "
    "ظهر طالب ضد غاز خلال ذكر ثلاثة صواريخ مطار CNN 2021",
)
_WORDS = st.lists(
    st.sampled_from(_VOCABULARY),
    unique=True,
    min_size=5,
    max_size=30,
).map(" ".join)


@given(_WORDS, st.sampled_from(["windows-1256", "iso-8859-6"]))
def test_words_in_any_order(text: str, name: str) -> None:
    assume(sum(not char.isascii() for char in text) > 20)
    assert decode(text.encode(name), "f") == (text, name)


@given(st.text("ابتسمنوي éabc.\n😀", min_size=1))
def test_utf8_is_always_read(text: str) -> None:
    assert decode(text.encode(), "f") == (text, "utf-8")


@given(_WORDS, st.data())
def test_utf8_cut_inside_a_character_is_refused_never_read_as_something_else(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    cuts = [index for index in range(1, len(raw)) if raw[index] & 0xC0 == 0x80]
    assume(cuts)
    cut = data.draw(st.sampled_from(cuts))
    with pytest.raises(InputError, match="ends in the middle of a character"):
        decode(raw[:cut], "f")


def test_surrogates_in_utf8_are_kept_for_the_reader_to_replace() -> None:
    assert decode("خبر \ud800".encode("utf-8", "surrogatepass"), "f") == ("خبر \ud800", "utf-8")


def test_utf16_without_its_mark() -> None:
    assert decode("أعلنت الحكومة".encode("utf-16-le"), "f") == ("أعلنت الحكومة", "utf-16-le")
    assert decode("The government of العراق".encode("utf-16-be"), "f") == ("The government of العراق", "utf-16-be")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    refused = None
    try:
        decode(data, "f")
    except InputError as error:
        refused = str(error)
    assert refused is None or (refused.startswith("f: ") and refused.isprintable())
