"""Everything that can go wrong, as one family.

::

    FenhuError
    ├── InputFault          what a person gave cannot be used
    │   ├── OutOfRange      a value outside what is possible
    │   ├── UnknownItem     a key, id or name nobody knows
    │   ├── UnreadableFile  a file that cannot be opened as what it claims to be
    │   └── TemplateFault   a paper's template is wrong: file, line
    ├── SolverFault         a calculation has no answer
    │   ├── NotConverged    iterations, residual and the worst place
    │   └── Infeasible      the reasons, in words
    ├── PolicyFault         a policy file or table is wrong: file, key, line
    └── WorkflowFault       a step may not be taken now
        ├── NotAllowed      this person may not do it
        ├── WrongState      the case is not where the step starts
        └── Conflict        somebody else was faster; trying again can help
"""

from __future__ import annotations

import errno
from collections.abc import Mapping

from fenhu.wording import Text, bilingual, text

_REFUSALS: Mapping[int, Text] = {
    errno.ENOENT: text("No such file or directory"), errno.EACCES: text("Permission denied"),
    errno.EPERM: text("Operation not permitted"), errno.EISDIR: text("Is a directory"),
    errno.ENOTDIR: text("Not a directory"), errno.EEXIST: text("File exists"),
    errno.ENOSPC: text("No space left on device"), errno.EROFS: text("Read-only file system"),
}  # fmt: skip


class FenhuError(Exception):
    """A fault told to a person: what, where, what was expected, what to do; with a stable code."""

    code = "fault"

    def __init__(self, message: Text, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return str(self.message)


class InputFault(FenhuError):
    """What a person gave cannot be used."""

    code = "input"


class OutOfRange(InputFault):
    """A value lies outside what is possible."""

    code = "out-of-range"


class UnknownItem(InputFault):
    """A key, id or name is not known."""

    code = "unknown-item"


class UnreadableFile(InputFault):
    """A file cannot be opened as what it claims to be."""

    code = "unreadable-file"


class TemplateFault(InputFault):
    """A paper's template is wrong."""

    code = "template"

    def __init__(self, message: Text, *, file: str, line: int | None = None) -> None:
        super().__init__(message)
        self.file, self.line = file, line


class SolverFault(FenhuError):
    """A calculation has no answer."""

    code = "unsolved"


class NotConverged(SolverFault):
    """An iteration stopped short of its tolerance."""

    code = "not-converged"

    def __init__(self, message: Text, *, iterations: int, residual: float, where: str) -> None:
        super().__init__(message)
        self.iterations, self.residual, self.where = iterations, residual, where


class Infeasible(SolverFault):
    """The rules contradict each other."""

    code = "infeasible"

    def __init__(self, message: Text, *, reasons: tuple[Text, ...]) -> None:
        super().__init__(message)
        self.reasons = reasons


class PolicyFault(FenhuError):
    """A policy file or a table is wrong."""

    code = "policy"

    def __init__(self, message: Text, *, file: str, key: str, line: int | None = None) -> None:
        super().__init__(message)
        self.file, self.key, self.line = file, key, line


class WorkflowFault(FenhuError):
    """A step may not be taken now."""

    code = "workflow"
    trying_again_can_help = False


class NotAllowed(WorkflowFault):
    """This person may not take the step."""

    code = "not-allowed"


class WrongState(WorkflowFault):
    """The case is not in a state the step starts from, or a guard holds it back."""

    code = "wrong-state"


class Conflict(WorkflowFault):
    """The case changed under the person's hands."""

    code = "conflict"
    trying_again_can_help = True


def reason_of(fault: Exception) -> Text:
    """Return why something failed in the reader's words, in the exception's own where there are none."""
    if not isinstance(fault, OSError):
        return bilingual(str(fault), str(fault))
    said = fault.strerror or str(fault) or type(fault).__name__
    return _REFUSALS.get(fault.errno or 0, bilingual(said, said))
