"""Adding documents: one transaction each, everything that is counted kept in step within it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from store.answers import Article
from store.database import (
    companions,
    documents,
    entity_sets,
    files,
    placing,
    reading,
    sayings,
    statements,
    stories,
    undated,
    word_sets,
)
from store.database.annotating import Annotating
from store.database.events import Joiner
from store.database.files import connect_to_write, sentences
from store.database.indexing import Index, indexed, stored_blocks
from store.database.known_names import KnownNames
from store.database.linking import Linker
from store.database.log import Decisions
from store.database.migrating import migrate
from store.database.moments import moment
from store.database.notes import ARTICLE, ENTITY, Notes
from store.database.preparing import distinct, title_of
from store.database.refinement import alike
from store.database.refusals import Rejections
from store.database.repair import Repairing
from store.database.repeated import Repeated
from store.database.searches import Saving
from store.database.settling import Settling
from store.database.spans import Spans, by_span
from store.database.word_forms import Keeper
from store.errors import CorpusError, InputError, UnavailableError, failed
from store.locks import Turns
from store.models import SEARCHED, Analysis, DateMention, Published
from store.people import me
from store.resolve.dating import Witness
from store.resolve.events import renamed
from store.text.stems import stem


class Writer(Repairing, Settling, Annotating, Saving):
    """The one way into a corpus. Opened by `store.database.open_writer`; not to be shared between threads."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.kept: Path | None = None
        """Where the corpus stands as it was, if this brought it up to date."""
        self.busy: Callable[[], bool] = lambda: False
        """Asked whether to wait on, whenever others have been writing for `files.BUSY_SECONDS`."""
        self.who = me()
        self._connection = connect_to_write(self.path)
        self._turns = Turns(self.path)
        try:
            with sentences(self.path):
                self._connection.isolation_level = None
                self.kept = migrate(self._connection, self.path, self._begun)
        except BaseException:
            self.close()
            raise
        self._notes = Notes(self._connection)
        self._sets = entity_sets.Keeper(self._connection)
        self._names = KnownNames(self._connection)
        self._linker = Linker(self._connection, self._sets, self._names)
        self._stories = stories.Keeper(self._connection, self._notes, lambda: self.decisions().apart)
        self._placing = placing.Keeper(self._connection, self._stories)
        self._repeated = Repeated(self._connection)
        self._joiner = Joiner(self._connection, self._repeated, self._notes)
        self._index = Index(self._connection)
        self._forms = Keeper(self._connection)
        self._words = word_sets.Keeper(self._connection)
        self._companions = companions.Keeper(self._connection, self._notes)
        self._rejections = Rejections(self._connection)
        self._spans = Spans(self._connection, self._repeated, self._names)

    def close(self) -> None:
        """Closes the file; SQLite folds its log into it when no one else has it open."""
        self._connection.close()
        self._turns.close()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing; within another one, all of both or nothing."""
        if self._connection.in_transaction:
            yield
            return
        with sentences(self.path), self._begun():
            before = self._connection.total_changes
            try:
                if self._names.begin():
                    self._sets.forget()
                yield
                self._linker.flush(self.decisions)
                self._index.flush()
                self._forms.flush()
                if self._connection.total_changes != before:
                    if self._sets.shown_anew:
                        self._companions.clear()
                    entities, articles = self._sets.flush()
                    self._companions.changed(articles | self._stories.regrouped, entities)
                    self._notes.note(ENTITY, entities)
                    self._notes.flush()
                self._connection.execute("COMMIT")
                self._stories.forget()
            except BaseException:
                self._stories.forget()
                self._repeated.forget()
                self._replayed = None
                self._joiner.forget()
                self._sets.forget()
                self._names.forget()
                self._linker.forget()
                self._index.forget()
                self._notes.forget()
                self._forms.forget()
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _begun(self) -> Iterator[None]:
        """A transaction begun when it is one's turn, which ends within; raises UnavailableError when that never is."""
        while True:
            with self._turns.taken(files.BUSY_SECONDS) as mine:
                try:
                    if not mine:
                        raise UnavailableError(*files.busy(self.path))
                    with sentences(self.path):
                        self._connection.execute("BEGIN IMMEDIATE")
                except UnavailableError:
                    if not self.busy():
                        raise
                    continue
                yield
                return

    def add(self, analysis: Analysis, *, refine: bool = False, later: bool = False) -> tuple[int, bool]:
        """Stores a document with everything found in it; returns its id and whether it was new.

        With `refine` its names wait for the accurate pass, if that has not found them. `later` says that nothing but
        adding is done in this transaction (`linking.Linker.count`).

        A document whose digest is there already changes nothing. Raises CorpusError, and InputError for an analysis
        that contradicts itself; either way the corpus is as it was.
        """
        digest = bytes.fromhex(analysis.document.digest)
        with self.transaction():
            if (known := self._known(digest)) is not None:
                return known, False
            try:
                article_id = self._insert(analysis, None, later=later)
                if refine and analysis.recogniser == "fast" and analysis.cleaned.language in SEARCHED:
                    self._connection.execute("INSERT INTO waiting VALUES (?)", (article_id,))
                return article_id, True
            except (sqlite3.IntegrityError, UnicodeEncodeError) as error:
                what = f"could not be stored ({error})"
                raise InputError(what, analysis.document.source.path, "please report it with the file") from error

    def add_all(self, analyses: Sequence[Analysis], *, refine: bool = False) -> list[tuple[int, bool] | InputError]:
        """As `add` each of them, in one transaction; what cannot be stored is told in its place.

        Raises CorpusError; the corpus is as it was then.
        """
        if not analyses:
            return []
        later = not self._connection.in_transaction
        try:
            with self.transaction():
                return [self.add(analysis, refine=refine, later=later) for analysis in analyses]
        except CorpusError:
            raise
        except Exception as error:  # an analysis that contradicts itself must not end the others
            if len(analyses) > 1:  # which of them it is shows when each is alone
                return [found for analysis in analyses for found in self.add_all([analysis], refine=refine)]
            return [
                error if isinstance(error, InputError) else failed("stored", analyses[0].document.source.path, error)
            ]

    def keep_rejected(self, errors: Sequence[InputError], read: Sequence[str] = ()) -> None:
        """Keeps why inputs were rejected (`store.database.refusals`), and forgets those that were read after all."""
        with sentences(self.path):
            self._rejections.keep(errors, read, self._begun)

    def forget_rejected(self, paths: Sequence[str]) -> int:
        """Forgets inputs that were rejected; returns how many there were."""
        with sentences(self.path):
            return self._rejections.forget(paths, self._begun)

    def find(self, digest: str) -> int | None:
        """The id of the article with this SHA-256 (hex), None when it is not in the corpus."""
        with sentences(self.path):
            return self._known(bytes.fromhex(digest))

    def replace(self, analysis: Analysis, *, by_others: bool = False) -> int:
        """Puts a new analysis of a stored document in the place of the old one; returns its id, which stays.

        Edits and annotations stay too. `by_others` says that its date was found by way of other articles.
        Raises CorpusError when the document is not in the corpus.
        """
        with self.transaction():
            analysis = replace(analysis, prepared=None)
            if (known := self._known(bytes.fromhex(analysis.document.digest))) is None:
                raise CorpusError("holds no such document", str(self.path), "add it first")
            return self._put(analysis, known, by_others)

    def remove(self, article_id: int) -> bool:
        """Takes an article and all that was found in it out of the corpus; whether it was there. Edits stay."""
        with self.transaction():
            return self._delete(article_id)

    def article(self, article_id: int) -> Article:
        """A stored article with its spans, and what people say of its lines. Raises CorpusError when there is none with
        this id."""
        with sentences(self.path):
            article = reading.article(self._connection, article_id, self.path)
            return replace(article, document=self._labelled(article.document))

    def open_articles(self, added: Sequence[int]) -> list[int]:
        """Articles that others might date, and those that others did date, of which what was added may say something;
        by id."""
        with sentences(self.path):
            return undated.touched(self._connection, undated.open_articles(self._connection), added)

    def stretches(self) -> undated.Stretches:
        """The days and months of which there are dated sentences, for `witnesses`."""
        with sentences(self.path):
            return undated.stretches(self._connection)

    def witnesses(self, article: Article, dates: Sequence[DateMention], known: undated.Stretches) -> list[Witness]:
        """Dated sentences of other articles that tell the same as one of this article with an open date.

        `dates` are those of the article's text without an anchor, `known` is what `stretches` gave.
        """
        with sentences(self.path):
            text = article.document.text
            found = undated.witnesses(self._connection, article.row.id, text, dates, article.sentences, known)
            return list(found)

    def _put(self, analysis: Analysis, article_id: int, by_others: bool, *, settled: bool = False) -> int:
        execute = self._connection.execute
        waits = execute("SELECT 1 FROM waiting WHERE article_id = ?", (article_id,)).fetchone()
        if analysis.recogniser == "fast":
            stored = reading.article(self._connection, article_id, self.path)
            if stored.recogniser == "accurate" and stored.document.text == analysis.document.text:
                if alike(stored.cleaned.blocks, analysis.cleaned.blocks):
                    # Refined since it was read: its names stay.
                    analysis = renamed(analysis, [one.mention for one in stored.mentions], "accurate")
                else:
                    waits = analysis.cleaned.language in SEARCHED
        self._delete(article_id)
        self._insert(analysis, article_id, by_others, settled=settled)
        if waits and analysis.recogniser == "fast":
            execute("INSERT INTO waiting VALUES (?)", (article_id,))
        return article_id

    def _known(self, digest: bytes) -> int | None:
        row = self._connection.execute("SELECT article_id FROM documents WHERE digest = ?", (digest,)).fetchone()
        return int(row[0]) if row else None

    def _insert(
        self, analysis: Analysis, article_id: int | None, by_others: bool = False, *, settled: bool = False,
        later: bool = False,
    ) -> int:  # fmt: skip
        """`settled` says that it was read with all that people decided of it."""
        execute = self._connection.execute
        document, cleaned = analysis.document, analysis.cleaned
        decisions = self.decisions()
        decided = decisions.published.get(document.digest)
        published = Published(decided[0], "given", decided[1]) if decided else analysis.published
        at = moment(published.value)
        title = title_of(analysis)
        outlet = decisions.outlets.get(document.digest, cleaned.outlet or document.outlet)
        if article_id is None:
            # an id is never given twice: what stands on a screen may be gone by the time a key is pressed
            execute("UPDATE last_article SET id = id + 1")  # with RETURNING it takes five times as long
            (article_id,) = execute("SELECT id FROM last_article").fetchone()
        execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (article_id, at, self._outlet(outlet), title, document.source.path, *_three(published)),
        )
        self._notes.note(ARTICLE, [article_id])
        documents.store(self._connection, self._repeated, article_id, analysis, title, outlet, published, by_others)
        self._spans.store(article_id, analysis)
        ids = self._mentions(article_id, analysis, decisions, later)
        self._joiner.add(article_id, analysis, ids, decisions)
        numbers = {mention.name: id_ for mention, (_, _, id_) in zip(by_span(analysis.mentions), ids, strict=True)}
        statements.store(self._connection, article_id, analysis, numbers)
        if (ready := analysis.prepared) is not None:
            words, (forms, stems) = ready.words, ready.of_words()
        else:
            words = indexed(document.text, title, cleaned.blocks)
            forms = distinct(words)
            stems = list(map(stem, forms))
        self._index.put(article_id, words)
        self._forms.keep(forms, stems)
        self._words.reworded(article_id)
        self._stories.wait(article_id, analysis.signature)
        if not settled and (decided or self._labelled(document, decisions) != document):
            self.read_again(article_id)
        return article_id

    def _mentions(
        self, article_id: int, analysis: Analysis, decisions: Decisions, later: bool = False
    ) -> list[tuple[int, int, int]]:
        """Stores and counts the mentions; returns (start, end, name id) of each."""
        parted = decisions.parted.get(analysis.document.digest, {})
        ids, new = self._spans.mentions(article_id, analysis, parted, later)
        self._linker.count(article_id, Counter(name_id for _, _, name_id in ids), decisions, new, later)
        return ids

    def _delete(self, article_id: int) -> bool:
        execute = self._connection.execute
        row = execute(
            "SELECT a.outlet_id, a.title, t.text FROM articles a JOIN texts t ON t.article_id = a.id WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            return False
        blocks = stored_blocks(self._connection, article_id)
        self._index.take(article_id, indexed(row[2], row[1], blocks))
        self._notes.note(ARTICLE, [article_id])
        self._words.reworded(article_id)
        sayings.forget(self._connection, article_id)
        statements.forget(self._connection, article_id)
        self._joiner.remove(article_id)
        self._stories.part(article_id)
        self._linker.uncount(article_id, self.decisions())
        execute("DELETE FROM articles WHERE id = ?", (article_id,))
        execute("UPDATE outlets SET articles = articles - 1 WHERE id = ?", (row[0],))
        return True

    def _outlet(self, name: str | None) -> int | None:
        if not name:
            return None
        row = self._connection.execute(
            "INSERT INTO outlets(name, articles) VALUES (?, 1) ON CONFLICT(name) DO UPDATE SET articles = articles + 1"
            " RETURNING id",
            (name,),
        ).fetchone()
        return int(row[0])


def _three(published: Published) -> tuple[str | None, str, str]:
    return published.value, published.basis, published.reason
