"""What people say: statements in quotation marks and reported ones, with who says them."""

from store.extract.quotes.finder import find

__all__ = ["find"]
