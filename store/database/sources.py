"""How many outlets tell an event on their own."""

from __future__ import annotations

import sqlite3


def sources(connection: sqlite3.Connection, event_id: int) -> int:
    """The outlets that tell an event; those that print the same sentence, as of one agency, count once.

    An article without a known outlet is a source of its own.
    """
    rows = connection.execute(
        'SELECT a.outlet_id, m.article_id, substr(t.text, m.start + 1, m."end" - m.start)'
        " FROM event_mentions m JOIN texts t ON t.article_id = m.article_id JOIN articles a ON a.id = m.article_id"
        " WHERE m.event_id = ?",
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
        leads[lead(teller)] = lead(" ".join(sentence.split()))
    return len({lead(teller) for teller in tellers})
