"""Names that lead to addresses which may not be called are refused when they are resolved."""

import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from app.engines.addresses import GuardedResolver, refused_address, refused_host
from app.routing.ab import Shares


class FakeResolver(AbstractResolver):
    def __init__(self, address: str) -> None:
        self.address = address
        self.closed = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [ResolveResult(hostname=host, host=self.address, port=port, family=family, proto=0, flags=0)]

    async def close(self) -> None:
        self.closed = True


async def test_a_name_is_judged_by_where_it_leads() -> None:  # R5.2
    inner = FakeResolver("10.0.0.7")
    resolver = GuardedResolver(inner)
    assert (await resolver.resolve("gpu-1", 80))[0]["host"] == "10.0.0.7"
    inner.address = "169.254.169.254"
    with pytest.raises(OSError, match="may not be called"):
        await resolver.resolve("gpu-1", 80)
    await resolver.close()
    assert inner.closed


def test_addresses_in_any_way_of_writing_them() -> None:  # R5.2
    refused = ("169.254.1.1", "fe80::1%eth0", "::ffff:169.254.169.254", "fd00:ec2::254", "2002:a9fe:a9fe::")
    assert all(refused_address(text) for text in refused)
    assert not any(refused_address(text) for text in ("10.0.0.1", "127.0.0.1", "gpu", ""))
    assert refused_host("http://0xa9fea9fe/")
    assert refused_host("http://[broken")
    assert not refused_host("http://gpu-1:8000")


def test_shares_go_back_to_the_base_model() -> None:
    shares = Shares()
    assert shares.choose("s") == ""
    shares.set({"a": 1})
    shares.set({"a": 0.0, "b": 2})
    assert shares.choose("") == "b"
    assert shares.roll_back() == {"a": 1}
    assert shares.choose("x") == "a"
    shares.drop("a")
    assert shares.choose("x") == ""
    assert shares.roll_back() == {}
