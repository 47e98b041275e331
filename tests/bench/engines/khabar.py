"""khabar itself: its Reader, asked as the explorer asks it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from store.answers import ArticleOrder, Filter
from store.database import Reader, kept, open_reader
from store.database.indexing import indexed
from store.text.lexing import index_words
from tests.bench.engines import COUNT, IDS, PAGE, RANKED, SNIPPETS, TITLES, Ask, Built, Engine, Text, building, cpu

NAME = "khabar"
EXACT = "khabar, exactly the words as typed"
ANEW = "khabar, the file opened for each question"
AGAIN = "khabar, asked again"


def texts(reader: Reader) -> tuple[list[Text], Built]:
    """All articles of a corpus, the oldest first; and what folding their words took."""
    found: list[Text] = []
    spent = 0.0
    for place, id_ in enumerate(reversed(reader.article_ids()), 1):
        article = reader.article(id_)
        text = article.document.text
        begun = cpu()
        words = indexed(text, article.row.title, article.cleaned.blocks)
        spent += cpu() - begun
        found.append(Text(id_, place, article.row.title, text, words))
    return found, Built("folding the words, for all but ripgrep and unicode61", spent, None)


def ready(reader: Reader, articles: Sequence[Text]) -> Engine:
    """The open corpus that the texts are from."""
    engine = Engine()
    places = {text.id: text.place for text in articles}

    def ids(query: str, order: ArticleOrder = "newest") -> Sequence[int]:
        return reader.article_ids(Filter(query=query), order, PAGE)

    def titles(query: str) -> int:
        return len(reader.articles(ids(query)))

    def anew(query: str) -> int:
        with open_reader(reader.path) as other:
            return len(other.articles(other.article_ids(Filter(query=query), most=PAGE)))

    def forms(query: str) -> int:
        return sum(len(reader.forms(word)) for word in index_words(query).split())

    def found(query: str) -> set[int]:
        return {places[id_] for id_ in reader.article_ids(Filter(query=query))}

    def forget(query: str) -> None:
        kept.forget()

    def count(query: str) -> int:
        return reader.count(Filter(query=query))

    with building(engine, "khabar: what it reads of the corpus at its first question", lambda: None):
        reader.prepare()
    engine.asks = [
        Ask("the forms of the words", NAME, forms, forget),
        Ask(IDS, NAME, lambda query: len(ids(query)), forget),
        Ask(IDS, EXACT, lambda query: len(ids(exactly(query))), forget),
        Ask(TITLES, NAME, titles, forget),
        Ask(TITLES, EXACT, lambda query: titles(exactly(query)), forget),
        Ask(TITLES, ANEW, anew, forget),
        Ask(TITLES, AGAIN, titles, count),
        Ask(SNIPPETS, NAME, lambda query: len(reader.articles(ids(query), query)), forget),
        Ask(COUNT, NAME, count, forget),
        Ask(COUNT, EXACT, lambda query: count(exactly(query)), forget),
        Ask(COUNT, AGAIN, count, count),
        Ask("best 50 of the newest 2,000 hits", NAME, lambda query: len(ids(query, "relevance")), forget),
        Ask(RANKED, NAME, lambda query: len(ids(query, "best")), forget),
    ]
    engine.finds = {NAME: found, EXACT: lambda query: found(exactly(query))}
    engine.built += _sizes(reader.path)
    return engine


def exactly(query: str) -> str:
    """A query for its words in no other form."""
    return " ".join(f"={word}" for word in query.split())


def _sizes(path: Path) -> Iterator[Built]:
    """The whole file, and the tables that are more than one in 200 of it, with their indexes."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        virtual = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
        ]
        try:
            rows = connection.execute(
                "SELECT coalesce(m.tbl_name, d.name), sum(d.pgsize) FROM dbstat d"
                " LEFT JOIN sqlite_master m ON m.name = d.name GROUP BY 1"
            ).fetchall()
        except sqlite3.OperationalError:
            rows = []  # an SQLite that was built without dbstat
    sizes: dict[str, int] = {}
    for name, size in rows:
        table = next((each for each in virtual if name.startswith(f"{each}_")), name)
        sizes[table] = sizes.get(table, 0) + size
    whole = path.stat().st_size
    yield Built("khabar: the whole database", None, whole)
    for table, size in sorted(sizes.items(), key=lambda each: -each[1]):
        if size * 200 > whole:
            yield Built(f"khabar: of it, {table}", None, size)
