"""Documents, Arabic text and the corpus in SQLite; knows no screen."""
