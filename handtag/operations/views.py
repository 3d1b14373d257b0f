"""Pages for machines: alive, ready, measured."""

import hmac

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from handtag.kernel.doors import Request, public
from handtag.kernel.errors import NotFound
from handtag.operations.queries import health


@public("a balancer asks whether the process lives; touches nothing")
def healthz(_request: Request) -> HttpResponse:
    """The process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@public("a balancer asks whether people may be let in; says only which part fails")
def readyz(_request: Request) -> HttpResponse:
    """Whether everything needed works, and which part does not."""
    parts = health.readiness()
    return JsonResponse(
        {"ready": all(parts.values()), "parts": parts}, status=200 if all(parts.values()) else 503
    )


@public("guarded by its own token; answers 404 without it")
def metrics(request: Request) -> HttpResponse:
    """Numbers for a monitor, in Prometheus' text format."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not hmac.compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        raise NotFound("no metrics here")
    lines = [f"{name} {value}" for name, value in health.gauges().items()]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")
