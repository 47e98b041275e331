"""Names of persons, organisations, places and other things in a text."""

from store.extract.entities.finder import EXTRACTOR, VERSION, find

__all__ = ["EXTRACTOR", "VERSION", "find"]
