"""Hostile input: what is fed to every reader and cleaner, by hypothesis in the tests and by atheris beside them."""
