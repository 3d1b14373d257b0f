"""Who asks, on each request: from the session to the Actor and the language; and who must show it anew."""

from handtag.login.middleware.actors import actor, language
from handtag.login.middleware.reading import reading
from handtag.login.middleware.steps import steps

__all__ = ["actor", "language", "reading", "steps"]
