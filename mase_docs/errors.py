"""What can go wrong, each with its exit code. Only the shell edge (cli.py) prints them."""

from __future__ import annotations

from mase_docs.problems import Problem


class MaseDocsError(Exception):
    """A failure that a person can act on: `message` says what is wrong, `remedy` what to do."""

    exit_code = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class UsageError(MaseDocsError):
    """The command was asked for something that makes no sense."""

    exit_code = 2


class InputRefusedError(MaseDocsError):
    """A file could not be taken; `code` is its rule in docs/checks.md."""

    exit_code = 3

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.code = code

    def problem(self) -> Problem:
        return Problem("error", self.code, self.message, self.remedy)


class LockedError(InputRefusedError):
    """A file could not be taken because a password protects it, and none that was given opens it."""


class DefinitionError(MaseDocsError):
    """A form definition, code list or profile has mistakes; `problems` names every one."""

    exit_code = 3

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class RegisterError(MaseDocsError):
    """The register could not be opened, read or written; what was being written was not kept, what was there before is untouched."""

    exit_code = 4


class TemplateError(MaseDocsError):
    """A Word template cannot be merged, or the merged document could not be proved complete: nothing was written."""

    exit_code = 5


class DisclosureError(MaseDocsError):
    """A file would have told its reader of somebody whom it is not about: nothing was written."""

    exit_code = 3


class OutputExistsError(MaseDocsError):
    """The file to be written is already there and --force was not given."""

    exit_code = 6
