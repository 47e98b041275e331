"""Imported by a process that will read pages, after `store.ready`: what only they need."""

from __future__ import annotations

from store.readers import read_bytes
from store.sparing import reading

_PAGE = "<html><body><article><h1>بغداد</h1><p>قال إن القوات الأمريكية ستنسحب من العراق.</p></article></body></html>"

with reading():
    for _ in read_bytes(_PAGE.encode(), "ready.html"):
        pass
