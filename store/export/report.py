"""A report: one page of HTML that needs nothing but itself, with pictures, the most told events and the sentences
behind each fact. No script, no network; everything from a corpus is escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from store.annotations import Target
from store.answers import ArticleRow, EntityRow, EventRow, Filter, SentenceRef, Tie, Trends
from store.export import noted_html
from store.export import trends as trends_of
from store.export.gathering import Citations, Gathered, Outlet, gather, quoted, sources
from store.export.graph_svg import arcs, tie_words
from store.export.markup import html
from store.export.noting import Marks, Notes
from store.export.options import Options
from store.export.timeline import group_of, light_of
from store.export.trends_svg import chart, counts_of, peak, stretched
from store.export.wording import SIGNS, Wording, wording

if TYPE_CHECKING:
    from store.database.queries import Reader

_EVENTS, _NAMES, _OUTLETS = 40, 12, 12
_PICTURED, _TIED, _TIES = 9, 18, 40
"""So many names have a picture of their time, and are in that of the graph, with so many ties."""
_READ = 20_000
"""The newest articles that are gone through for the graph."""
_LOOKED_AT = 300
"""So many of the newest articles of both of a tie are looked at for a sentence that names both."""
_SENTENCES, _TELLERS, _CELLS = 3, 12, 400
"""Sentences of a name, articles of an event and rows of a table of values that are shown at most."""


def report(reader: Reader, f: Filter, options: Options) -> Iterator[str]:
    """The page, a part at a time; `options.limit` is the number of events."""
    events = _EVENTS if options.limit is None else options.limit
    held = gather(reader, f, names=_NAMES, events=events, outlets=_OUTLETS)
    return _Report(reader, f, options, held).written()


class _Report:
    def __init__(self, reader: Reader, f: Filter, options: Options, held: Gathered) -> None:
        self._reader, self._filter, self._options, self._held = reader, f, options, held
        self._words: Wording = wording(options.language)
        self._articles: dict[int, ArticleRow | None] = {}
        self._cited = Citations(reader)
        self._notes = Notes(reader, f, self._cited, told=options.noted)

    def written(self) -> Iterator[str]:
        """The page."""
        yield self._head()
        if not self._held.articles:
            yield f"<main>\n<p>{self._word('nothing found')}</p>\n"
        else:
            yield self._contents()
            yield "<main>\n"
            yield from self._trends()
            yield from self._outlets()
            yield from self._names()
            yield from self._graph()
            yield from self._timeline()
            yield from self._news()
            yield from self._noted()
        yield f'</main>\n<footer class="dim">{self._word("report made")}</footer>\n</body>\n</html>\n'

    # -- the parts -----------------------------------------------------------------------------------------

    def _head(self) -> str:
        words = self._words
        narrowed = words.scope(self._reader, self._filter) or [words.word("all articles")]
        style = _style()
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        direction = "rtl" if words.rtl else "ltr"
        return (
            f'<!doctype html>\n<html dir="{direction}" lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
            f"<title>{html(words.word('report'))}: {html(narrowed[0])}</title>\n<style>{style}</style>\n</head>\n"
            f"<body>\n<header>\n<h1>{self._word('report')}</h1>\n"
            f'<p class="scope">{self._dotted(map(_apart, narrowed))}</p>\n'
            f'<p class="numbers">{self._dotted(map(_apart, self._numbers()))}</p>\n'
            f'<p class="dim">{self._word("quoted")}{self._word("stop")} {self._word("copies")}'
            f"{self._word('stop')}</p>\n</header>\n"
        )

    def _numbers(self) -> list[str]:
        held, words = self._held, self._words
        outlets = len([one for one in held.outlets if one.name is not None]) + held.other_outlets
        said = [words.counted(held.articles, "article")]
        if held.articles:
            said.append(words.counted(outlets, "outlet"))
        if held.first is not None and held.last is not None:
            first, last = words.published(held.first), words.published(held.last)
            said.append(words.word("one date" if first == last else "dates", first=first, last=last))
        if held.undated:
            said.append(words.word("undated articles", articles=words.counted(held.undated, "article")))
        said.append(words.counted(held.event_count, "event"))
        return said

    def _contents(self) -> str:
        parts = ["trends", "outlets", "names", "graph", "most told", "new", *["noted"] * bool(self._notes.count)]
        links = [f'<li><a href="#{_id(key)}">{self._word(key)}</a></li>' for key in parts]
        return f'<nav aria-label="{self._word("contents")}"><ul>{"".join(links)}</ul></nav>\n'

    def _trends(self) -> Iterator[str]:
        words, options = self._words, self._options
        found = trends_of.asked(self._reader, self._filter, options, _PICTURED)
        yield self._section("trends")
        if not found.articles:
            yield f"<p>{words.counted(0, 'article')}</p>\n</section>\n"
            return
        yield f'<p class="dim">{self._word("trends note")} {self._word(f"bar.{found.unit}")}{self._word("stop")}</p>\n'
        drawn = chart(found, found.articles, words, 110, words.word("articles over time"), "all")
        caption = (
            f"{self._word('articles over time')} {self._word('separator')} {html(peak(found, found.articles, words))}"
        )
        yield f'<figure class="wide">\n<figcaption><bdi>{caption}</bdi></figcaption>\n{drawn}\n</figure>\n'
        yield '<div class="many">\n'
        for number, series in enumerate(found.series):
            name, said = f'<a href="#n{series.entity.id}">{_apart(series.entity.name)}</a>', ""
            if series.entity.id not in self._in_table():
                name = _apart(series.entity.name)
                said = self._evidence(self._naming(series.entity.id, self._filter, 1))
            facts = f"<bdi>{html(counts_of(series, found, words))}</bdi>"
            drawn = chart(found, series.articles, words, 64, series.entity.name, f"s{number}", small=True)
            caption = f'<b>{name}</b> <span class="dim">{facts}</span>'
            yield f"<figure>\n<figcaption>{caption}</figcaption>\n{drawn}\n{said}</figure>\n"
        yield "</div>\n"
        yield from self._values(found)
        yield "</section>\n"

    def _values(self, found: Trends) -> Iterator[str]:
        """The numbers that were drawn, as a table."""
        names = [_apart(series.entity.name) for series in found.series]
        heads = "".join(f'<th scope="col">{name}</th>' for name in (self._word("time"), *names, self._word("all")))
        yield f"<details>\n<summary>{self._word('values')}</summary>\n"
        yield f'<div class="scroll"><table class="values">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n'
        told = list(trends_of.told(found))
        for value, cells in told[-_CELLS:]:
            numbers = "".join(f"<td>{count or ''}</td>" for count in cells)
            yield f'<tr><th scope="row">{html(self._words.partial(stretched(value)))}</th>{numbers}</tr>\n'
        yield "</tbody>\n</table></div>\n</details>\n"

    def _outlets(self) -> Iterator[str]:
        yield self._section("outlets")
        most = max((one.articles for one in self._held.outlets), default=1)
        heads = "".join(f'<th scope="col">{self._word(key)}</th>' for key in ("outlets", "articles"))
        yield f'<table class="outlets">\n<thead><tr>{heads}<td aria-hidden="true"></td></tr></thead>\n<tbody>\n'
        for one in self._held.outlets:
            yield self._outlet(one, most)
        yield "</tbody>\n</table>\n"
        if self._held.other_outlets:
            more = self._words.counted(self._held.other_outlets, "outlet")
            yield f'<p class="dim">{html(self._words.word("more", n=more))}</p>\n'
        yield "</section>\n"

    def _outlet(self, one: Outlet, most: int) -> str:
        name = self._word("no outlet") if one.name is None else _apart(one.name)
        share = 100 * one.articles / most
        x = 100 - share if self._words.rtl else 0.0
        marks = self._notes.beside(Target("article", one.newest.id), one.newest.annotated)
        newest = self._dotted((_apart(one.newest.title), _apart(self._words.published(one.newest))))
        newest += noted_html.signs(marks, self._words)
        lead = self._told(marks) + self._evidence(self._lead(one.newest), "evidence.lead")
        bar = f'<rect class="bars" x="{x:.2f}%" width="{share:.2f}%" height="14"/>'
        return (
            f'<tr><th scope="row">{name}<div class="dim">{newest}</div>{lead}</th><td>{one.articles}</td>'
            f'<td><svg class="share" aria-hidden="true" width="100%" height="14">{bar}</svg></td></tr>\n'
        )

    def _in_table(self) -> frozenset[int]:
        return frozenset(row.id for _kind, rows in self._held.names for row in rows)

    def _names(self) -> Iterator[str]:
        yield self._section("names")
        heads = "".join(f'<th scope="col">{self._word(key)}</th>' for key in ("name", "articles", "mentions"))
        yield '<div class="tables">\n'
        for kind, rows in self._held.names:
            caption = f"<caption>{self._word(f'type.{kind}')}</caption>"
            yield f"<table>\n{caption}\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
            for row in rows:
                yield self._name(row)
            yield "</tbody>\n</table>\n"
        yield "</div>\n</section>\n"

    def _name(self, row: EntityRow) -> str:
        marks = self._notes.beside(Target("entity", row.id), row.annotated)
        more = noted_html.signs(marks, self._words) + self._told(marks)
        more += self._evidence(self._naming(row.id, self._filter, _SENTENCES))
        return (
            f'<tr id="n{row.id}"><th scope="row">{_apart(row.name)}{more}</th><td>{row.articles}</td>'
            f"<td>{row.mentions}</td></tr>\n"
        )

    def _graph(self) -> Iterator[str]:
        words = self._words
        rows = sorted(
            (row for _kind, rows in self._held.names for row in rows), key=lambda row: (-row.articles, row.id)
        )[:_TIED]
        ties = self._reader.ties([row.id for row in rows], self._filter, 1, _TIES, _READ)
        yield self._section("graph")
        drawn = arcs(rows, ties, words)
        if not drawn:
            yield f"<p>{words.counted(0, 'sentence')}</p>\n</section>\n"
            return
        named = {row.id: row for row in rows}
        said = words.word("graph note", tie=tie_words(ties[0], named, words))
        if self._held.articles > _READ:
            said += f" ({words.word('graph newest', articles=words.counted(_READ, 'article'))})"
        yield f'<figure class="graph">\n<figcaption class="dim">{html_isolated(said)}</figcaption>\n{drawn}\n'
        lines = "".join(
            f"<li>{html_isolated(tie_words(tie, named, words))}{self._both(tie, named)}</li>" for tie in ties
        )
        yield f"<details><summary>{self._word('values')}</summary><ul>{lines}</ul></details>\n</figure>\n</section>\n"

    def _both(self, tie: Tie, named: Mapping[int, EntityRow]) -> str:
        """A sentence that names both of a tie."""
        from store.database import dossiers
        from store.dossiers import Subject

        about = Subject((named[tie.source], named[tie.target]))
        found = dossiers.together(self._reader, about, 1, _LOOKED_AT, self._filter)
        return self._evidence((row.sentence for row in found.rows), "evidence.both")

    def _timeline(self) -> Iterator[str]:
        words = self._words
        yield self._section("most told")
        if not self._held.events:
            yield f"<p>{self._word('no events')}</p>\n</section>\n"
            return
        yield f'<p class="dim">{self._word("most told note")}{self._word("stop")}</p>\n'
        year = ""
        for row in self._held.events:
            if row.earliest[:4] != year:
                year = row.earliest[:4]
                yield f"<h3>{html(words.partial(year))}</h3>\n"
            yield self._event(row)
        yield "</section>\n"

    def _event(self, row: EventRow) -> str:
        words, light = self._words, light_of(row)
        facts = [html(words.word(f"group.{group_of(row)}"))]
        if light in SIGNS:
            facts.insert(0, f'<b class="light-word">{html(words.word(f"modality.{light}"))}</b>')
        facts += [html(words.counted(row.outlets, "outlet")), html(words.counted(len(row.articles), "article"))]
        names = f"{words.word('comma')} ".join(_apart(name) for name in row.names)
        named = f"<p><b>{names}</b></p>\n" if names else ""
        marks = self._notes.beside(Target("event", row.id), row.annotated)
        signs = noted_html.signs(marks, words)
        told = "".join(map(self._said, sources(row, _TELLERS)))
        return (
            f'<article class="m-{light}" id="e{row.id}">\n<h4><bdi>{html(words.when(row))}</bdi>{signs}</h4>\n'
            f'<p class="dim">{self._dotted(facts)}</p>\n{named}{self._quote(row.sentences[0], marks)}\n'
            f"<details><summary>{self._word('tellers')}</summary>{told}</details>\n</article>\n"
        )

    def _news(self) -> Iterator[str]:
        recent, words = self._held.recent, self._words
        if recent is None:
            return
        yield self._section("new")
        first, last = words.partial(recent.since), words.partial(recent.until)
        dates = words.word("one date" if first == last else "dates", first=first, last=last)
        said = [words.word("new note", dates=dates), words.counted(recent.articles, "article")]
        yield f'<p class="dim">{self._dotted(map(_apart, said))}</p>\n<ul class="news">\n'
        for row in recent.newest:
            marks = self._notes.beside(Target("article", row.id), row.annotated)
            lead = next(iter(self._lead(row)), None)
            quote = self._quote(lead, marks) if lead is not None else self._told(marks)
            yield f"<li>{self._about(row)}{quote}</li>\n"
        yield "</ul>\n"
        if recent.names:
            now = replace(self._filter, since=recent.since, until=recent.until)
            yield f'<p>{html(words.word("new names", names=""))}</p>\n<ul class="news">\n'
            for one in recent.names:
                yield f"<li>{_apart(one.name)}{self._evidence(self._naming(one.id, now, 1))}</li>\n"
            yield "</ul>\n"
        yield "</section>\n"

    def _noted(self) -> Iterator[str]:
        if self._notes.count:
            yield self._section("noted")
            yield from noted_html.apart(self._notes, self._words, self._said, self._evidence)
            yield "</section>\n"

    # -- how it is written ---------------------------------------------------------------------------------

    def _word(self, key: str) -> str:
        return html(self._words.word(key))

    def _section(self, key: str) -> str:
        return f'<section id="{_id(key)}">\n<h2>{self._word(key)}</h2>\n'

    def _dotted(self, said: Iterable[str]) -> str:
        """What is HTML already, with dots between, which stay at the ends of lines."""
        return f"&nbsp;{self._words.word('separator')} ".join(said)

    def _article(self, id: int) -> ArticleRow | None:
        if id not in self._articles:
            self._articles[id] = next(iter(self._reader.articles((id,))), None)
        return self._articles[id]

    def _quote(self, ref: SentenceRef, above: Marks | None = None) -> str:
        """A sentence with its marks; where what stands `above` it is given, with the notes on either."""
        on = self._notes.sentence(ref)
        marks = self._notes.marks(on) if above is None else self._notes.beside(on)
        signs = noted_html.signs(marks, self._words)
        notes = () if above is None else (*above.notes, *marks.notes)
        return f'<blockquote dir="auto">{html(quoted(ref.text))}{signs}</blockquote>{self._told(Marks(notes=notes))}'

    def _told(self, marks: Marks) -> str:
        return noted_html.told(marks.notes, self._words)

    def _naming(self, entity: int, f: Filter, most: int) -> Iterable[SentenceRef]:
        """The newest sentences that name an entity."""
        rows = self._reader.mention_rows(entity, self._reader.mention_ids(entity, f, most=most))
        return dict.fromkeys(row.sentence for row in rows)

    def _lead(self, row: ArticleRow) -> list[SentenceRef]:
        """The first sentence of an article."""
        cited = self._cited.lead(row)
        return [] if cited is None else [cited.ref]

    def _evidence(self, told: Iterable[SentenceRef], key: str = "evidence") -> str:
        """The sentences behind a line, folded."""
        said = "".join(map(self._said, told))
        return f"<details><summary>{self._word(key)}</summary>{said}</details>" if said else ""

    def _said(self, ref: SentenceRef) -> str:
        """A sentence in its words, and where it stands."""
        words, article = self._words, self._article(ref.article)
        where = f"{words.word('number')} {ref.article}{words.word('comma')} "
        where += words.word("offsets", start=str(ref.start), end=str(ref.end))
        told = [*([self._about(article)] if article is not None else []), html(where)]
        path = f' <bdi class="path" dir="ltr">{html(article.path)}</bdi>' if article is not None else ""
        return f'<div class="said">{self._quote(ref)}<p class="from">{self._dotted(told)}{path}</p></div>'

    def _about(self, row: ArticleRow) -> str:
        """Title, outlet and date."""
        said = [_apart(row.title)]
        if row.outlet:
            said.append(_apart(row.outlet))
        signs = noted_html.signs(self._notes.marks(Target("article", row.id), row.annotated), self._words)
        return self._dotted([*said, f"<bdi>{html(self._words.published(row))}</bdi>"]) + signs


def _apart(text: str) -> str:
    return f"<bdi>{html(text)}</bdi>"


def html_isolated(text: str) -> str:
    """Words with names in isolates of Unicode as HTML, which has an element for that."""
    parts = text.replace("\u2068", "\x00<").replace("\u2069", "\x00>").split("\x00")
    return html(parts[0]) + "".join(
        (f"<bdi>{html(part[1:])}" if part[0] == "<" else f"</bdi>{html(part[1:])}") for part in parts[1:]
    )


def _id(key: str) -> str:
    return key.replace(" ", "-")


@lru_cache(maxsize=1)
def _style() -> str:
    return "\n" + files("store.export").joinpath("data/report.css").read_text("utf-8")
