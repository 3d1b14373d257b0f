"""An administrator sees whether somebody can log in, and ends it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.login import actions
from handtag.once.actions import perform


@needs(Right.GIVE_ROLES, methods=("GET", "POST"), personal=True)
def person_login(request: Request, town: str, person_id: UUID) -> HttpResponseBase:
    """Whether somebody can log in, and an end to it."""
    if request.method != "POST":
        shown = actions.open_standing(by=request.actor, person_id=person_id)
        return render(request, "login/person_login.html", {"shown": shown, "standing": shown.standing})
    is_open = request.POST.get("deed") == "open"

    def deed() -> str:
        actions.close_login_of(by=request.actor, person_id=person_id, is_open=is_open)
        messages.success(request, _("The login is open again.") if is_open else _("The login is closed."))
        return request.path

    try:
        return redirect(perform(submission(request), deed))
    except Problem as problem:
        messages.warning(request, str(problem))
        return redirect(request.path)
