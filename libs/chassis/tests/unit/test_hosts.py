"""Every spelling of an address is the address."""

import pytest

from chassis.hosts import literal_address, plain_host

METADATA = "169.254.169.254"


@pytest.mark.parametrize(
    "host",
    [
        METADATA, f"{METADATA}.", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518",
        "１６９.２５４.１６９.２５４", "169。254。169。254", "169｡254｡169｡254", "①⑥⑨.②⑤④.①⑥⑨.②⑤④",
    ],
)  # fmt: skip
def test_an_address_is_known_in_any_spelling(host: str) -> None:
    assert literal_address(host) == METADATA


def test_a_name_is_no_address() -> None:
    assert literal_address("vllm") is None
    assert literal_address("사내.example") is None
    assert literal_address("[::1]") == "::1"
    assert plain_host("METADATA.Google.Internal.") == "metadata.google.internal"
