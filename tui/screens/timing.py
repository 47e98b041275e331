"""Looking at the timeline: from how far off, in which order, by which calendar."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from store.answers import Bucket, EventRow
from store.text.when import stretch
from tui.config import appearance
from tui.locale import gettext as _
from tui.screens.history import ZOOMS, Spot, Zoom
from tui.screens.trending import Trending


class Timing(Trending):
    """The explorer's ways of showing time."""

    _day = ""
    """The day that zooming keeps in sight."""

    def repaint_all(self) -> None:
        """Draw everything anew, as the settings and the language want it."""
        raise NotImplementedError

    def look_into(self, bucket: Bucket) -> None:
        """The events of a stretch, or first its next smaller stretches."""
        first, last, _precision = stretch(bucket.value)
        closer = {"decade": "year", "year": "month"}.get(self.zoom, "event")
        since, until = (first, last) if len(bucket.value) == 3 else (bucket.value, bucket.value)
        self.go(replace(self.filter, since=since, until=until), "timeline", zoom=cast(Zoom, closer))

    def action_zoom_timeline(self, by: int = 0) -> None:
        """Look from `by` steps further off, as far as there are any; without it from the next one, round and round."""
        row = self.rows("timeline").current_row
        if isinstance(row, Bucket):
            first, last, _precision = stretch(row.value)
            # the day that was looked at from nearer by, while the cursor stays on the stretch it lies in
            self._day = self._day if first <= self._day <= last else first
        elif isinstance(row, EventRow):
            self._day = row.earliest
        day = self._day
        at = ZOOMS.index(self.zoom) + (by or 1)
        self.zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, at)) if by else at % len(ZOOMS)]
        self.go_to_pane("timeline")
        self.load(replace(self.view(), cursors=(*self.view().cursors[:2], Spot())), day[:10])

    def action_order_timeline(self) -> None:
        self.order = "outlets" if self.order == "time" else "time"
        self.zoom = "event"
        self.go_to_pane("timeline")
        self.load(replace(self.view(), cursors=(*self.view().cursors[:2], Spot())))
        self.tell(_("those that most outlets tell come first") if self.order == "outlets" else _("in order of time"))

    def action_calendar(self) -> None:
        appearance.calendar = "hijri" if appearance.calendar == "gregorian" else "gregorian"
        self.repaint_all()
        self.tell(_("Hijri dates in the timeline") if appearance.calendar == "hijri" else _("Gregorian dates"))
