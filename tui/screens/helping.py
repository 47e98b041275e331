"""Help, made from the bindings: what answers where one is comes first, then the rest."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from tui.keys import EXPLORER, GROUPS
from tui.locale import N_
from tui.locale import gettext as _
from tui.screens.offers import Offer, answering, elsewhere
from tui.screens.sheets import Sheet
from tui.widgets.prose import Entry

# What is done most with what stands under the cursor of a pane, the most needed first; the rest follows by groups.
_ABOUT = {
    "articles": (
        "list.open", "explore.entities", "explore.timeline", "explore.copies", "explore.compare", "explore.dossier",
        "explore.statements", "explore.why", "explore.rank", "correct.redate", "correct.bookmark", "correct.tag",
        "correct.note", "correct.copy", "correct.export", "list.mark",
    ),
    "entities": (
        "explore.articles", "explore.timeline", "explore.entities", "explore.sentences", "explore.statements",
        "explore.dossier", "explore.trends", "explore.why", "correct.merge", "correct.suggested", "correct.rename",
        "correct.retype", "correct.split", "correct.hide", "correct.bookmark", "correct.tag", "correct.note",
        "correct.copy", "correct.export", "list.mark",
    ),
    "timeline": (
        "list.open", "explore.articles", "explore.sentences", "explore.why", "window.zoom_timeline", "window.zoom_in",
        "window.zoom_out", "window.order", "window.calendar", "correct.merge", "correct.bookmark", "correct.tag",
        "correct.note", "correct.copy", "correct.export", "list.mark",
    ),
    "reader": (
        "reader.next_mark", "reader.previous_mark", "reader.next_same", "reader.previous_same", "reader.open",
        "reader.whole", "explore.entities", "explore.timeline", "explore.copies", "explore.compare", "explore.dossier",
        "explore.sentences", "explore.statements", "explore.why", "correct.redate", "correct.relabel",
        "correct.bookmark", "correct.tag", "correct.note", "correct.copy", "window.tashkeel",
    ),
}  # fmt: skip
_TITLES = {
    "articles": N_("In the list of articles"),
    "entities": N_("In the list of names"),
    "timeline": N_("In the timeline"),
    "reader": N_("In the reader"),
}


_NOTES = {
    "entities": N_("At the left of each stand the number of articles that name it, then that of its mentions in them."),
}


def help_sheet(screen: Screen[Any], pane: str | None = None) -> Sheet:
    """The keys of a screen; those of one of the explorer's panes first, if it is that."""
    offers = {offer.id: offer for offer in answering(screen)}
    entries: list[Entry] = []
    if pane is not None:
        about = [one for one in _ABOUT[pane] if one in offers]
        _tell(entries, _(_TITLES[pane]), [offers.pop(one) for one in about], _(_NOTES[pane]) if pane in _NOTES else "")
        others = {offer.id: offer for offer in elsewhere([*offers.values()]) if offer.id not in about}
        offers |= others
        for heading in dict.fromkeys(GROUPS.values()):
            rest = [key.id for key in EXPLORER if GROUPS[key.group] == heading and key.id in offers]
            _tell(entries, _(heading), [offers[one] for one in rest])
        return Sheet(_("Keys"), entries)
    typing = [offer for offer in offers.values() if offer.is_typing]
    _tell(entries, _("Here"), [offer for offer in offers.values() if not offer.is_typing])
    _tell(entries, _("While typing"), typing)
    everywhere = {key.id for key in EXPLORER if key.group == "everywhere"}
    _tell(entries, _("Everywhere"), [offer for offer in elsewhere([]) if offer.id in everywhere])
    return Sheet(_("Keys"), entries)


def _tell(entries: list[Entry], heading: str, offers: list[Offer], note: str = "") -> None:
    """Tell what keys do, those that do the same together, and a `note` before; what has no key is in the command
    palette alone."""
    keys: dict[str, list[str]] = {}
    for offer in offers:
        if offer.keys:
            keys.setdefault(offer.label, []).append(offer.keys)
    if keys:
        entries.append(Entry("heading", heading))
        if note:
            entries.append(Entry("text", note))
        entries.extend(Entry("pair", _(label), " ".join(each)) for label, each in keys.items())
