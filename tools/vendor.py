"""Fetch what the browser gets from others: reads the lock beside it and writes the files it names.

The files are committed, so neither running nor testing needs npm. To change a version: edit `version`, set
`integrity` to "", run this, look at the difference, commit both.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = Path(__file__).with_name("vendor.lock.json")


def main() -> int:
    """Fetch every package, check it against the lock, write its files and their hashes."""
    lock = json.loads(LOCK.read_text())
    committed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package in lock["packages"]:
            archive = _fetch(package, Path(folder))
            for target, content in _wanted(package, archive).items():
                path = ROOT / target
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                committed[target] = hashlib.sha256(content).hexdigest()
            print(f"{package['name']} {package['version']}")
    lock["committed"] = dict(sorted(committed.items()))
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n")
    return 0


def _fetch(package: dict[str, Any], folder: Path) -> Path:
    """Let npm fetch one package; refuse it when it is not what the lock says."""
    wanted = f"{package['name']}@{package['version']}"
    command = ["npm", "pack", wanted, "--json", "--loglevel=error", f"--pack-destination={folder}"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder)
    archive: Path = folder / json.loads(answer.stdout)[0]["filename"]
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if package["integrity"] not in ("", f"sha512-{digest}"):
        sys.exit(f"{wanted} is not what the lock names: its hash is sha512-{digest}. Nothing of it was kept.")
    package["integrity"] = f"sha512-{digest}"
    return archive


def _wanted(package: dict[str, Any], archive: Path) -> dict[str, bytes]:
    """What of the package is kept: target path → content."""
    with tarfile.open(archive) as tar:

        def read(name: str) -> bytes:
            member = tar.extractfile(f"package/{name}")
            if member is None:
                sys.exit(f"{package['name']} has no {name}")
            # Sources may carry the address of a map file that is not kept.
            return re.sub(rb"\n//# sourceMappingURL=\S+\s*$", b"\n", member.read())

        found = {target: read(name) for name, target in package["files"].items()}
        if sprite := package.get("sprite"):
            drawings = {name: read(sprite["from"].format(name=name)).decode() for name in sprite["icons"]}
            found[sprite["to"]] = _sprite(drawings).encode()
    return found


def _sprite(drawings: dict[str, str]) -> str:
    """All icons in one file, each a symbol; stroke and colour come from the page's stylesheet."""
    symbols = []
    for name, svg in drawings.items():
        inside = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)
        if inside is None:
            sys.exit(f"icon {name} is not an SVG")
        shapes = re.sub(r"\s*\n\s*", "", inside.group(1)).replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    comment = "<!-- Icons from lucide (ISC, static/vendor/lucide/LICENSE.txt), made by tools/vendor.py -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{comment}\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    sys.exit(main())
