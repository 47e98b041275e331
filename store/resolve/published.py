"""When a document was published: what its source says, else what its text settles, else unknown.

The basis falls from `given` and `metadata` (a person, the source) over `header` and `dateline` (a line of the page) to
`inferred`, which asks for a text that leaves one day only. Nothing is guessed: a year that two readings could fill
stays unknown, and the reason says what stood in the way.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import chain, islice

from store.extract import dates
from store.models import SEARCHED, Basis, Block, BlockKind, Cleaned, DateMention, Document, Published, Sentence
from store.resolve import counting
from store.resolve.inference import Inference
from store.text.fold import fold
from store.text.tokens import words

_FULL = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_IN_URL = re.compile(r"/(20\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_UPDATED = ("تحديث", "التعديل", "updated")
NEWS: frozenset[BlockKind] = frozenset({"title", "body", "heading", "dateline"})
_LEAD = 3
"""Among so many first sentences of the body stands what is new."""
_TOP = 5
"""A date on a line of its own is the page's when it is among so many first ones."""
_HARDLY = 2
"""So many words beside a date leave its line one of its own."""


def find(document: Document, cleaned: Cleaned, sentences: Sequence[Sentence]) -> Published:
    """The publication date of a document, its basis, and the words of the text it rests on."""
    if document.published:
        basis: Basis = document.published_basis if document.published_basis != "unknown" else "metadata"
        said = "a person gave it" if basis == "given" else "the source says so"
        return Published(document.published, basis, said)
    if cleaned.language not in SEARCHED:
        return in_url(document.url) or Published(None, "unknown", "the text is in another language than Arabic")
    text, blocks = document.text, Blocks(cleaned.blocks)
    top = [s for at, s in enumerate(sentences) if at < _TOP or blocks.kind(s.start) in ("header", "dateline")]
    mentions = dates.find(text, None, top, cleaned.blocks)
    return (
        _in_block(text, mentions, blocks, "header", "the header says")
        or _alone_on_its_line(text, mentions, sentences, blocks)
        or in_url(document.url)
        or _in_block(text, mentions, blocks, "dateline", "the dateline says")
        or _inferred(text, mentions, cleaned.blocks, sentences)
    )


def _inferred(
    text: str, mentions: Sequence[DateMention], blocks: Sequence[Block], sentences: Sequence[Sentence]
) -> Published:
    """What the news settles; a text without a year in figures or a counted day is not searched further, nothing in it
    could."""
    if _YEAR.search(text) or counting.is_in(text):
        mentions = dates.find(text, None, sentences, blocks)
    return infer(text, mentions, sentences, blocks)


def infer(
    text: str,
    mentions: Sequence[DateMention],
    sentences: Sequence[Sentence],
    blocks: Sequence[Block],
    known: Sequence[DateMention] = (),
) -> Published:
    """What the dates of the news leave as the day of publication, or why it stays unknown.

    `mentions` are all dates of the text as they are without an anchor, in order. Those of them that are `known` to be
    of the news (because others tell the same) count wherever they stand.
    """
    by = Blocks(blocks)
    told = [mention for mention in mentions if by.kind(mention.start) in NEWS or mention in known]
    news = [sentence for sentence in sentences if by.kind(sentence.start) in NEWS]
    body = [sentence for sentence in news if by.kind(sentence.start) in ("body", "dateline")]
    lead_end = body[min(_LEAD, len(body)) - 1].end if body else 0
    return Inference(text, told, news, lead_end).published()


class Blocks:
    """Which block an offset lies in."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = sorted(blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]

    def kind(self, offset: int) -> BlockKind:
        """The kind of the block at an offset; without blocks all is body."""
        at = bisect_right(self._starts, offset) - 1
        return self._blocks[at].kind if at >= 0 and offset < self._blocks[at].end else "body"


def _is_full(mention: DateMention) -> bool:
    """Whether it names its day by itself."""
    return mention.anchor is None and _FULL.fullmatch(mention.value) is not None


def _in_block(
    text: str, mentions: Sequence[DateMention], blocks: Blocks, kind: BlockKind, said: str
) -> Published | None:
    mention = stamp(text, mentions, blocks, kind)
    if mention is None:
        return None
    return Published(mention.value, "header" if kind == "header" else "dateline", f'{said} "{mention.text}"')


def stamp(text: str, mentions: Sequence[DateMention], blocks: Blocks, kind: BlockKind) -> DateMention | None:
    """The date a block of `kind` states; of several, one with a time, and not that of an update."""
    found: list[tuple[bool, bool, int, DateMention]] = []
    since = 0
    for mention in mentions:
        if blocks.kind(mention.start) == kind and _is_full(mention):
            label = fold(text[max(since, mention.start - 30) : mention.start]).rpartition("\n")[2]
            updated = any(word in label for word in _UPDATED)
            found.append((updated, mention.type != "TIME", mention.start, mention))
        since = mention.end
    return min(found, key=lambda each: each[:3])[3] if found else None


def _alone_on_its_line(
    text: str, mentions: Sequence[DateMention], sentences: Sequence[Sentence], blocks: Blocks
) -> Published | None:
    """A line among the first that holds a full date and hardly a word more."""
    for sentence in sentences[:_TOP]:
        if blocks.kind(sentence.start) not in ("body", "heading", "title"):
            continue
        for mention in mentions:
            if sentence.start <= mention.start and mention.end <= sentence.end and _is_full(mention):
                start, end = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
                end = end if end >= 0 else len(text)
                rest = chain(words(text, start, mention.start), words(text, mention.end, end))
                if next(islice(rest, _HARDLY, None), None) is None:
                    return Published(mention.value, "header", f'a line of its own says "{mention.text}"')
    return None


def in_url(url: str | None) -> Published | None:
    """The day in an address such as `/2021/12/14/`."""
    match = _IN_URL.search(url or "")
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return Published(str(day), "metadata", f'its address holds "{match[0][1:]}"')
