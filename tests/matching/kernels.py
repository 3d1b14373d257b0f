"""Which kernels a test runs: the Python as it stands, or what Numba makes of it."""

from handtag.matching import compiled


def chosen(monkeypatch, kind):
    """Until the end of the test, "plain" or "compiled"."""
    if kind == "plain":
        monkeypatch.setattr(compiled, "_twin", lambda _name: None)
    else:
        monkeypatch.setattr(compiled, "SMALL", -1)
