"""The accurate pass as the corpus sees it: which articles wait for it, and its names in the place of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from store.answers import Article
from store.database import reading, statements
from store.database.edits import Editing
from store.database.files import sentences, snapshot
from store.database.log import Decisions, Reading
from store.database.notes import ARTICLE
from store.models import BY_A_PERSON, Analysis, Block, Document, Mention
from store.resolve.events import with_mentions
from store.text.around import AROUND, is_page


class Refining(Editing):
    """The writer's side of it, and of what is read again. All raise CorpusError when the file fails."""

    def _put(self, analysis: Analysis, article_id: int, by_others: bool, *, settled: bool = False) -> int:
        """Puts an analysis in the place of an article's; `settled` says that it was read with all that people decided
        of it."""
        raise NotImplementedError

    def _mentions(
        self, article_id: int, analysis: Analysis, decisions: Decisions, later: bool = False
    ) -> list[tuple[int, int, int]]:
        """Stores the mentions; returns (start, end, name id) of each."""
        raise NotImplementedError

    def unheard(self, most: int) -> list[int]:
        """So many of the articles in which it was not looked for statements yet, newest first."""
        with sentences(self.path):
            return statements.missing(self._connection, most)

    def hear(self, article_id: int) -> None:
        """Looks for what is said in a stored article. Raises CorpusError when there is none with this id."""
        with self.transaction():
            article = reading.article(self._connection, article_id, self.path)
            mentions = [one.mention for one in article.mentions]
            self._speak(article_id, with_mentions(article, mentions, article.recogniser))

    def _speak(self, article_id: int, analysis: Analysis) -> None:
        statements.forget(self._connection, article_id)
        numbers = statements.numbers_of(self._connection, article_id)
        statements.store(self._connection, article_id, analysis, numbers)

    def waiting(self, most: int) -> list[int]:
        """So many of the articles that wait for the accurate pass, newest first."""
        with sentences(self.path):
            rows = self._connection.execute(
                "SELECT a.id FROM articles a JOIN waiting w ON w.article_id = a.id"
                " ORDER BY a.moment DESC, a.id DESC LIMIT ?",
                (most,),
            )
            return [int(row[0]) for row in rows]

    def wait_no_more(self, article_id: int) -> None:
        """Leaves an article with the names of the fast pass."""
        with self.transaction():
            self._connection.execute("DELETE FROM waiting WHERE article_id = ?", (article_id,))

    def waiting_count(self) -> int:
        """How many articles wait for the accurate pass."""
        with sentences(self.path):
            return reading.waiting(self._connection)

    def count(self) -> int:
        """How many articles there are."""
        with sentences(self.path):
            return int(self._connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def wait(self) -> int:
        """Lets every article whose names come from the fast pass wait for the accurate one; returns how many wait."""
        with self.transaction():
            self._connection.execute(
                "INSERT OR IGNORE INTO waiting SELECT article_id FROM documents WHERE recogniser = 'fast'"
            )
            return reading.waiting(self._connection)

    def refine(
        self, article_id: int, text: str, mentions: Sequence[Mention], blocks: Sequence[Block] | None = None
    ) -> bool:
        """Puts the names of the accurate pass in the place of an article's names, and tells its events anew.

        `text` is what they were found in, with these blocks. Everything else of the article stays. False when the
        article is gone, has another text or other blocks or waits no longer: then nothing is changed.
        """
        with self.transaction():
            waits = self._connection.execute("SELECT 1 FROM waiting WHERE article_id = ?", (article_id,)).fetchone()
            if waits is None:
                return False
            article = reading.article(self._connection, article_id, self.path)
            if article.document.text != text or not (blocks is None or alike(blocks, article.cleaned.blocks)):
                return False
            # Dates and the day of publication are those of now: a person may have given one meanwhile.
            analysis = with_mentions(article, mentions, "accurate")
            self._name_again(article_id, analysis)
            self._connection.execute(
                "UPDATE documents SET recogniser = ? WHERE article_id = ?", (analysis.recogniser, article_id)
            )
            self._connection.execute("DELETE FROM waiting WHERE article_id = ?", (article_id,))
            return True

    def rebind(self, article_id: int) -> None:
        """Asks anew which name each mention of an article is, as people say now that another is meant, or do not."""
        with self.transaction():
            article = reading.article(self._connection, article_id, self.path)
            mentions = [stored.mention for stored in article.mentions]
            self._name_again(article_id, with_mentions(article, mentions, article.recogniser))

    def _name_again(self, article_id: int, analysis: Analysis) -> None:
        self._notes.note(ARTICLE, [article_id])
        self._joiner.remove(article_id)
        copied = self._stories.alone(article_id)
        decisions = self.decisions()
        self._linker.uncount(article_id, decisions)
        self._joiner.add(article_id, analysis, self._mentions(article_id, analysis, decisions), decisions)
        self._speak(article_id, analysis)
        if copied:
            self._stories.again(article_id)

    def decided(self, article_id: int) -> tuple[Reading, Article]:
        """What is decided now of how an article is read, for `put_again`, and the article with it."""
        with sentences(self.path), snapshot(self._connection):
            article = reading.article(self._connection, article_id, self.path)
            decided = self.decisions().of_document(article.document.digest)
            return decided, replace(article, document=self._labelled(article.document))

    def put_again(self, analysis: Analysis, decided: Reading) -> bool:
        """Puts an analysis, made with what was `decided`, in the place of the old one; False where something else was
        decided since: the article waits on."""
        with self.transaction():
            digest = analysis.document.digest
            if self.decisions().of_document(digest) != decided:
                return False
            for article_id in self._articles([digest]):
                self._put(analysis, article_id, False, settled=True)
            return True

    def _labelled(self, document: Document, decisions: Decisions | None = None) -> Document:
        """The document with what people say of its lines; `decisions` are what they decided, where that is known."""
        said = (decisions or self.decisions()).labels.get(document.digest, {})
        if not said and not document.labels:
            return document
        return replace(document, labels=tuple(said[start] for start in sorted(said)))


def alike(some: Sequence[Block], others: Sequence[Block]) -> bool:
    """Whether names are looked for in the same: the blocks are the same, whoever said so, and what is passed over as
    standing around the article is too (`store.text.around.blanked`)."""
    return is_page(some) == is_page(others) and list(map(_seen, some)) == list(map(_seen, others))


def _seen(block: Block) -> tuple[int, int, str, bool]:
    return block.start, block.end, block.kind, block.kind in AROUND and block.rule.startswith(BY_A_PERSON)
