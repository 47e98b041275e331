"""What is packed comes out as it went in."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from store.carrying import pack, unpack
from store.errors import InputError
from store.extraction import Given, Result, extract
from store.models import Sentence
from store.readers import Unread, read

CASES = Path(__file__).parents[1] / "cases"


def test_all_that_is_found_in_documents_comes_out_the_same(seeds: Path) -> None:
    documents = [one for path in sorted(seeds.glob("*.txt")) for one in read(path) if not isinstance(one, InputError)]
    page = Unread("html", (CASES / "pages" / "wordpress.html").read_bytes(), "page.html")
    found: list[list[Result]] = extract([*documents, page], Given("2021-12-14", "الشرق"))
    found.append([InputError("is empty", "x.txt", "look")])
    again = unpack(pack((found, documents, Given(outlet="x"), Sentence(1, 2))), tuple)
    assert pickle.dumps(again[0][:-1]) == pickle.dumps(unpack(pack(found), list)[:-1])
    assert again[0][:-1] == found[:-1]
    assert str(again[0][-1][0]) == "x.txt: is empty; look"
    assert again[1:] == (documents, Given(outlet="x"), Sentence(1, 2))
    assert len(pack(found)) < len(pickle.dumps(found))


def test_what_is_no_answer_is_said_to_be_none() -> None:
    with pytest.raises(TypeError, match="Sentence was expected, tuple came"):
        unpack(pack((1, 2)), Sentence)
