"""What models are made of: annotations in one form, brought to one guideline, measured."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

import pytest

from store.errors import InputError
from store.extract.entities import VERSIONS, crf, find
from store.extract.entities.encoder import encoder
from store.models import Mention, MentionType
from store.training import card, corpora, fast, harmonise, measure
from store.training.corpora import Annotated

ROOT = Path(__file__).parents[3]
MODELS = resources.files("store.extract.entities").joinpath("models")


def mention(text: str, surface: str, type_: MentionType, rule: str = "model", score: float = 1.0) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, type_, surface, None, score, "fast", "1", rule, "")


def test_the_card_is_about_the_models_that_are_shipped() -> None:
    about = json.loads(MODELS.joinpath("card.json").read_text("utf-8"))
    for name in card.MODELS:
        data = MODELS.joinpath(name).read_bytes()
        assert about["hashes"][name] == hashlib.sha256(data).hexdigest()
        assert about["hashes"][name] in MODELS.joinpath("CARD.md").read_text("utf-8")
    assert crf.model().version == VERSIONS["fast"]
    assert encoder().version == VERSIONS["accurate"]


def test_columns_become_a_text_with_spans(tmp_path: Path) -> None:
    path = tmp_path / "a.conll"
    path.write_text("قال\tO\nعلي\tB-PERS\nحسن\tI-PERS\n.\tO\n\nفي\tO\nبغداد\tB-LOC\nتونس\tB-LOC\n", "utf-8")
    first, second = corpora.conll(path, "x")
    assert first.text.startswith("قال علي حسن .")
    assert [first.text[start:end] for start, end, _ in first.spans] == ["علي حسن"]
    assert [(second.text[start:end], type_) for start, end, type_ in second.spans] == [
        ("بغداد", "LOC"),
        ("تونس", "LOC"),
    ]


def test_missing_or_changed_articles_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"almayadeen\.jsonl\.gz"):
        corpora.articles(tmp_path)
    (tmp_path / "articles").mkdir()
    for name in ("almayadeen.jsonl.gz", "saudinewsnet.jsonl.gz"):
        with gzip.open(tmp_path / "articles" / name, "wt", encoding="utf-8") as file:
            file.write('{"title": "عنوان", "text": "خبر"}\n')
    text = "عنوان\nخبر"
    line = {"file": "almayadeen.jsonl.gz", "line": 0, "mentions": [[0, 5, "ORG"]]}
    (one,) = corpora.annotated(tmp_path, json.dumps({**line, "sha256": hashlib.sha256(text.encode()).hexdigest()}))
    assert (one.text, one.spans) == (text, ((0, 5, "ORG"),))
    with pytest.raises(InputError, match="not the article that was annotated"):
        corpora.annotated(tmp_path, json.dumps({**line, "sha256": "0" * 64}))


def test_every_annotated_article_has_ordered_spans() -> None:
    files = (
        resources.files("store.training").joinpath("annotated.jsonl").read_text("utf-8"),
        (ROOT / "tests/gold/news_entities.jsonl").read_text("utf-8"),
    )
    seen: set[tuple[str, int]] = set()
    for lines in files:
        for record in map(json.loads, lines.splitlines()):
            place = (record["file"], record["line"])
            assert place not in seen, "an article of the gold standard was trained on, or one stands twice"
            seen.add(place)
            last = 0
            for start, end, type_, *_ in record["mentions"]:
                assert last <= start < end
                assert type_ in measure.ALL
                last = end


def test_labels_cover_the_words_of_a_name_and_remember_proclitics() -> None:
    text = "وصل الوفد لبغداد ثم قال محمد علي شيئا"
    one = Annotated("", text, ((11, 16, "LOC"), (24, 32, "PER")), "khabar")
    read = fast.label(one)
    assert read.labels == ["O", "O", "B-LOC", "O", "O", "B-PER", "I-PER", "O"]
    assert (2, "LOC", 1) in read.firsts


HARMONISED: Sequence[tuple[str, list[tuple[str, MentionType]], list[tuple[str, MentionType, str]], list[str]]] = [
    ("في قطاع غزة أمس", [("غزة", "LOC")], [("قطاع غزة", "LOC", "model")], ["قطاع غزة"]),
    ("سعر دولار اليوم", [("دولار", "MISC")], [], []),
    ("قال طالباني أمس", [("طالباني", "PER")], [], ["طالباني"]),
    ("أعلن مجلس الوزراء أمس", [], [("مجلس الوزراء", "ORG", "body list")], ["مجلس الوزراء"]),
    ("أعلن كذا أمس", [], [("كذا", "ORG", "model")], []),
    ("زار باريس سان", [("باريس", "LOC")], [("باريس سان", "ORG", "model")], ["باريس"]),
]


@pytest.mark.parametrize(("text", "theirs", "ours", "expected"), HARMONISED)
def test_two_guidelines_become_one(
    text: str,
    theirs: list[tuple[str, MentionType]],
    ours: list[tuple[str, MentionType, str]],
    expected: list[str],
) -> None:
    spans = tuple((text.index(name), text.index(name) + len(name), type_) for name, type_ in theirs)
    found = [mention(text, name, type_, rule) for name, type_, rule in ours]
    (one,) = harmonise.harmonise([Annotated("", text, spans, "other")], lambda _: found)
    assert [one.text[start:end] for start, end, _ in one.spans] == expected


def test_the_measure() -> None:
    text = "قال محمد علي في بغداد"
    one = Annotated("", text, ((4, 12, "PER"), (16, 21, "LOC")), "khabar")
    counts = [
        measure.tally(one, [mention(text, "محمد", "PER"), mention(text, "بغداد", "LOC"), mention(text, "في", "ORG")])
    ]
    assert measure.figure(counts, "overlap").f1 == pytest.approx(4 / 5)
    assert measure.figure(counts, "exact").f1 == pytest.approx(2 / 5)
    assert measure.figure(counts, "overlap", ("PER",)).f1 == 1
    assert measure.naming([[(4, 12, "PER", "a"), (16, 21, "LOC", "b")]], [find(text, [])]) == (1.0, 1.0)
