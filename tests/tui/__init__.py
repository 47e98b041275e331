"""Tests of what a person touches. `tui` comes before Textual, as it does in use: it says how often that may paint."""

import tui as tui
