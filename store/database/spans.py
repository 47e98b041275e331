"""Storing what was found in a text."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from store.database.known_names import KnownNames
from store.database.repeated import Repeated
from store.models import Analysis, DateMention, Mention

Spanned = TypeVar("Spanned", Mention, DateMention)


class Spans:
    """Works within the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection, repeated: Repeated, names: KnownNames) -> None:
        self._connection = connection
        self._repeated = repeated
        self._names = names

    def store(self, article_id: int, analysis: Analysis) -> None:
        """Stores blocks, sentences and dates."""
        many, id_of, ground = self._connection.executemany, self._repeated.id, self._repeated.ground
        many(
            "INSERT INTO blocks VALUES (?, ?, ?, ?)",
            [(article_id, b.start, b.end, id_of("block_rules", b.kind, b.rule)) for b in analysis.cleaned.blocks],
        )
        many("INSERT INTO sentences VALUES (?, ?, ?)", [(article_id, s.start, s.end) for s in analysis.sentences])
        many(
            f"INSERT INTO dates VALUES ({', '.join('?' * 7)})",
            [
                (
                    article_id, d.start, d.end, id_of("expressions", d.text),
                    id_of("meanings", d.value, d.type, d.mod, d.earliest, d.latest, d.precision, d.modality, d.bound),
                    ground(d.extractor, d.version, d.rule), d.anchor,
                )
                for d in by_span(analysis.dates)
            ],
        )  # fmt: skip

    def mentions(
        self, article_id: int, analysis: Analysis, parted: Mapping[str, str] = {}, later: bool = False
    ) -> tuple[list[tuple[int, int, int]], list[int]]:
        """Stores the names, each with its forms counted; returns (start, end, name id) of each, and which names are new
        to the corpus. `parted` as in `naming.key_here`, `later` as in `linking.Linker.count`, which is to follow."""
        mentions = by_span(analysis.mentions)
        ids = [(mention.start, mention.end, self._names.id(mention, parted)) for mention in mentions]
        new = self._names.write(Counter(name_id for _, _, name_id in ids), later)
        shown = [(name_id, mention.name) for mention, (_, _, name_id) in zip(mentions, ids, strict=True)]
        written = [(name_id, mention.text) for mention, (_, _, name_id) in zip(mentions, ids, strict=True)]
        displayed, surfaces = Counter(shown), Counter(written)
        used = dict.fromkeys((*displayed, *surfaces))
        forms = self._names.forms({form: (displayed[form], surfaces[form]) for form in used}, later)
        self._connection.executemany(
            f"INSERT INTO mentions VALUES ({', '.join('?' * 6)})",
            [
                (
                    article_id, mention.start, mention.end, forms[name],
                    self._repeated.ground(
                        mention.extractor, mention.version, mention.rule, mention.score, mention.reason
                    ),
                    None if name == surface else forms[surface],
                )
                for mention, name, surface in zip(mentions, shown, written, strict=True)
            ],
        )  # fmt: skip
        return ids, new


def by_span(spans: Iterable[Spanned]) -> list[Spanned]:
    """One for each span, the first where an extractor gives several."""
    spans = list(spans)
    if len({(span.start, span.end) for span in spans}) == len(spans):
        return spans
    found: dict[tuple[int, int], Spanned] = {}
    for span in spans:
        found.setdefault((span.start, span.end), span)
    return list(found.values())
