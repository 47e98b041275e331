"""What the explorer says: the status line, and why something is here."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from store.answers import (
    RANKED,
    Article,
    ArticleOrder,
    ArticleRow,
    EntityRow,
    EventRow,
    Filter,
    Overview,
    StoredMention,
)
from store.database.queries import Reader
from store.errors import StoreError
from store.models import MARKED, Contradiction, DateMention, Mention
from store.resolve import places
from store.resolve.spoken import Spoken
from store.text.around import AROUND
from store.text.latin_query import LatinReading
from store.text.when import CALENDARS, Language, in_words
from tui.locale import N_, language, ngettext, semicolon
from tui.locale import gettext as _
from tui.locale.said import Said, again, joined
from tui.locale.told import in_words as error_in_words
from tui.locale.told import sentence as sentence_of
from tui.locale.told import told
from tui.panes.articles import date_label
from tui.panes.copies import copies_label
from tui.panes.entities import type_in_words, type_letter, type_name
from tui.panes.marks import Mark
from tui.panes.reader import names_of
from tui.panes.timeline import precision_mark
from tui.screens.arranging import Arranging
from tui.screens.sheets import Sheet
from tui.widgets.label import Label
from tui.widgets.prose import Entry

# Values of the store that are shown as words.
_WORDS = (
    N_("given"), N_("metadata"), N_("header"), N_("dateline"), N_("inferred"), N_("unknown"),
    N_("line"), N_("first sentence"),
    N_("asserted"), N_("planned"), N_("predicted"), N_("denied"),
    N_("time"), N_("day"), N_("week"), N_("month"), N_("season"), N_("quarter"), N_("year"), N_("decade"),
    N_("century"), N_("range"), N_("vague"),
    N_("author"), N_("section"), N_("keyword"), N_("language"), N_("published"), N_("updated"), N_("canonical"),
    N_("site"), N_("description"),
    N_("bookmark"), N_("tag"), N_("note"),
    N_("PER"), N_("ORG"), N_("LOC"), N_("MISC"), N_("DATE"), N_("TIME"), N_("DURATION"), N_("SET"),
)  # fmt: skip


class Telling(Arranging):
    """The explorer's words."""

    def __init__(self, corpus: Path, *, sample: bool = False) -> None:
        super().__init__(corpus, sample=sample)
        self.filter = Filter()
        self.ranking: ArticleOrder = "newest"
        """The order of the articles while something is searched for."""
        self.all_ranked = True
        """Whether that order is one of all articles found, not of the newest alone."""
        self.ranking_all = False
        """Whether all of them are being ranked just now."""
        self.news: int | None = None
        """How many articles others have added since the lists were read; 0 where they changed something else."""
        self.overview: Overview | None = None
        self.labels: dict[int, str] = {}
        """Names of entities that were met, for the words of a filter."""
        self.readings: tuple[LatinReading, ...] = ()
        """What the present search takes Latin words for."""
        self.refused: str | None = None
        """Why the present filter cannot be understood."""
        self.failed: str | None = None
        """Why the corpus could not answer, where no list is shown for it."""
        self.stopped = False
        """Whether the present question was stopped before it was answered."""
        self.said = ""
        """The left side of the status line, in logical order."""
        self._notice = ""

    def name_things(self) -> None:
        """Say everything in the language spoken now."""
        super().name_things()
        self.say_empty()
        self.tell_status()

    def say_empty(self) -> None:
        """Why a list without a row has none, and what to do about it."""
        texts = {"articles": _("no article here"), "entities": _("no name here"), "timeline": _("no dated event here")}
        narrowed = f"{self._filter_in_words()}\n{self._wider_in_words()}"
        texts = {name: f"{text}\n{narrowed}" for name, text in texts.items()}
        if self.refused is not None:
            texts = dict.fromkeys(texts, again(self.refused).replace(semicolon(), "\n"))
        elif self.failed is not None:
            failed = again(self.failed).replace(semicolon(), "\n")
            texts = dict.fromkeys(texts, f"{failed}\n{_('F5 tries again')}")
        elif self.stopped:
            texts = dict.fromkeys(texts, _("stopped\nF5 asks again, Backspace goes back"))
        elif self.overview is not None and not self.overview.articles:
            texts = dict.fromkeys(texts, _("this corpus is empty\nA adds files or folders, as khabar add does"))
        elif self.filter == Filter():
            texts = {
                "articles": "",
                "entities": _("no names in these articles"),
                "timeline": _("no dated events in these articles"),
            }
        for name, text in texts.items():
            rows = self.rows(name)
            if rows.empty_text != text:
                rows.empty_text = text
                if not rows.ids:
                    rows.refresh()

    def _wider_in_words(self) -> str:
        """How to come out of a filter that lets nothing through."""
        if self.filter.query:
            return _("/ changes the search, Esc shows all articles again")
        return _("f changes the filter, Esc shows all articles again")

    def go_to_pane(self, name: str) -> None:
        """Bring a pane into sight and give it the keys; what was said before has had its time."""
        super().go_to_pane(name)
        self.tell_status()

    def refuse(self, error: StoreError) -> None:
        """Say what went wrong."""
        self.tell(error_in_words(error), problem=True)

    # -- the status line -----------------------------------------------------------------------------------

    def tell(self, text: str, *, problem: bool = False) -> None:
        """Say something in the status line until the next move."""
        self._notice = text
        status = self.query_one("#status", Label)
        status.set_class(problem, "-problem")
        self.said = text or self.standing()
        status.say(self.said, self._news_in_words() if text else self._corpus_in_words())

    @property
    def is_problem(self) -> bool:
        """Whether what the status line says is a problem, which stays until the next move."""
        return self.query_one("#status", Label).has_class("-problem")

    def standing(self) -> str:
        """What is said while there is nothing new: the filter in words."""
        return self._filter_in_words()

    def tell_again(self) -> None:
        """The same once more: what is said at the right has changed."""
        self.tell(self._notice, problem=self.is_problem)

    def tell_status(self) -> None:
        """The filter in words and the size of the corpus."""
        self.tell("")

    def tell_mark(self, mark: Mark | None) -> None:
        """What is under the reader's cursor."""
        if mark is None:
            self.tell(_("no name or date is marked in this article"))
        elif isinstance(mark.value, StoredMention):
            kind = mark.value.mention.type
            words = joined(" ", (type_letter(kind), mark.value.entity_name))
            self.tell(joined(" · ", (words, type_in_words(kind))))
        else:
            date = mark.value
            words = f"{precision_mark(date.precision, date.bound).strip()} {date.value}"
            self.tell(joined(" · ", (words, _(date.precision))))

    def _filter_in_words(self) -> str:
        return self.filter_in_words(self.filter)

    def filter_in_words(self, now: Filter) -> str:
        """A filter, the present one or another, in words."""
        parts = []
        if now.query:
            parts.append(_("search: {query}").format(query=now.query))
            parts.extend(
                _("{latin} → {arabic}").format(latin=reading.latin, arabic="، ".join(reading.arabic))
                for reading in (self.readings if now == self.filter else ())
            )
        if now.query and self.ranking != "newest" and now == self.filter:
            parts.append(self._ranking_in_words())
        parts.extend(_("entity: {name}").format(name=self.labels.get(entity, "…")) for entity in now.entities)
        if now.article is not None:
            parts.append(_("of one article"))
        if now.event is not None:
            parts.append(_("of one event"))
        if now.story is not None:
            parts.append(_("copies of one story"))
        if now.type:
            parts.append(type_name(now.type))
        if now.outlet:
            parts.append(now.outlet)
        parts.extend({"tag": f"#{value}", "has": _(value)}.get(what, value) for what, value in now.said)
        if now.bookmarked:
            parts.append(_("bookmarked"))
        parts.extend(_(word) for word in (now.precision, now.modality) if word)
        if now.undated:
            parts.append(_("undated"))
        if now.added_after is not None:
            parts.append(_("new since the last look"))
        if now.since or now.until:
            parts.append(f"{now.since or ''}…{now.until or ''}")
        return joined(" · ", parts) if parts else _("all articles")

    def _ranking_in_words(self) -> str:
        if self.ranking_all:
            return _("all are being ranked…")
        if self.ranking == "best" or self.all_ranked:
            return _("by relevance")
        return _("ranked among the newest {n}, w ranks all").format(n=f"{RANKED:,}")

    def _news_in_words(self) -> str:
        key = "Esc" if self.filter == Filter() else "F5"
        if self.news:
            return _("+{n} new, {key} shows them").format(n=f"{self.news:,}", key=key)
        return _("changed meanwhile, {key} shows it").format(key=key) if self.news is not None else ""

    def _corpus_in_words(self) -> str:
        if self.overview is None:
            return ""
        count = self.overview.articles
        said = ngettext("{n} article", "{n} articles", count).format(n=count)
        waiting = self.overview.waiting
        refined = _("names of {n} still to be refined").format(n=waiting) if waiting else ""
        return joined(" · ", filter(None, (self._news_in_words(), said, refined)))

    def show_overview(self, overview: Overview) -> None:
        self.overview = overview
        self.say_empty()
        if not self._notice:
            self.tell_status()

    # -- why is this here ----------------------------------------------------------------------------------

    def explain(self, title: str, lines: list[str]) -> None:
        """Open a sheet with reasons."""
        self.app.push_screen(Sheet(title, [Entry("text", line) for line in lines if line]))

    def why_mark(self, mark: Mark) -> None:
        """Why a name or a date is marked in the text."""
        value = mark.value
        if isinstance(value, StoredMention):
            mention = value.mention
            lines = [
                joined("", (f"«{mention.text}» — ", _(mention.type))),
                _("found by {who} {version}, rule {rule}, score {score:.2f}").format(
                    who=told(mention.extractor), version=mention.version, rule=told(mention.rule), score=mention.score
                ),
                _("belongs to {name}").format(name=value.entity_name),
                told(value.reason or mention.reason),
                _where(mention),
                self._editors_say(value),
            ]
            self._explain_mark(_("Why this name"), lines, mark)
            return
        days = f"{value.earliest} … {value.latest}" if value.earliest else _("no day follows from it")
        lines = [
            joined(
                "", (f"«{value.text}» — ", _(value.type), f" {value.value}", f" ({value.mod})" if value.mod else "")
            ),
            _("days: {days}").format(days=days),
            _("resolved against {anchor}").format(anchor=value.anchor) if value.anchor else _("resolved by itself"),
            _("found by {who} {version}, rule {rule}").format(
                who=told(value.extractor), version=value.version, rule=told(value.rule)
            ),
            _("said as {modality}").format(modality=_(value.modality)),
            *(_contradicts(each) for each in self.reader.contradictions if each.start == value.start),
        ]
        self._explain_mark(_("Why this date"), lines, mark)

    def _explain_mark(self, title: str, lines: list[str], mark: Mark) -> None:
        """Reasons for a mark, and what is said in its sentence, if that was looked for."""
        shown = self.reader.article
        if shown is None:
            self.explain(title, lines)
            return

        def tell(said: Spoken | None) -> None:
            from tui.screens.heard import around  # not needed for the first frame

            self.explain(title, [*lines, *around(said, shown, mark.start)])

        self.ask("why", lambda reader: reader.spoken(shown.row.id), tell, lambda _error: self.explain(title, lines))

    def _editors_say(self, value: StoredMention) -> str:
        """Whether a source gives the article in the reader this name as a keyword."""
        from store.resolve.editors import keyword_for

        shown = self.reader.article
        if shown is None:
            return ""
        said = keyword_for(shown.document, value.entity_name, value.mention.name, value.mention.text)
        if said is None:
            return ""
        return _("a keyword of the editors too: {value} ({origin})").format(value=said.value, origin=said.origin)

    def why_entity(self, entity: EntityRow | int) -> None:
        """Why names were taken for one entity."""
        key = entity if isinstance(entity, int) else entity.id
        self.ask(
            "why",
            lambda reader: reader.why_entity(key),
            lambda lines: self.explain(_("Why this entity"), [*map(sentence_of, lines)]),
        )

    def why_event(self, event: EventRow) -> None:
        """The sentences of an event, where its date comes from, and why they were put together."""

        def tell(found: tuple[list[str], list[DateMention]]) -> None:
            reasons, dates = found
            days = event.earliest, event.latest, event.precision
            lines = [
                joined(" — ", (event.value, _(event.modality), _(event.precision))),
                Said.by(lambda: " = ".join(in_words(*days, calendar, _spoken()) for calendar in CALENDARS)),
                {"since": _("it begins what lasts"), "until": _("it ends what lasts"), None: ""}[event.bound],
                ngettext("{n} outlet tells it", "{n} outlets tell it", event.outlets).format(n=event.outlets),
                *map(told, reasons),
            ]
            for sentence, date in zip(event.sentences, dates, strict=False):
                lines.append(f"[{sentence.article}] {sentence.text}")
                because = _("{value} from «{text}» by rule {rule}")
                if date.anchor:
                    because = _("{value} from «{text}», counted from {anchor}, by rule {rule}")
                lines.append(because.format(value=date.value, text=date.text, rule=told(date.rule), anchor=date.anchor))
            self.explain(_("Why this event"), lines)

        self.ask("why", lambda reader: (reader.why_event(event.id), reader.dates_of_event(event.id)), tell)

    def why_article(self, article: int) -> None:
        """Where title, outlet and date of an article come from."""

        def tell(answer: tuple[Article, list[Contradiction], list[tuple[ArticleRow, str]]]) -> None:
            found, slips, copies = answer
            cleaned, published, source = found.cleaned, found.row.published, found.document.source
            title = cleaned.title
            self.explain(
                _("Why this article"),
                [
                    found.row.title,
                    _("title: {basis}").format(basis=_(title.basis)) if title else _("no title was found"),
                    _("date: {value} ({basis}); {reason}").format(
                        value=published.value or "—", basis=_(published.basis), reason=told(published.reason)
                    ),
                    *map(_contradicts, slips),
                    _("outlet: {outlet}; {reason}").format(
                        outlet=cleaned.outlet or "—", reason=told(cleaned.outlet_reason)
                    ),
                    _("read from {path} by {reader} {version}, encoding {encoding}").format(
                        path=source.path, reader=source.reader, version=source.version, encoding=source.encoding or "—"
                    ),
                    *(joined("", (_(said.name), f": {said.value} ({said.origin})")) for said in found.document.said),
                    _("language: {code}").format(code=cleaned.language),
                    names_of(found),
                    copies_label(found.row),
                    *(_("[{id}] {outlet}, {date}: {reason}").format(
                        id=row.id, outlet=row.outlet or "—", date=date_label(row), reason=told(reason)
                    ) for row, reason in copies),
                    ngettext(
                        "{n} control character was replaced", "{n} control characters were replaced",
                        found.document.replaced,
                    ).format(n=found.document.replaced) if found.document.replaced else "",
                    *_blocks(found),
                ],
            )  # fmt: skip

        def question(reader: Reader) -> tuple[Article, list[Contradiction], list[tuple[ArticleRow, str]]]:
            from store.resolve.contradictions import contradictions  # not needed for the first frame

            found = reader.article(article)
            return found, contradictions(found), reader.why_copies(article)

        self.ask("why", question, tell)


