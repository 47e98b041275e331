"""From text to mentions: sentence by sentence, with what each may know of the ones before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from store.extract.dates import EXTRACTOR, VERSION, grammar
from store.extract.dates.cascade import MENTIONS, run
from store.extract.dates.clauses import NOTHING, State, governor, states
from store.extract.dates.context import Context, Resolved, parse_anchor
from store.extract.dates.meaning import (
    Ago,
    Day,
    Feast,
    Matches,
    Meaning,
    Modified,
    Month,
    Running,
    Shift,
    Weekday,
    Year,
)
from store.extract.dates.modality import AHEAD, BEHIND, DENIED, PREDICTED, modality
from store.extract.dates.nearness import OPEN, is_coming, reach
from store.extract.dates.resolve import resolve
from store.extract.dates.sentence import Item, Line, read
from store.extract.dates.spans import span_of
from store.extract.dates.stretches import Found, order
from store.models import Bound, DateMention, Sentence
from store.text.fold import fold

_KEPT = 32
_REREAD = 2000
"""Code points of a sentence up to which it is remembered how it reads."""
_DOUBTED = DENIED | PREDICTED
_BREAK = re.compile(
    r"(?:[؛:\"“«(.\-–؟!]|(?P<comma>[،,])) ?(?P<and>[وف])?(?:(?:في|من|منذ|خلال|بعد|قبل|حتي|عند|مع|يوم|شهر) )?[بل]?$"
)
"""A clause begins, and nothing but a preposition stands before the date."""


def find_mentions(
    text: str, anchor: str | None, sentences: Sequence[Sentence], apart: Sequence[tuple[int, int]]
) -> list[DateMention]:
    """See `store.extract.dates.find`; mentions in the stretches `apart` are not leaned on."""
    return list(_found(text, anchor, tuple(sentences), tuple(apart)))


# An article whose date stays unknown is asked the same again that its date was looked for with.
@lru_cache(maxsize=1)
def _found(
    text: str, anchor: str | None, sentences: tuple[Sentence, ...], apart: tuple[tuple[int, int], ...]
) -> tuple[DateMention, ...]:
    rules = grammar.load()
    day, time = parse_anchor(anchor)
    context = Context(day, time, anchor if day else None, event_days=rules.lexicon.event_days)
    found: list[DateMention] = []
    starts = [start for start, _ in apart]
    for number, sentence in enumerate(sentences):
        source = text[sentence.start : sentence.end]
        taken = (_read if len(source) <= _REREAD else _read_anew)(source)
        if taken is None:
            continue
        folded, line = taken
        index = bisect_right(starts, sentence.start) - 1
        is_apart = index >= 0 and sentence.start < apart[index][1]
        context.sentence = number
        reader = _Sentence(source, folded, line, context, sentence.start)
        found += reader.mentions(keep=not is_apart)
    return tuple(found)


def _read_anew(source: str) -> tuple[str, Line] | None:
    """A sentence folded and read, which hangs on nothing around it; None where it holds no date."""
    rules = grammar.load()
    folded = fold(source)
    if not rules.glance(folded):
        return None
    line = run(rules, read(folded, rules.lexicon))
    return (folded, line) if any("=" in values for values in line.values) else None


_read = lru_cache(512)(_read_anew)
"""The sentences of a text are read for its publication date first, and then with that."""


class _Sentence:
    """The mentions of one sentence."""

    def __init__(self, source: str, folded: str, line: Line, context: Context, offset: int) -> None:
        self._source, self._folded, self._line = source, folded, line
        self._context, self._offset = context, offset
        self._not_time = grammar.load().lexicon.not_time
        self._states: list[State] | None = None

    def mentions(self, keep: bool) -> list[DateMention]:
        """Resolve the items that are mentions; `keep` what they say for later ones."""
        context = self._context
        context.base, context.lead = None, None
        before = None if keep else list(context.history)
        found: list[Found] = []
        for index, values in enumerate(self._line.values):
            if "=" in values and not MENTIONS.isdisjoint(values):
                made = self._resolve(index, self._line.item(index))
                if made:
                    found.append(made)
        if before is not None:
            context.history[:] = before
        if not found:
            return []
        order(found, self._line.values)
        span = span_of(self._source)
        mentions = [self._mention(each, *span(each.item.start, each.item.end)) for each in found]
        return [mention for mention in mentions if mention.text not in self._not_time]

    def _resolve(self, index: int, item: Item) -> Found | None:
        context = self._context
        meaning = item.values.get("=")
        left = self._left(index)
        if not isinstance(meaning, Meaning) or _is_name(meaning, left):
            return None
        meaning = self._with_year_after(meaning, index)
        governed = self._governor(item)
        if governed.kind in DENIED and ("UNTIL" in left.values or self._is_of_noun(meaning, left)):
            governed = NOTHING
        if isinstance(meaning, Running) and governed.kind in ("sched", "ongoing", "event"):
            governed = NOTHING
        context.event = str(left.values.get("EVENT") or "")
        context.due = left.values.get("CUE") in ("planned", "by")
        context.starting = left.values.get("BOUND") == "since" and "SINCE" not in left.values
        context.future = governed.kind in AHEAD and governed.under not in BEHIND
        context.past = governed.kind in BEHIND
        context.open = governed.kind in OPEN and "SINCE" not in left.values
        between = self._folded[governed.origin : item.start] if governed.kind == "resolved" else ""
        context.coming = is_coming(governed, left.values, context.starting, between)
        context.reach = reach(governed, left.values, item.start - governed.origin, context.starting)
        resolved = resolve(meaning, context)
        inner = item.values.get("inner")
        if resolved is None and isinstance(inner, Item) and isinstance(within := inner.values.get("="), Meaning):
            item, meaning, resolved = inner, within, resolve(within, context)
        if resolved is None:
            return None
        is_certain = governed.kind in _DOUBTED and self._is_of_event(item)
        light = modality(resolved, NOTHING if is_certain else governed, _points_ahead(meaning), context)
        if resolved.days and resolved.type in ("DATE", "TIME"):
            self._remember(resolved, left)
        return Found(index, item, meaning, resolved, light, _bound(left) if resolved.days else None)

    def _is_of_noun(self, meaning: Meaning, left: Item) -> bool:
        """Whether a date belongs to the noun before it ("حدود عام 1967"), so that no denial reaches it."""
        if not self._folded[left.start : left.end].isalpha():
            return False
        is_year = isinstance(meaning, Year | Month) or (isinstance(meaning, Shift) and meaning.unit == "Y")
        return is_year and (not left.values or "EVENT" in left.values)

    def _is_of_event(self, item: Item) -> bool:
        """Whether a date belongs to a noun of what is appointed ("خوض مباراة الأحد"): that it is to be is beyond doubt.

        Unless it is what the verb speaks of ("لن تقام مباراة الأحد").
        """
        before = ""
        for _, end, kind in self._line.cues:
            if kind == "event" and self._folded[end : item.start] in (" ", " ال"):
                return before != "sched"
            before = kind
        return False

    def _governor(self, item: Item) -> State:
        """What governs an item."""
        cues = self._line.cues
        if not cues:
            return NOTHING
        if self._states is None:
            self._states = states(cues)
        start, end = item.start, item.end
        gap = _BREAK.search(self._folded, max(0, start - 16), start)
        between = gap and gap["comma"] and not gap["and"] and self._folded[end : end + 1] in ("،", ",")
        return governor(start, end, cues, self._states, "between" if between else "new" if gap else "")

    def _with_year_after(self, meaning: Meaning, index: int) -> Meaning:
        """The date with the year that "قبل عامين" right after it gives."""
        after = self._line.values[index + 1].get("=") if index + 1 < len(self._line.values) else None
        if isinstance(after, Ago) and after.sign < 0 and after.of is None and len(after.length.parts) == 1:
            amount, unit = after.length.parts[0]
            if unit == "Y" and amount and amount == int(amount):
                match meaning:
                    case Day(month=Month(year=None, direction=None) as month):
                        return replace(meaning, month=replace(month, year=Shift("Y", -int(amount))))
                    case Month(year=None, direction=None):
                        return replace(meaning, year=Shift("Y", -int(amount)))
        return meaning

    def _left(self, index: int) -> Item:
        """The item before, quotation marks, an article or و aside."""
        while index > 0:
            index -= 1
            item = self._line.item(index)
            if self._folded[item.start : item.end] not in ('"', "“", "«", "'", "”"):
                return item
        return Item(0, 0, {})

    def _remember(self, resolved: Resolved, left: Item) -> None:
        context = self._context
        context.history.append(replace(resolved, sentence=context.sentence))
        del context.history[:-_KEPT]
        if context.lead is None and resolved.type == "DATE":
            context.lead = resolved
        if resolved.explicit and resolved.unit in ("D", "M") and "SINCE" not in left.values:
            context.base = resolved

    def _mention(self, found: Found, start: int, end: int) -> DateMention:
        resolved, days = found.resolved, found.resolved.days
        return DateMention(
            start=self._offset + start,
            end=self._offset + end,
            text=self._source[start:end],
            type=resolved.type,
            value=resolved.value,
            mod=resolved.mod,
            earliest=str(days.first) if days else None,
            latest=str(days.last) if days else None,
            precision=resolved.precision,
            modality=found.modality,
            anchor=resolved.anchor,
            rule=str(found.item.values["rule"]),
            extractor=EXTRACTOR,
            version=VERSION,
            bound=found.bound,
        )


def _bound(left: Item) -> Bound | None:
    """What the word before a date makes of it: the beginning or the end of what lasts."""
    bound = left.values.get("BOUND")
    return "since" if bound == "since" else "until" if bound == "until" else None


def _is_name(meaning: Meaning, left: Item) -> bool:
    """Whether the date is part of a name: after حركة or صحيفة ("حركة 6 أبريل"), a month after a title."""
    head = "NAMEHEAD" in left.values
    match meaning:
        case Day(month=Month(year=None, direction=None)) | Shift(unit="D", offset=0 | 1, from_mention=False):
            return head
        case Month(year=None, direction=None):
            return head or "TITLE" in left.values
        case Weekday(direction=None):
            return "NAMETITLE" in left.values
    return False


def _points_ahead(meaning: Meaning) -> bool:
    match meaning:
        case Shift(offset=offset) | Matches(offset=offset):
            return offset > 0
        case Weekday(direction=direction) | Month(direction=direction) | Feast(direction=direction):
            return direction is not None and direction > 0
        case Day(month=month) | Modified(of=month):
            return _points_ahead(month)
        case Ago(sign=sign):
            return sign > 0
    return False
