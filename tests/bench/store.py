"""How fast a corpus is written and asked: a synthetic one, made of the sample articles' sentences, in a folder that
goes away again. `python -m tests.bench.store [ARTICLES]` prints milliseconds, median and 95th percentile."""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from store.answers import Filter
from store.database import open_reader, open_writer
from store.models import (
    Analysis,
    Block,
    Cleaned,
    DateMention,
    Document,
    Mention,
    MentionType,
    Published,
    Sentence,
    Source,
    Title,
)
from store.resolve.events import of_document
from store.samples import seeds
from store.text.sentences import split
from store.text.tokens import words

REPEATS = 40


def main() -> None:
    """Builds the corpus and prints the figures."""
    articles = next((int(argument) for argument in sys.argv[1:] if argument.isdigit()), 2000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        start = time.process_time()
        with open_writer(path) as writer:
            for analysis in synthetic(articles):
                writer.add(analysis)
        spent = (time.process_time() - start) * 1000 / articles
        size = path.stat().st_size / 2**20
        print(f"{articles} articles: {spent:.1f} ms CPU each to make up and write, {size:.0f} MiB")
        measure(path)


def measure(path: Path) -> None:
    """Asks each question repeatedly, each time over a connection of its own, as the explorer does."""
    with open_reader(path) as reader:
        groups = dict(reader.entity_groups())
    big, small = groups["PER"][0], groups["PER"][len(groups["PER"]) // 2]
    newest = Filter()
    questions: list[tuple[str, Callable[[], object]]] = []

    def ask(name: str, question: Callable[..., object]) -> None:
        def once() -> object:
            with open_reader(path) as reader:
                return question(reader)

        questions.append((name, once))

    def page(f: Filter) -> Callable[..., object]:
        return lambda reader: reader.articles(reader.article_ids(f)[:50], f.query)

    ask("newest 50 articles, all ids", page(newest))
    ask("search a word", lambda reader: reader.article_ids(Filter(query="بغداد")))
    ask("search a word, 50 rows with snippets", page(Filter(query="بغداد")))
    ask("search two words", lambda reader: reader.article_ids(Filter(query="القوات قتالية")))
    ask("search a word, by relevance", lambda reader: reader.article_ids(Filter(query="بغداد"), "relevance"))
    ask("search near", lambda reader: reader.article_ids(Filter(query="القوات NEAR/5 الأمريكية")))
    ask("search with fields", lambda reader: reader.article_ids(Filter(query="title:بغداد OR القوات date:2015..2016")))
    ask("search a phrase", lambda reader: reader.article_ids(Filter(query='"التحالف الدولي"')))
    ask("entity → articles (frequent)", page(Filter(entities=(big,))))
    ask("entity → articles (rare)", page(Filter(entities=(small,))))
    ask("entities, all", lambda reader: reader.entity_groups())
    ask("entities of a frequent entity's articles", lambda reader: reader.entity_groups(Filter(entities=(big,))))
    ask("entities of a search", lambda reader: reader.entity_groups(Filter(query="بغداد")))
    ask("50 entity rows within a search", lambda r: r.entities(groups["PER"][:50], Filter(query="بغداد")))
    ask("timeline, all ids", lambda reader: reader.event_ids())
    ask("timeline, 50 rows", lambda reader: reader.events(reader.event_ids()[:50]))
    ask("timeline of an entity", lambda reader: reader.event_ids(Filter(entities=(big,))))
    ask("months, all", lambda reader: reader.buckets(Filter(), "month"))
    ask("months of an entity", lambda reader: reader.buckets(Filter(entities=(big,)), "month"))
    ask("overview", lambda reader: reader.overview())
    ask("one article", lambda reader: reader.article(1))
    for name, once in questions:
        times = []
        for _ in range(REPEATS):
            start = time.perf_counter()
            once()
            times.append((time.perf_counter() - start) * 1000)
            if sum(times) > 20_000:
                break
        times.sort()
        print(f"{name:45} p50 {times[len(times) // 2]:8.2f}   p95 {times[int(len(times) * 0.95)]:8.2f} ms")


def synthetic(articles: int, seed: int = 7) -> Iterator[Analysis]:
    """Articles of about a dozen sample sentences, with some twelve names and two dates each; the same every time."""
    chance = random.Random(seed)
    pool = [text[s.start : s.end] for text in (p.read_text("utf-8") for p in seeds()) for s in split(text)]
    vocabulary = sorted({text[s:e] for text in pool for s, e in words(text) if e - s > 3})
    kinds: tuple[MentionType, ...] = ("PER", "PER", "ORG", "LOC", "MISC")
    entities = [(f"{chance.choice(vocabulary)} {chance.choice(vocabulary)}", chance.choice(kinds)) for _ in range(2000)]
    weights = [1 / (rank + 1) for rank in range(len(entities))]
    outlets = [f"صحيفة {word}" for word in vocabulary[:30]]
    for number in range(articles):
        day = date(2010, 1, 1) + timedelta(days=number * 5000 // articles)
        text = ""
        sentences: list[Sentence] = []
        mentions: list[Mention] = []
        dates: list[DateMention] = []
        for at in range(12):
            start = len(text)
            name, kind = chance.choices(entities, weights)[0]
            text += f"{chance.choice(pool).rstrip('.')} {name}"
            mentions.append(
                Mention(len(text) - len(name), len(text), name, kind, name, None, 1.0, "bench", "1", "made", "")
            )
            if at in (2, 7):
                told = (day - timedelta(days=chance.randrange(60))).isoformat()
                dates.append(
                    DateMention(
                        len(text) + 1, len(text) + 11, told, "DATE", told, None, told, told, "day", "asserted",
                        day.isoformat(), "made", "bench", "1",
                    )
                )  # fmt: skip
                text += f" {told}"
            sentences.append(Sentence(start, len(text)))
            text += ".\n"
        title = Title(text[: sentences[0].end], 0, sentences[0].end, "line")
        blocks = (Block(0, sentences[0].end, "title", "made"), Block(sentences[1].start, len(text) - 1, "body", "made"))
        published = Published(day.isoformat(), "given", "made")
        digest = hashlib.sha256(f"{number} {text}".encode()).hexdigest()
        document = Document(text, Source(f"bench:{number}", "bench", "1"), digest)
        events = of_document(text, sentences, blocks, dates, mentions, published)
        yield Analysis(
            document,
            Cleaned(blocks, title, chance.choice(outlets), "made", ()),
            published,
            tuple(sentences),
            tuple(mentions),
            tuple(dates),
            tuple(events),
        )


if __name__ == "__main__":
    main()
