"""Quantities of a text: numbers in figures or words, what they count, and how exactly they are meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from store.extract.dates import grammar
from store.extract.dates.meaning import Number
from store.extract.dates.sentence import Line, read
from store.extract.dates.spans import span_of
from store.extract.entities.lexicon import kind_of
from store.extract.quantities.about import about
from store.extract.quantities.context import before, definite, named
from store.extract.quantities.nouns import WORD, adjectives, counted, has_article, part_of, word_at
from store.extract.quantities.values import grouped, parts, reach
from store.extract.quantities.words import COUNTS, NUMERALS, duals, names_too, scales, sets, without
from store.models import About, Block, DateMention, Quantity, Sentence
from store.text.fold import fold
from store.text.tokens import letters
from store.values import value_class

_SPOKEN = ("title", "body", "heading", "caption")
_FIGURE = re.compile(r"\d")
_PERCENT = re.compile(r" ?[%٪]")
_PERCENTS, _SIGNS, _AFTER_FIGURES = "%٪", "%٪$€£¥", tuple("0123456789%٪")
"""Signs that may stand right before a number: %50, $50; those behind figures are of what stands before them."""
_MONEY = re.compile(r" ?[$€£¥]")
_AROUND = ("()", "[]", "«»")
_ACCUSATIVE = tuple(f" {word}" for word in scales() if word.endswith("ا"))
"""Scales that what they count does not follow: 50 ألفاً."""
_RUN_ON = re.compile(r"(?:\u064b\u0627|\u0627\u064b|\u064b)(?=[^\W\d_])(?!\u0627(?![^\W\d_]))")
"""The ending of a word that another is run together with: شهيداًعلى."""


def find(
    text: str, sentences: Sequence[Sentence], blocks: Sequence[Block], dates: Sequence[DateMention]
) -> list[Quantity]:
    """The quantities of `text`, in reading order, none within a date of `dates`. Offsets are code points.

    Raises nothing; linear.
    """
    regions = [(one.start, one.end) for one in blocks if one.kind in _SPOKEN] if blocks else [(0, len(text))]
    found: list[Quantity] = []
    starts = [date.start for date in dates]
    for sentence in sentences:
        at = bisect_right(regions, (sentence.start, len(text))) - 1
        if at < 0 or sentence.start >= regions[at][1]:
            continue
        source = text[sentence.start : sentence.end]
        folded = fold(source)
        words = letters(folded)
        numerals = NUMERALS.any(words)  # which those that count are as well
        if not numerals and _FIGURE.search(folded) is None:
            continue
        counts = numerals and COUNTS.any(words)
        span = span_of(source)
        for one in _Sentence(folded, source, span).quantities(counts):
            offsets = span(one.start, one.end) + span(one.unit_start, one.unit_end)
            start, end, unit_start, unit_end = (sentence.start + at for at in offsets)
            near = bisect_right(starts, end) - 1
            crossed = [date for date in dates[max(0, near - 2) : near + 1] if date.start < end and start < date.end]
            before_figures = unit_start == start  # the date has the figures, then: $5 مايو
            if crossed and (before_figures or any(date.start < max(unit_end, start + 1) for date in crossed)):
                continue
            if crossed:
                end = unit_end  # 800 ريال شهريا
            noun = "%" if one.rule == "percent" else text[unit_start:unit_end]
            if (run_on := _RUN_ON.search(noun)) is not None:
                noun = noun[: run_on.end()]
                end = unit_start + run_on.end()
            found.append(Quantity(start, end, text[start:end], one.low, one.high, noun, one.about, one.rule))
    return found


@value_class(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    low: float | None
    high: float | None
    unit_start: int
    unit_end: int
    about: About
    rule: str


class _Sentence:
    """A folded sentence: its words, and the numbers among them."""

    def __init__(self, folded: str, source: str, span: Callable[[int, int], tuple[int, int]]) -> None:
        self.folded, self._source, self._span = folded, source, span
        self.line: Line = read(folded, grammar.load().lexicon)
        self.sets = sets()

    def quantities(self, counts: bool) -> Iterator[_Found]:
        done = 0
        found_at: list[tuple[int, int]] = []
        for at, values in enumerate(self.line.values):
            number = values.get("#")
            if self.line.starts[at] < done or not isinstance(number, Number):
                continue
            found = self._counted(at, number)
            if found is not None:
                yield found
                done = found.end
                found_at.append((found.start, found.end))
        for found in self._in_words() if counts else ():
            near = bisect_left(found_at, (found.end,))
            if not near or found_at[near - 1][1] <= found.start:
                yield found

    def _letter(self, at: int) -> str:
        """The letter that is folded to what stands at an offset."""
        return self._source[self._span(at, at + 1)[0]]

    def _counted(self, at: int, number: Number) -> _Found | None:
        """What a number counts: the noun behind it, with its adjectives, a percentage, or money."""
        start, end = self.line.starts[at], self.line.ends[at]
        text = self.folded[start:end]
        if number.ordinal or text in self.sets["scales of many"] or named(self.folded, start, end, bool(number.digits)):
            return None
        first, share, end, half = parts(self.folded, start, end)
        low = high = float(number.value) * share + half
        between = reach(self.folded, self.line, at, end, low)
        if between is not None and between[0] < between[1]:
            low, high, end = between
        else:
            low = high = grouped(self.folded, text, self._behind_bracket(first, end)) or low
        sign = self.folded[first - 1 : first]
        if sign and sign in _SIGNS and self.folded[first - 2 : first - 1] not in _AFTER_FIGURES:
            rule = "percent" if sign in _PERCENTS else "money"
            return self._made(first - 1, end, low, high, first - 1, first, rule)
        for rule, pattern in (("percent", _PERCENT), ("money", _MONEY)):
            if (mark := pattern.match(self.folded, end)) is not None:
                unit, stop = mark.end() - 1, mark.end()
                scale = word_at(self.folded, stop) if rule == "money" else None
                if scale is not None and scale[2] in scales():  # 50 $ مليون
                    by, stop = scales()[scale[2]], scale[1]
                    low, high = low * by, high * by
                return self._made(first, stop, low, high, unit, unit + 1, rule)
        behind = self._behind_bracket(first, end)
        first -= behind > end
        word = word_at(self.folded, behind)
        if word is None:
            return None
        if word[2] in self.sets["percent"]:
            return self._made(first, word[1], low, high, word[0], word[1], "percent")
        if word[2] == "في":
            after = word_at(self.folded, word[1])
            if after is not None and after[2] in self.sets["percent"]:
                return self._made(first, after[1], low, high, after[0], after[1], "percent")
            return None
        in_words = not number.digits and _FIGURE.search(text) is None
        if in_words and (low <= 1 or (definite(self.folded, start, end) and not self._a_million(start, text))):
            return None  # الدول الثلاث counts what stands before it, أحد الأعضاء nothing
        if word[2] == "من":
            word = word_at(self.folded, word[1])
            after = word_at(self.folded, word[1]) if word is not None else None
            if word is None or not part_of(word[2], self._letter(word[1] - 1) == "ة", after[2] if after else ""):
                return None
            if text in self.sets["two"] and self._after_dual(start):
                return None
        elif (
            (text in self.sets["no number of"] and not half)
            or (text.endswith(_ACCUSATIVE) and word[2] not in self.sets["others"])
            or not counted(word[2])
            or (has_article(word[2]) and self._letter(word[0]) == "ا")
        ):
            return None
        stop = adjectives(self.folded, word[1], word[2])
        return self._made(first, stop, low, high, word[0], word[1], "number")

    def _a_million(self, start: int, text: str) -> bool:
        """Whether a scale with the article counts what follows it: تجاوز المليون زيارة, but not مليون ونصف المليون."""
        words = WORD.findall(before(self.folded, start))
        return text in self.sets["the scale"] and not (words and words[-1].lstrip("وب") in self.sets["part"])

    def _made(
        self, start: int, end: int, low: float | None, high: float | None, unit: int, unit_end: int, rule: str
    ) -> _Found:
        how = about(before(self.folded, start), self.folded[end : end + 24])
        return _Found(start, end, low, high, unit, unit_end, how, rule)

    def _in_words(self) -> Iterator[_Found]:
        """عشرات القتلى, جنديان, مستوطنان اثنان."""
        many, done = self.sets["many"], 0
        previous: re.Match[str] | None = None
        for match in WORD.finditer(self.folded):
            word, start = match.group(), match.start()
            last, previous = previous, match
            if start < done or not COUNTS[word]:
                continue
            if word in self.sets["two"]:
                if last is not None and self._of_two(last.group()) and not self._number_near(last.start()):
                    first = last.start() + (last.group()[0] in "وف" and kind_of(last.group()[1:]) != 0)
                    yield self._made(first, match.end(), 2.0, 2.0, first, last.end(), "dual")
                continue
            for skip, base in without(word):
                to_the = skip and word[skip - 1] == "ل" and (base[0] == "ل" or word[:skip].endswith("لل"))
                if base in duals() and not to_the:
                    end = self._dual(base, match.end())
                    if end is not None and not self._number_near(start):
                        done = end
                        yield self._made(start + skip, end, 2.0, 2.0, start + skip, match.end(), "dual")
                    break
                if base in many and not self._number_near(start):
                    found = self._many(start + skip, match.end())
                    if found is not None:
                        done = found.end
                        yield found
                    break

    def _behind_bracket(self, start: int, end: int) -> int:
        """The offset behind the bracket that closes what stands around a number: حضر (70) شابا, but no note's (70)."""
        around = self.folded[start - 1 : start] + self.folded[end : end + 1] if start > 1 else ""
        return end + (around in _AROUND and self.folded[max(0, start - 4) : start - 1].rstrip(" ")[-1:].isalpha())

    def _after_dual(self, start: int) -> bool:
        words = WORD.findall(before(self.folded, start))
        return bool(words) and self._of_two(words[-1])

    def _of_two(self, word: str) -> bool:
        """Whether a word before the number two is the dual that it goes with: مستوطنين اثنين; those of the list are
        found without it."""
        return (
            len(word) > 4
            and word.endswith(("ان", "ين"))
            and not word.startswith("ال")
            and not any(base in duals() for _, base in without(word))
        )

    def _dual(self, word: str, end: int) -> int | None:
        """Where what a dual counts ends; None for one that counts nothing here."""
        if word in self.sets["scaled duals"]:
            return None
        two = word_at(self.folded, end)
        if two is not None and two[2] in self.sets["two"]:
            return two[1]
        stop = adjectives(self.folded, end, word)
        agrees = stop > end and self.folded.endswith(word[-2:], 0, stop)
        return stop if agrees or word not in names_too() else None

    def _number_near(self, start: int) -> bool:
        """Whether a number stands right before a word, or the word is part of one."""
        at = bisect_right(self.line.starts, start) - 1
        return any(
            isinstance(number := self.line.values[one].get("#"), Number)
            and not (number.ordinal or (number.definite and not number.digits))
            and start <= self.line.ends[one] + 1
            and self.folded[self.line.starts[one] : self.line.ends[one]] not in self.sets["scales of many"]
            for one in range(max(0, at - 1), at + 1)
        )

    def _many(self, start: int, end: int) -> _Found | None:
        word = word_at(self.folded, end)
        while word is not None and (word[2] == "من" or word[2] in self.sets["many"]):
            word = word_at(self.folded, word[1])
        if word is None or not counted(word[2]):
            return None
        stop = adjectives(self.folded, word[1], word[2])
        return self._made(start, stop, None, None, word[0], word[1], "many")
