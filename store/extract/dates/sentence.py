"""A sentence as the grammar reads it: items with their codes, and the cues that colour its dates."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, cast

from store.extract.dates.clauses import NOUN_AFTER, Cue
from store.extract.dates.lexicon import Lexicon, Values, Word, tokens_of
from store.extract.dates.meaning import Number
from store.extract.dates.numbers import Reader, Roles


class Item(NamedTuple):
    """A word, a mark, a number or what a rule made of several: a span of the folded sentence and its values."""

    start: int
    end: int
    values: Values


@dataclass(slots=True)
class Line:
    """The items of a sentence (code, start, end and values of each) and its cues, in reading order.

    Values are by class. "#" is a number; what a rule made has its meaning under "=", the rule's name under "rule", and
    under "inner" the last of its items, which stands when the whole cannot be resolved.
    """

    codes: str
    starts: list[int]
    ends: list[int]
    values: list[Values]
    cues: list[Cue]

    def item(self, at: int) -> Item:
        """The item at an index."""
        return Item(self.starts[at], self.ends[at], self.values[at])


def _is_noun(before: Word | None) -> bool:
    """Whether a word that is a perfect or a noun of the same letters is the noun, by the word before it."""
    return before is not None and (before.cue in NOUN_AFTER or "NOUNAFTER" in before.entry.values)


def _twofold(after: str) -> str:
    """What a verb in ت is: before a feminine noun an imperfect ("تصدر المجلة"), else a perfect."""
    return "perhaps" if after.endswith("ه") else "past"


_SHORT = 2_000
"""Code points of a sentence up to which it is remembered how it was taken apart."""


def read(folded: str, lexicon: Lexicon) -> Line:
    """Take a folded sentence apart; of several unknown words in a row the first stands for all.

    Dates and quantities are both read off it: whoever asks next is given the same, so nobody may change it.
    """
    return (_kept if len(folded) <= _SHORT else _read)(folded, lexicon)


def _read(folded: str, lexicon: Lexicon) -> Line:
    codes: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    values: list[Values] = []
    cues: list[Cue] = []
    numeral, unknown = False, False
    tokens, begins, stops = tokens_of(folded)
    words = list(map(lexicon.words.__getitem__, tokens))
    at, count = 0, len(tokens)
    while at < count:
        index, word = at, words[at]
        at += 1
        if word.dull and unknown:
            continue
        start, end = begins[index], stops[index]
        entry, cue = word.entry, word.cue
        if word.known:
            if word.prefixes:
                for place, prefix in enumerate(word.prefixes, start):
                    codes.append(prefix.code)
                    starts.append(place)
                    ends.append(place + 1)
                    values.append(prefix.values)
                start += word.skip
            if word.longer and at < count:
                for rest, longer in word.longer.get(tokens[at], ()):
                    if tuple(tokens[at : at + len(rest)]) == rest:
                        entry, cue = longer, longer.cue
                        at += len(rest)
                        end = stops[at - 1]
                        break
            numeral = numeral or entry.is_number
        elif word.cuts and not cue:  # several words run together
            edges = (0, *word.cuts, end - start)
            parts = [tokens[index][a:b] for a, b in pairwise(edges)]
            tokens[index:at], words[index:at] = parts, [lexicon.words[part] for part in parts]
            begins[index:at] = [start + edge for edge in edges[:-1]]
            stops[index:at] = [start + edge for edge in edges[1:]]
            at, count = index, len(tokens)
            continue
        if cue:
            if cue == "twofold":
                cue = _twofold(tokens[at] if at < count else "")
            if cue != "either" or not _is_noun(words[index - 1] if index else None):
                cues.append((start, end, cue))
        if not word.known and unknown:
            continue
        unknown = not word.known
        codes.append(entry.code)
        starts.append(start)
        ends.append(end)
        values.append(entry.values)
    line = Line("".join(codes), starts, ends, values, cues)
    return _merge_numbers(folded, line, lexicon) if numeral else line


@lru_cache(64)
def _kept(folded: str, lexicon: Lexicon) -> Line:
    return _read(folded, lexicon)


class _Texts:
    """What the items of a line look like in the folded sentence."""

    __slots__ = ("_folded", "_line")

    def __init__(self, folded: str, line: Line) -> None:
        self._folded, self._line = folded, line

    def __len__(self) -> int:
        return len(self._line.codes)

    def __getitem__(self, at: int) -> str:
        return self._folded[self._line.starts[at] : self._line.ends[at]]


def _merge_numbers(folded: str, line: Line, lexicon: Lexicon) -> Line:
    """Make one item of the words of each number; a detached ال before figures belongs to them ("الـ15")."""
    numerals, starts, ends = lexicon.numerals, line.starts, line.ends
    roles = {
        at: cast(Roles, values)
        for at, (code, values) in enumerate(zip(line.codes, line.values, strict=True))
        if code in numerals or "#" in values
    }
    texts = _Texts(folded, line)
    reader = Reader(texts, roles)
    codes: list[str] = []
    merged = Line("", [], [], [], line.cues)
    done = 0
    for at, said in roles.items():
        found = reader.read(at) if at >= done else None
        if found is None:
            continue
        codes += line.codes[done:at]
        merged.starts += starts[done:at]
        merged.ends += ends[done:at]
        merged.values += line.values[done:at]
        number, done = found
        start = starts[at]
        near = merged.ends and start - merged.ends[-1] <= 1 and texts[at][:1].isdigit()
        article = texts[at - 1] if near else ""
        if article in ("ال", "لل"):
            number = Number(number.value, definite=True, digits=number.digits)
            start = merged.ends.pop() - len(article) + (article == "لل")
            for column in (codes, merged.starts, merged.values):
                column.pop()
        alone = said if done == at + 1 and line.codes[at] in numerals else {}
        codes.append(lexicon.number(number, alone).code)
        merged.starts.append(start)
        merged.ends.append(ends[done - 1])
        merged.values.append({**alone, "#": number})
    merged.codes = "".join(codes) + line.codes[done:]
    merged.starts += starts[done:]
    merged.ends += ends[done:]
    merged.values += line.values[done:]
    return merged
