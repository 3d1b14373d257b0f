"""What the provider posts to us of text messages, at addresses that only it knows: 404 to everybody else.

The answer is always that it was received: what is late, double or strange is not mended by sending it again.
"""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from handtag.kernel.actor import Via, system
from handtag.kernel.doors import Request, public
from handtag.notices import actions
from handtag.notices.rules.sources import moment
from handtag.notices.views.authentic import must_come_to_row, must_come_to_town

_POST = ("POST",)


@csrf_exempt
@public("The SMS provider brings what people text to us, at a secret address", methods=_POST, personal=True)
def sms_in(request: Request, town: str, secret: str) -> HttpResponseBase:
    """A text message came in."""
    by, said = system(must_come_to_town(request, secret), Via.SMS), request.POST
    if said.get("id") and said.get("from"):
        actions.receive(
            by=by,
            provider_id=said["id"],
            sender=said["from"],
            text=said.get("message", ""),
            said_at=moment(said.get("created", "")),
        )
    return HttpResponse(status=204)


@csrf_exempt
@public(
    "The SMS provider reports what became of a message, at a secret address", methods=_POST, personal=True
)
def sms_report(request: Request, town: str, secret: str, notice_id: UUID) -> HttpResponseBase:
    """What became of one text message."""
    by = system(must_come_to_row(request, secret, notice_id), Via.SMS)
    said = request.POST
    actions.note_report(
        by=by, notice_id=notice_id, provider_id=said.get("id", ""), status=said.get("status", "")
    )
    return HttpResponse(status=204)
