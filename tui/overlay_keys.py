"""What the keys of overlays and of lines of text do, by the ids of their bindings: for help and the command palette.

Those of the explorer, of lists and of the reader are in the one table of `tui.keys`.
"""

from __future__ import annotations

from tui.keys import KEYS
from tui.locale import N_

TYPING = ("input", "note", "path", "tag")
"""Beginnings of ids of bindings that are for typing."""

LABELS = {
    "sheet.close": N_("close"),
    "places.close": N_("close"),
    "places.copy": N_("copy"),
    "mentions.close": N_("close"),
    "articles.leave": N_("close"),
    "comparing.leave": N_("close"),
    "comparing.next": N_("next difference"),
    "comparing.previous": N_("previous difference"),
    "comparing.first": N_("open the first article"),
    "comparing.second": N_("open the second article"),
    "comparing.whole": N_("all of the pages, or the articles alone"),
    "dossier.leave": N_("close"),
    "dossier.back": N_("the dossier before this one, or close"),
    "dossier.articles": N_("articles of what is under the cursor"),
    "dossier.dossier": N_("dossier of what is under the cursor"),
    "dossier.copy": N_("copy"),
    "statements.close": N_("close"),
    "statements.kind": N_("next kind of statement"),
    "statements.kind_before": N_("previous kind of statement"),
    "statements.direct": N_("in their own words, or all"),
    "statements.why": N_("why is this here"),
    "statements.differing": N_("said differently?"),
    "differing.close": N_("close"),
    "differing.first": N_("open the first article"),
    "differing.second": N_("open the second article"),
    "differing.why": N_("why is this here"),
    "exporting.leave": N_("close"),
    "adding.hide": N_("close; adding goes on"),
    "adding.end": N_("end adding"),
    "adding.more": N_("add something else"),
    "annotations.close": N_("close"),
    "annotations.narrow": N_("only those with some words"),
    "annotations.kind": N_("only bookmarks, tags or notes"),
    "annotations.change": N_("change the note or tag"),
    "annotations.rename": N_("rename the tag everywhere"),
    "annotations.remove": N_("remove it"),
    "annotations.back": N_("bring back what was removed last"),
    "annotations.copy": N_("copy"),
    "annotations.export": N_("take them along as a file"),
    "trends.close": N_("close"),
    "trends.left": N_("to the left"),
    "trends.right": N_("to the right"),
    "trends.first": N_("first"),
    "trends.last": N_("last"),
    "trends.down": N_("next name"),
    "trends.up": N_("previous name"),
    "trends.in": N_("more closely"),
    "trends.out": N_("from further off"),
    "trends.zoom": N_("by day, month, year or decade"),
    "trends.add": N_("add a name"),
    "trends.remove": N_("take the name out"),
    "trends.top": N_("the names that are told of most"),
    "trends.scale": N_("one scale for all, or one for each"),
    "trends.export": N_("take it along as a file"),
    "trends.go": N_("articles of the name at that time"),
    "filter.next": N_("next field"),
    "filter.previous": N_("previous field"),
    "sentences.mark": N_("mark the sentence"),
    "sentences.split": N_("make an event of its own of what is marked"),
    "searches.close": N_("close"),
    "searches.new": N_("only what is new in the search"),
    "searches.save": N_("save the present search"),
    "searches.rename": N_("rename the search"),
    "searches.delete": N_("forget the search"),
    "searches.export": N_("take them along as a file"),
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

_OF_THE_TABLE = {key.id: key.label for key in KEYS}


def label_of(id: str | None) -> str | None:
    """What a binding does, in English; None where nobody has said so."""
    return _OF_THE_TABLE.get(id or "") or LABELS.get(id or "")


def is_typing(id: str) -> bool:
    """Whether a binding is for typing."""
    return id.partition(".")[0] in TYPING
