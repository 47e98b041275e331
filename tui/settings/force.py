"""What is in force: option, else environment, else the file, else what is remembered, else the default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from store.errors import StoreError
from tui import permitted
from tui.settings.table import BY_NAME, SETTINGS, Value

if TYPE_CHECKING:
    from tui.settings.reading import SettingsFile

Origin = Literal["option", "environment", "file", "remembered", "default"]

_OFF = ("0", "false", "f", "no", "n", "off")
"""What a variable says that switches something off, as click reads it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A value, who said it, and where: the option, the variable, the line of the file."""

    value: Value
    origin: Origin
    where: str = ""


@dataclass
class InForce:
    """The settings as they hold for this process. The file is read when something is asked that nobody else answers."""

    given: dict[str, Value] = field(default_factory=dict)
    """What options said."""
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @cached_property
    def file(self) -> SettingsFile:
        """The file of this user."""
        from tui.settings import reading

        path, named = reading.chosen_path(self.environment)
        return reading.read(path, named=named)

    def standing(self, name: str) -> Standing:
        """A setting's value and where it comes from. Raises StoreError where whoever decides says what cannot be."""
        sooner = self.early(name)
        if sooner is not None:
            return sooner
        if self._follows_file(name):
            problem = self.file.problem_with(name)
            if problem is not None:
                raise problem
            if name in self.file.values:
                return self._of_file(name)
        return self._after_the_file(name)

    def or_else(self, name: str) -> Standing:
        """As `standing`, with what would hold without the file or variable that says what cannot be."""
        try:
            return self.standing(name)
        except StoreError:
            return self._after_the_file(name)

    def value(self, name: str) -> Value:
        """A setting's value. Raises StoreError as `standing`."""
        return self.standing(name).value

    @property
    def problems(self) -> list[StoreError]:
        """All that is wrong with the file, and with variables of the environment."""
        found = [one.error for one in self.file.problems]
        for setting in SETTINGS:
            try:
                self.early(setting.name)
            except StoreError as error:
                found.append(error)
        return found

    def _follows_file(self, name: str) -> bool:
        return BY_NAME[name].visitors or not permitted.is_served()

    def early(self, name: str) -> Standing | None:
        """What an option or a variable says, None where neither does. Raises StoreError as `standing`."""
        setting = BY_NAME[name]
        if name in self.given:
            return Standing(self.given[name], "option", setting.option)
        said = self.environment.get(setting.env) if setting.env else None
        if not said:
            return None
        if setting.kind == "choice":
            from tui.settings import reading

            try:
                reading.checked(setting, said)
            except StoreError as error:
                raise StoreError(error.what, setting.env, error.remedy) from None
        value = said.lower() not in _OFF if setting.kind == "switch" else said
        return Standing(value, "environment", setting.env)

    def _of_file(self, name: str) -> Standing:
        line = self.file.lines.get(name)
        return Standing(self.file.values[name], "file", str(line or ""))

    def _after_the_file(self, name: str) -> Standing:
        if name == "theme" and not permitted.is_served():
            from tui import remembered

            kept = remembered.theme()
            if kept is not None:
                return Standing(kept, "remembered", str(remembered.theme_file()))
        return Standing(BY_NAME[name].default, "default")
