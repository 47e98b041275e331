"""The forms of words that the corpus has, each with its stem, and what a search for a word looks for among them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from itertools import compress
from operator import itemgetter

from store.text.nodes import Expand
from store.text.proclitics import forms
from store.text.spelling import spellings
from store.text.stems import joined, stem, without_article

MOST = 60
"""How many forms of one word are looked for at most, the commonest."""
_REMEMBERED = 200_000
"""About how many words a writer remembers: some 30 MB."""


class Keeper:
    """Works within the writer's transactions, and remembers between them which words need not be asked about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()
        self._new: dict[str, str] = {}

    def keep(self, words: Sequence[str], stems: Sequence[str]) -> None:
        """Adds what is new among the folded words of an article, each with its stem. A form stays when its last article
        goes."""
        new = set(words).difference(self._known)
        self._new.update(compress(zip(words, stems, strict=True), map(new.__contains__, words)))
        self._known |= new

    def flush(self) -> None:
        """Writes what is new, in the order in which it will stand, at the end of a transaction."""
        if self._new:
            self._connection.executemany(_INSERT, sorted(self._new.items(), key=itemgetter(1, 0)))
            self._new.clear()
        if len(self._known) > _REMEMBERED:
            self._known.clear()

    def forget(self) -> None:
        """A transaction was taken back."""
        self._known.clear()
        self._new.clear()


_INSERT = "INSERT OR IGNORE INTO word_forms VALUES (?, ?)"


def fill(connection: sqlite3.Connection) -> None:
    """Makes the table anew from the words of the index: for a migration that brings it, or other stems."""
    connection.execute("DELETE FROM word_forms")
    connection.execute("CREATE VIRTUAL TABLE temp.filling USING fts5vocab(main, article_words, row)")
    words = [word for (word,) in connection.execute("SELECT term FROM temp.filling")]
    connection.executemany(_INSERT, ((word, stem(word)) for word in words))
    connection.execute("DROP TABLE temp.filling")


def expansion(connection: sqlite3.Connection) -> Expand:
    """What a plain word is looked for as in this corpus: see `expand`."""
    return partial(expand, connection)


def expand(connection: sqlite3.Connection, word: str, most: int) -> Sequence[str]:
    """The word, then the corpus's forms of it: its spellings with the proclitics they may carry, and the forms that
    have the same stem; of more than `most` (or MOST) the commonest."""
    by_stem: dict[str, list[str]] = {}
    own: set[str] = set()
    found: set[str] = set()
    for spelling in spellings(word):
        own.add(stem(spelling))
        stems = joined(spelling)
        for form, stored in _of_stems(connection, list(stems)):
            by_stem.setdefault(stems[stored], []).append(form)
        found.update(_there(connection, forms(spelling)))
    nouns = {bare for bare, of_stem in by_stem.items() if any(without_article(form) != form for form in of_stem)}
    for bare, of_stem in by_stem.items():
        # Other persons of a verb, unless either turns out to be a noun: تقدم is more often progress than she offers.
        if bare in own or not (nouns & {bare, *own}):
            found.update(of_stem)
    found.discard(word)
    room = min(most, MOST) - 1
    return (word, *(sorted(found) if len(found) <= room else _commonest(connection, found)[:room]))


def _of_stems(connection: sqlite3.Connection, stems: Sequence[str]) -> list[tuple[str, str]]:
    marks = ", ".join("?" * len(stems))
    return connection.execute(f"SELECT form, stem FROM word_forms WHERE stem IN ({marks})", stems).fetchall()


def _there(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """Those of the words that the corpus has, which stand under their stems."""
    one = "SELECT 1 FROM word_forms WHERE stem = ? AND form = ?"
    return [word for word in words if connection.execute(one, (stem(word), word)).fetchone()]


def _commonest(connection: sqlite3.Connection, found: set[str]) -> list[str]:
    """Those of most articles first; the index counts them as it would to find them."""
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.counted USING fts5vocab(main, article_words, row)")
    counts = {
        form: count
        for form in found
        for (count,) in connection.execute("SELECT doc FROM temp.counted WHERE term = ?", (form,))
    }
    return sorted(found, key=lambda form: (-counts.get(form, 0), form))
