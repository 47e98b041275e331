"""Names that reasons quote, as texts write them: stored is what they are compared by, folded."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable

from store.text.fold import fold

_NAME = re.compile("[\u0621-\u064a]+(?: [\u0621-\u064a]+)*")
_LOOKED_AT = 200
"""Forms of names with a word, of which the spelling of most is taken."""


def as_written(connection: sqlite3.Connection, reasons: Iterable[str]) -> list[str]:
    """Reasons why names belong together, each with the names or the word that it quotes in their most usual spelling
    (`the same name without وزارة`, stored as `وزاره`)."""
    known: dict[str, str] = {}

    def written(found: re.Match[str]) -> str:
        name = found[0]
        if name not in known:
            known[name] = _written(connection, name)
        return known[name]

    # who decided something writes their own name as they like
    return [reason if "by a person (" in reason else _NAME.sub(written, reason) for reason in reasons]


def _written(connection: sqlite3.Connection, name: str) -> str:
    row = connection.execute(
        "SELECT f.form FROM names n CROSS JOIN forms f ON f.name_id = n.id WHERE n.plain = ? AND f.displayed > 0"
        " ORDER BY f.displayed DESC, f.form LIMIT 1",
        (name,),
    ).fetchone()
    if row is not None:
        return str(row[0])
    forms = connection.execute(
        "SELECT f.form, f.displayed FROM name_words w CROSS JOIN forms f ON f.name_id = w.name_id"
        " WHERE w.word = ? AND f.displayed > 0 LIMIT ?",
        (name, _LOOKED_AT),
    )
    spellings: Counter[str] = Counter()
    for form, displayed in forms:
        spellings.update({word: displayed for word in form.split() if fold(word) == name})
    return max(spellings, key=lambda word: (spellings[word], word), default=name)