def _spoken() -> Language:
    return "ar" if language() == "ar" else "en"


def _blocks(article: Article) -> list[str]:
    """What each line is and by which rule; lines of one rule around the article as one."""
    said = []
    for (kind, rule), blocks in groupby(article.cleaned.blocks, lambda block: (block.kind, block.rule)):
        shown = [article.document.text[block.start : block.end][:60] for block in blocks]
        if kind in AROUND and len(shown) > 1:
            shown = [ngettext("{first} and {n} line more", "{first} and {n} lines more", len(shown) - 1).format(
                first=shown[0], n=len(shown) - 1
            )]  # fmt: skip
        said += [joined("", (_(kind), ": ", line, " (", told(rule.removeprefix(MARKED)), ")")) for line in shown]
    return said


def _contradicts(slip: Contradiction) -> str:
    """A contradiction of the page with itself, in words."""
    return _("the page contradicts itself: {reason}").format(reason=told(slip.reason))


def _where(mention: Mention) -> str:
    """The known thing that a mention is linked to, a place with where it lies."""
    if mention.entity is None:
        return ""
    place = places.by_id(mention.entity) if mention.type == "LOC" else None
    if place is None:
        return f"Wikidata {mention.entity}"
    return f"Wikidata {mention.entity} · {place.country} · {place.latitude:.2f}, {place.longitude:.2f}"
