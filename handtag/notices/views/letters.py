"""Letters on paper: what waits, what was printed, and what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handtag.kernel.doors import Request, needs, submission
from handtag.kernel.rights import Right
from handtag.notices import actions, queries
from handtag.once.actions import perform

POST = ("POST",)


@needs(Right.ANSWER_CALLS, personal=True)
def letters(request: Request, town: str) -> HttpResponseBase:
    """The queue, whom to ring instead, and what is printed but not posted."""
    return render(request, "notices/letters.html", {"queue": queries.queue(request.actor)})


@needs(Right.ANSWER_CALLS, methods=POST, personal=True)
def letters_print(request: Request, town: str) -> HttpResponseBase:
    """Take letters out of the queue, all or one, to be printed in one file."""
    one = request.POST.get("letter", "")

    def deed() -> str:
        batch = actions.print_letters(
            by=request.actor,
            notice_ids=[UUID(one)] if one else None,
            is_protected="protected" in request.POST,
        )
        if batch is None:
            messages.info(
                request, _("What the letters told of is not so any more. There is nothing to print.")
            )
        else:
            messages.success(request, _("Open the file, print it, and then say here what became of it."))
        return reverse("letters", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.ANSWER_CALLS, personal=True)
def letters_file(request: Request, town: str, batch_id: UUID) -> HttpResponseBase:
    """The letters as a PDF; that each was read is noted."""
    return pdf(actions.open_batch(by=request.actor, batch_id=batch_id), "brev.pdf")


@needs(Right.ANSWER_CALLS, methods=POST, personal=True)
def letters_posted(request: Request, town: str, batch_id: UUID) -> HttpResponseBase:
    """They are in the letter box; or they, or one of them, did not go out."""

    def deed() -> str:
        if back := request.POST.getlist("back"):
            ids = None if back == ["all"] else [UUID(each) for each in back]
            _said(
                request, actions.put_back(by=request.actor, batch_id=batch_id, notice_ids=ids), posted=False
            )
        else:
            _said(request, actions.post_letters(by=request.actor, batch_id=batch_id), posted=True)
        return reverse("letters", args=[town])

    return redirect(perform(submission(request), deed))


@needs(Right.ANSWER_CALLS, methods=POST, personal=True)
def letter_told(request: Request, town: str, notice_id: UUID) -> HttpResponseBase:
    """It was told by phone instead."""

    def deed() -> str:
        actions.told_instead(by=request.actor, notice_id=notice_id)
        messages.success(request, _("Noted. The letter is not printed."))
        return reverse("letters", args=[town])

    return redirect(perform(submission(request), deed))


def pdf(content: bytes, name: str) -> HttpResponse:
    """A file to open and print, kept by nobody on the way."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _said(request: Request, count: int, *, posted: bool) -> None:
    if posted:
        words = ngettext("One letter is posted.", "%(count)s letters are posted.", count)
    else:
        words = ngettext("One letter waits again.", "%(count)s letters wait again.", count)
    messages.success(request, words % {"count": count})
