"""Group commit: few transactions, and one bad item harms nobody else."""

from __future__ import annotations

import asyncio

import pytest

from bot.together import Together


def test_what_comes_in_during_a_transaction_shares_the_next_one() -> None:
    """Everybody gets their own result."""
    batches: list[list[int]] = []

    async def write(items: list[int]) -> list[int]:
        batches.append(items)
        await asyncio.sleep(0.01)
        return [item * 2 for item in items]

    async def story() -> list[int]:
        together = Together(write)
        return await asyncio.gather(*(together.add(n) for n in range(50)), together.add(50))

    assert asyncio.run(story()) == [n * 2 for n in range(51)]
    assert len(batches) <= 2


def test_an_item_that_fails_fails_alone() -> None:
    """The others of its batch are written all the same."""

    async def write(items: list[int]) -> list[int]:
        await asyncio.sleep(0)
        if 3 in items:
            raise ValueError("three")
        return items

    async def story() -> list[object]:
        together = Together(write)
        return await asyncio.gather(*(together.add(n) for n in range(6)), return_exceptions=True)

    results = asyncio.run(story())
    assert [result for result in results if result != results[3]] == [0, 1, 2, 4, 5]
    assert isinstance(results[3], ValueError)


def test_somebody_who_went_away_holds_up_nobody() -> None:
    """A waiter that was cancelled gets nothing; the next one does."""

    async def write(items: list[int]) -> list[int]:
        await asyncio.sleep(0.01)
        return items

    async def story() -> int:
        together = Together(write)
        first = asyncio.create_task(together.add(1))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await together.add(2)

    assert asyncio.run(story()) == 2
