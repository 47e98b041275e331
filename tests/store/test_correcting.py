"""Labels, outlets and namesakes that people give; undo and redo of several people; logs taken elsewhere."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from store.answers import Article, Edit, Filter
from store.correcting import correct, import_edits, read_again, redo, relabel, undo
from store.database import open_reader, open_writer, verify
from store.database.writing import Writer
from store.edits_file import LONGEST
from store.errors import InputError, QueryError
from store.export import export
from store.ingest import add, repair
from store.samples import seeds


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    list(add(path, seeds()))
    return path


def id_of(corpus: Path, name: str) -> int:
    with open_reader(corpus) as reader:
        return reader.find_entities(name)[0].id


def without_numbers(article: Article) -> Article:
    """An article without the ids of its events, which are never given twice."""
    return replace(article, events=tuple((0, event) for _, event in article.events))


def fail(error: Exception) -> None:
    raise error


def log(corpus: Path) -> bytes:
    with open_reader(corpus) as reader:
        return "".join(export(reader, "edits", "jsonl")).encode()


def edits(corpus: Path) -> list[Edit]:
    with open_reader(corpus) as reader:
        return reader.edits()


def test_a_label_has_its_effects_and_goes_with_undo(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        before = reader.article(1)
    block = next(b for b in before.cleaned.blocks if b.kind == "body" and any(
        b.start <= one.mention.start < b.end for one in before.mentions))  # fmt: skip
    words = before.document.text[block.start : block.end].split()[:4]
    query = Filter(query='"' + " ".join(words) + '"')
    relabel(corpus, 1, block.start + 2, "boilerplate")
    with open_reader(corpus) as reader:
        after = reader.article(1)
        assert 1 not in reader.article_ids(query)
    assert not [one for one in after.mentions if block.start <= one.mention.start < block.end]
    assert not [one for one in after.dates if block.start <= one.start < block.end]
    assert [b.kind for b in after.cleaned.blocks if b.start == block.start] == ["boilerplate"]
    relabel(corpus, 1, block.start, "title")
    with open_reader(corpus) as reader:
        assert reader.article(1).row.title == before.document.text[block.start : block.end]
    repair(corpus)
    with open_reader(corpus) as reader:
        assert reader.article(1).row.title == before.document.text[block.start : block.end]
    undo(corpus)
    undo(corpus)
    with open_reader(corpus) as reader:
        assert without_numbers(reader.article(1)) == without_numbers(before)
        assert 1 in reader.article_ids(query)
    assert not list(verify(corpus))


def test_a_line_that_the_page_gives_away_is_what_it_was_after_undo(tmp_path: Path) -> None:
    page = (
        "<html><head><title>زيارة إلى بغداد</title></head><body><nav><a href=/>الرئيسية</a> <a href=/s>رياضة</a></nav>"
        "<article><h1>زيارة إلى بغداد</h1><p>زار سامي حداد بغداد في 26 يوليو 2021 والتقى فيها الوزراء وعاد بعد يومين "
        "إلى بيروت التي انطلق منها.</p><p>وقال إن الزيارة كانت ناجحة جدا وإن اللقاءات تناولت ملفات كثيرة.</p></article>"
        "</body></html>"
    )
    (tmp_path / "page.html").write_text(page, "utf-8")
    corpus = tmp_path / "c.db"
    list(add(corpus, [tmp_path / "page.html"]))
    with open_reader(corpus) as reader:
        before = reader.article(1)
    menu = next(block for block in before.cleaned.blocks if block.rule.startswith("page: "))
    relabel(corpus, 1, menu.start, "body")
    with open_writer(corpus) as writer:
        assert sorted(map(str, writer.article(1).document.marks)) == sorted(map(str, before.document.marks))
    undo(corpus)
    with open_reader(corpus) as reader:
        assert without_numbers(reader.article(1)) == without_numbers(before)


def test_another_is_meant_in_an_article(corpus: Path) -> None:
    baghdad = id_of(corpus, "بغداد")
    with open_reader(corpus) as reader:
        before = reader.entity(baghdad)
        articles = list(reader.article_ids(Filter(entities=(baghdad,), copies=True)))
    correct(corpus, lambda writer: writer.split_articles(baghdad, articles[:2], "بغداد الأخرى"))
    other = id_of(corpus, "بغداد الأخرى")
    with open_reader(corpus) as reader:
        assert sorted(reader.article_ids(Filter(entities=(other,), copies=True))) == sorted(articles[:2])
        assert reader.entity(baghdad).articles == before.articles - 2
    repair(corpus)
    with open_writer(corpus) as writer:
        for article in articles:
            writer.read_again(article)
        read_again(writer)
        # and again of the other one
        writer.split_articles(other, articles[:1], "ثالثة")
        with pytest.raises(QueryError, match="names this entity in none"):
            writer.split_articles(other, articles[:1])
    assert not list(verify(corpus))
    with open_reader(corpus) as reader:
        assert list(reader.article_ids(Filter(entities=(id_of(corpus, "ثالثة"),)))) == articles[:1]
    assert undo(corpus) == "split: بغداد in 1 articles (and 1 more)"
    assert undo(corpus) == "split: بغداد in 2 articles (and 1 more)"
    with open_reader(corpus) as reader:
        assert reader.entity(baghdad) == before


def test_what_is_hidden_stays_hidden_whoever_comes(tmp_path: Path) -> None:
    for number, text in enumerate(("زار باراك أوباما بغداد.\n", "زار أوباما تونس.\nوقال باراك أوباما شيئا.\n")):
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    corpus = tmp_path / "c.db"
    list(add(corpus, [tmp_path / "0.txt"]))
    correct(corpus, lambda writer: writer.hide_entity(writer.article(1).mentions[0].entity_id))
    list(add(corpus, [tmp_path / "1.txt"]))
    with open_reader(corpus) as reader:
        assert not reader.find_entities("أوباما")
        assert len(reader.hidden_entities()) == 1


def test_many_are_one_edit(corpus: Path) -> None:
    with open_reader(corpus) as reader:
        people = list(dict(reader.entity_groups())["PER"])
        articles = list(reader.article_ids(Filter(copies=True)))
    with open_writer(corpus) as writer:
        writer.hide_entities(people[:3])
        with writer.together():
            writer.retype_entities(people[3:5], "ORG")
            writer.reoutlet_articles(articles, "الصحيفة")
    assert len({edit.group for edit in edits(corpus)}) == 2
    assert undo(corpus) == f"retype: {edits(corpus)[3].about[0].split(chr(9))[2]} to ORG (and {1 + len(articles)} more)"
    with open_reader(corpus) as reader:
        assert len(reader.hidden_entities()) == 3
        assert "الصحيفة" not in dict(reader.outlets())
    assert str(undo(corpus)).startswith("hide")
    assert undo(corpus) is None


def test_what_fails_within_a_group_takes_all_of_it_back(corpus: Path) -> None:
    def change(writer: Writer) -> None:
        writer.hide_entity(id_of(corpus, "بغداد"))
        writer.rename_entity(id_of(corpus, "بغداد"), "\x1b\n ")

    with pytest.raises(QueryError, match="new name is empty"):
        correct(corpus, change)
    assert edits(corpus) == []
    assert id_of(corpus, "بغداد")


def test_undo_and_redo_of_several_people(corpus: Path) -> None:
    baghdad = id_of(corpus, "بغداد")

    def rename(who: str, name: str) -> None:
        correct(corpus, lambda writer: writer.rename_entity(baghdad, name), who=who)

    def shown() -> str:
        with open_reader(corpus) as reader:
            return reader.entity(baghdad).name

    rename("ليلى", "واحد")
    rename("سعيد", "اثنان")
    rename("ليلى", "ثلاثة")
    assert [edit.who for edit in edits(corpus)] == ["ليلى", "سعيد", "ليلى"]
    undo(corpus, who="ليلى")
    undo(corpus, who="ليلى")
    assert undo(corpus, who="ليلى") is None
    assert shown() == "اثنان"
    assert redo(corpus, who="سعيد") is None
    redo(corpus, who="ليلى")
    assert shown() == "اثنان"  # what she said first stands where it stood
    redo(corpus, who="ليلى")
    assert shown() == "ثلاثة"
    undo(corpus, who="ليلى")
    rename("سعيد", "أربعة")
    redo(corpus, who="ليلى")  # what another said does not end it
    assert shown() == "أربعة"
    undo(corpus, who="ليلى")
    rename("ليلى", "خمسة")
    assert redo(corpus, who="ليلى") is None
    redo(corpus, 3, who="ليلى")
    undo(corpus, 5, who="سعيد")
    (undone,) = [edit for edit in edits(corpus) if edit.undone]
    assert (undone.id, undone.undone_by) == (5, "سعيد")
    assert redo(corpus, who="سعيد")
    for number in (99, 1):
        with pytest.raises(QueryError):
            redo(corpus, number)
    assert undo(corpus, anyone=True) == "rename: بغداد to خمسة"


def test_a_log_is_taken_over_once_and_waits_for_what_is_not_there(corpus: Path, tmp_path: Path) -> None:
    with open_reader(corpus) as reader:
        start = reader.article(1).cleaned.blocks[0].start
    correct(corpus, lambda writer: writer.rename_entity(id_of(corpus, "بغداد"), "مدينة السلام"), who="ليلى")
    correct(corpus, lambda writer: writer.redate_articles([1, 2], "2020-02-02"), who="سعيد")
    correct(corpus, lambda writer: writer.relabel_blocks([(1, start)], "heading"))
    correct(corpus, lambda writer: writer.hide_entity(id_of(corpus, "واشنطن")), who="سعيد")
    undo(corpus, who="سعيد")
    other, taken = tmp_path / "other.db", log(corpus)
    assert import_edits(other, io.BytesIO(taken), "log", fail) == (5, 0)
    assert import_edits(other, io.BytesIO(taken), "log", fail) == (0, 5)
    list(add(other, list(seeds())[::-1]))
    told = [
        [(e.uid, e.made, e.who, e.group, e.undone, e.undone_by, e.what) for e in edits(one)] for one in (corpus, other)
    ]
    assert told[0] == told[1]
    with open_reader(corpus) as here, open_reader(other) as there:
        for id_ in here.article_ids(Filter(copies=True)):
            one = here.article(id_)
            (same,) = [
                article for article in map(there.article, there.article_ids(Filter(copies=True)))
                if article.document.digest == one.document.digest
            ]  # fmt: skip
            assert (same.row.published.value, same.row.title) == (one.row.published.value, one.row.title)
            assert [date.value for date in same.dates] == [date.value for date in one.dates]
            assert [block.kind for block in same.cleaned.blocks] == [block.kind for block in one.cleaned.blocks]
        assert there.find_entities("مدينة السلام")[0].articles == here.find_entities("مدينة السلام")[0].articles
    assert not list(verify(other))


def test_the_last_undo_or_redo_counts_wherever_it_was(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    list(add(other, seeds()))

    def share(from_: Path, to: Path) -> None:
        import_edits(to, io.BytesIO(log(from_)), "log", fail)

    def shown(path: Path) -> str:
        return next(name for name in ("بغداد", "مدينة السلام", "دار السلام") if _named(path, name))

    correct(corpus, lambda writer: writer.rename_entity(id_of(corpus, "بغداد"), "مدينة السلام"), who="ليلى")
    share(corpus, other)
    assert shown(other) == "مدينة السلام"
    # undone there after it was done here
    undo(other, 1, who="سعيد")
    share(other, corpus)
    (here,) = edits(corpus)
    assert (shown(corpus), here.undone_by) == ("بغداد", "سعيد")
    # given back here, which an older log from there does not change
    older = log(other)
    redo(corpus, 1, who="ليلى")
    import_edits(corpus, io.BytesIO(older), "log", fail)
    (here,) = edits(corpus)
    assert (shown(corpus), here.undone, here.redone_by) == ("مدينة السلام", None, "ليلى")
    share(corpus, other)
    assert shown(other) == "مدينة السلام"
    # what was said later holds, whoever hears of it first
    correct(other, lambda writer: writer.rename_entity(id_of(other, "مدينة السلام"), "دار السلام"), who="سعيد")
    correct(corpus, lambda writer: writer.rename_entity(id_of(corpus, "مدينة السلام"), "بغداد"), who="ليلى")
    share(other, corpus)
    share(corpus, other)
    assert (shown(corpus), shown(other)) == ("بغداد", "بغداد")
    soon = (datetime.now(UTC) + timedelta(1)).isoformat(timespec="seconds")
    # what an entry says is not changed by a line under its id
    wrong = [{**json.loads(line), "what": {}, "undone": soon} for line in log(other).splitlines()]
    for one in wrong:
        one["what"] = {"name": "LOC\tQ1530\tبغداد", "to": "غيرها"}
    taken = "\n".join(map(json.dumps, wrong)).encode()
    assert import_edits(corpus, io.BytesIO(taken), "log", fail) == (0, 3)
    assert not any(edit.undone for edit in edits(corpus))
    assert not list(verify(corpus))


def test_what_is_said_after_an_import_comes_after_it_whatever_clocks_say(corpus: Path) -> None:
    for uid, days in (("0" * 32, 1), ("1" * 32, 300)):
        ahead = {**GOOD, "uid": uid, "made": (datetime.now(UTC) + timedelta(days)).isoformat(timespec="seconds")}
        import_edits(corpus, io.BytesIO(json.dumps(ahead).encode()), "log", fail)
        correct(corpus, lambda writer: writer.rename_entity(id_of(corpus, "مدينة السلام"), "دار السلام"), who="ليلى")
        assert _named(corpus, "دار السلام")
        undo(corpus, who="ليلى")
        assert _named(corpus, "مدينة السلام")
    assert not list(verify(corpus))


def _named(corpus: Path, name: str) -> bool:
    with open_reader(corpus) as reader:
        return any(row.name == name for row in reader.find_entities(name))


GOOD: dict[str, Any] = {
    "uid": "0" * 32, "made": "2026-01-01T00:00:00+00:00", "action": "rename",
    "what": {"name": "LOC\tQ1530\tبغداد", "to": "مدينة السلام"},
}  # fmt: skip
DIGEST = "a" * 64
WRONG: list[dict[str, Any]] = [
    {"uid": "x"}, {"uid": 1}, {"uid": None}, {"made": "أمس"}, {"made": "2026-99-01T00:00:00+00:00"}, {"who": 5},
    {"redone": 5}, {"redone_by": {}}, {"redone": "2026-01-01T00:00:00.5+00:00"}, {"made": "2999-01-01T00:00:00+00:00"},
    {"undone": "9999-12-31T23:59:59+00:00"}, {"group": "g"}, {"undone": True}, {"undone_by": []},
    {"action": "explode"}, {"action": ["rename"]}, {"what": None},
    {"what": {}}, {"what": {"name": "بغداد", "to": "س"}}, {"what": {"name": "LOC\t\tبغداد", "to": "\x1b[31m"}},
    {"what": {"name": "LOC\t\tبغداد", "to": "س" * 501}}, {"what": {"name": "LOC\t\tبغداد", "to": "\ud800"}},
    {"action": "retype", "what": {"name": "LOC\t\tبغداد", "to": "XXX"}},
    {"action": "merge", "what": {"names": [], "into": "LOC\t\tبغداد"}},
    {"action": "merge", "what": {"names": "LOC\t\tبغداد", "into": "LOC\t\tبغداد"}},
    {"action": "split", "what": {"names": ["LOC\t\tأ"], "into": "LOC\t\tأ", "rest": ["LOC\t\tب"]}},
    {"action": "redate", "what": {"digest": DIGEST, "to": "2021-13"}},
    {"action": "redate", "what": {"digest": "b", "to": "2021"}},
    {"action": "relabel", "what": {"digest": DIGEST, "start": -1, "to": "body"}},
    {"action": "relabel", "what": {"digest": DIGEST, "start": True, "to": "body"}},
    {"action": "relabel", "what": {"digest": DIGEST, "start": 1e9, "to": "body"}},
    {"action": "relabel", "what": {"digest": DIGEST, "start": 1, "to": "menu"}},
    {"action": "merge-events", "what": {"mentions": [f"{DIGEST}@-1"]}},
    {"action": "split-copy", "what": {"copy": DIGEST, "of": [DIGEST, 7]}},
]  # fmt: skip


def test_every_wrong_line_is_told_and_the_others_are_taken(tmp_path: Path) -> None:
    lines = [json.dumps({**GOOD, **wrong}) for wrong in WRONG]
    lines += ["", "{", "[]", "[" * 100_000, '{"uid": ' + "9" * 5_000 + "}", "\ufeff" + json.dumps(GOOD)]
    wrong: list[InputError] = []
    stream = io.BytesIO("\n".join(lines).encode() + b"\n\xff\xfe\n" + json.dumps({**GOOD, "uid": "1" * 32}).encode())
    corpus = tmp_path / "c.db"
    assert import_edits(corpus, stream, "log", wrong.append) == (2, 0)
    assert [error.where for error in wrong] == [
        f"log:{at + 1}" for at in range(len(lines) + 1) if at not in (len(WRONG), len(lines) - 1)
    ]
    list(add(corpus, seeds()))
    assert id_of(corpus, "مدينة السلام")
    assert not list(verify(corpus))


def test_a_line_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "log").write_bytes(b"[" * (LONGEST + 9) + b"\n" + json.dumps(GOOD).encode())
    wrong: list[InputError] = []
    with (tmp_path / "log").open("rb") as stream:
        assert import_edits(tmp_path / "c.db", stream, "log", wrong.append) == (1, 0)
    assert [error.where for error in wrong] == ["log:1"]


def test_what_a_kill_left_is_read_again_by_whoever_comes(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        start = next(block.start for block in writer.article(1).cleaned.blocks if block.kind == "body")
        writer.relabel_blocks([(1, start)], "caption")  # and nobody reads it again
    correct(corpus, lambda writer: None)
    with open_reader(corpus) as reader:
        assert next(block.kind for block in reader.article(1).cleaned.blocks if block.start == start) == "caption"


def test_a_refinement_of_what_was_labelled_meanwhile_is_not_stored(corpus: Path) -> None:
    with open_writer(corpus) as writer:
        writer.wait()
        article = writer.article(1)
    relabel(corpus, 1, next(b.start for b in article.cleaned.blocks if b.kind == "body"), "related")
    with open_writer(corpus) as writer:
        assert 1 in writer.waiting(100)
        assert not writer.refine(1, article.document.text, [], article.cleaned.blocks)
        assert writer.refine(1, article.document.text, [], writer.article(1).cleaned.blocks)


def test_an_older_log_gets_ids_that_its_copies_get_too(corpus: Path, tmp_path: Path) -> None:
    from store.database.log import begin

    with open_writer(corpus) as writer:
        writer.hide_entity(id_of(corpus, "بغداد"))
        writer.hide_entity(id_of(corpus, "واشنطن"))
    with closing(sqlite3.connect(corpus)) as raw:
        rows = raw.execute("SELECT id, made, action, what, undone FROM edits").fetchall()
    found = []
    for _ in range(2):
        with closing(sqlite3.connect(":memory:")) as raw:
            raw.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY)")
            raw.execute("CREATE TABLE edits (id INTEGER PRIMARY KEY, made, action, what, undone)")
            raw.executemany("INSERT INTO edits VALUES (?, ?, ?, ?, ?)", rows)
            begin(raw)
            found.append(raw.execute("SELECT uid, batch, who FROM edits").fetchall())
    assert found[0] == found[1]
    assert len({uid for uid, _, _ in found[0]}) == 2
