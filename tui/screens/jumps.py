"""The jump list: where one has been, back and ahead, to go to any of it at once."""

from __future__ import annotations

from store.answers import ArticleRow
from store.database.queries import Reader
from tui.locale import gettext as _
from tui.screens.history import View
from tui.screens.resuming import Resuming

_MOST = 200
"""So many places are listed on either side."""


class Jumping(Resuming):
    """The explorer's list of jumps."""

    def action_jumps(self) -> None:
        """List the way that led here and the one that was gone back, the present place marked; one of it is gone to."""
        from tui.screens.jump_sheet import JumpSheet
        from tui.screens.picking import Pick

        now = self.view()
        before, after = self._history.before[-_MOST:], self._history.after[-_MOST:]
        way = [*before, now, *reversed(after)]
        if len(way) == 1:
            self.tell(_("there is no other place yet: every jump will be listed here"))
            return
        read = sorted({view.place.article for view in way if view.pane == "reader" and view.place.article is not None})

        def note(at: int) -> str:
            by = at - len(before)
            return f"{by:+}" if by else _("you are here")

        def listed(rows: list[ArticleRow]) -> None:
            titles = {row.id: row.title for row in rows}
            picks = [Pick(self._in_words(view, titles), note(at)) for at, view in enumerate(way)]
            sheet = JumpSheet(_("Where you have been"), picks, at=len(before))
            self.app.push_screen(sheet, lambda chosen: self._jump(chosen[0] - len(before)) if chosen else None)

        def question(reader: Reader) -> list[ArticleRow]:
            return reader.articles(read)

        self.ask("jumps", question, listed, opens=True)

    def _in_words(self, view: View, titles: dict[int, str]) -> str:
        names = {"articles": _("articles"), "entities": _("entities"), "timeline": _("timeline"), "reader": _("reader")}
        title = titles.get(view.place.article or 0) if view.pane == "reader" else None
        return " · ".join(filter(None, (names[view.pane], title, self.filter_in_words(view.filter))))

    def _jump(self, by: int) -> None:
        if not by:
            return
        self.settle_search()
        view = self._history.go(self.view(), by)
        if view is not None:
            self.restore(view)
            if by < 0:
                self.consult_again(view)
