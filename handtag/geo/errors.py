"""What can be wrong with a point or a file of areas or addresses, in words that say how to mend it."""

from django.utils.functional import lazy
from django.utils.translation import gettext

from handtag.kernel.errors import Problem, Problems

AT_ONCE = 20  # a file that is wrong throughout is not mended faster with a longer list


def _say(template: str, params: dict[str, str | int]) -> str:
    return gettext(template) % params


_say_later = lazy(_say, str)


class GeoProblem(Problem):
    """Something wrong with what was handed in: `code` for programs, `message` in the reader's language."""

    def __init__(self, code: str, template: str, **params: str | int) -> None:
        super().__init__(_say_later(template, params))
        self.code = code
        self.template = template
        self.params = params

    def __str__(self) -> str:
        return self.template % self.params


class GeoProblems(Problems):
    """Several of them found in one file."""

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def plain(words: str) -> str:
    """A name out of somebody's file: on one line, without characters that nobody can see."""
    return " ".join("".join(sign for sign in words if sign.isprintable() or sign.isspace()).split())


def refuse(problems: list[GeoProblem]) -> None:
    """Raise what was found, if anything: one problem as itself, several together."""
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise GeoProblems(list(problems[:AT_ONCE]))
