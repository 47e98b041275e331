"""What the explorer says: the status line, and why a list has nothing."""

from __future__ import annotations

from pathlib import Path

from store.answers import RANKED, ArticleOrder, Filter, Overview, StoredMention
from store.errors import StoreError
from store.text.latin_query import LatinReading
from tui.hinting import key_of, with_keys
from tui.locale import N_, comma, ngettext, semicolon
from tui.locale import gettext as _
from tui.locale.said import again, joined
from tui.locale.told import in_words as error_in_words
from tui.panes.entities import type_in_words, type_letter, type_name
from tui.panes.marks import Mark
from tui.panes.timeline import precision_mark
from tui.screens.arranging import Arranging
from tui.unknown_fields import unknown_fields
from tui.widgets.label import Label

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

    @property
    def found(self) -> int | None:
        """How many articles the filter lets through, None until it is known."""
        raise NotImplementedError

    def name_things(self) -> None:
        """Say everything in the language spoken now."""
        super().name_things()
        self.say_empty()
        self.tell_status()

    def say_empty(self) -> None:
        """Why a list without a row has none, and what to do about it."""
        texts = {"articles": _("no article here"), "entities": _("no name here"), "timeline": _("no dated event here")}
        unknown = unknown_fields(self.filter.query)
        narrowed = joined("\n", (self._filter_in_words(), *unknown, self._wider_in_words()))
        texts = {name: f"{text}\n{narrowed}" for name, text in texts.items()}
        if self.refused is not None:
            texts = dict.fromkeys(texts, again(self.refused).replace(semicolon(), "\n"))
        elif self.failed is not None:
            failed = again(self.failed).replace(semicolon(), "\n")
            texts = dict.fromkeys(texts, joined("\n", (failed, with_keys(_("{explore_reload} tries again")))))
        elif self.stopped:
            texts = dict.fromkeys(texts, with_keys(_("stopped\n{explore_reload} asks again, {go_back} goes back")))
        elif self.overview is not None and not self.overview.articles:
            texts = dict.fromkeys(
                texts, with_keys(_("this corpus is empty\n{correct_add} adds files or folders, as khabar add does"))
            )
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
            return with_keys(_("{explore_search} changes the search, {explore_clear} shows all articles again"))
        return with_keys(_("{explore_filter} changes the filter, {explore_clear} shows all articles again"))

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
        """What is said while there is nothing new: the filter in words, and what in a search is no field."""
        return joined(" · ", (self._filter_in_words(), *unknown_fields(self.filter.query)))

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
            parts.append(_("outlet: {name}").format(name=now.outlet))
        parts.extend({"tag": f"#{value}", "has": _(value)}.get(what, value) for what, value in now.said)
        if now.bookmarked:
            parts.append(_("bookmarked"))
        parts.extend(_(word) for word in (now.precision, now.modality) if word)
        if now.undated:
            parts.append(_("undated"))
        if now.added_after is not None:
            parts.append(_("new since the last look"))
        if now.since and now.since == now.until:
            parts.append(now.since)
        elif now.since or now.until:
            parts.append(f"{now.since or ''}…{now.until or ''}")
        return joined(" · ", parts) if parts else _("all articles")

    def _ranking_in_words(self) -> str:
        if self.ranking_all:
            return _("all are being ranked…")
        if self.ranking == "best" or self.all_ranked:
            return _("by relevance")
        return with_keys(_("ranked among the newest {n}, {explore_rank} ranks all"), n=f"{RANKED:,}")

    def _news_in_words(self) -> str:
        key = key_of("explore.clear" if self.filter == Filter() else "explore.reload")
        if self.news:
            return _("+{n} new, {key} shows them").format(n=f"{self.news:,}", key=key)
        return _("changed meanwhile, {key} shows it").format(key=key) if self.news is not None else ""

    def _corpus_in_words(self) -> str:
        if self.overview is None:
            return ""
        if self.filter != Filter() and not (self.refused or self.failed or self.stopped):
            return joined(" · ", filter(None, (self._news_in_words(), self._found_in_words(self.overview))))
        count = self.overview.articles - self.overview.copies
        said = ngettext("{n} article", "{n} articles", count).format(n=f"{count:,}")
        if self.overview.copies:
            each = _("{n} with copies").format(n=f"{self.overview.articles:,}")
            said = joined(comma(), (said, each))
        waiting = self.overview.waiting
        refined = _("names of {n} still to be refined").format(n=waiting) if waiting else ""
        return joined(" · ", filter(None, (self._news_in_words(), said, refined)))

    def _found_in_words(self, overview: Overview) -> str:
        """How many articles answer, of as many as there are rows without a filter: copies of a story are one of them
        unless each is asked for."""
        each = self.filter.copies or self.filter.bookmarked or self.filter.story is not None
        count = overview.articles - (0 if each else overview.copies)
        found = "…" if self.found is None else f"{self.found:,}"
        said = ngettext("{found} of {n} article", "{found} of {n} articles", count)
        return said.format(found=found, n=f"{count:,}")

    def show_overview(self, overview: Overview) -> None:
        self.overview = overview
        self.say_empty()
        if not self._notice:
            self.tell_status()
