"""A brief: what the articles of a filter say, for a reporter, as Markdown. Nothing in it is invented: sentences are
quoted, and each fact has a footnote to a sentence of an article.

Arabic is read rightly by whatever shows Markdown: what is written stands in an element that runs from right to left,
footnotes (which many programs move out of it) begin with a mark of their direction, and what runs the other way
stands in isolates of Unicode.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from store.annotations import Annotation, Target
from store.answers import ArticleRow, EntityRow, EventRow, Filter
from store.export.gathering import Citation, Citations, Gathered, Outlet, gather, sources
from store.export.noting import BOOKMARK, NOTE, Marks, Notes
from store.export.options import Options
from store.export.plain import one_line
from store.export.timeline import group_of
from store.export.timeline_text import markdown
from store.export.wording import SIGNS, Wording, wording

if TYPE_CHECKING:
    from store.database.queries import Reader

_EVENTS, _NAMES, _OUTLETS, _SOURCES = 12, 8, 6, 3
_RLM, _LRM, _LRI, _FSI, _PDI = "\u200f", "\u200e", "\u2066", "\u2068", "\u2069"
_OTHER = {True: ("L",), False: ("R", "AL")}
"""The strong directions that run against a frame from right to left, and against one from left to right."""


def brief(reader: Reader, f: Filter, options: Options) -> Iterator[str]:
    """The brief, a block at a time; `options.limit` is the number of events."""
    events = _EVENTS if options.limit is None else options.limit
    held = gather(reader, f, names=_NAMES, events=events, outlets=_OUTLETS)
    return _Brief(reader, f, options, held).written()


class _Brief:
    def __init__(self, reader: Reader, f: Filter, options: Options, held: Gathered) -> None:
        self._reader, self._filter, self._held = reader, f, held
        self._words: Wording = wording(options.language)
        self._cited = Citations(reader)
        self._notes = Notes(reader, f, self._cited, told=options.noted)

    def written(self) -> Iterator[str]:
        """Block after block, a blank line between them."""
        say, words = self._words.word, self._words
        narrowed = [*map(self._apart, words.scope(self._reader, self._filter))] or [say("all articles")]
        yield f'<div dir="{"rtl" if words.rtl else "ltr"}" lang="{words.language}">\n\n'
        yield f"# {say('brief')}: {self._md(narrowed[0])}\n\n"
        yield f"## {say('what')}\n\n"
        yield f"- {say('narrowed')}: {self._md(self._dotted(narrowed))}\n"
        if not self._held.articles:
            yield f"- {say('nothing found')}\n"
        else:
            yield from self._numbers()
            yield from self._publishers()
            yield from self._people()
            yield from self._timeline()
            yield from self._news()
            yield from self._noted()
            yield from self._doubts()
            yield f"\n---\n\n{say('quoted')}{say('stop')} {say('copies')}{say('stop')}\n"
        yield "\n"
        for each in self._cited:
            yield self._note(each)
        yield "\n</div>\n"

    # -- the parts -----------------------------------------------------------------------------------------

    def _numbers(self) -> Iterator[str]:
        held, words = self._held, self._words
        outlets = len([one for one in held.outlets if one.name is not None]) + held.other_outlets
        said = [words.counted(held.articles, "article"), words.counted(outlets, "outlet")]
        if held.first is not None and held.last is not None:
            said.append(self._dates(words.published(held.first), words.published(held.last)))
        if held.undated:
            said.append(words.word("undated articles", articles=words.counted(held.undated, "article")))
        yield f"- {self._md(self._dotted(said))}\n"
        ends = (("first article", held.first), ("last article", held.last))
        for key, row in ends if held.first != held.last else ends[1:]:
            if row is not None:
                told = [f"{words.word(key)}: {self._apart(row.title)}", words.published(row)]
                yield from self._line(told, self._of_article(row), self._cited.lead(row))

    def _publishers(self) -> Iterator[str]:
        yield self._heading("from whom")
        for one in self._held.outlets:
            yield self._outlet(one)
        if self._held.other_outlets:
            more = self._words.counted(self._held.other_outlets, "outlet")
            yield f"- {self._md(self._words.word('more', n=more))}\n"

    def _outlet(self, one: Outlet) -> str:
        name = self._words.word("no outlet") if one.name is None else self._apart(one.name)
        said = f"{name} {self._words.word('separator')} {self._words.counted(one.articles, 'article')}"
        return f"- {self._md(said)}{self._mark(self._cited.lead(one.newest))}\n"

    def _people(self) -> Iterator[str]:
        if self._held.names:
            yield self._heading("who")
        for kind, rows in self._held.names:
            yield f"\n### {self._words.word(f'type.{kind}')}\n\n"
            for row in rows:
                yield from self._name(row, self._filter)

    def _name(self, row: EntityRow, f: Filter, indent: str = "") -> Iterator[str]:
        counts = [self._words.counted(row.articles, "article"), self._words.counted(row.mentions, "mention")]
        marks = self._notes.beside(Target("entity", row.id), row.annotated)
        said = [f"**{self._md(self._apart(row.name))}**", *map(self._md, [*counts, *self._signs(marks)])]
        yield f"{indent}- {self._dotted(said)}{self._mark(self._cited.naming(row.id, f))}\n"
        yield from self._told(marks, indent)

    def _timeline(self) -> Iterator[str]:
        yield self._heading("most told")
        if not self._held.events:
            yield f"{self._words.word('no events')}\n"
            return
        yield f"{self._words.word('most told note')}{self._words.word('stop')}\n\n"
        for row in self._held.events:
            yield from self._event(row)

    def _event(self, row: EventRow) -> Iterator[str]:
        words = self._words
        said = [words.word(f"group.{group_of(row)}")] if group_of(row) not in ("day", "month") else []
        if row.modality in SIGNS:
            said.append(f"{words.word(f'modality.{row.modality}')} {SIGNS[row.modality]}")
        said.append(words.counted(row.outlets, "outlet"))
        said.append(words.counted(len(row.articles), "article"))
        marks = self._notes.beside(Target("event", row.id), row.annotated)
        said += self._signs(marks)
        yield f"- {self._dotted([f'**{self._md(words.when(row))}**', *map(self._md, said)])}\n"
        cited = [one for ref in sources(row, _SOURCES) if (one := self._cited.sentence(ref)) is not None]
        yield from self._quote(cited, marks)

    def _news(self) -> Iterator[str]:
        recent, words = self._held.recent, self._words
        if recent is None:
            return
        yield self._heading("new")
        dates = self._dates(words.partial(recent.since), words.partial(recent.until))
        said = [words.word("new note", dates=dates), words.counted(recent.articles, "article")]
        yield f"{self._md(self._dotted(said))}\n\n"
        for row in recent.newest:
            marks = self._of_article(row)
            told = [self._apart(row.title), self._apart(row.outlet or ""), words.published(row), *self._signs(marks)]
            yield f"- {self._md(self._dotted([part for part in told if part]))}\n"
            lead = self._cited.lead(row)
            yield from self._quote([] if lead is None else [lead], marks)
        if recent.names:
            yield f"- {self._md(words.word('new names', names=''))}\n"
            for entity in recent.names:
                yield from self._name(entity, self._filter, "  ")

    def _noted(self) -> Iterator[str]:
        """What people put on what was told of nowhere so far."""
        words, notes = self._words, self._notes
        if not notes.count:
            return
        yield self._heading("noted")
        note = words.word("noted note" if notes.untold else "noted beside")
        yield f"{self._md(words.counted(notes.count, 'annotation'))} {self._md(note)}{words.word('stop')}\n\n"
        for one in notes.apart():
            title = words.when(one.event) if one.event is not None else self._apart(one.title)
            kind = words.word(f"on.{one.on.on}")
            # a sentence has its marks itself
            signs = self._signs(one.marks) if one.on.on != "sentence" else []
            said = [f"**{self._md(title or kind)}**", *map(self._md, [*[kind] * bool(title), *signs])]
            quotes = one.on.on in ("sentence", "event") and one.cited is not None
            yield f"- {self._dotted(said)}{'' if quotes else self._mark(one.cited)}\n"
            if quotes and one.cited is not None:
                yield from self._quote([one.cited], one.marks)
            else:
                yield from self._told(one.marks)
        if notes.untold:
            more = words.word("more", n=words.counted(notes.untold, "annotation"))
            yield f"- {self._md(more)}\n"

    def _doubts(self) -> Iterator[str]:
        words, held = self._words, self._held
        lines = []
        for modality, count, row in held.not_facts:
            counted = f"{words.counted(count, 'event')} ({words.word(f'modality.{modality}')})"
            said = words.word("not facts", events=counted)
            cited = self._cited.sentence(row.sentences[0]) if row.sentences else None
            lines.append(f"- {self._md(said)}\n")
            if cited is not None:
                told = f"{words.when(row)}: {self._apart(cited.text)}"
                lines.append(f"\n  > {self._md(told)}{self._mark(cited)}\n\n")
        if held.not_exact:
            lines.append(f"- {self._md(words.word('not exact', events=words.counted(held.not_exact, 'event')))}\n")
        if held.undated:
            said = words.word("undated articles", articles=words.counted(held.undated, "article"))
            lines.append(f"- {self._md(said)}\n")
        for slip, cited in self._cited.contradictions():
            said = f"{words.word('contradiction')}: {self._apart(cited.text)} ({self._apart(one_line(slip.reason))})"
            lines.append(f"- {self._md(said)}{self._mark(cited)}\n")
        if inferred := self._cited.inferred():
            lines.append(f"- {self._md(words.word('inferred dates', articles=words.counted(inferred, 'article')))}\n")
        yield self._heading("doubt")
        yield from lines or [f"{words.word('no doubts')}\n"]

    # -- how it is written ---------------------------------------------------------------------------------

    def _of_article(self, row: ArticleRow) -> Marks:
        return self._notes.beside(Target("article", row.id), row.annotated)

    def _line(self, said: list[str], marks: Marks, cited: Citation | None) -> Iterator[str]:
        """A line with its marks, its footnote and its notes."""
        yield f"- {self._md(self._dotted([*said, *self._signs(marks)]))}{self._mark(cited)}\n"
        yield from self._told(marks)

    def _quote(self, cited: list[Citation], above: Marks) -> Iterator[str]:
        """A sentence with the footnotes to it and others that say it; its marks, and notes on it and on what stands
        `above` it."""
        notes: list[Annotation] = []
        if cited:
            marks = self._notes.beside(self._notes.sentence(cited[0].ref))
            signs = "".join(f" {self._md(sign)}" for sign in self._signs(marks))
            yield f"\n  > {self._md(self._apart(cited[0].text))}{signs}{''.join(map(self._mark, cited))}\n\n"
            notes += marks.notes
        yield from self._told(Marks(notes=(*above.notes, *notes)))
        if cited and (above.notes or notes):
            yield "\n"

    def _signs(self, marks: Marks) -> list[str]:
        """A bookmark and tags, as they stand in a line."""
        return [*[BOOKMARK] * marks.bookmarked, *(self._apart(f"#{tag}") for tag in marks.tags)]

    def _told(self, marks: Marks, indent: str = "") -> Iterator[str]:
        """Notes, below what they are on: what each says, who wrote it, and when."""
        for one in marks.notes:
            text = self._apart(" / ".join(one.text.split("\n")))
            by = self._dotted([part for part in (self._apart(one.who), self._words.partial(one.made)) if part])
            yield f"{indent}  - {NOTE} {self._md(f'{text} ({by})')}\n"

    def _heading(self, key: str) -> str:
        return f"\n## {self._words.word(key)}\n\n"

    def _mark(self, cited: Citation | None) -> str:
        return f" [^{cited.number}]" if cited is not None else ""

    def _note(self, cited: Citation) -> str:
        """A footnote: the sentence in its words, title, outlet, date, file and address, offsets."""
        words, row = self._words, cited.row
        where = f"{words.word('number')} {row.id}{words.word('comma')} "
        where += words.word("offsets", start=str(cited.start), end=str(cited.end))
        said = [f"«{self._apart(cited.text)}»" if words.rtl else f"“{self._apart(cited.text)}”"]
        said += [self._apart(part) for part in (row.title, row.outlet) if part]
        said += [words.published(row), where]
        said += [f"{_LRI}{one_line(part)}{_PDI}" for part in (row.path, cited.url) if part and part != row.title]
        return f"[^{cited.number}]: {_RLM if words.rtl else _LRM}{self._md(self._dotted(said))}\n"

    def _dates(self, first: str, last: str) -> str:
        if first == last:
            return self._words.word("one date", first=first)
        return self._words.word("dates", first=first, last=last)

    def _dotted(self, said: list[str]) -> str:
        return f" {self._words.word('separator')} ".join(said)

    def _apart(self, text: str) -> str:
        """Text on one line, in an isolate where some of it runs the other way."""
        text = one_line(text)
        against = _OTHER[self._words.rtl]
        return f"{_FSI}{text}{_PDI}" if any(unicodedata.bidirectional(char) in against for char in text) else text

    def _md(self, text: str) -> str:
        """As Markdown that shows just that, the isolates kept."""
        parts, begun = [], 0
        for at, char in enumerate(text):
            if char in (_LRI, _FSI, _PDI):
                parts += [_escaped(text[begun:at]), char]
                begun = at + 1
        return "".join([*parts, _escaped(text[begun:])])


def _escaped(text: str) -> str:
    return markdown(text) if text else ""
