"""What every posted form of this room has in common."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect

from handtag.kernel.doors import Request, submission
from handtag.kernel.errors import Problem
from handtag.kernel.mending import beside
from handtag.once.actions import perform


def sent(request: Request, form: Form, deed: Callable[[], str]) -> HttpResponseBase | None:
    """Do the deed of a posted form that is whole; None where the page is to be shown (again)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return redirect(perform(submission(request), deed))
    except Problem as problem:
        beside(form, problem)
        return None
