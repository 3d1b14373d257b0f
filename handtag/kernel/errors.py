"""The ways a deed can be refused, each with one meaning."""

from django.utils.functional import Promise

Words = str | Promise


class HandtagError(Exception):
    """A refusal of the product itself, as against a fault in it."""


class NotAllowed(HandtagError):
    """The actor lacks the right; who is not logged in is asked to log in."""


class NotFound(HandtagError):
    """Absent, or hidden from this actor: nobody can tell the two apart."""


class FreshLoginNeeded(HandtagError):
    """What was asked for opens only to who has shown within minutes that it is them."""


class Problem(HandtagError):
    """Something a person can mend: `message` says what is wrong and how, `field` where."""

    def __init__(self, message: Words, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class TooLate(Problem):
    """Somebody else was first, or the state has moved on; nothing was changed."""


class Problems(Problem):
    """Several problems found together, so that all can be mended at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems[0].message, field=problems[0].field)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(str(problem) for problem in self.problems)
