"""How many outlets tell an event on their own."""

from __future__ import annotations

import hashlib
import sqlite3


def sentence_code(sentence: str) -> int:
    """A number that is the same for the same sentence, whatever the spaces; 8 bytes of BLAKE2b."""
    digest = hashlib.blake2b(" ".join(sentence.split()).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def sources(connection: sqlite3.Connection, event_id: int) -> int:
    """The outlets that tell an event; those that print the same sentence, as of one agency, count once.

    An article without a known outlet is a source of its own.
    """
    rows = connection.execute(
        "SELECT DISTINCT a.outlet_id, CASE WHEN a.outlet_id IS NULL THEN m.article_id END, m.sentence"
        " FROM event_mentions m JOIN articles a ON a.id = m.article_id WHERE m.event_id = ?",
        (event_id,),
    )
    leads: dict[object, object] = {}

    def lead(of: object) -> object:
        while leads.setdefault(of, of) != of:
            of = leads[of]
        return of

    tellers = set()
    for outlet, article, sentence in rows:
        teller = ("outlet", outlet) if outlet is not None else ("article", article)
        tellers.add(teller)
        leads[lead(teller)] = lead(sentence)
    return len({lead(teller) for teller in tellers})
