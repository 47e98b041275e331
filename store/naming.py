"""The names of articles by the accurate pass, batch by batch: a pure function of them, so that it may happen anywhere,
and twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from store.answers import Article
from store.errors import StoreError
from store.models import Block, Mention, Sentence

_TRIAL = "قال مصطفى الكاظمي في بغداد يوم الأحد إن وزارة الدفاع الأمريكية ستسحب قواتها من العراق قبل نهاية العام."


@dataclass(frozen=True, slots=True)
class Text:
    """What names are looked for in: the text without what stands around the article, its sentences and blocks."""

    text: str
    sentences: tuple[Sentence, ...]
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, article: Article) -> Text:
        """That of a stored article."""
        from store.text.around import blanked

        blocks = tuple(article.cleaned.blocks)
        return cls(blanked(article.document.text, blocks), tuple(article.sentences), blocks)


Named = Sequence[Mention] | str
"""The names of a text, or why it keeps those it has."""


class Namers(Protocol):
    """Where batches of texts get their names: other machines."""

    @property
    def number(self) -> int:
        """How many work at once, as things are."""

    def name(self, texts: Sequence[Text]) -> Future[list[Named]]:
        """Begins to name a batch; a worker that ends unexpectedly makes the future raise BrokenExecutor."""

    def name_alone(self, text: Text) -> Named:
        """Names what may have ended a worker, and survives it."""


def load() -> None:
    """Loads the models, which the first text does otherwise. Raises StoreError when they cannot be."""
    # Imported here: the models take a moment to load.
    from store.extract.entities import prepare

    try:
        prepare("accurate")
    except Exception as error:  # onnxruntime's errors share no other base; a damaged installation is one sentence
        fault = f"cannot be loaded ({type(error).__name__}: {error})"
        raise StoreError(f"the accurate recogniser {fault}", remedy="install khabar again") from error


def names(text: Text) -> list[Mention]:
    """The names of one text."""
    from store.extract.entities import find

    return find(text.text, text.sentences, text.blocks, "accurate")


def name(texts: Sequence[Text]) -> list[Named]:
    """The names of each text. Raises StoreError when the models cannot be loaded, and what is no text's fault."""
    load()
    return [_named(text) for text in texts]


def _named(text: Text) -> Named:
    try:
        return names(text)
    except (ImportError, OSError, MemoryError):  # not the article's fault
        raise
    except Exception as error:  # whatever it is, one article must not end the others
        return fault(error)


def fault(error: Exception) -> str:
    """Why an article keeps the names it has."""
    return f"{type(error).__name__}: {error}"


@cache
def trial() -> str:
    """A digest of what the encoder makes of a sentence, to the last digit: processors with other instructions round
    otherwise, so that what they find is another now and then. Raises StoreError when the models cannot be loaded."""
    load()
    from store.extract.entities.encoder import encoder
    from store.extract.entities.tokens import tokenize

    return hashlib.sha256(encoder().emissions(tokenize(_TRIAL)).tobytes()).hexdigest()[:12]
