"""What click itself says, marked for translation: it looks its texts up in the catalogue that `speak_arabic` names."""

from __future__ import annotations

import gettext

from tui.locale import DOMAIN, FOLDER, N_, NN_

TEXTS = (
    N_("Usage:"), N_("Options"), N_("Commands"), N_("Positional arguments"),
    N_("Show this message and exit."), N_("required"), N_("default: {default}"), N_("env var: {var}"),
    N_("Missing command."), N_("Missing argument"), N_("Missing option"), N_("Missing parameter"),
    N_("Missing {param_type}"), N_("Missing parameter: {param_name}"), N_("Choose from:\n\t{choices}"),
    N_("No such option {name!r}."), N_("No such command {name!r}."),
    N_("Invalid value: {message}"), N_("Invalid value for {param_hint}: {message}"),
    N_("Could not open file {filename!r}: {message}"), N_("unknown error"),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."), N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} does not exist."), N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is a directory."), N_("{name} {filename!r} is not readable."),
    N_("file"), N_("directory"), N_("path"),
)  # fmt: skip
COUNTED = (
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    NN_("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
)


def speak_arabic() -> None:
    """Let click look up what it says in our catalogue, in the language of the environment."""
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def speak_english() -> None:
    """Leave click with its own texts."""
    gettext.textdomain("messages")
