"""Roles beside the names of persons: before them, after a comma, in brackets, or right behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from store.extract.entities.lexicon import Kind
from store.extract.entities.tokens import COMMA, DASH, PUNCT, QUOTE, SPACE
from store.extract.roles import holders
from store.extract.roles.reading import HIS, ON, Reading
from store.models import Block, Mention, Role

_LONGEST = 16
"""Most words of a role."""
_VERB_WITHIN = 6
"""So many words before a name a verb is looked for."""
_SPOKEN = ("title", "body", "heading", "caption")


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


_GREAT = ("كبير", "كبيره")
_CLOSING = ('"', "”", "»", ")", "″")


def _open(text: str) -> bool:
    """Whether a quotation or bracket of the text is not closed in it."""
    return text.count('"') % 2 == 1 or any(text.count(a) > text.count(b) for a, b in ("“”", "«»", "()"))


class _Finder(Reading):
    def of(self, mention: Mention) -> Iterator[Role]:
        """The roles of one mention of a person."""
        first, last = self.spans[mention.start]
        if first == last:
            return
        yield from self._before(mention, first)
        yield from self._after(mention, last)

    def _before(self, mention: Mention, first: int) -> Iterator[Role]:
        """رئيس الوزراء العراقي X; المتحدث باسم العمليات المشتركة، اللواء X."""
        tokens = self.tokens
        end, at, head = first, first - 1, -1
        commas = 0
        if self._clitic(mention, first) or (at >= 0 and self.of_a_person(at)):
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
                    if self.listed(head):
                        return
                elif at + 1 != end:
                    break
                end, head = at + 1, -1
            elif gap not in (SPACE, QUOTE) and not self._bracket(at + 1):
                break
            if not self.plain(at):
                break
            title = self.title(at)
            if title is not None and self._may_begin(at, end) and (head < 0 or self._goes_on(at, head, commas > 0)):
                head = at
                if tokens.words[at].form[:2] == "لل" and not commas:
                    break  # موال للرئيس X: what stands before is of another
                if title in self.sets["ranks"] and at + 1 == first:
                    yield from self._made(mention, at, first, "before")
                    if self.listed(at):
                        return
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
        if at and gaps[at] == COMMA and gaps[at + 1] == SPACE and self.title(at) in self.sets["no role"]:
            return at
        return at + 1

    def _bracket(self, at: int) -> bool:
        """Whether nothing but brackets and a comma stands before a word."""
        return not self.text[self.tokens.ends[at - 1] : self.tokens.starts[at]].strip(" ()[]،,")

    def _clitic(self, mention: Mention, first: int) -> bool:
        """Whether و, ل or ب is written on to the name: what stands before is of another."""
        return mention.start > self.tokens.starts[first]

    def _may_begin(self, at: int, end: int) -> bool:
        title = self.title(at)
        if at in self.inside and self.inside[at].type in ("ORG", "LOC") and self.spans[self.inside[at].start][0] != at:
            return False
        if title in self.sets["no role"] or title in self.sets["never first"]:
            return False
        before = self.tokens.words[at - 1] if at and self.tokens.gaps[at] == SPACE else None
        if before is None:
            return end > at
        after = self.tokens.words[at + 1].form if at + 1 < len(self.tokens.words) else ""
        if title in _GREAT and (after == ON or after in self.sets["links"] or after in self.sets["ends"]):
            return False  # بشكل كبير في
        if title in self.sets["adjectives too"] and before.kind & Kind.COMMON and before.form.startswith("ال"):
            return bool(before.kind & (Kind.TITLE | Kind.VERB))  # المكتب الإعلامي
        if title in self.sets["ranks"]:
            if after in self.sets["ordinals"]:
                return False  # اللواء التاسع
            if self.title(at - 1) in self.sets["of a team"]:
                return False  # قائد الفريق, رئيس الرائد: the team, not the rank
            if any(one.base in self.sets["named after"] for one in before.readings):
                return False
            if title in self.sets["teams"] and before.kind & Kind.COMMON:
                known = Kind.TITLE | Kind.VERB | Kind.STOP | Kind.NATIONALITY
                return bool(before.kinds & known) or before.form.startswith("ال")  # not حراس الفريق
        return end > at

    def _goes_on(self, at: int, head: int, apart: bool) -> bool:
        """Whether a title further to the left belongs to the same role: نائب السكرتير الصحفي."""
        before = self.tokens.words[head].form
        if before[:1] == "و" and self.tokens.words[head].readings[0].kind & Kind.TITLE == 0:
            return True
        between = range(at + 1, head)
        if self.tokens.words[head - 1].form in self.sets["speaks for"] and not apart:
            return False  # الناطق باسم القائد العام X: the name is that of the commander
        return all(self.plain(one) for one in between)

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
        title = self.title(last)
        word = tokens.words[last]
        if title is None or title in self.sets["no role"] or title in self.sets["ranks"] or last in self.inside:
            return
        if not self.begins(last):  # و before it: a list goes on
            return
        end = last + 1
        while end < count and end - last < _LONGEST:
            if (
                tokens.gaps[end] not in (SPACE, QUOTE)
                or not self.plain(end)
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
        if gap == SPACE and (end == last + 1 or (word.form.startswith("ال") and not self._apposed(mention, last, end))):
            return
        yield from self._made(mention, last, end, "after")

    def _apposed(self, mention: Mention, first: int, end: int) -> bool:
        """Whether a definite title right behind a name is of that person: قال X المتحدث باسم الوزارة, and not of one
        whom he met: التقى X الأمين العام للجامعة, يلتقي X الرئيس التركي، Y."""
        words, gaps = self.tokens.words, self.tokens.gaps
        title = self.title(first)
        if title not in self.sets["apposed"] or (
            title in self.sets["of a state"] and words[first + 1].kinds & (Kind.NATIONALITY | Kind.NATION)
        ):
            return False
        after = self.inside.get(end) if end < len(words) else None
        if after is not None and after.type == "PER" and gaps[end] in (SPACE, QUOTE, COMMA):
            return False
        name = self.spans[mention.start][0]
        for at in range(name - 1, max(-1, name - _VERB_WITHIN), -1):
            if gaps[at + 1] != SPACE:
                break
            if any(one.base in self.sets["whom"] for one in words[at].readings):
                return False
        return True

    def _complement(self, at: int, first: int) -> bool:
        """Whether a word goes on a role behind a name: a definite noun, an adjective, what links them."""
        form = self.tokens.words[at].form
        if form == ON or form in self.sets["links"] or form.startswith(("ال", "لل", "بال", "وال", "لشوون", "بشوون")):
            return True
        word, before = self.tokens.words[at], self.tokens.words[at - 1]
        known = Kind.NATION | Kind.TITLE | Kind.ORG_HEAD | Kind.FIELD
        if at == first + 1 or before.form == ON or word.kinds & known or self.title(at) is not None:
            return True
        if before.form.startswith("ال"):  # الرئيس العام لرعاية الشباب
            return form.startswith("ل") and not word.kind and bool(word.kinds & Kind.COMMON)
        if before.form in self.sets["links"] or self.tokens.gaps[at] != SPACE:
            return False
        after = self.tokens.words[at + 1].form if at + 1 < len(self.tokens.words) else ""
        named = self.inside.get(at + 1)
        # عضو هيئة كبار العلماء, لاعب تشيلسي ومنتخب إنجلترا: what goes on until a definite word or a name
        kind = word.kinds if form.startswith("و") else word.kind or Kind.COMMON
        return bool(kind & Kind.COMMON) and (after.startswith("ال") or (named is not None and named.type != "PER"))

    def _bare(self, title: str, end: int, mention: Mention) -> bool:
        """Whether a title that stands alone right before a name needs more to be one: أمير عبد الله is a name."""
        return (
            self.titles.get(title) == "c"
            and not title.startswith("ال")
            and title not in self.sets["ranks"]
            and self.spans[mention.start][0] == end
            and not title.endswith(HIS)
        )

    def _made(self, mention: Mention, first: int, end: int, rule: str) -> Iterator[Role]:
        tokens = self.tokens
        loose = self.sets["links"] - self.sets["former"]
        while end > first + 1 and (tokens.words[end - 1].form in loose or tokens.words[end - 1].form == ON):
            end -= 1
        while end > first + 1 and self.title(end - 1) in self.sets["no role"]:
            end -= 1
        title = self.title(first)
        if title is None or end <= first:
            return
        if end == first + 1 and (title in self.sets["ranks"] if rule == "after" else self._bare(title, end, mention)):
            return
        skip = next((one.skip for one in tokens.words[first].readings if one.base == title), 0)
        if self.begins(first):
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
