"""tantivy, a search library in Rust, on the same folded words as khabar's index."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.text.lexing import index_words
from store.text.nodes import MAX_FORMS
from tests.bench.engines import (
    ALIKE,
    COUNT,
    IDS,
    PAGE,
    RANKED,
    SNIPPETS,
    TITLES,
    TYPED,
    Ask,
    Built,
    Engine,
    Forms,
    Text,
    building,
    size_of,
)

if TYPE_CHECKING:
    import tantivy

NAME = "tantivy"
_HEAP = 1_000_000_000
"""Bytes for its writer: enough for one segment, so that nothing is left to merge."""


def ready(articles: Sequence[Text], forms: Forms, folder: Path) -> Engine:
    """An index in a folder of its own, of one thread and one segment."""
    if importlib.util.find_spec("tantivy") is None:
        return Engine("tantivy is not installed: `make bench-peers` brings it")
    import tantivy

    engine = Engine()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True, tokenizer_name="words")
    builder.add_text_field("body", stored=True, tokenizer_name="words")
    builder.add_integer_field("place", fast=True)
    schema = builder.build()
    folder.mkdir()
    with building(engine, f"{NAME}: index", lambda: size_of(folder) - size_of(folder, ".store")):
        index = tantivy.Index(schema, path=str(folder))
        index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for text in articles:
            writer.add_document(tantivy.Document(title=text.words[0], body=text.words[1], place=text.place))
        writer.commit()
        writer.wait_merging_threads()
    engine.built.append(
        Built(f"{NAME}: the texts stored for snippets (their time is in the index's)", None, size_of(folder, ".store"))
    )
    index.reload()
    for name, written in ((TYPED, lambda word: (word,)), (ALIKE, lambda word: forms(word, MAX_FORMS))):
        _asked(engine, index, schema, f"{NAME}, {name}", written)
    return engine


def _asked(
    engine: Engine, index: tantivy.Index, schema: tantivy.Schema, name: str, forms: Callable[[str], Sequence[str]]
) -> None:
    import tantivy

    searcher = index.searcher()

    def parsed(query: str) -> tantivy.Query:
        """Every word in one of its forms, in title or body. The fastest way to write it: a set of terms is slower."""
        either = [
            tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Should, tantivy.Query.term_query(schema, column, form))
                    for column in ("title", "body")
                    for form in forms(word)
                ]
            )
            for word in index_words(query).split()
        ]
        if len(either) == 1:
            return either[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in either])

    def newest(asked: tantivy.Query, most: int = PAGE) -> list[tuple[Any, tantivy.DocAddress]]:
        """(place, address) of the newest. Without scores, which is faster and changes no order."""
        without = tantivy.Query.const_score_query(asked, 1.0)
        found: list[tuple[Any, tantivy.DocAddress]] = searcher.search(
            without, most, count=False, order_by_field="place"
        ).hits
        return found

    def snippets(query: str) -> int:
        asked = parsed(query)
        maker = tantivy.SnippetGenerator.create(searcher, asked, schema, "body")
        shown = [(document["title"], maker.snippet_from_doc(document).to_html()) for document in documents(asked)]
        return len(shown)

    def documents(asked: tantivy.Query) -> list[tantivy.Document]:
        return [searcher.doc(address) for _, address in newest(asked)]

    def count(query: str) -> int:
        return int(searcher.search(tantivy.Query.const_score_query(parsed(query), 1.0), 1, count=True).count)

    engine.asks += [
        Ask(IDS, name, lambda query: len(newest(parsed(query)))),
        Ask(TITLES, name, lambda query: len([document["title"] for document in documents(parsed(query))])),
        Ask(SNIPPETS, name, snippets),
        Ask(COUNT, name, count),
        Ask(RANKED, name, lambda query: len(searcher.search(parsed(query), PAGE, count=False).hits)),
    ]
    engine.finds[name] = lambda query: {place for place, _ in newest(parsed(query), searcher.num_docs)}
