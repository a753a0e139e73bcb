import httpx
import pytest

from backend.letzshop.client import LetzshopClient
from backend.letzshop.failure import LetzshopError
from tests.support.times import FrozenClock


@pytest.mark.parametrize("status", [200, 400])
async def test_a_key_that_letzshop_quotes_is_not_told_further(clock: FrozenClock, status: int) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        key = request.headers["Authorization"].removeprefix("Bearer ")
        return httpx.Response(status, json={"errors": [{"message": f"The key {key} is not known."}]})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
        client = LetzshopClient(http, "https://letzshop.test/graphql", "a-secret-key", clock)
        with pytest.raises(LetzshopError) as caught:
            await client.shipments(state="unconfirmed", after=None)
    assert "a-secret-key" not in str(caught.value)
    assert "The key *** is not known." in str(caught.value)
