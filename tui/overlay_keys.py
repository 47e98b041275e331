"""The keys of overlays, in rows as the explorer has; and what keys for typing do, which stay as they are.

No overlay is imported here: each makes its bindings of its rows (`tui.keys.bindings`), as settings may move them.
"""

from __future__ import annotations

from tui.key_table import EXPLORER, Key
from tui.locale import N_

GROUPS = {
    "sheet": N_("In an explanation, or in help"),
    "pick": N_("In a list to choose from"),
    "offered": N_("In a list of suggested merges"),
    "corrections": N_("In the list of corrections"),
    "sentences": N_("In the sentences of an event"),
    "dossier": N_("In a dossier"),
    "places": N_("In a list of places in articles"),
    "mentions": N_("In the list of mentions"),
    "statements": N_("In the list of statements"),
    "differing": N_("In the list of what may be said differently"),
    "articles": N_("In a list of articles over the explorer"),
    "comparing": N_("Where two articles are compared"),
    "exporting": N_("Where something is taken along"),
    "adding": N_("While files are added"),
    "annotations": N_("In the list of bookmarks, tags and notes"),
    "searches": N_("In the list of saved searches"),
    "trends": N_("In the trends of names"),
}
"""Headings of the groups of overlays."""

TOGETHER = (
    ("everywhere", "sheet", "prose"),
    ("everywhere", "pick", "list"),
    ("everywhere", "merges", "log", "offered", "list"),
    ("everywhere", "log", "corrections", "list"),
    ("everywhere", "sentences", "list"),
    ("everywhere", "dossier", "list"),
    ("everywhere", "places", "mentions", "list"),
    ("everywhere", "places", "statements", "list"),
    ("everywhere", "places", "differing", "list"),
    ("everywhere", "articles", "list"),
    ("everywhere", "comparing", "prose"),
    ("everywhere", "exporting", "list"),
    ("everywhere", "adding", "prose"),
    ("everywhere", "annotations", "list"),
    ("everywhere", "searches", "list"),
    ("everywhere", "trends"),
)
"""Groups that are pressed in one overlay, those of what is in it among them: there a key means one thing. Of two that
have a key as they come, one is `first_asked` and has it."""

OVERLAYS = (
    Key("sheet.close", "escape,q,i", "dismiss", N_("close"), "sheet", keeps="escape"),
    Key("pick.close", "escape,q", "dismiss", N_("close"), "pick", keeps="escape"),
    Key("merges.close", "escape,q,backspace", "close", N_("close"), "offered", keeps="escape"),
    Key("log.close", "escape,q,backspace,C", "close", N_("close"), "corrections", keeps="escape"),
    Key("sentences.close", "escape,q", "dismiss", N_("close"), "sentences", keeps="escape"),
    Key("sentences.mark", "space", "mark", N_("mark the sentence"), "sentences", first_asked=True),
    Key("sentences.split", "s", "split", N_("make an event of its own of what is marked"), "sentences"),
    Key("dossier.leave", "escape,q", "leave", N_("close"), "dossier", keeps="escape"),
    Key("dossier.back", "backspace", "back", N_("the dossier before this one, or close"), "dossier"),
    Key("dossier.articles", "a", "articles", N_("articles of what is under the cursor"), "dossier"),
    Key("dossier.dossier", "E", "dossier", N_("dossier of what is under the cursor"), "dossier"),
    Key("dossier.copy", "y", "copy", N_("copy"), "dossier"),
    Key("places.close", "escape,backspace,q", "close", N_("close"), "places", keeps="escape"),
    Key("places.copy", "y", "copy", N_("copy"), "places"),
    Key("mentions.close", "s", "close", N_("close"), "mentions"),
    Key("statements.close", "O", "close", N_("close"), "statements"),
    Key("statements.kind", "t", "kind(1)", N_("next kind of statement"), "statements"),
    Key("statements.kind_before", "T", "kind(-1)", N_("previous kind of statement"), "statements"),
    Key("statements.direct", "d", "direct", N_("in their own words, or all"), "statements"),
    Key("statements.why", "i", "why", N_("why is this here"), "statements"),
    Key("statements.differing", "v", "differing", N_("said differently?"), "statements"),
    Key("differing.close", "v", "close", N_("close"), "differing"),
    Key("differing.first", "1", "open(0)", N_("open the first article"), "differing"),
    Key("differing.second", "2", "open(1)", N_("open the second article"), "differing"),
    Key("differing.why", "i", "why", N_("why is this here"), "differing"),
    Key("articles.leave", "escape,backspace,q", "leave", N_("close"), "articles", keeps="escape"),
    Key("comparing.leave", "escape,backspace,q", "leave", N_("close"), "comparing", keeps="escape"),
    Key("comparing.next", "n", "look(1)", N_("next difference"), "comparing"),
    Key("comparing.previous", "N", "look(-1)", N_("previous difference"), "comparing"),
    Key("comparing.first", "1", "open(0)", N_("open the first article"), "comparing"),
    Key("comparing.second", "2", "open(1)", N_("open the second article"), "comparing"),
    Key("comparing.whole", "P", "whole", N_("all of the pages, or the articles alone"), "comparing"),
    Key("exporting.leave", "escape,q,x", "leave", N_("close"), "exporting", keeps="escape"),
    Key("adding.hide", "escape,q", "hide", N_("close; adding goes on"), "adding", keeps="escape"),
    Key("adding.end", "c", "end", N_("end adding"), "adding"),
    Key("adding.more", "A", "more", N_("add something else"), "adding"),
    Key("annotations.close", "escape,backspace,q,B", "close", N_("close"), "annotations", keeps="escape"),
    Key("annotations.narrow", "slash", "narrow", N_("only those with some words"), "annotations"),
    Key("annotations.kind", "f", "kind", N_("only bookmarks, tags or notes"), "annotations"),
    Key("annotations.change", "e,J", "change_text", N_("change the note or tag"), "annotations"),
    Key("annotations.rename", "r", "rename", N_("rename the tag everywhere"), "annotations"),
    Key("annotations.remove", "d,delete", "remove", N_("remove it"), "annotations"),
    Key("annotations.back", "u", "bring_back", N_("bring back what was removed last"), "annotations"),
    Key("annotations.copy", "y", "copy", N_("copy"), "annotations"),
    Key("annotations.export", "x", "export", N_("take them along as a file"), "annotations"),
    Key("searches.close", "escape,backspace,q,Q", "close", N_("close"), "searches", keeps="escape"),
    Key("searches.new", "n", "new", N_("only what is new in the search"), "searches"),
    Key("searches.save", "s,A", "save", N_("save the present search"), "searches"),
    Key("searches.rename", "r", "rename", N_("rename the search"), "searches"),
    Key("searches.delete", "d,delete", "delete", N_("forget the search"), "searches"),
    Key("searches.export", "x", "export", N_("take them along as a file"), "searches"),
    Key("trends.close", "escape,backspace,q,T", "close", N_("close"), "trends", keeps="escape"),
    Key("trends.left", "left", "move(-1)", N_("to the left"), "trends"),
    Key("trends.right", "right", "move(1)", N_("to the right"), "trends"),
    Key("trends.first", "home,g", "end(-1)", N_("first"), "trends"),
    Key("trends.last", "end,G", "end(1)", N_("last"), "trends"),
    Key("trends.down", "down,j", "step(1)", N_("next name"), "trends"),
    Key("trends.up", "up,k", "step(-1)", N_("previous name"), "trends"),
    Key("trends.in", "plus", "zoom(-1)", N_("more closely"), "trends"),
    Key("trends.out", "minus", "zoom(1)", N_("from further off"), "trends"),
    Key("trends.zoom", "z", "zoom(0)", N_("by day, month, year or decade"), "trends"),
    Key("trends.add", "a", "add", N_("add a name"), "trends"),
    Key("trends.remove", "d,delete", "remove", N_("take the name out"), "trends"),
    Key("trends.top", "t", "top", N_("the names that are told of most"), "trends"),
    Key("trends.scale", "s", "scale", N_("one scale for all, or one for each"), "trends"),
    Key("trends.export", "x", "export", N_("take it along as a file"), "trends"),
    Key("trends.go", "enter", "go", N_("articles of the name at that time"), "trends"),
)

