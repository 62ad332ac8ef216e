"""Batches: made of a file, watched, cancelled, packed."""

from collections.abc import AsyncIterator

from chassis.errors import FieldError, NotFound, Unprocessable, UpstreamRejected

from ...core.idempotency import Subjects, fingerprint_of
from ...core.identity import User
from ...core.webhook_addresses import AllowedAddresses, check_url
from ...db.job_tables import BatchRow
from ...db.tables import GenerationRow
from ...pipeline.draft import Order
from ...runs.orders import Orders
from ...runs.rows import columns_of, first_event
from ...storage.batches import BatchProgress, BatchStore
from ...storage.identifiers import is_id, new_id
from ...storage.records import now
from .csv_files import Row, rows_of
from .schemas import Batch, BatchLine

PAGE = 100
CHANNEL = "batch"


class BatchService:
    def __init__(
        self, *, batches: BatchStore, orders: Orders, subjects: Subjects, allowed: AllowedAddresses, most_rows: int
    ) -> None:
        self._batches, self._orders, self._subjects = batches, orders, subjects
        self._allowed, self._most_rows = allowed, most_rows

    async def create_once(
        self, content: bytes, user: User, *, name: str, webhook: str | None, key: str | None
    ) -> tuple[str, int]:
        """The batch's id and number of rows; what an earlier request with the same key made, where there was one.

        Raises:
            InvalidInput, Unprocessable: the file, or where the webhook should go; with row and column.
        """
        rows = rows_of(content, most=self._most_rows)
        if webhook is not None:
            check_url(webhook, self._allowed)
        fingerprint = fingerprint_of("POST", f"/api/v1/batches?{name}&{webhook}", content)

        async def exists(batch_id: str) -> bool:
            return await self._batches.get(batch_id, user_id=user.id) is not None

        batch_id, _ = await self._subjects.make_once(
            user.id,
            key,
            fingerprint,
            make=lambda made: self._create(made, rows, user, name=name, webhook=webhook),
            exists=exists,
        )
        return batch_id, len(rows)

    async def _create(self, batch_id: str, rows: list[Row], user: User, *, name: str, webhook: str | None) -> None:
        orders = [self._order(row, user) for row in rows]
        await self._check(orders)
        columns = {
            "id": batch_id,
            "created_at": now(),
            "user_id": user.id,
            "name": name,
            "total": len(rows),
            "webhook": {"url": webhook} if webhook else None,
        }
        numbered = enumerate(orders, start=1)
        await self._batches.create(
            columns,
            [
                ({**columns_of(order), "batch_id": batch_id, "batch_row": row}, first_event(order))
                for row, order in numbered
            ],
        )

    async def _check(self, orders: list[Order]) -> None:
        """Each engine and each framework once; an unknown one is named with the first row that has it."""
        seen: set[tuple[str, str]] = set()
        for number, order in enumerate(orders, start=1):
            try:
                if order.model is not None and ("model", order.model) not in seen:
                    seen.add(("model", order.model))
                    await self._orders.check_model(order.model)
                if order.framework is not None and ("framework", order.framework) not in seen:
                    seen.add(("framework", order.framework))
                    await self._orders.check_request(order)
            except (Unprocessable, UpstreamRejected) as error:
                column = error.errors[0].field if error.errors else "prompt"
                field = f"row {number}, column {column}"
                message = f"Row {number}, column {column}: {error.detail}"
                raise Unprocessable(message, code="invalid_rows", errors=[FieldError(field, message)]) from error

    @staticmethod
    def _order(row: Row, user: User) -> Order:
        return Order(
            id=new_id(),
            created_at=now(),
            prompt=row.prompt,
            user_id=user.id,
            role=user.role,
            mode=row.mode,
            mode_given="mode" in row.model_fields_set,
            framework=row.framework,
            model=row.model,
            channel=CHANNEL,
            artifacts=row.artifacts,
            request=row.model_dump(mode="json"),
        )

    async def batch(self, batch_id: str, user: User) -> Batch:
        row = await self._row(batch_id, user)
        return shown(row, (await self._batches.progress([row.id])).get(row.id))

    async def page(self, user: User, *, cursor: str | None, limit: int) -> tuple[list[Batch], str | None]:
        """One's own batches, newest first, and the cursor of the next page."""
        found = await self._batches.page(user.id, cursor=cursor, limit=limit)
        page = found[:limit]
        progress = await self._batches.progress([row.id for row in page])
        return [shown(row, progress.get(row.id)) for row in page], page[-1].id if len(found) > limit else None

    async def lines(self, batch_id: str, user: User, *, after: int, limit: int) -> tuple[list[BatchLine], int | None]:
        """Rows with their results, and the number to go on after."""
        await self._row(batch_id, user)
        found = await self._batches.rows(batch_id, after=after, limit=limit + 1)
        lines = [line_of(row) for row in found[:limit]]
        return lines, lines[-1].row if len(found) > limit else None

    async def generations(self, batch_id: str, user: User) -> AsyncIterator[GenerationRow]:
        """All rows in order, read page by page."""
        await self._row(batch_id, user)
        after = 0
        while page := await self._batches.rows(batch_id, after=after, limit=PAGE):
            for row in page:
                yield row
            after = page[-1].batch_row or after + PAGE

    async def cancel(self, batch_id: str, user: User) -> int:
        """Cancels what has not ended; gives how many rows that were."""
        await self._row(batch_id, user)
        await self._batches.request_cancel(batch_id)
        open_ids = await self._batches.open_ids(batch_id)
        for generation_id in open_ids:
            await self._orders.cancel(generation_id)
        return len(open_ids)

    async def _row(self, batch_id: str, user: User) -> BatchRow:
        row = await self._batches.get(batch_id, user_id=user.id) if is_id(batch_id) else None
        if row is None:
            raise NotFound("There is no such batch.", code="batch_not_found")
        return row


def shown(row: BatchRow, progress: BatchProgress | None) -> Batch:
    counts = progress.counts if progress else {}
    done = sum(counts.get(status, 0) for status in ("completed", "failed", "cancelled"))
    running = "cancelling" if row.cancel_requested else "running"
    ended = "cancelled" if row.cancel_requested and counts.get("cancelled") else "completed"
    eta_s: float | None = None
    if row.ended_at is None and done and progress and progress.last_ended_at:
        elapsed = (progress.last_ended_at - row.created_at).total_seconds()
        eta_s = round(elapsed / done * (row.total - done), 1)
    return Batch(
        batch_id=row.id,
        name=row.name,
        status=ended if row.ended_at else running,
        created_at=row.created_at,
        ended_at=row.ended_at,
        total=row.total,
        done=done,
        counts=counts,
        eta_s=eta_s,
    )


def line_of(row: GenerationRow) -> BatchLine:
    return BatchLine(
        row=row.batch_row or 0,
        generation_id=row.id,
        prompt=row.prompt,
        status=row.status,
        kind=row.kind,
        engine=row.engine,
        degraded=row.degraded,
        duration_ms=row.duration_ms,
        artifacts=[str(artifact["path"]) for artifact in row.artifacts or ()],
        problem=row.problem,
    )
