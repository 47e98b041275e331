"""What is added comes back as it was, once, and a kill never leaves half of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from store.answers import Filter
from store.database import open_reader, open_writer, verify
from store.errors import CorpusError, InputError
from store.models import Block, Sentence
from tests.store.database.making import analysis

FIRST = analysis(
    "الكاظمي يزور واشنطن\nالتقى مصطفى الكاظمي في 26 يوليو 2021 الرئيس جو بايدن. ثم عاد الكاظمي إلى بغداد.\nاقرأ أيضا",
    [("مصطفى الكاظمي", "PER"), ("جو بايدن", "PER"), ("بغداد", "LOC", "بغداد", "Q1530")],
    [("26 يوليو 2021", "2021-07-26")],
    "2021-07-27T08:30",
    outlet="الشرق",
    kinds=("title", "body", "related"),
)
SECOND = analysis("أعلن جو بايدن في 9 ديسمبر 2021 القرار.", [("جو بايدن", "PER")], [("9 ديسمبر 2021", "2021-12-09")])


def dump(path: Path) -> list[str]:
    """All that is stored, without the moments of writing."""
    import sqlite3

    connection = sqlite3.connect(path)
    return [line for line in connection.iterdump() if "_sqlite_migrations" not in line and '"documents"' not in line]


def test_what_was_added_comes_back(tmp_path: Path) -> None:
    with open_writer(tmp_path / "c.db") as writer:
        article_id, new = writer.add(FIRST)
    assert new
    with open_reader(tmp_path / "c.db") as reader:
        article = reader.article(article_id)
        assert (article.document, article.cleaned) == (FIRST.document, FIRST.cleaned)
        assert article.sentences == FIRST.sentences
        assert article.dates == FIRST.dates
        assert tuple(stored.mention for stored in article.mentions) == FIRST.mentions
        assert tuple(event for _, event in article.events) == FIRST.events
        assert article.row.published == FIRST.published
        assert (article.row.title, article.row.outlet) == ("الكاظمي يزور واشنطن", "الشرق")
    assert not list(verify(tmp_path / "c.db"))


def test_the_same_document_is_added_once(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        first = writer.add(FIRST)
        writer.add(SECOND)
        before = dump(path)
        assert writer.add(FIRST) == (first[0], False)
        assert dump(path) == before


def test_removed_and_added_again_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        kept, _ = writer.add(SECOND)
        gone, _ = writer.add(FIRST)
        assert writer.remove(gone)
        assert not writer.remove(gone)
        assert not list(verify(path))
        with open_reader(path) as reader:
            assert list(reader.article_ids()) == [kept]
            assert not reader.article_ids(Filter(query="بغداد"))
            assert not reader.find_entities("الكاظمي")
            assert [row.articles for row in reader.find_entities("بايدن")] == [1]
            assert len(reader.event_ids()) == 1
            assert reader.outlets() == []
        writer.add(FIRST)
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.article_ids(Filter(query="بغداد"))) == 1


def test_a_new_analysis_replaces_the_old_one_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    again = analysis(FIRST.document.text, [("واشنطن", "LOC")], (), "2021-07-27", kinds=("title",), version="2")
    with open_writer(path) as writer:
        article_id, _ = writer.add(FIRST)
        writer.bookmark(article_id)
        assert writer.replace(again) == article_id
        with pytest.raises(CorpusError, match="no such document"):
            writer.replace(SECOND)
    with open_reader(path) as reader:
        article = reader.article(article_id)
        assert [stored.mention.text for stored in article.mentions] == ["واشنطن"]
        assert article.row.bookmarked
        assert article.events == ()
    assert not list(verify(path))


def test_a_document_that_cannot_be_stored_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    with open_writer(path) as writer:
        writer.add(SECOND)
        before = dump(path)
        torn = analysis("أول سطر\nقال بايدن كذا.", [("بايدن", "PER")])
        with pytest.raises(InputError, match=r"made\.txt"):
            writer.add(replace(torn, document=replace(torn.document, text=torn.document.text[:-3] + "\ud800.")))
        twice = replace(torn, sentences=(*torn.sentences, *torn.sentences))
        with pytest.raises(InputError, match="could not be stored"):
            writer.add(twice)
        assert dump(path) == before
        writer.add(FIRST)
    assert not list(verify(path))


KILLED = """
import os, sys
from store.database import open_writer
from store.database.linking import Linker
from tests.store.database.making import analysis

count = Linker.count
def dying(self, article_id, *rest):
    count(self, article_id, *rest)
    if article_id == 3:
        print("now", flush=True)
        os.kill(os.getpid(), 9)
Linker.count = dying
with open_writer(sys.argv[1]) as writer:
    for number in range(9):
        writer.add(analysis(f"الخبر {number} عن بايدن.", [("بايدن", "PER")]))
"""


def test_a_kill_within_a_transaction_leaves_whole_documents(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.article_ids()) == 2
    with open_writer(path) as writer:
        for number in range(9):
            writer.add(analysis(f"الخبر {number} عن بايدن.", [("بايدن", "PER")]))
    assert not list(verify(path))
    with open_reader(path) as reader:
        assert len(reader.article_ids()) == 9


MAKING = "import sys; from store.database import open_writer; print(flush=True); open_writer(sys.argv[1]).close()"


@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.25, 0.35])
def test_a_kill_while_a_corpus_is_made_leaves_one_that_can_be_finished(tmp_path: Path, after: float) -> None:
    path = tmp_path / "c.db"
    with subprocess.Popen([sys.executable, "-c", MAKING, str(path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        deadline = time.monotonic() + after
        while time.monotonic() < deadline and process.poll() is None:
            os.sched_yield()
        process.kill()
    with open_writer(path) as writer:
        writer.add(FIRST)
    assert not list(verify(path))


def test_a_text_that_repeats_itself_is_stored_in_bounded_time(tmp_path: Path) -> None:
    """What is one event already is not compared and joined again, sentence by sentence."""
    made = analysis("زار سامي حداد تونس في 9 مارس 2021.", [("سامي حداد", "PER")], [("9 مارس 2021", "2021-03-09")])
    (event,) = made.events
    said = made.document.text + " "
    text = said * 1500
    at = [number * len(said) for number in range(1500)]
    mention, date = made.mentions[0], made.dates[0]
    document = replace(made.document, text=text, digest="5" * 64)
    repeated = replace(
        made,
        document=document,
        cleaned=replace(made.cleaned, blocks=(Block(0, len(text), "body", "made"),)),
        sentences=tuple(Sentence(start, start + len(said) - 1) for start in at),
        mentions=tuple(replace(mention, start=mention.start + start, end=mention.end + start) for start in at),
        dates=tuple(replace(date, start=date.start + start, end=date.end + start) for start in at),
        events=tuple(
            replace(
                event,
                start=event.start + start,
                end=event.end + start,
                date_start=event.date_start + start,
                date_end=event.date_end + start,
            )
            for start in at
        ),
    )
    begun = time.process_time()
    with open_writer(tmp_path / "c.db") as writer:
        writer.add(repeated)
    assert time.process_time() - begun < 6
    with open_reader(tmp_path / "c.db") as reader:
        (id_,) = reader.event_ids()
        assert len(reader.events([id_])[0].sentences) == 1500
