"""The sample's own door: enter as anybody of the cast, read what was mailed, see all parts of a page."""

from django.contrib.auth import login as sign_in
from django.http import HttpResponse
from django.shortcuts import redirect, render

from handtag.front.forms import states as all_states
from handtag.front.queries import sample as queries
from handtag.kernel.doors import Request, public
from handtag.kernel.errors import NotFound

BACKEND = "handtag.login.middleware.sessions.Backend"


@public("only in the sample: choose whom to be")
def cast(request: Request) -> HttpResponse:
    """Everybody of the cast with a line on who they are."""
    return render(request, "front/sample/cast.html", {"towns": queries.cast()})


@public("only in the sample: enter as one of the cast", methods=("POST",))
def enter(request: Request, key: str) -> HttpResponse:
    """Log in as one of the cast and go where their day begins."""
    login = queries.login_of(key)
    if login is None:
        raise NotFound(key)
    sign_in(request, login, backend=BACKEND)
    return redirect(queries.begins_at(key))


@public("only in the sample: read what would have been mailed")
def post(request: Request) -> HttpResponse:
    """The latest notices, as their readers get them."""
    return render(request, "front/sample/post.html", {"notices": queries.latest_notices()})


@public("only in the sample: every part of a page in all its states")
def states(request: Request) -> HttpResponse:
    """All components."""
    form = all_states.StatesForm(all_states.SPOILT)
    form.add_error("when", all_states.MISTAKE)
    return render(request, "states.html", {"form": form, **all_states.shown()})
