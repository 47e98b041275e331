"""Which corpus a command works on: the one named, else the user's own, else the sample."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.database import bring_up_to_date
from store.errors import CorpusError
from tui import background

if TYPE_CHECKING:
    from tui.settings.force import InForce


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus to read, and whether it is the sample made from the articles that come with the program."""

    path: Path
    sample: bool
    kept: Path | None = None
    """Where the corpus stands as an older khabar left it, if it was brought up to date just now."""


def default_path(settings: InForce | None = None) -> Path:
    """The user's own corpus: where the settings have it, else `$XDG_DATA_HOME/khabar/corpus.db`, or where the system
    keeps such things.

    With `settings` raises StoreError where these say what cannot be; without, what they say wrongly does not count.
    """
    from platformdirs import user_data_path

    from tui.settings.force import InForce

    chosen = InForce().or_else("corpus") if settings is None else settings.standing("corpus")
    if chosen.origin == "file":
        return Path(str(chosen.value))
    return user_data_path("khabar", appauthor=False) / "corpus.db"


def for_reading(named: str | None, sample: bool = False, settings: InForce | None = None) -> Corpus:
    """The corpus to read, brought up to date if an older khabar made it.

    Raises CorpusError when the named one is not there or no corpus, or the sample cannot be made; and as
    `default_path`.
    """
    if sample:
        return Corpus(_sample(), sample=True)
    if named is not None:
        path = Path(named)
        if not path.exists():
            raise CorpusError("there is no such corpus", named, f"khabar -c {named} add PATH… makes one")
    else:
        path = default_path(settings)
        if not path.exists():
            return Corpus(_sample(), sample=True)
    kept = bring_up_to_date(path)
    if kept is not None and background.wanted():
        background.refine(path)  # what an older khabar did not look for takes its time
    return Corpus(path, sample=False, kept=kept)


def for_writing(named: str | None, sample: bool = False, settings: InForce | None = None) -> Path:
    """The corpus to write to, which need not be there yet, or of this version. Raises CorpusError for the sample, and
    as `default_path`.
    """
    if sample:
        raise CorpusError(
            "nothing is added to the sample corpus", remedy="leave out --sample, or name a corpus with -c"
        )
    return Path(named) if named is not None else default_path(settings)


def _sample() -> Path:
    from platformdirs import user_cache_path

    from store import samples

    try:
        return samples.in_folder(user_cache_path("khabar", appauthor=False))
    except OSError:
        # No cache to keep it in: a private one, for as long as the program runs.
        folder = tempfile.mkdtemp(prefix="khabar-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return samples.in_folder(Path(folder))
