"""The job that delivers a webhook: signed, to a checked address, never redirected."""

import time
from typing import Any

import aiohttp
import orjson

from chassis.errors import Unprocessable
from chassis.logging import get_logger

from ..core.webhook_addresses import AllowedAddresses, GuardedResolver, RefusedAddress, check_url
from ..core.webhook_signature import ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER, WebhookSecrets, signature
from ..db.job_tables import DeliveryRow
from ..storage.deliveries import DeliveryStore
from ..storage.records import moment
from .app import Attempt, TriedInVain

PAUSES_S = (10, 10, 10, 300, 1800)
LIMIT_S = 10.0
"""A receiver says that it has it, and works on it later."""
_GONE = 410
_log = get_logger(__name__)


class WebhookSender:
    """One POST to an address that may be called."""

    def __init__(self, allowed: AllowedAddresses, secrets: WebhookSecrets, *, limit_s: float = LIMIT_S) -> None:
        self._allowed, self._secrets, self._limit_s = allowed, secrets, limit_s

    async def send(self, delivery: DeliveryRow) -> int:
        """The receiver's status.

        Raises:
            Unprocessable: the URL must not be called.
            aiohttp.ClientError (a refused address too), OSError, TimeoutError: it could not be reached.
        """
        check_url(delivery.url, self._allowed)
        body = body_of(delivery)
        timestamp = int(time.time())
        secret = self._secrets.of(delivery.user_id)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "framewright-webhooks/1",
            ID_HEADER: delivery.id,
            TIMESTAMP_HEADER: str(timestamp),
            SIGNATURE_HEADER: signature(secret, message_id=delivery.id, timestamp=timestamp, body=body),
        }
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(self._allowed), use_dns_cache=False, force_close=True)
        async with (
            aiohttp.ClientSession(connector=connector, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()) as session,
            session.post(
                delivery.url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=self._limit_s),
            ) as response,
        ):
            return response.status


class WebhookJob:
    def __init__(self, deliveries: DeliveryStore, sender: WebhookSender) -> None:
        self._deliveries, self._sender = deliveries, sender

    async def run(self, job: Attempt, *, delivery_id: str) -> None:
        """Sends a delivery once.

        Raises:
            TriedInVain: the receiver did not take it; it is tried again.
        """
        delivery = await self._deliveries.get(delivery_id)
        if delivery is None or delivery.delivered_at is not None or delivery.failed_at is not None:
            return
        reason, passing = await self._reason_against(delivery)
        last = job.last or not passing
        await self._deliveries.tried(delivery_id, reason=reason, last=last)
        if reason is not None:
            _log.warning("webhook_not_delivered", delivery_id=delivery_id, reason=reason, last=last)
            if not last:
                raise TriedInVain(reason)

    async def _reason_against(self, delivery: DeliveryRow) -> tuple[str | None, bool]:
        """Why it was not taken, and whether that may change; None where it was."""
        try:
            status = await self._sender.send(delivery)
        except Unprocessable as error:
            return error.detail, False
        except aiohttp.ClientConnectorDNSError as error:
            return str(error.os_error), not isinstance(error.os_error, RefusedAddress)
        except aiohttp.InvalidURL:
            return "the URL is not valid", False
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            return f"{type(error).__name__}: the receiver could not be reached", True
        if 200 <= status < 300:
            return None, True
        return f"the receiver answered {status}", status != _GONE


def body_of(delivery: DeliveryRow) -> bytes:
    """The same bytes at every attempt."""
    document: dict[str, Any] = {
        "type": delivery.event,
        "timestamp": moment(delivery.created_at),
        "data": delivery.data,
    }
    return orjson.dumps(document)
