"""What people are, as texts say it: offices, works and functions beside their names."""

from store.extract.roles.finder import EXTRACTOR, VERSION, find

__all__ = ["EXTRACTOR", "VERSION", "find"]
