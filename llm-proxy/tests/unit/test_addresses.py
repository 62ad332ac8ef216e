"""Names that lead to addresses which may not be called are refused when they are resolved."""

import socket

import pytest
from app.engines.addresses import guarded, refused_address, refused_host
from app.engines.http_pool import Address
from app.routing.ab import Shares


class FakeResolver:
    """Every name leads to `address`."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def resolve(self, _host: str, port: int) -> list[Address]:
        return [(socket.AF_INET, self.address, port)]


async def test_a_name_is_judged_by_where_it_leads() -> None:  # R5.2
    fake = FakeResolver("10.0.0.7")
    resolve = guarded(fake.resolve)
    assert await resolve("gpu-1", 80) == [(socket.AF_INET, "10.0.0.7", 80)]
    fake.address = "169.254.169.254"
    with pytest.raises(OSError, match="may not be called"):
        await resolve("gpu-1", 80)


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
