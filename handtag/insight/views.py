"""The page of figures, for those who follow the whole and never one."""

from django.http import HttpResponseBase
from django.shortcuts import render

from handtag.insight.queries import figures as queries
from handtag.insight.queries.ambassadors import asked_for_others
from handtag.kernel.doors import Request, needs
from handtag.kernel.rights import Right


@needs(Right.SEE_FIGURES)
def figures(request: Request, town: str) -> HttpResponseBase:
    """Signed up, asked, filled and how soon, by area and service, as pictures and tables."""
    asked = request.GET.get("tid", "")
    period = queries.Period(asked) if asked in list(queries.Period) else queries.Period.FOUR_WEEKS
    context = {
        "figures": queries.figures(request.actor, period),
        "people": queries.people(request.actor),
        "for_others": asked_for_others(request.actor, period),
        "periods": list(queries.Period),
    }
    return render(request, "insight/figures.html", context)
