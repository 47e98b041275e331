"""Imported by a process that will extract: reads all lexicons and models, once for all that come from it."""

from __future__ import annotations

from store.sparing import reading

_TEXT = "بغداد\n\nقال مصطفى الكاظمي في 26 يوليو 2021 إن القوات الأمريكية ستنسحب من العراق قبل نهاية العام."


def _read() -> None:
    # Imported here: it is part of what is read.
    from store.extraction import Given, extract
    from store.models import Document, Source
    from store.readers import read_bytes
    from store.samples import seeds

    extract([Document(_TEXT, Source("ready", "ready", "1"), "0" * 64)], Given())
    for seed in seeds():  # what is worked out once for each word is there for the words of every article
        extract([one for one in read_bytes(seed.read_bytes(), seed.name) if isinstance(one, Document)], Given())


with reading():
    _read()
