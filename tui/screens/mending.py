"""Corrections that ask something first: of what kind, which names, which lines; what is hidden; the log of all."""

from __future__ import annotations

from store.answers import Article, EntityRow, StoredMention
from store.models import BlockKind, MentionType
from tui.hinting import with_keys
from tui.locale import N_, ngettext
from tui.locale import gettext as _
from tui.locale.said import joined
from tui.panes.entities import TYPE_NAMES, type_in_words, types_in_words
from tui.screens import changes
from tui.screens.correcting import Correcting
from tui.screens.filling import on_a_row

KINDS: dict[BlockKind, str] = {
    "body": N_("text of the article"),
    "title": N_("title"),
    "heading": N_("heading"),
    "dateline": N_("place, date or author before the text"),
    "header": N_("outlet and date of the page"),
    "caption": N_("caption of a picture"),
    "source": N_("where it is from"),
    "keywords": N_("keywords"),
    "related": N_("other articles"),
    "boilerplate": N_("menus, notices and the like"),
}
"""What a line of a page can be, in words."""


# Sheets are imported when they are asked for: not for the first frame.


class Mending(Correcting):
    """The explorer's further edits."""

    @on_a_row
    def action_retype(self) -> None:
        """Say of what kind the entity is, or all that are marked."""
        from tui.screens.picking import Pick, PickSheet

        marked, entity = self.marked("entities"), self.entity_in_hand()
        if entity is None and not marked:
            self.tell(_("put the cursor on a name first"))
            return
        wanted = marked or [entity[0]] if entity is not None else marked
        kinds: list[MentionType] = list(TYPE_NAMES)
        subject = self.subject()
        now = subject.type if isinstance(subject, EntityRow) else None
        if not isinstance(subject, EntityRow) and self.reader.mark is not None:
            value = self.reader.mark.value
            now = value.mention.type if isinstance(value, StoredMention) else None

        def chosen(at: list[int] | None) -> None:
            if not at:
                return
            kind = kinds[at[0]]
            if marked:
                said = with_keys(
                    ngettext(
                        "{n} entity: {kind}; {correct_undo} takes it back",
                        "{n} entities: {kind}; {correct_undo} takes it back",
                        len(marked),
                    ),
                    n=len(marked),
                    kind=types_in_words([kind] * len(marked)),
                )
            else:
                said = with_keys(
                    _("{name}: {kind}; {correct_undo} takes it back"),
                    name=entity[1] if entity else "",
                    kind=type_in_words(kind),
                )
            pane = "entities" if marked else None
            self.correct(lambda: changes.retype(self.corpus, wanted, kind), said, unmark=pane)

        some = max(1, len(marked))
        picks = [
            Pick(types_in_words([kind] * some), _("as it is now") if kind == now and not marked else "")
            for kind in kinds
        ]
        title = _("What kind is it?")
        if entity is not None and not marked:
            title = _("What kind is {name}?").format(name=entity[1])
        self.app.push_screen(PickSheet(title, picks, at=kinds.index(now) if now in kinds else 0), chosen)

    @on_a_row
    def action_split(self) -> None:
        """Take names out of the entity that they do not belong to; with articles marked, what it is called in these."""
        from tui.screens.picking import Pick, PickSheet

        entity = self.entity_in_hand()
        if entity is None and self.filter.entities and self.marked("articles"):
            key = self.filter.entities[0]
            entity = key, self.labels.get(key, "…")
        if entity is None:
            self.tell(_("put the cursor on a name first"))
            return
        marked = self.marked("articles")
        if marked:
            said = with_keys(
                ngettext(
                    "in {n} article it is another now; {correct_undo} takes it back",
                    "in {n} articles it is another now; {correct_undo} takes it back",
                    len(marked),
                ),
                n=len(marked),
            )
            self.correct(lambda: changes.split(self.corpus, entity[0], (), marked), said, unmark="articles")
            return

        def show(names: list[tuple[str, int]]) -> None:
            if len(names) < 2:
                self.tell(
                    _("{name} has one name only; mark some of its articles to split by these").format(name=entity[1])
                )
                return
            picks = [
                Pick(name, ngettext("{n} mention", "{n} mentions", mentions).format(n=mentions))
                for name, mentions in names
            ]

            def chosen(at: list[int] | None) -> None:
                if not at:
                    return
                taken = [names[each][0] for each in at]
                said = with_keys(
                    _("{names} is an entity of its own now; {correct_undo} takes it back"), names="، ".join(taken)
                )
                self.correct(lambda: changes.split(self.corpus, entity[0], taken), said)

            title = _("Which names are not {name}?").format(name=entity[1])
            self.app.push_screen(PickSheet(title, picks, several=True, at=1), chosen)

        self.ask("names of", lambda reader: reader.names_of(entity[0]), show, opens=True)

    def action_hidden(self) -> None:
        """What is hidden; what is chosen is shown again."""
        from tui.screens.picking import Pick, PickSheet

        def show(rows: list[EntityRow]) -> None:
            if not rows:
                self.tell(_("nothing is hidden"))
                return

            def pick(row: EntityRow) -> Pick:
                count = ngettext("{n} article", "{n} articles", row.articles).format(n=row.articles)
                return Pick(row.name, joined(" · ", (type_in_words(row.type), count)))

            picks = list(map(pick, rows))

            def chosen(at: list[int] | None) -> None:
                if not at:
                    return
                ids = [rows[each].id for each in at]
                said = with_keys(
                    ngettext(
                        "{n} entity is shown again; {correct_undo} takes it back",
                        "{n} entities are shown again; {correct_undo} takes it back",
                        len(ids),
                    ),
                    n=len(ids),
                )
                self.correct(lambda: changes.hide(self.corpus, ids, False), said)

            self.app.push_screen(PickSheet(_("Show again"), picks, several=True), chosen)

        self.ask("hidden", lambda reader: reader.hidden_entities(), show, opens=True)

    def action_relabel(self) -> None:
        """Say what lines of the page in the reader are: first which, then what."""
        from tui.screens.picking import Pick, PickSheet

        article = self.reader.article
        if article is None or self.pane != "reader":
            self.tell(_("open an article first: it is about a line in the reader"))
            return
        if not self.reader.whole:
            self.reader.action_whole()
        blocks = article.cleaned.blocks
        if not blocks:
            self.tell(_("this article has no lines"))
            return
        offset = self.reader.under_cursor or 0
        at = max((each for each, block in enumerate(blocks) if block.start <= offset), default=0)
        text = article.document.text
        picks = [Pick(" ".join(text[block.start : block.end][:200].split()), _(KINDS[block.kind])) for block in blocks]

        def lines(chosen: list[int] | None) -> None:
            if chosen:
                self._relabel(article, [blocks[each].start for each in chosen], blocks[chosen[0]].kind)

        self.app.push_screen(PickSheet(_("Which line of the page?"), picks, several=True, at=at), lines)

    def _relabel(self, article: Article, offsets: list[int], now: BlockKind) -> None:
        from tui.screens.picking import Pick, PickSheet

        kinds = list(KINDS)

        def chosen(at: list[int] | None) -> None:
            if not at:
                return
            kind = kinds[at[0]]
            said = ngettext(
                "{n} line: {kind}; {correct_undo} takes it back",
                "{n} lines: {kind}; {correct_undo} takes it back",
                len(offsets),
            )
            said = with_keys(said, n=len(offsets), kind=_(KINDS[kind]))
            self.correct(lambda: changes.relabel(self.corpus, article.row.id, offsets, kind), said)

        picks = [Pick(_(KINDS[kind]), _("as it is now") if kind == now else "") for kind in kinds]
        self.app.push_screen(PickSheet(_("What is it?"), picks, at=kinds.index(now)), chosen)

    def action_edits(self) -> None:
        """All corrections: who, when, what."""
        from tui.screens.log_sheet import LogSheet

        def closed(made: int | None) -> None:
            if made:
                self.changed(ngettext("{n} change", "{n} changes", made).format(n=made))

        self.app.push_screen(LogSheet(self.corpus), closed)
