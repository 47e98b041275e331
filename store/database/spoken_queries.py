"""What a Reader is asked about what is said in articles: statements, roles, quantities, and where they may differ."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from store.answers import Filter
from store.database.questions import Asked, asking
from store.resolve.spoken import Spoken
from store.spoken import Differing, QuantityRow, RoleRow, StatementPage, StatementRow, Wanted

_ANY = Wanted()


class SpokenQueries(Asked):
    """See `store.database.queries.Reader`."""

    @asking
    def statement_ids(self, f: Filter = Filter(), wanted: Wanted = _ANY, most: int | None = None) -> array[int]:
        """What is said in the articles let through, as integers that `statement_rows` knows: of the newest article
        first, within each in reading order; only the first `most`."""
        from store.database import statement_queries

        return statement_queries.ids(self._connection, f, wanted, most)

    @asking
    def statement_page(
        self, f: Filter = Filter(), wanted: Wanted = _ANY, start: int = 0, most: int = 2000, look: int | None = 20_000
    ) -> StatementPage:
        """The same page by page: from the article that is `start` in their order, until there are `most` statements or
        `look` articles were looked at (0.05 ms each)."""
        from store.database import statement_queries

        return statement_queries.page(self._connection, f, wanted, start, most, look)

    @asking
    def statement_rows(self, ids: Sequence[int]) -> list[StatementRow]:
        """A page of statements with their sentences, in the order asked; those that are there no more are left out."""
        from store.database import statement_queries

        return statement_queries.rows(self._connection, ids)

    @asking
    def differing(self, f: Filter = Filter(), entity: int | None = None, most: int = 2000) -> Differing:
        """Statements and numbers that may differ, in the newest `most` articles let through; only those of `entity`, or
        whose sentence names it. Some 1.5 ms an article."""
        from store.database import differing

        return differing.found(self._connection, f, most, entity)

    @asking
    def roles(self, entity: int, f: Filter = Filter(), most: int = 1000) -> list[RoleRow]:
        """What the newest `most` articles let through say that somebody is, of the newest article first."""
        from store.database import statement_queries

        return statement_queries.roles(self._connection, entity, f, most)

    @asking
    def quantities(self, f: Filter = Filter(), unit: str | None = None, most: int | None = None) -> list[QuantityRow]:
        """Numbers of what has the stem of `unit` (of anything without) in the articles let through, of the newest
        article first; only the first `most`."""
        from store.database import statement_queries

        return statement_queries.quantities(self._connection, f, unit, most)

    @asking
    def quantities_in(self, articles: Sequence[int], unit: str | None = None) -> list[QuantityRow]:
        """The same of a page of articles, in their order."""
        from store.database import statement_queries

        return statement_queries.quantities_in(self._connection, articles, unit)

    @asking
    def spoken(self, article: int) -> Spoken | None:
        """What is said in an article; None where it was not looked for yet."""
        from store.database import statements

        return statements.of_article(self._connection, article)
