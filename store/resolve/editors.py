"""Editors' keywords as evidence for a name: they may support what was found in the text, they decide nothing."""

from __future__ import annotations

from store.models import Document, Said
from store.text.fold import fold
from store.text.tokens import WORD


def keyword_for(document: Document, *names: str) -> Said | None:
    """The keyword that a source gives a document and that is one of these names, but for spelling and articles."""
    wanted = {name_words(name) for name in names}
    return next((said for said in document.said if said.name == "keyword" and name_words(said.value) in wanted), None)


def name_words(text: str) -> str:
    """A name as it is compared: folded words without articles.

    >>> name_words("الأمم_المتحدة") == name_words("امم متحدة")
    True
    """
    return " ".join(word.removeprefix("ال") or word for word in WORD.findall(fold(text.replace("_", " "))))
