"""Signatures, addresses and files of prompts, without a socket."""

import socket

import pytest
from app.core.webhook_addresses import AllowedAddresses, GuardedResolver, RefusedAddress, check_url
from app.core.webhook_signature import WebhookSecrets, signature
from app.features.batches.csv_files import MOST_ERRORS, rows_of

from chassis.errors import Unprocessable

NOBODY = AllowedAddresses()


def test_the_signature_is_that_of_the_specifications_own_example() -> None:  # R2.2
    signed = signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_each_user_has_a_secret_of_their_own_that_stays() -> None:
    secrets = WebhookSecrets("s" * 32)
    assert secrets.of("alice") == WebhookSecrets("s" * 32).of("alice")
    assert len({secrets.of("alice"), secrets.of("bob"), WebhookSecrets("t" * 32).of("alice")}) == 3


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"],
)
def test_public_addresses_may_be_called(address: str) -> None:
    assert NOBODY.allows("example.com", address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",  # noqa: S104 - to be refused
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_others_may_not_unless_they_are_listed(address: str) -> None:
    assert not NOBODY.allows("example.com", address)
    assert AllowedAddresses.parse("Example.com").allows("example.COM", address)


def test_networks_are_listed_one_by_one() -> None:
    allowed = AllowedAddresses.parse(" 10.20.0.0/16, fd00::/8,127.0.0.1 ,ci.internal")
    assert allowed.allows("x", "10.20.3.4")
    assert allowed.allows("x", "fd12::1")
    assert allowed.allows("x", "127.0.0.1")
    assert not allowed.allows("x", "10.21.0.1")
    assert allowed.hosts == {"ci.internal"}


@pytest.mark.parametrize(
    "url", ["ftp://example.com/", "http://", "http://a:b@example.com/", "http://[::1", "http://x:0/"]
)
def test_what_is_no_address_for_a_webhook_is_refused(url: str) -> None:
    with pytest.raises(Unprocessable, match=r"webhook\.url"):
        check_url(url, NOBODY)


async def test_a_name_with_one_private_address_is_refused_as_a_whole() -> None:
    resolver = GuardedResolver(NOBODY)
    with pytest.raises(RefusedAddress):
        await resolver.resolve("localhost", 80)
    found = await GuardedResolver(AllowedAddresses.parse("localhost")).resolve("localhost", 80, socket.AF_INET)
    assert {item["host"] for item in found} == {"127.0.0.1"}
    await resolver.close()


def test_errors_of_a_file_are_not_endless() -> None:
    rows = "prompt,mode\n" + "x,best\n" * 500
    with pytest.raises(Unprocessable) as caught:
        rows_of(rows.encode(), most=1000)
    assert len(caught.value.errors) == MOST_ERRORS
    assert caught.value.errors[-1].field == f"row {MOST_ERRORS}, column mode"


def test_cells_become_a_request() -> None:
    (row,) = rows_of("prompt,artifacts,model\n 화면 , screen_xml ; ddl ,\n".encode(), most=5)
    assert (row.prompt, row.artifacts, row.model, row.mode) == ("화면", ["screen_xml", "ddl"], None, "spec")
