"""Corpora in which people bookmarked, tagged and noted things of every kind."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from store.annotations import Kind, Target
from store.answers import Filter
from store.database import open_reader, open_writer
from store.database.queries import Reader

HOSTILE = '<script>alert("x")</script> | *نجوم* [رابط](http://evil.example) \\ `رمز` & 1. أول\nسطر ثان\u202e معكوس'
MANY_LINES = "راجع المصدر مع الوزارة.\nثم اسأل سعاد عن التاريخ: 9 ديسمبر 2021.\nSee also the wire of 14 December."


class Put(NamedTuple):
    """What is put on a target."""

    on: Target
    kind: Kind
    text: str = ""
    who: str = "سعاد"


def targets(reader: Reader, f: Filter = Filter()) -> list[Target]:
    """All that can be annotated, in the order of the corpus: articles, sentences, entities, events."""
    articles = sorted(reader.article_ids(Filter(copies=True)))
    found = [Target("article", id_) for id_ in articles]
    found += [Target("sentence", id_, one.start, one.end) for id_ in articles for one in reader.article(id_).sentences]
    found += [Target("entity", id_) for _, ids in reader.entity_groups(f) for id_ in ids]
    return found + [Target("event", id_) for id_ in reader.event_ids(f)]


def put(corpus: Path, several: Iterable[Put]) -> None:
    """Puts them there, in one transaction."""
    with open_writer(corpus) as writer, writer.transaction():
        for one in several:
            writer.annotate(one.on, one.kind, one.text, who=one.who)


def build(source: Path, path: Path) -> Path:
    """A copy of a corpus with something on each kind of thing, told by a brief or not, and with texts that try all."""
    shutil.copy(source, path)
    with open_reader(path) as reader:
        every = targets(reader)
        newest = reader.article_ids()[0]
        lead = next(one for one in every if one.on == "sentence" and one.id == newest)
        told = reader.events(reader.event_ids(Filter(), "outlets", 1))[0]
        some = [*(ids[0] for _, ids in reader.entity_groups()), *(ids[-1] for _, ids in reader.entity_groups())]
    sentences = [one for one in every if one.on == "sentence"]
    quoted = told.sentences[0]
    put(path, [
        Put(Target("article", newest), "bookmark"),
        Put(Target("article", newest), "tag", "متابعة"),
        Put(Target("article", newest), "note", MANY_LINES),
        Put(lead, "tag", "to check", "Jo"),
        Put(sentences[-1], "note", "هذه الجملة هي المهمة", ""),
        Put(sentences[len(sentences) // 2], "bookmark"),
        Put(Target("sentence", quoted.article, quoted.start, quoted.end), "note", "Said in the plenary, too.", "Jo"),
        Put(Target("event", told.id), "note", "يُسأل عنه"),
        Put(Target("event", told.id), "tag", "2021"),
        *(Put(Target("entity", id_), "note", f"من هو؟ {number}") for number, id_ in enumerate(some)),
        *(Put(Target("entity", id_), "tag", "أسماء") for id_ in some),
        Put(every[0], "note", HOSTILE, "<b>أ</b>|*"),
    ])  # fmt: skip
    return path
