"""What a Reader is asked about annotations and saved searches."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from store.annotations import Annotation, Kind, Noting, Target
from store.answers import Filter, KeptSearch, SavedSearch
from store.database import annotation, searches
from store.database.questions import Asked, asking


class AnnotationQueries(Asked):
    """See `store.database.queries.Reader`."""

    @asking
    def bookmarks(self) -> array[int]:
        """Ids of the bookmarked articles, newest bookmark first."""
        return annotation.bookmarks(self._connection)

    @asking
    def annotation_ids(self, kind: Kind | None = None, tag: str = "", words: str = "") -> array[int]:
        """Ids of the annotations, newest first: those of a kind, those that are a tag, those that have all of some
        words (folded, also parts of words) in what they say or are on."""
        return annotation.ids(self._connection, kind, tag, words)

    @asking
    def annotations(self, ids: Sequence[int]) -> list[Annotation]:
        """A page of annotations in the order asked, with where they are now; those that are gone are left out."""
        return annotation.rows(self._connection, ids)

    @asking
    def annotations_on(self, target: Target) -> list[Annotation]:
        """The annotations of one target, oldest first."""
        return annotation.on(self._connection, target)

    @asking
    def annotations_in(self, article: int) -> list[Annotation]:
        """Those of an article, then those of its sentences in reading order."""
        return annotation.in_article(self._connection, article)

    @asking
    def noted(self, f: Filter = Filter(), most: int = 2_000) -> Noting:
        """What is on the articles that a filter lets through, copies too, on their sentences, its events, and the
        entities that these articles name: `most` of it, the newest notes before what is no note, and how many there
        are. Raises QueryError as every search."""
        # what works on sets is imported where there are some: not to start
        from store.database import noted

        return noted.within(self._connection, f, most)

    @asking
    def tags(self) -> list[tuple[str, int]]:
        """All tags and how often each is used, most first."""
        return annotation.tags(self._connection)

    @asking
    def saved_searches(self) -> list[SavedSearch]:
        """The searches that have a name, by name."""
        return searches.saved(self._connection)

    @asking
    def kept_searches(self) -> list[KeptSearch]:
        """The same as they go to another corpus."""
        return searches.kept(self._connection)

    @asking
    def last_added(self) -> int:
        """The id of the article that was added last."""
        return searches.last_added(self._connection)

    @asking
    def search_counts(self, search: SavedSearch) -> tuple[int, int]:
        """How many articles answer a saved search, and how many of those that were added since the last look do.

        Of copies of one story the newest counts, in the second number the newest of the new ones. Raises QueryError as
        every search.
        """
        return searches.counts(self._connection, search)
