"""What complaints, returns and withdrawals do after an event, and by the clock."""

from marketplace.claims.book_return import book_return
from marketplace.claims.expect_back import expect_back
from marketplace.claims.follow_cancellation import follow_cancellation
from marketplace.claims.note_refund import note_refund
from marketplace.claims.return_expired import return_expired
from marketplace.claims.sound_alarms import give_up_returns, sound_alarms
from marketplace.kernel.broker import job
from marketplace.kernel.periodic import every
from tenants.jobs import job_tenant


@job("orders")
async def book(*, goods_return: int, by: str) -> None:
    await book_return(job_tenant(), goods_return, by)


@job("orders")
async def refunded(*, refund: int) -> None:
    await note_refund(job_tenant(), refund)


@job("orders")
async def cancellation(*, order: int) -> None:
    await follow_cancellation(job_tenant(), order)


@job("orders")
async def expect(*, order: int) -> None:
    await expect_back(job_tenant(), order)


@job("orders")
async def never_came(*, goods_return: int) -> None:
    await return_expired(job_tenant(), goods_return)


@every(600)
async def alarms() -> None:
    await sound_alarms()


@every(3600)
async def late_returns() -> None:
    await give_up_returns()
