"""What the provider asks and tells us of telephone calls, at addresses that only it knows."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from handtag.kernel.actor import Via, system
from handtag.kernel.doors import Request, public
from handtag.notices import actions
from handtag.notices.views.authentic import must_come_to_row, must_come_to_town

_POST = ("POST",)


@csrf_exempt
@public("The provider asks where a call shall go, at a secret address", methods=_POST, personal=True)
def call_in(request: Request, town: str, secret: str) -> HttpResponseBase:
    """Somebody dials the municipality's number."""
    by, said = system(must_come_to_town(request, secret), Via.PHONE), request.POST
    where = actions.take_call(by=by, provider_id=said.get("callid", ""), sender=said.get("from", ""))
    return JsonResponse(where)


@csrf_exempt
@public("The provider asks how a call of ours goes on, at a secret address", methods=_POST, personal=True)
def call_answered(request: Request, town: str, secret: str, call_id: UUID) -> HttpResponseBase:
    """Who asked for a call has answered."""
    by = system(must_come_to_row(request, secret, call_id), Via.PHONE)
    return JsonResponse(actions.go_on(by=by, call_id=call_id))


@csrf_exempt
@public("The provider tells whether a call was answered, at a secret address", methods=_POST, personal=True)
def call_over(request: Request, town: str, secret: str, call_id: UUID) -> HttpResponseBase:
    """The two have talked, or the other one did not answer."""
    by, said = system(must_come_to_row(request, secret, call_id), Via.PHONE), request.POST
    return JsonResponse(actions.note_answer(by=by, call_id=call_id, result=said.get("result", "")))


@csrf_exempt
@public("The provider tells how a call ended, at a secret address", methods=_POST, personal=True)
def call_ended(request: Request, town: str, secret: str, call_id: UUID) -> HttpResponseBase:
    """A call is over."""
    by, said = system(must_come_to_row(request, secret, call_id), Via.PHONE), request.POST
    seconds = said.get("duration", "")
    actions.note_call_end(
        by=by,
        call_id=call_id,
        state=said.get("state", ""),
        seconds=int(seconds) if seconds.isdecimal() and len(seconds) < 7 else 0,
    )
    return HttpResponse(status=204)
