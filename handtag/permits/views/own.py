"""One's own permits: what is open, what remains, what was decided and how to have it looked at again."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.once.actions import perform
from handtag.permits import actions
from handtag.permits.forms import ReviewForm
from handtag.permits.queries.own import OwnPermit, own
from handtag.permits.views.sending import sent


@needs(Right.TAKE_PART, personal=True)
def mine(request: Request, town: str) -> HttpResponseBase:
    """One's own, or of whom one acts for."""
    return _page(request)


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def apply(request: Request, town: str, service_id: UUID, side: str) -> HttpResponseBase:
    """Apply (again)."""

    def deed() -> str:
        actions.apply(by=request.actor, service_id=service_id, side=side)
        return reverse("my_permits", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.TAKE_PART, methods=("POST",), personal=True)
def ask_review(request: Request, town: str, permit_id: UUID) -> HttpResponseBase:
    """Ask to have a decision looked at again."""
    form = ReviewForm(request.POST, permit_id=permit_id)

    def deed() -> str:
        actions.ask_review(by=request.actor, permit_id=permit_id, words=form.cleaned_data["words"])
        return f"{reverse('my_permits', args=[town])}#{permit_id}"

    return sent(request, form, deed) or _page(request, form, permit_id)


def _page(
    request: Request, typed: ReviewForm | None = None, typed_of: UUID | None = None
) -> HttpResponseBase:
    def with_forms(rows: Iterable[OwnPermit]) -> list[tuple[OwnPermit, ReviewForm | None]]:
        return [(each, typed if each.permit_id == typed_of else _form(each)) for each in rows]

    found = own(request.actor)
    context = {"perform": with_forms(found.perform), "ask": with_forms(found.ask)}
    return render(request, "permits/mine.html", {"own": found, "typed": typed, **context})


def _form(row: OwnPermit) -> ReviewForm | None:
    return ReviewForm(permit_id=row.permit_id) if row.may_ask_review else None
