"""Reading for ambassadors: whom they ask for, what came of it, the course, and who they all are."""

from handtag.ambassadors.queries.course import CourseState, Page, course, course_comes_first, page
from handtag.ambassadors.queries.overview import Colleague, colleagues, is_demanded
from handtag.ambassadors.queries.own import BRANCHES, Helped, Outcome, Own, own, wordings

__all__ = [
    "BRANCHES",
    "Colleague",
    "CourseState",
    "Helped",
    "Outcome",
    "Own",
    "Page",
    "colleagues",
    "course",
    "course_comes_first",
    "is_demanded",
    "own",
    "page",
    "wordings",
]
