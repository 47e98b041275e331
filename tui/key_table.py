"""The one table of the explorer's keys, of its lists, its reader and its lists of corrections.

Those of overlays are in `tui.overlay_keys`, which is made of the same rows; `tui.keys` makes bindings of both.
"""

from __future__ import annotations

from dataclasses import dataclass

from tui.key_names import shown
from tui.locale import N_

moved: dict[str, str] = {}
"""Bindings that a person gave other keys, by id; `tui.keys.move` says them."""


@dataclass(frozen=True, slots=True)
class Key:
    """One action with its keys; `hint` is its short name in the bottom line, empty for those that are not there."""

    id: str
    usual: str
    """Its keys as they come."""
    action: str
    label: str
    group: str
    hint: str = ""
    keeps: str = ""
    """A key that it has whatever else it is given: what closes an overlay is always closed by Escape."""
    first_asked: bool = False
    """Whether it goes before what the widget that has the focus does by the same key."""

    @property
    def keys(self) -> str:
        """Its keys as they are: the usual ones, or what a person gave it instead; empty for none."""
        return moved.get(self.id, self.usual)

    @property
    def first(self) -> str:
        """The first of its keys as a person reads it; empty for none."""
        return shown(self.keys.split(",")[0])

    def given(self, keys: str) -> str:
        """The keys that it has when a person gives it these: with the one that it keeps, as the last."""
        given = [one for one in keys.split(",") if one]
        return ",".join([*given, *([self.keeps] if self.keeps and self.keeps not in given else [])])


GROUPS = {
    "go": N_("Go to"),
    "explore": N_("Explore"),
    "correct": N_("Correct and keep"),
    "window": N_("Window"),
    "everywhere": N_("Window"),
    "list": N_("In a list"),
    "prose": N_("In the reader"),
    "reader": N_("In the reader"),
    "merges": N_("In a list of suggested merges"),
    "log": N_("In the list of corrections"),
}
"""Groups in the order in which help shows them, those of one heading together. `everywhere` is for overlays too, and
`prose` for every text that is read."""

TOGETHER = (
    ("go", "explore", "correct", "window", "everywhere", "list"),
    ("go", "explore", "correct", "window", "everywhere", "prose", "reader"),
)
"""Groups that are pressed in one place: there a key means one thing."""

