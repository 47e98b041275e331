"""What people are, as texts say it: offices, works and functions beside their names."""

from store.extract.roles.finder import find

__all__ = ["find"]
