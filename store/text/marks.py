"""Where a text answers a query: the same words, folding and expansion as the index is asked with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.text.fold import fold, fold_with_map
from store.text.query import Any, Node, Term, parse
from store.text.tokens import WORD, words


def matches(node: Node, fields: Sequence[Sequence[str]]) -> bool:
    """Whether folded words answer the query; a phrase lies within one field. The definition the index must meet."""
    if isinstance(node, Term):
        return any(any(_Finder([node]).hits(field)) for field in fields)
    if isinstance(node, Any):
        return any(matches(part, fields) for part in node.nodes)
    return all(matches(part, fields) for part in node.wanted) and not any(
        matches(part, fields) for part in node.unwanted
    )


def highlight(text: str, query: str | Node) -> list[tuple[int, int]]:
    """Spans `(start, end)` of `text` that answer the words of `query` (those it excludes left out), in order.

    The query may be parsed already. The same folding and expansion as the search; spans do not overlap. An empty
    query marks nothing. Raises QueryError.
    """
    if not answers(text, query):
        return []
    folded = fold_with_map(text)
    places = list(words(folded.text))
    spans: list[tuple[int, int]] = []
    for at, length in _wanted(query).hits([folded.text[start:end] for start, end in places]):
        span = folded.span(places[at][0], places[at + length - 1][1])
        if spans and span[0] < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(span[1], spans[-1][1]))
        else:
            spans.append(span)
    return spans


def answers(text: str, query: str | Node) -> bool:
    """Whether anything of `text` answers a word of `query`: what `highlight` would mark, at a fraction of its cost.

    Raises QueryError.
    """
    if isinstance(query, str) and not query.strip():
        return False
    return any(_wanted(query).hits(WORD.findall(fold(text))))


class _Finder:
    """Finds what answers any of some terms among words."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._words: set[str] = set()
        beginnings: list[str] = []
        self._phrases: list[tuple[list[frozenset[str]], tuple[str, ...]]] = []
        for term in terms:
            columns = [frozenset(column) for column in term.forms()]
            if len(columns) > 1:
                self._phrases.append((columns, tuple(columns[-1]) if term.prefix else ()))
            elif term.prefix:
                beginnings.extend(columns[0])
            else:
                self._words |= columns[0]
        self._beginnings = tuple(beginnings)

    def hits(self, tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield (place, number of words), the longest for each place, in order."""
        for at, token in enumerate(tokens):
            length = 1 if token in self._words or token.startswith(self._beginnings) else 0
            for columns, beginnings in self._phrases:
                if token in columns[0] and _follows(tokens, at, columns, beginnings):
                    length = max(length, len(columns))
            if length:
                yield at, length


def _follows(tokens: Sequence[str], at: int, columns: list[frozenset[str]], beginnings: tuple[str, ...]) -> bool:
    """Whether the words from `at` on are those of a phrase, the last of them begun by one of `beginnings` if any."""
    end = at + len(columns) - 1
    if end >= len(tokens) or any(tokens[at + place] not in columns[place] for place in range(1, len(columns) - 1)):
        return False
    return tokens[end].startswith(beginnings) if beginnings else tokens[end] in columns[-1]


@lru_cache(maxsize=64)
def _wanted(query: str | Node) -> _Finder:
    return _Finder(list(_terms(parse(query) if isinstance(query, str) else query)))


def _terms(node: Node) -> Iterator[Term]:
    if isinstance(node, Term):
        yield node
    else:
        for part in node.nodes if isinstance(node, Any) else node.wanted:
            yield from _terms(part)
