"""Numbers with what they count."""

from store.extract.quantities.finder import find

__all__ = ["find"]
