"""The kernels compiled to machine code by Numba, kept on disk; small inputs run them as the Python they are.

The functions in `handtag.matching.kernels` are ordinary Python over NumPy arrays. `functions(module, work)`
gives back the module itself where the work is small, so that a web process neither loads Numba nor compiles
anything; and the same functions compiled where it is large. Compiled code is kept beside the source (or in
NUMBA_CACHE_DIR), by source, machine and version; `python -m handtag.matching.compiled` fills that store ahead
of time. Without Numba everything still works, more slowly: the answers are the same.
"""

import functools
import hashlib
import importlib
import inspect
import time
import types
from pathlib import Path
from typing import Any, Final

SMALL: Final = 4_000  # edges or helpers up to which plain Python answers within a blink
KERNELS: Final = "handtag.matching.kernels"
FAMILIES: Final = tuple(
    f"{KERNELS}.{each}" for each in ("flow", "turns", "search", "ground", "joining", "lazily")
)
LOADED: Final[set[str]] = set()


def functions(module: types.ModuleType, work: int) -> Any:
    """The module itself for at most SMALL units of work; else, or once it is loaded, its compiled twin."""
    name = module.__name__
    return (_twin(name) or module) if work > SMALL or name in LOADED else module


@functools.cache
def _twin(name: str) -> types.SimpleNamespace | None:
    """The functions of a module, compiled when first called; None where there is no Numba."""
    try:
        numba: Any = importlib.import_module("numba")
    except ImportError:
        return None
    module = importlib.import_module(name)
    there = dict(vars(module))
    for word, value in vars(module).items():
        if inspect.isfunction(value) and value.__module__ == name:
            copied = types.FunctionType(value.__code__, there, word, value.__defaults__)
            copied.__module__, copied.__qualname__ = name, f"{word}_{_edition()}"
            there[word] = _jit(numba, copied)
        elif inspect.isfunction(value) and value.__module__.startswith(f"{KERNELS}."):
            there[word] = getattr(_twin(value.__module__), word)
    LOADED.add(name)
    return types.SimpleNamespace(**there)


@functools.cache
def _edition() -> str:
    """Of all kernels together: what is kept is known by it, since Numba looks at one file at a time."""
    folder = Path(importlib.import_module(KERNELS).__path__[0])
    sources = (file.read_bytes() for file in sorted(folder.glob("*.py")))
    return hashlib.sha256(b"".join(sources)).hexdigest()[:8]


def _jit(numba: Any, function: types.FunctionType) -> Any:
    try:
        return numba.njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:  # no folder that may be written to: compiled anew in each process
        return numba.njit(nogil=True, error_model="numpy")(function)


def warm() -> float:
    """Compile what is not compiled yet, and keep it; gives back the seconds it took."""
    begun = time.monotonic()
    for name in FAMILIES:
        if twin := _twin(name):
            importlib.import_module(name).example(twin)
    return time.monotonic() - begun


if __name__ == "__main__":
    print(f"The kernels of matching are compiled: {warm():.1f} s")
