import re

import httpx

from backend.core.roles import Role
from backend.core.settings import Settings
from backend.delivery.mail.unsubscribe import UnsubscribeTokens, Unsubscription
from tests.support.application import AsRole

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def test_one_click_of_nobody_in_particular_turns_that_mail_off(
    client: httpx.AsyncClient, as_role: AsRole, settings: Settings
) -> None:
    admin = await as_role(Role.ADMIN)
    me = (await admin.get("/api/v1/auth/me")).json()["id"]
    token = UnsubscribeTokens(settings.secret_keys).make(Unsubscription(me, "store_issue"))

    for _ in range(2):
        answer = await client.post(f"/api/v1/delivery/unsubscribe/{token}", data=ONE_CLICK)
        assert answer.status_code == 200

    matrix = (await admin.get("/api/v1/admin/preferences")).json()["matrix"]
    assert matrix["store_issue"] == {"email": "never", "chat": "high"}
    assert matrix["import_failure"]["email"] == "high"
    (last, *_) = (await admin.get("/api/v1/admin/audit-log")).json()["items"]
    assert (last["action"], last["detail"]) == ("preferences.unsubscribe", {"category": "store_issue"})


async def test_a_link_that_is_only_looked_at_asks_and_changes_nothing(
    client: httpx.AsyncClient, as_role: AsRole, settings: Settings
) -> None:
    admin = await as_role(Role.ADMIN)
    me = (await admin.get("/api/v1/auth/me")).json()["id"]
    await admin.put("/api/v1/admin/preferences", json={"language": "de"})
    token = UnsubscribeTokens(settings.secret_keys).make(Unsubscription(me, "store_issue"))

    page = await client.get(f"/api/v1/delivery/unsubscribe/{token}")

    assert page.status_code == 200
    assert '<html lang="de">' in page.text
    assert '<form method="post">' in page.text
    policy = page.headers["content-security-policy"]
    (nonce,) = re.findall(r'nonce="([^"]+)"', page.text)
    assert f"'nonce-{nonce}'" in policy
    assert (await admin.get("/api/v1/admin/preferences")).json()["matrix"]["store_issue"]["email"] == "high"


async def test_a_token_that_is_not_ours_or_of_nobody_is_not_known(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    of_nobody = UnsubscribeTokens(settings.secret_keys).make(Unsubscription(9_999, "store_issue"))
    of_others = UnsubscribeTokens(("another key",)).make(Unsubscription(1, "store_issue"))

    for token in (of_nobody, of_others, "x"):
        answer = await client.post(f"/api/v1/delivery/unsubscribe/{token}", data=ONE_CLICK)
        assert answer.status_code == 404
        assert "<form" not in answer.text
