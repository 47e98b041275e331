"""Who is named together with whom: entities as nodes, an edge for each two that share a sentence.

All nodes are known first; the edges, which only the whole corpus knows, are counted in memory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import combinations

from store.answers import Article, EntityRow
from store.export.plain import one_line


@dataclass(frozen=True, slots=True)
class Edge:
    """Two entities (by id, the smaller first), and in how many sentences and articles they stand together."""

    source: int
    target: int
    sentences: int
    articles: int


def edges(articles: Iterable[Article], nodes: Iterable[int]) -> list[Edge]:
    """The edges between `nodes` in these articles, the strongest first."""
    known = frozenset(nodes)
    counts: dict[tuple[int, int], list[int]] = {}
    for article in articles:
        together: dict[tuple[int, int], int] = {}
        for names in _by_sentence(article):
            for pair in combinations(sorted(names & known), 2):
                together[pair] = together.get(pair, 0) + 1
        for pair, sentences in together.items():
            count = counts.setdefault(pair, [0, 0])
            count[0] += sentences
            count[1] += 1
    found = [Edge(*pair, *count) for pair, count in counts.items()]
    return sorted(found, key=lambda edge: (-edge.sentences, -edge.articles, edge.source, edge.target))


def _by_sentence(article: Article) -> Iterable[set[int]]:
    starts = [sentence.start for sentence in article.sentences]
    named: dict[int, set[int]] = {}
    for stored in article.mentions:
        named.setdefault(bisect_right(starts, stored.mention.start), set()).add(stored.entity_id)
    return named.values()


def gexf(nodes: Iterable[EntityRow], ties: Iterable[Edge]) -> Iterator[str]:
    """A GEXF 1.3 document (https://gexf.net/schema.html), as Gephi reads it, a line at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<meta><creator>khabar</creator></meta>\n<graph defaultedgetype="undirected">\n<attributes class="node">\n'
    for name, kind in (("type", "string"), ("mentions", "integer"), ("articles", "integer"), ("entity", "string")):
        yield f'<attribute id="{name}" title="{name}" type="{kind}"/>\n'
    yield '</attributes>\n<attributes class="edge">\n<attribute id="articles" title="articles" type="integer"/>\n'
    yield "</attributes>\n<nodes>\n"
    for node in nodes:
        values = {"type": node.type, "mentions": node.mentions, "articles": node.articles, "entity": node.entity}
        yield f'<node id="{node.id}" label={_attribute(node.name)}><attvalues>'
        for name, value in values.items():
            if value is not None:
                yield f'<attvalue for="{name}" value={_attribute(str(value))}/>'
        yield "</attvalues></node>\n"
    yield "</nodes>\n<edges>\n"
    for number, tie in enumerate(ties):
        yield f'<edge id="{number}" source="{tie.source}" target="{tie.target}" weight="{tie.sentences}">'
        yield f'<attvalues><attvalue for="articles" value="{tie.articles}"/></attvalues></edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _attribute(text: str) -> str:
    # The five escapes of HTML are XML's too; xml.sax.saxutils would bring in half of urllib.
    return f'"{escape(one_line(text))}"'
