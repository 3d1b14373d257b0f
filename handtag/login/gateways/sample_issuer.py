"""The sample's own OpenID provider: signs real tokens, which the real callback checks. SAMPLE=1 alone.

It answers in the process itself, so that a town on one laptop needs no second server; the browser's part
stands at /login/leverantor/.
"""

import hashlib
import json
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from joserfc import jwt
from joserfc.jwk import ECKey

from handtag.kernel import clock
from handtag.login.gateways.hashing import s256

PATH: Final = "/login/leverantor/"
CLIENT: Final = "handtag-sample"
SECRET: Final = "no secret: the sample keeps none"  # noqa: S105 (said openly)
LEVEL: Final = "http://id.elegnamnden.se/loa/1.0/loa3"
_SALT: Final = "handtag.login.sample_issuer"
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


def issuer() -> str:
    """What the provider calls itself."""
    return f"{settings.BASE_URL}{PATH}".rstrip("/")


def answers(address: str) -> bool:
    """Whether an address is the provider's own."""
    return address.startswith(f"{issuer()}/")


def answer(address: str, form: str) -> tuple[int, bytes]:
    """What it answers there."""
    rest = urlsplit(address).path.removeprefix(urlsplit(issuer()).path)
    pages = {"/.well-known/openid-configuration": _document, "/nycklar": _keys}
    if rest in pages:
        return 200, json.dumps(pages[rest]()).encode()
    return _token(dict(parse_qsl(form))) if rest == "/token" else (404, b"{}")


def grant(asked: dict[str, str], *, subject: str, claims: dict[str, Any]) -> str:
    """Where to send the browser back, with a code for this subject."""
    kept = {name: asked.get(name, "") for name in ("nonce", "code_challenge", "redirect_uri", "client_id")}
    code = signing.dumps({**kept, "sub": subject, "claims": claims}, salt=_SALT)
    back = {"code": code, "state": asked.get("state", ""), "iss": issuer()}
    return f"{asked['redirect_uri']}?{urlencode(back)}"


def _document() -> dict[str, Any]:
    own = issuer()
    return {
        "issuer": own,
        "authorization_endpoint": f"{own}/",
        "token_endpoint": f"{own}/token",
        "jwks_uri": f"{own}/nycklar",
        "end_session_endpoint": f"{own}/ut/",
        "authorization_response_iss_parameter_supported": True,
    }


def _keys() -> dict[str, Any]:
    return {"keys": [_key().as_dict(private=False)]}


def _key() -> ECKey:
    """The same in every process: it follows from the sample's own secret."""
    number = int.from_bytes(hashlib.sha512(f"{_SALT} {settings.SECRET_KEY}".encode()).digest(), "big")
    private = ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP256R1())
    return ECKey.import_key(private, {"kid": "sample", "use": "sig"})


def _token(form: dict[str, str]) -> tuple[int, bytes]:
    code = form.get("code", "")
    try:
        kept = signing.loads(code, salt=_SALT, max_age=60)
    except signing.BadSignature:
        return 400, b'{"error": "invalid_grant"}'
    fits = (
        kept["redirect_uri"] == form.get("redirect_uri")
        and kept["code_challenge"] == s256(form.get("code_verifier", ""))
        and cache.add(f"sample-code:{hashlib.sha256(code.encode()).hexdigest()}", 1, 120)
    )
    if not fits:
        return 400, b'{"error": "invalid_grant"}'
    now = int(clock.now().timestamp())
    said = {
        **{"iss": issuer(), "sub": kept["sub"], "aud": kept["client_id"], "nonce": kept["nonce"]},
        **{"iat": now, "exp": now + 300, "auth_time": now, "acr": LEVEL},
        **kept["claims"],
    }
    token = jwt.encode({"alg": "ES256", "kid": "sample"}, said, _key())
    answer = {"access_token": "sample", "token_type": "Bearer", "id_token": token}
    return 200, json.dumps(answer).encode()
