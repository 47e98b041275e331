"""Numbers with what they count."""

from store.extract.quantities.finder import EXTRACTOR, VERSION, find

__all__ = ["EXTRACTOR", "VERSION", "find"]
