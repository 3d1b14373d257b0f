"""The town of the room login, its neighbour, and people in them."""

from tests.login.conftest import client_of, login_of, neighbour, shared_cache, town

__all__ = ["client_of", "login_of", "neighbour", "shared_cache", "town"]
