"""The four classes of trouble, each carrying a numbered problem and never a sentence.

The sentences live in `motcua_desktop.messages`, in Vietnamese and English; code decides on types and numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType

NO_PARAMS: Mapping[str, object] = MappingProxyType({})


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """A numbered fact about trouble: `number` is "MC-nnn", `field` a dotted path into the input or None."""

    number: str
    field: str | None = None
    params: Mapping[str, object] = dataclasses.field(default_factory=lambda: NO_PARAMS)


class NumberedError(Exception):
    """Base of every expected failure; `problem` says which."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.number} {problem.field or ''} {dict(problem.params)}".strip())
        self.problem = problem


class UserFacingError(NumberedError):
    """What the officer can mend: the input, the choice of a procedure, a missing paper."""


class EnvironmentFault(NumberedError):
    """What the machine lacks: disk, printer, a right clock, a readable file."""


class HubRefusal(NumberedError):
    """What the district said no to, by its number."""


class Bug(Exception):
    """A broken promise of our own code; nothing the officer did, nothing lost."""


def refuse(number: str, field: str | None = None, **params: object) -> UserFacingError:
    """Build the error for something the officer can mend; the caller raises it."""
    return UserFacingError(Problem(number, field, params))


def fault(number: str, **params: object) -> EnvironmentFault:
    """Build the error for something the machine lacks; the caller raises it."""
    return EnvironmentFault(Problem(number, None, params))
