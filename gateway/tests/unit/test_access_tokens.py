"""Access tokens while the key set can't be asked for, with a fake of it."""

import asyncio
import time
from typing import Any

import jwt
import pytest
from app.core import access_tokens
from app.core.access_tokens import AccessTokens
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from chassis.errors import Unauthenticated, Unavailable, UpstreamTimedOut


class FakeKeySet:
    """The published key set; it hangs until `gate` is set, and fails while `away`."""

    def __init__(self) -> None:
        self.private_key = Ed25519PrivateKey.generate()
        self.away = False
        self.asked = 0
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> list[dict[str, Any]]:
        self.asked += 1
        await self.gate.wait()
        if self.away:
            raise UpstreamTimedOut("admin-service gave no answer within 5 s.")
        return [OKPAlgorithm.to_jwk(self.private_key.public_key(), as_dict=True) | {"kid": "main"}]

    def token(self, number: int, *, key_id: str = "main") -> str:
        claims = {"iss": "framewright", "aud": "framewright", "sub": f"user-{number}", "exp": int(time.time()) + 60}
        return jwt.encode(claims, self.private_key, algorithm="EdDSA", headers={"kid": key_id})


async def test_a_key_set_that_hangs_holds_up_one_request_alone(monkeypatch: pytest.MonkeyPatch) -> None:  # R3.8
    keys = FakeKeySet()
    tokens = AccessTokens(keys)
    await tokens.claims(keys.token(0))
    keys.away = True
    keys.gate.clear()
    monkeypatch.setattr(access_tokens, "_REFRESH_S", 0.0)
    first = asyncio.create_task(tokens.claims(keys.token(1)))
    await asyncio.sleep(0)
    others = await asyncio.wait_for(asyncio.gather(*(tokens.claims(keys.token(n)) for n in range(2, 9))), 1)
    assert [claims["sub"] for claims in others] == [f"user-{n}" for n in range(2, 9)]
    assert not first.done()
    keys.gate.set()
    assert (await first)["sub"] == "user-1"
    assert keys.asked == 2
    monkeypatch.setattr(access_tokens, "_REFRESH_S", 300.0)
    await tokens.claims(keys.token(9))
    assert keys.asked == 2, "after a failure it is asked again when its time has come, and not by each request"


async def test_without_any_key_set_nobody_is_called_a_forger() -> None:
    keys = FakeKeySet()
    keys.away = True
    tokens = AccessTokens(keys)
    found = await asyncio.gather(*(tokens.claims(keys.token(n)) for n in range(5)), return_exceptions=True)
    assert [type(error) for error in found] == [Unavailable] * 5
    assert keys.asked == 1


async def test_an_unknown_key_is_asked_for_once_at_a_time() -> None:
    keys = FakeKeySet()
    tokens = AccessTokens(keys)
    for _ in range(3):
        with pytest.raises(Unauthenticated):
            await tokens.claims(keys.token(1, key_id="other"))
    assert keys.asked == 1
