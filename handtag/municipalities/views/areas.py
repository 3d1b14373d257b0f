"""The areas: a map, the same as a table, and a file to draw them anew."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.geo import outlines
from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.municipalities import actions, queries
from handtag.municipalities.forms import AreasForm
from handtag.once.actions import fulfil


@needs(Right.MANAGE_PLACES, methods=("GET", "POST"))
def areas(request: Request, town: str) -> HttpResponseBase:
    """Which areas there are, where they lie, and how many places each has; a file puts others in force."""
    form = AreasForm(request.POST or None, request.FILES or None)
    if where := fulfil(submission(request), form, lambda: _upload(request, form)):
        return redirect(where)
    rows = queries.areas(request.municipality.id)
    counts = queries.place_counts(request.municipality.id)
    context = {
        "form": form,
        "areas": [(area, counts.get(area.id, 0)) for area in rows],
        "outside": counts.get(None, 0),
        "drawing": outlines.draw(queries.shapes(request.municipality.id)),
    }
    return render(request, "municipalities/areas.html", context)


def _upload(request: Request, form: AreasForm) -> str:
    changed = actions.upload_areas(by=request.actor, text=form.upload())
    count = len(changed.added) + len(changed.redrawn)
    said = ngettext("%(count)s area is in force.", "%(count)s areas are in force.", count) % {"count": count}
    if changed.retired:
        gone = len(changed.retired)
        said += " " + ngettext(
            "%(count)s earlier area is retired.", "%(count)s earlier areas are retired.", gone
        ) % {"count": gone}
    messages.success(request, said + " " + _("Places and asks have fallen into their new areas."))
    return reverse("areas", args=[request.municipality.slug])
