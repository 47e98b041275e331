"""Quantities of a text: numbers in figures or words, what they count, and how exactly they are meant."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from store.extract.dates import grammar
from store.extract.dates.lexicon import LONGEST_KEPT, WORDS_KEPT, rows
from store.extract.dates.meaning import Number
from store.extract.dates.sentence import Line, read
from store.extract.dates.spans import span_of
from store.extract.entities.lexicon import Kind, kind_of
from store.extract.quantities.units import unit
from store.models import About, Block, DateMention, Quantity, Sentence
from store.text.fold import fold

_SPOKEN = ("title", "body", "heading", "caption")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_PERCENT = re.compile(r" ?[%٪]")
_GLUED = re.compile(r"[\w/\-–‑:.]\Z")
_GROUPED = re.compile(r"(?:ال ?)?([1-9]\d{0,2}(?:\.\d{3})+)")
"""Figures with a stop that may stand between thousands; 12.5 and 0.614 are none."""
_JOINED = ("بال", "لل", "كال", "فال", "وال")
"""Beginnings of words that are not counted: a preposition, or a conjunction, and the article."""
_RUN_ON = re.compile(r"(?:\u064b\u0627|\u0627\u064b|\u064b)(?=[^\W\d_])")
"""The ending of a word that another is run together with: شهيداًعلى."""
_BETWEEN = re.compile(r"(?<!\w)[وب]?بين $")
_PARTS = {"نصف": 0.5, "ربع": 0.25, "ثلث": 1 / 3}
_SCALES = {"الف": 1e3, "الاف": 1e3, "مليون": 1e6, "ملايين": 1e6, "مليار": 1e9, "مليارات": 1e9}
_AND_HALF = re.compile(r" و(نصف|ربع|ثلث)(?: ال?(?:مليون|مليار|الف))?(?= \w)")
_THOUSAND = re.compile(r"ال(?:ف|اف|في|فين|فان|فا)(?!\w)")
_GLUED_ON = ("الي", "علي", "عن", "من", "في")
"""Prepositions that are found without a space before a word: إلىأكثر من 500."""
_ABOUT: tuple[About, ...] = ("more", "less", "approximate")
_ADJECTIVES = 2
"""Most adjectives that belong to what is counted."""


@cache
def _sets() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("data", "words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(fold(word).replace("_", " ") for word in words.split()) for name, words in rows}


@cache
def _measures() -> frozenset[str]:
    return frozenset(unit(word) for word in _sets()["measured"])


@cache
def _duals() -> dict[str, str]:
    """Duals of countable nouns, with the class of their gender."""
    text = resources.files(__package__).joinpath("data", "countables.txt").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        for written in line.split():
            noun = written.lstrip("~")
            stem = fold(noun)
            stem = stem[:-1] + "ت" if noun.endswith("ة") else stem
            for ending in ("ان",) if written[0] == "~" else ("ين", "ان"):
                found[stem + ending] = noun
    return found


@cache
def _glance() -> frozenset[str]:
    """First words of numbers, of many, and duals: without one of them a sentence holds no quantity in words."""
    found = set(_sets()["many"]) | set(_duals())
    for kind, _, flag, forms in rows("numbers.tsv"):
        if kind in ("NUMW", "SCALE"):
            for form in fold(forms).split("|"):
                word = form.strip()
                found.add(word)
                if "the" in flag:
                    found.add("ال" + word)
    return frozenset(found)


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
        if not _FIGURE.search(folded) and not any(map(_NUMERALS.__getitem__, _WORD.findall(folded))):
            continue
        span = span_of(source)
        for one in _Sentence(folded).quantities():
            start, end = span(one.start, one.end)
            start, end = sentence.start + start, sentence.start + end
            near = bisect_right(starts, end) - 1
            if any(date.start < end and start < date.end for date in dates[max(0, near - 2) : near + 1]):
                continue
            unit_start, unit_end = span(one.unit_start, one.unit_end)
            unit = "%" if one.rule == "percent" else source[unit_start:unit_end]
            if (run_on := _RUN_ON.search(unit)) is not None:
                unit = unit[: run_on.end()]
                end = sentence.start + unit_start + run_on.end()
            found.append(Quantity(start, end, text[start:end], one.low, one.high, unit, one.about, one.rule))
    return found


def _glanced(word: str) -> Iterator[str]:
    yield word
    if word[0] in "وفبلك" and len(word) > 3:
        yield word[1:]
        if word[:1] in "وف" and word[1] in "بلك":
            yield word[2:]


class _Words(dict[str, bool]):
    """What is true of each folded word; worked out once."""

    def __init__(self, holds: Callable[[str], bool]) -> None:
        super().__init__()
        self._holds = holds

    def __missing__(self, word: str) -> bool:
        said = self._holds(word)
        if len(self) >= WORDS_KEPT:
            self.clear()
        if len(word) <= LONGEST_KEPT:
            self[word] = said
        return said


def _without(word: str) -> Iterator[tuple[int, str]]:
    """A word without its first letters, as far as they may be proclitics, and how many these are."""
    for skip in range(min(3, len(word))):
        if skip and word[skip - 1] not in "وفبل":  # no ك: كميات is not ك and مئات
            break
        yield skip, word[skip:]


_NUMERALS = _Words(lambda word: not _glance().isdisjoint(_glanced(word)))
"""Whether a number in words may begin with a word."""
_COUNTS = _Words(lambda word: any(base in _duals() or base in _sets()["many"] for _, base in _without(word)))
"""Whether a word says by itself how many."""


@dataclass(frozen=True, slots=True)
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

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.line: Line = read(folded, grammar.load().lexicon)
        self.sets = _sets()

    def quantities(self) -> Iterator[_Found]:
        done = 0
        counted: list[tuple[int, int]] = []
        for at, values in enumerate(self.line.values):
            number = values.get("#")
            start, end = self.line.starts[at], self.line.ends[at]
            if start < done:
                continue
            found: _Found | None = None
            if isinstance(number, Number):
                found = self._counted(start, end, number)
            if found is not None:
                yield found
                done = found.end
                counted.append((found.start, found.end))
        for found in self._in_words():
            before = bisect_left(counted, (found.end,))
            if not before or counted[before - 1][1] <= found.start:
                yield found

    def _word(self, at: int) -> tuple[int, int, str] | None:
        """The word that begins at an offset or after white space there; None where anything else follows."""
        folded = self.folded
        while at < len(folded) and folded[at] == " ":
            at += 1
        match = _WORD.match(folded, at)
        return (match.start(), match.end(), match.group()) if match else None

    def _before(self, at: int) -> str:
        return self.folded[max(0, at - 40) : at]

    def _counted(self, start: int, end: int, number: Number) -> _Found | None:
        """What a number counts: the noun behind it, with its adjectives, or a percentage."""
        if number.ordinal or self._named(start, end) or self.folded[start:end] in self.sets["scales of many"]:
            return None
        first, share, end, half = self._parts(start, end)
        low = high = float(number.value) * share + half
        joined = "-|–|الي|او" + ("|و" if _BETWEEN.search(self._before(start)) else "")
        to = re.match(rf" ?(?:{joined}) ?(\d[\d.,]*)", self.folded[end : end + 16])
        if to is not None:
            low = self._grouped(self.folded[start:end], end + to.end()) or low
            end += to.end()
            limit = to[1].rstrip(".")
            try:
                high = self._grouped(limit, end) or float(limit.replace(",", ""))
            except ValueError:
                return None
            scale = self._word(end)
            if scale is not None and scale[2] in _SCALES:  # 2.3 إلى 3.4 مليون
                low, high, end = low * _SCALES[scale[2]], high * _SCALES[scale[2]], scale[1]
            if high <= low:
                return None
        else:
            low = high = self._grouped(self.folded[start:end], end) or low
        percent = _PERCENT.match(self.folded, end)
        if percent is not None:
            return self._made(first, percent.end(), low, high, percent.end() - 1, percent.end(), "percent")
        word = self._word(end)
        if word is None:
            return None
        if word[2] in self.sets["percent"]:
            return self._made(first, word[1], low, high, word[0], word[1], "percent")
        if word[2] == "في":
            after = self._word(word[1])
            if after is not None and after[2] in self.sets["percent"]:
                return self._made(first, after[1], low, high, after[0], after[1], "percent")
            return None
        if not number.digits and (self._definite(start, end) or low <= 1):
            return None  # الدول الثلاث counts what stands before it, أحد الأعضاء nothing
        if word[2] == "من" and number.digits:
            word = self._word(word[1])
            if word is None or not word[2].startswith("ال"):
                return None
        if not self._noun(word[2]):
            return None
        stop = self._adjectives(word[1], word[2])
        return self._made(first, stop, low, high, word[0], word[1], "number")

    def _parts(self, start: int, end: int) -> tuple[int, float, int, float]:
        """Where a number begins and ends with what is said of its parts, of what share it is, and what more: half of a
        million (نصف مليون), three millions and a half (3 ملايين ونصف المليون)."""
        before = _WORD.findall(self._before(start))
        scale = next((value for word, value in _SCALES.items() if self.folded.endswith(word, start, end)), 0.0)
        part = before[-1] if before and self.folded[start:end] in _SCALES else ""
        part = part[1:] if part[:1] in "وبل" and part[1:] in _PARTS else part
        if part in _PARTS:
            return self.folded.rindex(part, 0, start), _PARTS[part], end, 0.0
        more = _AND_HALF.match(self.folded, end) if scale else None
        if more is None:
            return start, 1.0, end, 0.0
        return start, 1.0, more.end(), _PARTS[more[1]] * scale

    def _definite(self, start: int, end: int) -> bool:
        """Whether a number has the article: الثلاث, but not ألف, which is folded as if it had one."""
        return self.folded.startswith("ال", start) and _THOUSAND.match(self.folded, start, end) is None

    def _grouped(self, figures: str, end: int) -> float | None:
        """The value of figures whose stops stand between thousands, by what is counted from `end` on; else None.

        100.000 people are no hundred: people come whole. Money and measures may have three decimals, unless all are 0.
        """
        match = _GROUPED.fullmatch(figures)
        word = self._word(end)
        if word is not None and word[2] == "من":
            word = self._word(word[1])
        if match is None or word is None or word[2] == "في" or word[2] in self.sets["percent"]:
            return None
        if word[2] in self.sets["scale"] or (unit(word[2]) in _measures() and not figures.endswith(".000")):
            return None
        return float(match[1].replace(".", ""))

    def _named(self, start: int, end: int) -> bool:
        """Whether a number is part of a name, a score, a day, an article of law."""
        before = self._before(start)
        if before and _GLUED.search(before) and not before.endswith(("و", "ب", "ل", "ف", "ال", "بال", "ك")):
            return True
        words = _WORD.findall(before)
        if words and before.endswith(" ") and words[-1] in self.sets["no number"]:
            return True
        return re.match(r"[-–:/]\d", self.folded[end : end + 2]) is not None and not re.match(
            r"[-–]\d+ +\w{3}", self.folded[end : end + 12]
        )

    def _noun(self, word: str) -> bool:
        if len(word) < 2 or word in self.sets["not counted"] or (word.startswith(_JOINED) and not kind_of(word)):
            return False
        if word in self.sets["others"]:
            return True
        if word[:1] in "وف" and word[1:] in self.sets["not counted"]:
            return False
        kind = kind_of(word)
        return not (kind & Kind.VERB and not kind & Kind.COMMON) and not (kind & Kind.STOP and not kind & Kind.COMMON)

    def _adjectives(self, end: int, noun: str) -> int:
        """Where what is counted ends: behind the adjectives of its noun."""
        for _ in range(_ADJECTIVES):
            if self.folded[end : end + 1] != " ":
                return end
            word = self._word(end)
            if word is None or word[0] != end + 1 or not self._adjective(word[2], noun):
                return end
            end = word[1]
        return end

    def _adjective(self, word: str, noun: str) -> bool:
        if word in self.sets["not counted"] or word.startswith("ال") != noun.startswith("ال"):
            return False
        kind = kind_of(word)
        if kind & (Kind.NATION | Kind.NATIONALITY) or word in self.sets["adjectives"]:
            return True
        if kind & (Kind.VERB | Kind.STOP | Kind.PLACE | Kind.GIVEN):
            return False
        return (
            len(word) > 3
            and word.endswith(("ي", "يه", "يا", "يين", "يون", "يات", "تين"))
            and not word.startswith(("ت", "ي"))
        )

    def _made(
        self, start: int, end: int, low: float | None, high: float | None, unit: int, unit_end: int, rule: str
    ) -> _Found:
        return _Found(start, end, low, high, unit, unit_end, self._about(start, end), rule)

    def _about(self, start: int, end: int) -> About:
        words = _WORD.findall(self._before(start))
        for size in (4, 3, 2, 1):
            phrase = " ".join(words[-size:])
            plain = phrase[1:] if phrase[:1] in "وفبل" else phrase
            loose = next((phrase[len(one) :] for one in _GLUED_ON if phrase.startswith(one)), "")
            for about in _ABOUT:
                if not self.sets[about].isdisjoint((phrase, plain, loose)):
                    return about
        after = " ".join(_WORD.findall(self.folded[end : end + 24])[:2])
        if after in self.sets["at least"] or after.split(" ")[0] in self.sets["at least"]:
            return "more"
        return "approximate" if after.startswith("تقريبا") else "exact"

    def _in_words(self) -> Iterator[_Found]:
        """عشرات القتلى, جنديان."""
        if not any(map(_COUNTS.__getitem__, _WORD.findall(self.folded))):
            return
        duals, many, done = _duals(), self.sets["many"], 0
        for match in _WORD.finditer(self.folded):
            word, start = match.group(), match.start()
            if start < done:
                continue
            for skip, base in _without(word):
                if base in duals:
                    noun = duals[base]
                    if noun in ("مليون", "مليار"):
                        break
                    end = done = self._adjectives(match.end(), base)
                    if not self._number_near(start):
                        yield self._made(start + skip, end, 2.0, 2.0, start + skip, match.end(), "dual")
                    break
                if base in many and not self._number_near(start):
                    found = self._many(start + skip, match.end())
                    if found is not None:
                        done = found.end
                        yield found
                    break

    def _number_near(self, start: int) -> bool:
        """Whether a number stands right before a word, or the word is part of one."""
        at = bisect_right(self.line.starts, start) - 1
        return any(
            isinstance(self.line.values[one].get("#"), Number)
            and start <= self.line.ends[one] + 1
            and self.folded[self.line.starts[one] : self.line.ends[one]] not in self.sets["scales of many"]
            for one in range(max(0, at - 1), at + 1)
        )

    def _many(self, start: int, end: int) -> _Found | None:
        word = self._word(end)
        while word is not None and (word[2] == "من" or word[2] in self.sets["many"]):
            word = self._word(word[1])
        if word is None or not self._noun(word[2]):
            return None
        stop = self._adjectives(word[1], word[2])
        return self._made(start, stop, None, None, word[0], word[1], "many")
