"""Every setting in one table: the check of a file, `khabar config` and its template are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.locale import N_

Value = str | int | bool | None
Kind = Literal["choice", "number", "switch", "path"]

THEMES = ("khabar", "light", "contrast-dark", "contrast-light", "ansi", "mono")
"""Names of the themes, in the order in which the explorer goes through them."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name as the file has it, with the table's before a dot, and which values it takes."""

    name: str
    kind: Kind
    default: Value
    """In force where nobody says anything; None leaves it to the terminal or to the size of the screen."""
    says: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    unset: str = ""
    """What holds where the default is None."""
    option: str = ""
    env: str = ""
    visitors: bool = True
    """Whether it also holds for those who come by `khabar serve`, whose terminal and language are their own."""


_TERMINAL = N_("as the terminal draws them")
_SIZE = N_("40, and 52 from 180 columns on")

SETTINGS = (
    Setting("corpus", "path", None, N_("the corpus that is opened where none is named"), unset=N_("your data folder's"),
            option="-c", env="KHABAR_CORPUS", visitors=False),
    Setting("entities", "choice", "accurate", N_("how names are found: at once, or by an encoder too"),
            ("fast", "accurate"), option="--entities", env="KHABAR_ENTITIES"),
    Setting("language", "choice", "auto", N_("the language of the interface; auto is the locale's"),
            ("auto", "en", "ar"), env="KHABAR_LANGUAGE", visitors=False),
    Setting("theme", "choice", "auto", N_("the colours; auto is khabar's, or what the terminal can show"),
            ("auto", *THEMES), option="--theme", env="KHABAR_THEME"),
    Setting("bidi", "choice", "auto", N_("how Arabic is sent to the terminal; auto asks the terminal"),
            ("auto", "visual", "runs", "words"), option="--bidi", env="KHABAR_BIDI", visitors=False),
    Setting("mouse", "switch", True, N_("whether the explorer takes the mouse; without, the terminal selects text"),
            option="--mouse", env="KHABAR_MOUSE"),
    Setting("digits", "choice", "text", N_("digits as in the text, all as 0-9, or all as ٠-٩"),
            ("text", "latin", "arabic")),
    Setting("calendar", "choice", "gregorian", N_("the calendar of dates in the timeline"), ("gregorian", "hijri")),
    Setting("tashkeel", "switch", None, N_("whether vowel marks are shown"), unset=_TERMINAL),
    Setting("latin", "switch", True, N_("whether Latin letters find Arabic names")),
    Setting("panes.layout", "choice", "auto",
            N_("which panes are in sight: as many as there is room for, at most two, or one"), ("auto", "two", "one")),
    Setting("panes.lists", "number", None, N_("the lists' share of the width, in percent; the reader has the rest"),
            least=20, most=80, unset=_SIZE),
    Setting("panes.articles", "number", 1, N_("the share of the lists' height that the articles have"),
            least=1, most=9),
    Setting("panes.entities", "number", 1, N_("the share that the entities have"), least=1, most=9),
    Setting("panes.timeline", "number", 1, N_("the share that the timeline has"), least=1, most=9),
    Setting("timeline.zoom", "choice", "event", N_("how closely the timeline is looked at, to begin with"),
            ("event", "day", "month", "year", "decade")),
    Setting("timeline.order", "choice", "time", N_("events by time, or those that most outlets tell first"),
            ("time", "outlets")),
)  # fmt: skip

BY_NAME = {setting.name: setting for setting in SETTINGS}

KEYS = "keys"
"""The table of the file in which actions get other keys, by the ids of their bindings."""
