"""Names of persons, organisations, places and other things in a text."""

from store.extract.entities.finder import VERSIONS, find, prepare

__all__ = ["VERSIONS", "find", "prepare"]
