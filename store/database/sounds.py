"""Words of the corpus's names by their sound, and which of them a Latin spelling may stand for.

The table `sounds` holds the sound (`store.text.latin.sound`) of every word of every name, and of words that are often
written as one. A look-up reads the words of the sounds that a spelling may have and compares each with it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from math import log

from store.database.lookup import bare
from store.database.remembered import remembered
from store.text.fold import fold_with_map
from store.text.latin import Spelling
from store.text.latin_letters import joined, sound, units
from store.text.latin_names import Part, Span, folded_words, known, longest_known, spans
from store.text.tokens import WORD

_ARABIC = re.compile("[\u0621-\u06d3]")
_LISTED = 0.5
"""What a name that is listed as the English one costs."""
_MOST = 12
"""Most units that a spelling is taken for."""
MANY = 200
"""Most names with a word that are counted."""

Readings = dict[tuple[int, int], dict[str, float]]
"""By span of the parts of a Latin name: the units it may be, likeliest first, with the cost of the spelling."""


def listen(connection: sqlite3.Connection, folded: Sequence[str]) -> None:
    """Make the words of a name (folded) known by their sounds."""
    connection.executemany("INSERT OR IGNORE INTO sounds VALUES (?, ?)", list(heard(folded)))


def heard(folded: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(sound, unit) of all that a name in Arabic letters is looked up by."""
    return sounds_of(units(folded))


def sounds_of(found: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(sound, unit) of each that has Arabic letters."""
    return ((sound(unit), unit) for unit in found if _ARABIC.search(unit))


class Fits:
    """What spans of a name may be read as."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def readings(self, asked: Sequence[Part]) -> Readings:
        """What each span of a name may be."""
        found: Readings = {}
        for span in spans(asked):
            if among := self._of(span):
                found[span.start, span.end] = among
        for start in range(len(asked)):
            for end in range(start + 1, min(len(asked), start + longest_known()) + 1):
                if among := _listed(asked[start:end]):
                    found[start, end] = {**found.get((start, end), {}), **among}
        return found

    def _of(self, span: Span) -> dict[str, float]:
        key = "readings", span.latin, span.article
        return remembered(self._connection, key, lambda: self._look_up(span))

    def _look_up(self, span: Span) -> dict[str, float]:
        spelling = Spelling(span.latin, article=span.article)
        sounds = spelling.sounds()
        rows = self._connection.execute(f"SELECT unit FROM sounds WHERE sound IN ({marks(sounds)})", sounds)
        fits = list(spelling.fits((unit for (unit,) in rows), _MOST).items())
        # What many names have is meant more often.
        fits.sort(key=lambda fit: fit[1] - renown(self._connection, fit[0]))
        return dict(fits)


def _listed(asked: Sequence[Part]) -> dict[str, float]:
    with_articles = " ".join(f"{part.article} {part.latin}" for part in asked).split()
    names = (*known(with_articles), *known(part.latin for part in asked))
    return {" ".join(folded_words(name)): _LISTED for name in names}


def ways(readings: Readings, length: int, start: int = 0) -> Iterator[list[tuple[int, int]]]:
    """Every way of dividing the parts of a name into spans that can be read."""
    if start == length:
        yield []
    for span in sorted(readings):
        if span[0] == start:
            for rest in ways(readings, length, span[1]):
                yield [span, *rest]


def renown(connection: sqlite3.Connection, unit: str) -> float:
    """By how much the names that have a unit make it likelier, as the natural logarithm."""
    return log(1 + having(connection, [telling(unit)], MANY))


def having(connection: sqlite3.Connection, words: Sequence[str], most: int) -> int:
    """How many names have one of some words, as far as `most`."""
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM name_words WHERE word IN ({marks(words)}) LIMIT ?)", (*words, most)
    ).fetchone()
    return int(row[0])


def telling(unit: str) -> str:
    """The word of a unit that the fewest names have, as `name_words` has it."""
    first, *rest = unit.split()
    if not rest:
        return first
    return bare(rest[0]) if joined(first, "") else first


def as_written(form: str, words: Sequence[str], places: Sequence[int]) -> str:
    """The words of a form at some places, as it has them; `words` are its folded ones."""
    folded = fold_with_map(form)
    found = [form[slice(*folded.span(*match.span()))] for match in WORD.finditer(folded.text)]
    shown = found if len(found) == len(words) else words
    return " ".join(shown[at] for at in sorted(places))


def marks(values: Sequence[object]) -> str:
    """As many question marks as there are values."""
    return ", ".join("?" * len(values))
