"""Who is named together with whom as GEXF and GraphML: entities as nodes, an edge for two that share a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from store.answers import EntityRow, Tie
from store.export.plain import one_line


def gexf(nodes: Iterable[EntityRow], ties: Iterable[Tie]) -> Iterator[str]:
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


_KEYS = (
    ("label", "node", "string"), ("type", "node", "string"), ("mentions", "node", "int"), ("articles", "node", "int"),
    ("entity", "node", "string"), ("weight", "edge", "int"), ("together", "edge", "int"),
)  # fmt: skip
"""What GraphML declares: weight is in how many sentences two stand together, together in how many articles."""


def graphml(nodes: Iterable[EntityRow], ties: Iterable[Tie]) -> Iterator[str]:
    """A GraphML document (http://graphml.graphdrawing.org), as networkx, igraph, yEd and Gephi read it, a line at a
    time; the weight of an edge is its number of sentences."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, of, kind in _KEYS:
        yield f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="khabar" edgedefault="undirected">\n'
    for node in nodes:
        values = (
            ("label", node.name), ("type", node.type), ("mentions", node.mentions), ("articles", node.articles),
            ("entity", node.entity),
        )  # fmt: skip
        yield f'<node id="n{node.id}">{_data(values)}</node>\n'
    for tie in ties:
        said = _data((("weight", tie.sentences), ("together", tie.articles)))
        yield f'<edge source="n{tie.source}" target="n{tie.target}">{said}</edge>\n'
    yield "</graph>\n</graphml>\n"


def _data(values: Iterable[tuple[str, object]]) -> str:
    return "".join(
        f'<data key="{name}">{escape(one_line(str(value)))}</data>' for name, value in values if value is not None
    )


def _attribute(text: str) -> str:
    # The five escapes of HTML are XML's too; xml.sax.saxutils would bring in half of urllib.
    return f'"{escape(one_line(text))}"'
