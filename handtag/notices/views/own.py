"""One chooses how one is told."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, posted, submission
from handtag.kernel.rights import Right
from handtag.notices import actions, queries
from handtag.notices.forms import ChannelsForm
from handtag.once.actions import fulfil


@needs(Right.TAKE_PART, methods=("GET", "POST"), personal=True)
def my_channels(request: Request, town: str) -> HttpResponseBase:
    """E-mail, text message or letter, what comes next, and when it shall be quiet."""
    chosen = queries.chosen(request.actor.whose)
    form = ChannelsForm(posted(request), initial=ChannelsForm.known(chosen))
    if where := fulfil(submission(request), form, lambda: _choose(request, form)):
        return redirect(where)
    return render(request, "notices/channels.html", {"form": form, "no_texts": chosen.no_texts})


def _choose(request: Request, form: ChannelsForm) -> str:
    first, then, quiet_from, quiet_until = form.words()
    wish = actions.Wish(tuple(each for each in (first, then) if each), quiet_from, quiet_until)
    actions.choose_channels(by=request.actor, wish=wish)
    messages.success(request, _("Saved."))
    return reverse("my_channels", args=[request.municipality.slug])
