"""Roles beside the names of persons: before them, after a comma, in brackets, or right behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from store.extract.entities.lexicon import Kind, lexicon
from store.extract.entities.tokens import COMMA, DASH, PUNCT, QUOTE, SPACE, tokenize
from store.extract.roles import holders
from store.models import Block, Mention, Role
from store.text.fold import fold

_LONGEST = 16
"""Most words of a role."""
_SPOKEN = ("title", "body", "heading", "caption")


@cache
def _sets() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("data", "words.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(fold(word).replace("_", " ") for word in words.split()) for name, words in rows}


def find(text: str, blocks: Sequence[Block], mentions: Sequence[Mention]) -> list[Role]:
    """What the text says that its persons are, in reading order; `mentions` are its names.

    Spans leave proclitics out and hold the organisation or place that the role is held in. Raises nothing; linear.
    """
    finder = _Finder(text, mentions)
    regions = [(one.start, one.end) for one in blocks if one.kind in _SPOKEN] if blocks else [(0, len(text))]
    found: dict[tuple[int, int, int], Role] = {}
    for mention in mentions:
        at = bisect_right(regions, (mention.start, len(text))) - 1
        if mention.type == "PER" and at >= 0 and mention.start < regions[at][1]:
            for role in finder.of(mention):
                found.setdefault((role.start, role.end, role.person_start), role)
    return sorted(found.values(), key=lambda role: (role.start, role.end))


_CLOSING = ('"', "”", "»", ")", "″")


def _open(text: str) -> bool:
    """Whether a quotation or bracket of the text is not closed in it."""
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in ("“”", "«»", "()"))


class _Finder:
    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text, self.tokens = text, tokenize(text)
        self.inside: dict[int, Mention] = {}
        self.spans: dict[int, tuple[int, int]] = {}
        """First and last word (exclusive) of each mention, by its offset."""
        at = 0
        ends, starts = self.tokens.ends, self.tokens.starts
        for mention in mentions:
            while at < len(ends) and ends[at] <= mention.start:
                at += 1
            first = at
            while at < len(starts) and starts[at] < mention.end:
                self.inside[at] = mention
                at += 1
            self.spans[mention.start] = (first, at)
            at = max(first, at - 1)
        self.sets = _sets()
        self.titles = lexicon().titles

    def of(self, mention: Mention) -> Iterator[Role]:
        """The roles of one mention of a person."""
        first, last = self.spans[mention.start]
        if first == last:
            return
        yield from self._before(mention, first)
        yield from self._after(mention, last)

    def _title(self, index: int) -> str | None:
        """The folded title or function that a word is, without proclitics."""
        for reading in self.tokens.words[index].readings:
            base = reading.base
            if (reading.kind & Kind.TITLE and base in self.titles) or base in self.sets["also roles"]:
                return base
        form = self.tokens.words[index].form  # أمينه العام
        if form[-1:] == "ه" and form[:-1] in self.titles and self.titles[form[:-1]] == "c":
            return form
        return None

    def _plain(self, index: int) -> bool:
        """Whether a word may stand within a role."""
        form, word = self.tokens.words[index].form, self.tokens.words[index]
        mention = self.inside.get(index)
        if mention is not None:
            # مستشار الأمن القومي لبايدن: whose adviser it is
            return mention.type != "PER" or mention.start > self.tokens.starts[index]
        if form in self.sets["ends"] or (form[:1] in "وف" and form[1:] in self.sets["ends"]):
            return False
        if form in self.sets["links"] or form in self.sets["also roles"]:
            return True
        if word.kind & Kind.VERB and not word.kind & (Kind.TITLE | Kind.COMMON | Kind.NATIONALITY):
            return False
        return not word.kind & Kind.STOP or bool(word.kind & Kind.TITLE) or form.startswith(("ال", "لل"))

    def _before(self, mention: Mention, first: int) -> Iterator[Role]:
        """رئيس الوزراء العراقي X; المتحدث باسم العمليات المشتركة، اللواء X."""
        tokens = self.tokens
        end, at, head = first, first - 1, -1
        commas = 0
        if self._clitic(mention, first) or (at >= 0 and tokens.words[at].form in self.sets["of a person"]):
            return
        while at >= 0 and first - at <= _LONGEST:
            if head < 0 and at + 1 == end and (begun := self._honours(at)) < at + 1:
                end, at = begun, begun - 1
                continue
            gap = tokens.gaps[at + 1]
            if gap == COMMA or (gap == DASH and at + 1 == first):
                if head >= 0 and head != at + 1:
                    break
                if head < 0 and at + 1 != end:
                    break
                commas += 1
                if commas > 2:
                    break
                if head >= 0:
                    yield from self._made(mention, head, end, "before")
                elif at + 1 != end:
                    break
                end, head = at + 1, -1
            elif gap not in (SPACE, QUOTE) and not self._bracket(at + 1):
                break
            if not self._plain(at):
                break
            title = self._title(at)
            if title is not None and self._may_begin(at, end) and (head < 0 or self._goes_on(at, head)):
                head = at
                if tokens.words[at].form[:2] == "لل":
                    break  # موال للرئيس X: what stands before is of another
                if title in self.sets["ranks"] and at + 1 == first:
                    yield from self._made(mention, at, first, "before")
                    end, head = at, -1
            at -= 1
        if head >= 0:
            yield from self._made(mention, head, end, "before")

    def _honours(self, at: int) -> int:
        """Where the honours begin that end with a word, the index after it where they don't: صاحب السمو الملكي, السيد
        behind a comma. What stands before them is a role of the same person."""
        words, gaps = self.tokens.words, self.tokens.gaps
        for size in (3, 2):
            forms = " ".join(word.form for word in words[max(0, at - size + 1) : at + 1])
            if forms in self.sets["honours"] and gaps[at + 1] == SPACE:
                return at - size + 1
        if at and gaps[at] == COMMA and gaps[at + 1] == SPACE and self._title(at) in self.sets["no role"]:
            return at
        return at + 1

    def _bracket(self, at: int) -> bool:
        """Whether nothing but brackets and a comma stands before a word."""
        return not self.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].strip(" ()[]،,")

    def _clitic(self, mention: Mention, first: int) -> bool:
        """Whether و, ل or ب is written on to the name: what stands before is of another."""
        return mention.start > self.tokens.starts[first]

    def _may_begin(self, at: int, end: int) -> bool:
        title = self._title(at)
        if at in self.inside and self.inside[at].type in ("ORG", "LOC") and self.spans[self.inside[at].start][0] != at:
            return False
        if title in self.sets["no role"]:
            return False
        if title in self.sets["ranks"] and at and self.tokens.gaps[at] == SPACE:
            # حراس الفريق: the team, not the rank
            before = self.tokens.words[at - 1]
            if before.kind & Kind.COMMON and not before.kinds & (Kind.TITLE | Kind.VERB | Kind.STOP | Kind.NATIONALITY):
                return before.form.startswith("ال")
        return end > at

    def _goes_on(self, at: int, head: int) -> bool:
        """Whether a title further to the left belongs to the same role: نائب السكرتير الصحفي."""
        before = self.tokens.words[head].form
        if before[:1] == "و" and self.tokens.words[head].readings[0].kind & Kind.TITLE == 0:
            return True
        between = range(at + 1, head)
        if self.tokens.words[head - 1].form in self.sets["speaks for"]:
            return False  # الناطق باسم القائد العام X: the name is that of the commander
        return all(self._plain(one) for one in between)

    def _after(self, mention: Mention, last: int) -> Iterator[Role]:
        """صابرينا سينغ، نائب السكرتير الصحفي لوزارة الدفاع, X (رئيس …), X رئيس الوزراء."""
        tokens = self.tokens
        count = len(tokens.words)
        if last >= count:
            return
        gap = tokens.gaps[last]
        between = self.text[tokens.ends[last - 1] : tokens.starts[last]]
        bracket = gap == PUNCT and "(" in between and "." not in between
        if gap not in (SPACE, COMMA, DASH, QUOTE) and not bracket:
            return
        title = self._title(last)
        word = tokens.words[last]
        if title is None or title in self.sets["no role"] or title in self.sets["ranks"] or last in self.inside:
            return
        if not word.readings[0].kind & Kind.TITLE:  # و before it: a list goes on
            return
        end = last + 1
        while end < count and end - last < _LONGEST:
            if (
                tokens.gaps[end] not in (SPACE, QUOTE)
                or not self._plain(end)
                or tokens.words[end].form in self.sets["says when"]
            ):
                break
            inside = self.inside.get(end)
            if inside is not None and self.spans[inside.start][0] == end:
                end = self.spans[inside.start][1]
                continue
            if inside is None and not self._complement(end, last):
                break
            end += 1
        other = self.inside.get(end) if end < count else None
        if other is not None and other.type == "PER" and tokens.gaps[end] in (SPACE, QUOTE):
            return
        if gap == SPACE and (end == last + 1 or word.form.startswith("ال")):
            return
        yield from self._made(mention, last, end, "after")

    def _complement(self, at: int, first: int) -> bool:
        """Whether a word goes on a role behind a name: a definite noun, an adjective, what links them."""
        form = self.tokens.words[at].form
        if form in self.sets["links"] or form.startswith(("ال", "لل", "بال", "وال", "لشوون", "بشوون")):
            return True
        return at == first + 1 or bool(
            self.tokens.words[at].kinds & (Kind.NATION | Kind.TITLE | Kind.ORG_HEAD | Kind.FIELD)
        )

    def _made(self, mention: Mention, first: int, end: int, rule: str) -> Iterator[Role]:
        tokens = self.tokens
        while end > first + 1 and tokens.words[end - 1].form in self.sets["links"] - self.sets["former"]:
            end -= 1
        while end > first + 1 and self._title(end - 1) in self.sets["no role"]:
            end -= 1
        title = self._title(first)
        if title is None or end <= first:
            return
        if title in self.sets["ranks"] and end == first + 1 and rule == "after":
            return
        skip = next((one.skip for one in tokens.words[first].readings if one.base == title), 0)
        if tokens.words[first].readings[0].kind & Kind.TITLE:
            skip = 0
        elif tokens.words[first].form[:2] == "لل":
            skip = 1
        start, stop = tokens.offset(first, skip), tokens.ends[end - 1]
        if self.text[stop : stop + 1] in _CLOSING and _open(self.text[start:stop]):
            stop += 1
        if start >= stop:
            return
        held = holders.of(tokens, self.inside, first, end)
        yield Role(start, stop, self.text[start:stop], mention.start, mention.end, mention.name, held, rule)