EXPLORER = (
    Key("go.articles", "1", "pane('articles')", N_("articles"), "go"),
    Key("go.entities", "2", "pane('entities')", N_("entities"), "go"),
    Key("go.timeline", "3", "pane('timeline')", N_("timeline"), "go"),
    Key("go.reader", "4", "pane('reader')", N_("reader"), "go"),
    Key("go.next", "tab", "next_pane(1)", N_("next pane"), "go"),
    Key("go.previous", "shift+tab", "next_pane(-1)", N_("previous pane"), "go"),
    Key("go.back", "backspace,alt+left", "back", N_("back"), "go", N_("back")),
    Key("go.forward", "alt+right", "forward", N_("forward"), "go"),
    Key("go.jumps", "0", "jumps", N_("where you have been: go to any of it"), "go"),
    Key("explore.articles", "a", "articles_of", N_("articles of the entity or event"), "explore", N_("articles")),
    Key("explore.entities", "e", "entities_of", N_("entities of the article"), "explore", N_("entities")),
    Key("explore.timeline", "t", "timeline_of", N_("timeline of the entity or article"), "explore", N_("timeline")),
    Key("explore.trends", "T", "trends", N_("how often names are told of over time"), "explore"),
    Key("explore.copies", "equals_sign", "copies_of", N_("copies of the article"), "explore"),
    Key("explore.compare", "Y", "compare", N_("compare the article with its copy, or with another"), "explore"),
    Key("explore.search", "slash", "search", N_("search"), "explore", N_("search")),
    Key("explore.rank", "w", "rank", N_("search: newest first, by relevance, all by relevance"), "explore"),
    Key("explore.filter", "f", "filter", N_("filter"), "explore", N_("filter")),
    Key("explore.clear", "escape", "clear", N_("all articles again, and what is new"), "explore"),
    Key("explore.reload", "f5,ctrl+r", "reload", N_("what was added meanwhile"), "explore"),
    Key(
        "explore.sentences",
        "s",
        "sentences",
        N_("sentences of the event or with the entity; out of its copies"),
        "explore",
    ),
    Key(
        "explore.statements",
        "O",
        "statements",
        N_("who said what: of the entity, or in all articles of the view"),
        "explore",
    ),
    Key("explore.dossier", "E", "dossier", N_("dossier of the entity or of the article's outlet"), "explore"),
    Key("explore.why", "i", "why", N_("why is this here"), "explore", N_("why")),
    Key("correct.merge", "m", "merge", N_("merge the entity with what may be the same, or two events"), "correct"),
    Key("correct.suggested", "M", "suggested", N_("suggested merges of the whole corpus"), "correct"),
    Key("correct.rename", "r", "rename", N_("rename the entity"), "correct"),
    Key("correct.retype", "K", "retype", N_("say what kind the entity is"), "correct"),
    Key("correct.split", "S", "split", N_("take names out of the entity"), "correct"),
    Key("correct.hide", "h", "hide", N_("hide the entity"), "correct"),
    Key("correct.hidden", "H", "hidden", N_("what is hidden, to show it again"), "correct"),
    Key("correct.redate", "d", "redate", N_("date the article"), "correct"),
    Key("correct.relabel", "R", "relabel", N_("say what a line of the page in the reader is"), "correct"),
    Key("correct.undo", "u", "undo", N_("undo the last correction"), "correct"),
    Key("correct.redo", "U,ctrl+y", "redo", N_("redo what was undone"), "correct"),
    Key("correct.edits", "C", "edits", N_("all corrections: who, when, what"), "correct"),
    Key("correct.bookmark", "b", "bookmark", N_("bookmark, or no more, what is under the cursor"), "correct"),
    Key("correct.tag", "I", "tag", N_("tag it"), "correct"),
    Key("correct.note", "J", "note", N_("write a note on it"), "correct"),
    Key("go.annotations", "B", "annotations", N_("bookmarks, tags and notes"), "go"),
    Key("go.searches", "Q", "searches", N_("saved searches, and what is new in them"), "go"),
    Key("correct.add", "A", "add", N_("add files or folders"), "correct", N_("add")),
    Key("correct.copy", "y", "copy", N_("copy"), "correct"),
    Key("correct.export", "x", "export", N_("take along: the list, a brief, a report, pictures"), "correct"),
    Key("window.zoom_timeline", "z", "zoom_timeline", N_("timeline by event, day, month, year or decade"), "window"),
    Key("window.zoom_in", "plus", "zoom_timeline(-1)", N_("timeline more closely"), "window"),
    Key("window.zoom_out", "minus", "zoom_timeline(1)", N_("timeline from further off"), "window"),
    Key("window.order", "o", "order_timeline", N_("timeline by time or by number of outlets"), "window"),
    Key("window.calendar", "c", "calendar", N_("Gregorian or Hijri dates"), "window"),
    Key("window.zoom_pane", "Z", "zoom_pane", N_("the pane alone"), "window"),
    Key("window.language", "l", "language", N_("Arabic or English"), "everywhere"),
    Key("window.tashkeel", "v", "tashkeel", N_("vowel marks or none"), "window"),
    Key("window.digits", "number_sign", "digits", N_("digits as in the text, 0-9 or ٠-٩"), "window"),
    Key("window.latin", "p", "latin", N_("Latin letters find Arabic names or not"), "window"),
    Key("window.theme", "V", "theme", N_("other colours"), "window"),
    Key("window.help", "question_mark,f1", "help", N_("help"), "everywhere", N_("help")),
    Key("window.commands", "ctrl+p", "app.command_palette", N_("all commands"), "everywhere"),
    Key("window.tour", "f2", "tour", N_("a tour of two minutes"), "window"),
    Key("window.suspend", "ctrl+z", "app.suspend_process", N_("to the shell (fg comes back)"), "window"),
    Key("window.quit", "q", "app.quit", N_("quit"), "window", N_("quit")),
    Key("list.down", "down,j", "move(1)", N_("down"), "list"),
    Key("list.up", "up,k", "move(-1)", N_("up"), "list"),
    Key("list.page_down", "pagedown,space", "page(1)", N_("a page down"), "list"),
    Key("list.page_up", "pageup", "page(-1)", N_("a page up"), "list"),
    Key("list.first", "g,home", "first", N_("first"), "list"),
    Key("list.last", "G,end", "last", N_("last"), "list"),
    Key("list.mark", "asterisk,insert", "mark_row", N_("mark the row: a correction is for all marked"), "list"),
    Key("list.open", "enter", "open", N_("open"), "list", N_("open")),
    Key("reader.down", "down,j", "move(1)", N_("a line down"), "prose"),
    Key("reader.up", "up,k", "move(-1)", N_("a line up"), "prose"),
    Key("reader.page_down", "pagedown,space", "page(1)", N_("a page down"), "prose"),
    Key("reader.page_up", "pageup", "page(-1)", N_("a page up"), "prose"),
    Key("reader.first", "g,home", "first", N_("beginning"), "prose"),
    Key("reader.last", "G,end", "last", N_("end"), "prose"),
    Key("reader.next_mark", "left,right_square_bracket", "mark(1)", N_("next name or date"), "reader"),
    Key("reader.previous_mark", "right,left_square_bracket", "mark(-1)", N_("previous name or date"), "reader"),
    Key("reader.next_same", "n", "same(1)", N_("next mention of the same entity"), "reader"),
    Key("reader.previous_same", "N", "same(-1)", N_("previous mention of the same entity"), "reader"),
    Key("reader.whole", "P", "whole", N_("all of the page, and which rule tells what each line is"), "reader"),
    Key("reader.open", "enter", "open", N_("articles of the name under the cursor"), "reader"),
    Key("merges.search", "slash", "search", N_("search for another name"), "merges"),
    Key("merges.apart", "x", "apart", N_("not the same: never suggest it again"), "merges"),
    Key("merges.sentences", "s", "sentences", N_("sentences that name the one and the other"), "merges"),
    Key("merges.lists", "m", "in_lists", N_("choose the other name in the lists"), "merges"),
    Key("log.undo", "u", "undo", N_("undo the last that stands"), "log"),
    Key("log.redo", "U,ctrl+y", "redo", N_("redo the last that was undone"), "log"),
)
