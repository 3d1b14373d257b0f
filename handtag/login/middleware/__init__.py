"""Who asks, on each request: from the session to the Actor and the language."""

from handtag.login.middleware.actors import actor, language

__all__ = ["actor", "language"]
