"""The settings page: one checklist, one form, and a live preview of the look."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.errors import Problem
from handtag.kernel.rights import Right
from handtag.municipalities import actions, queries
from handtag.municipalities.forms import LogoForm, SetUpForm
from handtag.municipalities.rules.words import FONTS
from handtag.municipalities.views.looks import preview_css, previewed
from handtag.once.actions import fulfil, perform


@needs(Right.SET_UP, methods=("GET", "POST"))
def settings(request: Request, town: str) -> HttpResponseBase:
    """What is left to set up, and all of it on one page; "preview" shows the look and saves nothing."""
    form = SetUpForm(_typed(request), initial=SetUpForm.as_it_stands(request.municipality))
    look = previewed(form)
    if look.is_saved and (where := fulfil(submission(request), form, lambda: _save(request, form))):
        return redirect(where)
    return _page(request, form, LogoForm(), look)


@needs(Right.SET_UP, methods=("POST",))
def logo(request: Request, town: str) -> HttpResponseBase:
    """Put a logo up, or take it down."""
    form = LogoForm(request.POST, request.FILES)
    if "remove" in request.POST:
        return redirect(perform(submission(request), lambda: _remove_logo(request)))
    if where := fulfil(submission(request), form, lambda: _set_logo(request, form)):
        return redirect(where)
    unsaved = SetUpForm(initial=SetUpForm.as_it_stands(request.municipality))
    return _page(request, unsaved, form, previewed(unsaved))


@needs(Right.SET_UP)
def preview(request: Request, town: str) -> HttpResponseBase:
    """The look of a colour for the preview alone; refused with words and the nearest colour that will do."""
    font = request.GET.get("font", "atkinson")
    try:
        styles = preview_css(request.GET.get("accent", ""), font if font in FONTS else "atkinson")
    except Problem as problem:
        nearest = getattr(problem, "nearest", "")
        return HttpResponse(
            str(problem), status=422, content_type="text/plain", headers={"X-Nearest": nearest}
        )
    return HttpResponse(styles, content_type="text/css", headers={"Cache-Control": "private, max-age=600"})


def _typed(request: Request) -> QueryDict | None:
    """What was posted; choosing the nearest colour writes it into the field."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    if "nearest" in typed:
        typed["accent"] = str(typed["nearest"])
    return typed


def _page(request: Request, form: SetUpForm, logo_form: LogoForm, look: object) -> HttpResponse:
    steps = queries.checklist(request.actor)
    left = sum(not step.is_done for step in steps)
    context = {
        "form": form,
        "logo_form": logo_form,
        "look": look,
        "steps": steps,
        "left": left,
        "done": len(steps) - left,
    }
    return render(request, "municipalities/settings.html", context)


def _save(request: Request, form: SetUpForm) -> str:
    actions.set_up(by=request.actor, words=form.words())
    return _done(request, _("Saved. Residents see it at once."))


def _set_logo(request: Request, form: LogoForm) -> str:
    actions.set_logo(by=request.actor, data=form.upload())
    return _done(request, _("The logo is up."))


def _remove_logo(request: Request) -> str:
    actions.remove_logo(by=request.actor)
    return _done(request, _("The logo is gone. The name of the municipality stands there instead."))


def _done(request: Request, words: str) -> str:
    messages.success(request, words)
    return reverse("settings", args=[request.municipality.slug])
