"""Why something is here: the sheets with the reasons for a name, a date, an entity, an event, an article."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from store.answers import Article, ArticleRow, EntityRow, EventRow, StoredMention
from store.database.queries import Reader
from store.models import MARKED, Contradiction, DateMention, Mention
from store.resolve import places
from store.resolve.spoken import Spoken
from store.text.around import AROUND
from store.text.when import CALENDARS, Language, in_words
from tui.locale import gettext as _
from tui.locale import language, ngettext
from tui.locale.said import Said, joined
from tui.locale.told import sentence as sentence_of
from tui.locale.told import told
from tui.panes.articles import date_label
from tui.panes.copies import copies_label
from tui.panes.marks import Mark
from tui.panes.reader import names_of
from tui.screens.sheets import Sheet
from tui.screens.telling import Telling
from tui.widgets.prose import Entry


class Explaining(Telling):
    """The explorer's reasons."""

    def explain(self, title: str, lines: list[str]) -> None:
        """Open a sheet with reasons."""
        self.app.push_screen(Sheet(title, [Entry("text", line) for line in lines if line]))

    def why_mark(self, mark: Mark) -> None:
        """Why a name or a date is marked in the text."""
        value = mark.value
        if isinstance(value, StoredMention):
            mention = value.mention

            def why(reason: str) -> list[str]:
                return [
                    joined("", (f"«{mention.text}» — ", _(mention.type))),
                    _("found by {who} {version}, rule {rule}, score {score:.2f}").format(
                        who=told(mention.extractor),
                        version=mention.version,
                        rule=told(mention.rule),
                        score=mention.score,
                    ),
                    _("belongs to {name}").format(name=value.entity_name),
                    told(reason),
                    _where(mention),
                    self._editors_say(value),
                ]

            self._explain_mark(_("Why this name"), why, mark, value.reason or mention.reason)
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
        self._explain_mark(_("Why this date"), lambda _reason: lines, mark)

    def _explain_mark(self, title: str, why: Callable[[str], list[str]], mark: Mark, reason: str = "") -> None:
        """`why` a mark is there by a `reason` of the store, which is told with names as they are written; and what is
        said in its sentence, if that was looked for."""
        shown = self.reader.article
        if shown is None:
            self.explain(title, why(reason))
            return

        def tell(answer: tuple[Spoken | None, str]) -> None:
            from tui.screens.heard import around  # not needed for the first frame

            said, written = answer
            self.explain(title, [*why(written), *around(said, shown, mark.start)])

        self.ask(
            "why",
            lambda reader: (reader.spoken(shown.row.id), reader.as_written(reason)),
            tell,
            lambda _error: self.explain(title, why(reason)),
            opens=True,
        )

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
            lambda lines: self.explain(_("Why this entity"), [*map(_of_a_form, lines)]),
            opens=True,
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

        self.ask("why", lambda reader: (reader.why_event(event.id), reader.dates_of_event(event.id)), tell, opens=True)

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
                    *(
                        joined("", (_(said.name), f": \u2068{said.value}\u2069 ({said.origin})"))
                        for said in found.document.said
                    ),
                    _("language: {code}").format(code=cleaned.language),
                    names_of(found),
                    copies_label(found.row),
                    *(_("[{id}] {outlet}, {date}: {reason}").format(
                        id=row.id, outlet=row.outlet or "—", date=_apart(date_label(row)), reason=told(reason)
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

        self.ask("why", question, tell, opens=True)


def _spoken() -> Language:
    return "ar" if language() == "ar" else "en"


def _apart(text: str) -> str:
    """What keeps to itself (U+2068 … U+2069) beside a name of the other direction, in English too."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def _of_a_form(line: str) -> str:
    """Why a form of a name belongs to an entity: `الكاظمي (10×): the surname of that name`."""
    form, times, rest = line.partition(" (")
    return Said.by(lambda: f"{_apart(form)}{times}{rest}" if times and language() == "en" else sentence_of(line))


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