TYPING = ("input", "note", "path", "tag")
"""Beginnings of ids of bindings that are for typing."""

FIXED = {
    "filter.next": N_("next field"),
    "filter.previous": N_("previous field"),
    "annotating.other": N_("another thing under the cursor"),
    "commands.down": N_("down"),
    "commands.up": N_("up"),
    "commands.page_down": N_("a page down"),
    "commands.page_up": N_("a page up"),
    "tag.complete": N_("complete what is typed"),
    "tag.next": N_("next tag that is offered"),
    "tag.previous": N_("previous tag that is offered"),
    "path.complete": N_("complete what is typed"),
    "note.submit": N_("take the note"),
    "note.line": N_("begin a line"),
    "note.up": N_("a line up"),
    "note.down": N_("a line down"),
    "note.select_up": N_("select to the line above"),
    "note.select_down": N_("select to the line below"),
    "input.submit": N_("take what is typed"),
    "input.cancel": N_("leave it"),
    "input.left": N_("to the left"),
    "input.right": N_("to the right"),
    "input.select_left": N_("select to the left"),
    "input.select_right": N_("select to the right"),
    "input.word_left": N_("a word to the left"),
    "input.word_right": N_("a word to the right"),
    "input.select_word_left": N_("select a word to the left"),
    "input.select_word_right": N_("select a word to the right"),
    "input.home": N_("to the beginning"),
    "input.end": N_("to the end"),
    "input.select_home": N_("select to the beginning"),
    "input.select_end": N_("select to the end"),
    "input.select_all": N_("select all"),
    "input.delete_before": N_("delete what is before the cursor"),
    "input.delete_after": N_("delete what is at the cursor"),
    "input.delete_word": N_("delete the word before the cursor"),
    "input.clear": N_("delete all"),
}
"""What those bindings do that keep their keys: they are pressed where one types, where a letter would be typed."""

_OF_THE_TABLE = {key.id: key.label for key in (*EXPLORER, *OVERLAYS)}


def label_of(id: str | None) -> str | None:
    """What a binding does, in English; None where nobody has said so."""
    return _OF_THE_TABLE.get(id or "") or FIXED.get(id or "")


def is_typing(id: str) -> bool:
    """Whether a binding is for typing."""
    return id.partition(".")[0] in TYPING
