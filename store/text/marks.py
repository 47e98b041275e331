"""Where a text answers a query: the same words, folding and expansion as the index is asked with."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, product

from store.text.fold import fold, fold_with_map
from store.text.nodes import (
    All,
    Any,
    Expand,
    Fact,
    Near,
    Node,
    Term,
    Titled,
    expand_without_corpus,
)
from store.text.query import parse
from store.text.tokens import WORD, words

Span = tuple[int, int]


def matches(
    node: Node,
    fields: Sequence[Sequence[str]],
    expand: Expand = expand_without_corpus,
    holds: Callable[[Fact], bool] = lambda fact: True,
) -> bool:
    """Whether an article answers a query: the definition that the index and its SQL must meet.

    `fields` are folded words, those of the title first; what stands together lies within one field. `holds` says what
    is true of the article besides its words.
    """
    if isinstance(node, Term | Near):
        finder = _Finder([node], expand)
        return any(finder.hits(field) for field in fields)
    if isinstance(node, Titled):
        return matches(node.node, fields[:1], expand, holds)
    if isinstance(node, Any):
        return any(matches(part, fields, expand, holds) for part in node.nodes)
    if isinstance(node, All):
        return all(matches(part, fields, expand, holds) for part in node.wanted) and not any(
            matches(part, fields, expand, holds) for part in node.unwanted
        )
    return holds(node)


class Marker:
    """Finds in texts what answers the words of a query, those that it excludes left out."""

    def __init__(self, query: str | Node, expand: Expand = expand_without_corpus) -> None:
        """Raises QueryError. An empty query marks nothing; it may be parsed already."""
        node = query if not isinstance(query, str) else parse(query) if query.strip() else Any(())
        self._anywhere = _Finder(list(_marked(node, titled=False)), expand)
        self._in_title = _Finder(list(_marked(node, titled=True)), expand)

    def answers(self, text: str) -> bool:
        """Whether anything of a text, title aside, answers: what `spans` would mark, at a fraction of its cost."""
        return bool(self._anywhere and self._anywhere.hits(WORD.findall(fold(text))))

    def spans(self, text: str, title: Span | None = None) -> list[Span]:
        """Spans `(start, end)` of `text` that answer, in order and without overlaps.

        `title` is where in the text its title stands, if it does: words asked for there are marked nowhere else.
        """
        found = self._spans(text, self._anywhere)
        if title is not None and self._in_title:
            start, end = title
            found += [(start + at, start + to) for at, to in self._spans(text[start:end], self._in_title)]
        merged: list[Span] = []
        for span in sorted(found):
            if merged and span[0] < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(span[1], merged[-1][1]))
            else:
                merged.append(span)
        return merged

    @staticmethod
    def _spans(text: str, finder: _Finder) -> list[Span]:
        # A text without a hit is told so before the way back from its folded form is worked out.
        if not finder or not finder.hits(WORD.findall(fold(text))):
            return []
        folded = fold_with_map(text)
        places = list(words(folded.text))
        hits = finder.hits([folded.text[start:end] for start, end in places])
        return [folded.span(places[at][0], places[at + length - 1][1]) for at, length in hits]


def highlight(text: str, query: str, expand: Expand = expand_without_corpus) -> list[Span]:
    """Spans of `text` that answer the words of `query`; see `Marker.spans`. Raises QueryError."""
    return Marker(query, expand).spans(text)


class _Finder:
    """Finds what answers any of some terms among words."""

    def __init__(self, nodes: Sequence[Term | Near], expand: Expand) -> None:
        terms = [_Written(product(*node.forms(expand)), node.prefix) for node in nodes if isinstance(node, Term)]
        # Most of what is looked for is single words: all of them at once.
        single = [term for term in terms if term.length == 1 and not term.prefix]
        self._terms = [term for term in terms if term not in single]
        if single:
            self._terms.append(_Written(chain.from_iterable(term.ways for term in single), prefix=False))
        self._near = [
            (
                [_Written(ways, term.prefix) for term, ways in zip(node.terms, node.ways(expand), strict=True)],
                node.distance,
            )
            for node in nodes
            if isinstance(node, Near)
        ]

    def __bool__(self) -> bool:
        return bool(self._terms or self._near)

    def hits(self, tokens: Sequence[str]) -> list[tuple[int, int]]:
        """(place, number of words) of what answers, the longest for each place, in order."""
        found: dict[int, int] = {}
        for term in self._terms:
            for at in term.places(tokens):
                found[at] = max(found.get(at, 0), term.length)
        for terms, distance in self._near:
            for at, length in _together(terms, distance, tokens):
                found[at] = max(found.get(at, 0), length)
        return sorted(found.items())


class _Written:
    """The ways of writing one word or phrase; with `prefix` the last word of each is the beginning of one."""

    def __init__(self, ways: Iterable[tuple[str, ...]], prefix: bool) -> None:
        self.ways = frozenset(ways)
        self.prefix = prefix
        self.length = len(next(iter(self.ways)))
        self._heads = frozenset(way[0] for way in self.ways)
        self._begun: dict[tuple[str, ...], tuple[str, ...]] = {}
        if prefix:
            for *before, beginning in self.ways:
                self._begun[tuple(before)] = (*self._begun.get(tuple(before), ()), beginning)

    def places(self, tokens: Sequence[str]) -> list[int]:
        """Where among the words one of them begins."""
        if self.length > 1:
            last = len(tokens) - self.length
            return [at for at, word in enumerate(tokens) if word in self._heads and at <= last and self._at(tokens, at)]
        if self.prefix:
            return [at for at, word in enumerate(tokens) if word.startswith(self._begun[()])]
        return [at for at, word in enumerate(tokens) if word in self._heads]

    def _at(self, tokens: Sequence[str], at: int) -> bool:
        there = tuple(tokens[at : at + self.length])
        return there[-1].startswith(self._begun.get(there[:-1], ())) if self.prefix else there in self.ways


def _together(terms: Sequence[_Written], distance: int, tokens: Sequence[str]) -> set[tuple[int, int]]:
    """(place, number of words) of the terms that stand near one another, as FTS5 understands NEAR: from the end of
    each to the beginning of the last there are at most `distance` words."""
    places = [term.places(tokens) for term in terms]
    found: set[tuple[int, int]] = set()
    for last in sorted(set(chain.from_iterable(places))):
        within = [
            at[bisect_left(at, last - term.length - distance) : bisect_right(at, last)]
            for term, at in zip(terms, places, strict=True)
        ]
        if all(within):
            found.update((at, term.length) for term, several in zip(terms, within, strict=True) for at in several)
    return found


def _marked(node: Node, *, titled: bool) -> Iterator[Term | Near]:
    """The terms that are to be there: those asked for in the title, or the others."""
    if isinstance(node, Term | Near):
        if not titled:
            yield node
    elif isinstance(node, Titled):
        if titled:
            yield from _marked(node.node, titled=False)
    elif isinstance(node, All | Any):
        for part in node.nodes if isinstance(node, Any) else node.wanted:
            yield from _marked(part, titled=titled)
