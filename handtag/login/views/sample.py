"""The browser's part of the sample's own provider, and the way to it from /login/. SAMPLE=1 alone."""

from django.conf import settings
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.kernel.doors import Request, posted, public
from handtag.kernel.errors import NotFound, Problem
from handtag.kernel.mending import beside
from handtag.login import actions
from handtag.login.forms import SampleForm
from handtag.municipalities import queries as municipalities


@public("scripts log in to the sample town by its own provider")
def open_provider(request: Request, slug: str) -> HttpResponseBase:
    """To the sample's provider, through the very way that leads to real ones."""
    found = municipalities.by_slug(slug)
    if found is None:
        raise NotFound("town")
    key = actions.open_sample_provider(municipality_id=found.id)
    asked = request.GET.urlencode()
    return redirect(f"{reverse('provider_begin', args=[slug, key])}{'?' if asked else ''}{asked}")


@public("the sample's own provider asks who one is", methods=("GET", "POST"))
def authorize(request: Request) -> HttpResponseBase:
    """Who are you? Whoever one says: the sample has no secrets."""
    form = SampleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            return redirect(
                actions.let_in(
                    asked={name: str(value) for name, value in request.GET.items()},
                    username=said["username"],
                    is_strong=said["level"] != "loa2",
                )
            )
        except Problem as problem:
            beside(form, problem)
    return render(request, "login/sample_provider.html", {"form": form})


@public("the sample's own provider logs one out")
def end_session(request: Request) -> HttpResponseBase:
    """Logged out there; back to where one came from, if that is here."""
    back = request.GET.get("post_logout_redirect_uri", "")
    return redirect(back if back.startswith(f"{settings.BASE_URL}/") else settings.BASE_URL)
