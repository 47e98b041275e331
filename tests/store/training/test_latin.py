"""How letters are written, learnt from pairs of names; what is shipped knows every letter."""

from __future__ import annotations

import math
from pathlib import Path

from store.text.fold import fold
from store.text.latin_letters import symbols, table
from store.training import latin

NAMES = [
    ("محمد الكاظمي", "Mohammed al-Kadhimi"), ("كريم خالد", "Karim Khaled"), ("خليل كمال", "Khalil Kamal"),
    ("عبد الرحمن خالد", "Abdul Rahman Khaled"), ("كمال كريم", "Kamel Kareem"), ("نصر الله خليل", "Nasrallah Khalil"),
]  # fmt: skip


def test_names_are_divided_into_pairs() -> None:
    assert list(latin.split("محمد عبد الرحمن", "Mohammed Abdul Rahman")) == [
        ("محمد", "mohammed"),
        ("عبد الرحمن", "abdulrahman"),
    ]
    assert list(latin.split("حسن نصر الله", "Hassan Nasr Allah")) == [("حسن", "hassan"), ("نصر الله", "nasrallah")]
    assert list(latin.split("محمد", "Mohammed Hassan")) == []


def test_what_is_written_together_often_is_learnt(tmp_path: Path) -> None:
    pairs = {
        (symbols(unit.removeprefix("ال")), word.removeprefix("al")): 20.0
        for arabic, spelt in NAMES
        for unit, word in latin.split(arabic, spelt)
    }
    counts, slots = latin.learn(pairs)
    assert counts["خ", "kh"] >= 40
    assert counts["ك", "k"] >= 40
    assert ("خ", "k") not in counts
    target = tmp_path / "letters.tsv"
    assert latin.write_letters(counts, slots, target) > len(counts) / 2
    rows = {
        tuple(line.split("\t")[:2]): float(line.split("\t")[2])
        for line in target.read_text().splitlines()
        if line[0] != "#"
    }
    assert rows["خ", "kh"] < rows["خ", "ch"]
    assert rows["ذ", "dh"] == round(-math.log(0.01), 2)  # not in these names, but usual


def test_every_letter_can_be_written() -> None:
    known = {part for ways in table().ways.values() for part in ways.written}
    for word in ("اباا", "وبوو", "يبيي", "عبعع", "ءبءء", "هبهه", fold("تثجحخدذرزسشصضطظغفقكلمن"), "پچژڤگ"):
        assert set(symbols(word)) <= known, word


def test_places_are_those_whose_english_name_does_not_fit(tmp_path: Path) -> None:
    listed = [
        latin.Listed("مصر", "Egypt", 1.0, "Q79", "country", "EG"),
        latin.Listed("بغداد", "Baghdad", 1.0, "Q1530", "city", "IQ"),
        latin.Listed("دمشق", "Damascus", 1.0, "Q3766", "city", "SY"),
        latin.Listed("شجيرة", "Bush", 1.0, "Q1", "city", "SY"),
    ]
    target = tmp_path / "places.tsv"
    assert latin.write_places(listed, target) == 2
    assert target.read_text("utf-8").splitlines()[-2:] == ["دمشق\tdamascus", "مصر\tegypt"]
