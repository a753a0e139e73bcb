"""Who may what (design 6): every route by every role, by nobody, and from another site."""

from dataclasses import dataclass

import httpx
import pytest
from litestar import Litestar

from backend.app.access import RouteAccess
from backend.core.roles import Role, may
from tests.support.application import AsRole, client_of

# Changing a line here is deciding who may do something.
TABLE = """
    GET    /api/v1/admin/api-keys                                             admin
    POST   /api/v1/admin/api-keys                                             admin
    DELETE /api/v1/admin/api-keys/{key_id}                                    admin
    POST   /api/v1/admin/api-keys/{key_id}/rotate                             admin
    GET    /api/v1/admin/audit-log                                            admin
    GET    /api/v1/admin/delivery/deliveries                                  viewer
    POST   /api/v1/admin/delivery/deliveries/replay-dead                      operator
    GET    /api/v1/admin/delivery/deliveries/{delivery_id}                    viewer
    POST   /api/v1/admin/delivery/deliveries/{delivery_id}/replay             operator
    GET    /api/v1/admin/delivery/destinations                                operator
    POST   /api/v1/admin/delivery/destinations                                admin
    GET    /api/v1/admin/delivery/destinations/personal                       operator
    DELETE /api/v1/admin/delivery/destinations/{destination_id}               admin
    GET    /api/v1/admin/delivery/destinations/{destination_id}               operator
    PATCH  /api/v1/admin/delivery/destinations/{destination_id}               admin
    POST   /api/v1/admin/delivery/destinations/{destination_id}/enable        admin
    POST   /api/v1/admin/delivery/destinations/{destination_id}/rotate-secret  admin
    POST   /api/v1/admin/delivery/destinations/{destination_id}/test          admin
    GET    /api/v1/admin/delivery/escalation                                  viewer
    PUT    /api/v1/admin/delivery/escalation                                  admin
    GET    /api/v1/admin/delivery/stats                                       viewer
    GET    /api/v1/admin/delivery/summary                                     viewer
    POST   /api/v1/admin/delivery/test-mail                                   admin
    GET    /api/v1/admin/domains/resolve                                      viewer
    GET    /api/v1/admin/events                                               viewer
    GET    /api/v1/admin/imports                                              viewer
    POST   /api/v1/admin/imports                                              operator+ingest
    GET    /api/v1/admin/imports/{import_id}                                  viewer
    POST   /api/v1/admin/imports/{import_id}/cancel                           operator
    GET    /api/v1/admin/imports/{import_id}/errors                           viewer
    POST   /api/v1/admin/imports/{import_id}/retry                            operator
    GET    /api/v1/admin/jobs                                                 viewer
    GET    /api/v1/admin/jobs/{job_id}                                        viewer
    POST   /api/v1/admin/jobs/{job_id}/cancel                                 operator
    POST   /api/v1/admin/jobs/{job_id}/retry                                  operator
    GET    /api/v1/admin/letzshop/export                                      viewer
    POST   /api/v1/admin/letzshop/orders/{order_id}/confirm                   operator
    POST   /api/v1/admin/letzshop/orders/{order_id}/tracking                  operator
    GET    /api/v1/admin/letzshop/runs                                        viewer
    GET    /api/v1/admin/letzshop/runs/{run_id}                               viewer
    POST   /api/v1/admin/letzshop/runs/{run_id}/cancel                        operator
    POST   /api/v1/admin/letzshop/runs/{run_id}/retry                         operator
    GET    /api/v1/admin/letzshop/stores/{store_id}/credentials               viewer
    PUT    /api/v1/admin/letzshop/stores/{store_id}/credentials               admin
    DELETE /api/v1/admin/letzshop/stores/{store_id}/credentials               admin
    POST   /api/v1/admin/letzshop/stores/{store_id}/credentials/test          operator
    POST   /api/v1/admin/letzshop/stores/{store_id}/import-history            operator
    POST   /api/v1/admin/letzshop/stores/{store_id}/sync                      operator
    GET    /api/v1/admin/merchants                                            viewer
    POST   /api/v1/admin/merchants                                            admin
    GET    /api/v1/admin/merchants/{merchant_id}                              viewer
    PATCH  /api/v1/admin/merchants/{merchant_id}                              admin
    GET    /api/v1/admin/merchants/{merchant_id}/domains                      viewer
    POST   /api/v1/admin/merchants/{merchant_id}/domains                      admin
    PATCH  /api/v1/admin/merchants/{merchant_id}/domains/{domain_id}          admin
    DELETE /api/v1/admin/merchants/{merchant_id}/domains/{domain_id}          admin
    POST   /api/v1/admin/merchants/{merchant_id}/domains/{domain_id}/verify   admin
    GET    /api/v1/admin/notifications                                        viewer
    POST   /api/v1/admin/notifications                                        admin+ingest
    GET    /api/v1/admin/notifications/alerts                                 viewer
    POST   /api/v1/admin/notifications/alerts                                 admin+ingest
    POST   /api/v1/admin/notifications/alerts/batch                           admin+ingest
    GET    /api/v1/admin/notifications/alerts/stats                           viewer
    GET    /api/v1/admin/notifications/alerts/{alert_id}                      viewer
    PUT    /api/v1/admin/notifications/alerts/{alert_id}/acknowledge          operator
    PUT    /api/v1/admin/notifications/alerts/{alert_id}/assign               operator
    POST   /api/v1/admin/notifications/alerts/{alert_id}/comments             operator
    GET    /api/v1/admin/notifications/alerts/{alert_id}/explain              viewer
    PUT    /api/v1/admin/notifications/alerts/{alert_id}/reopen               operator
    PUT    /api/v1/admin/notifications/alerts/{alert_id}/snooze               operator
    PUT    /api/v1/admin/notifications/alerts/{alert_id}/resolve              operator
    POST   /api/v1/admin/notifications/bulk                                   operator
    PUT    /api/v1/admin/notifications/mark-all-read                          operator
    GET    /api/v1/admin/notifications/recent                                 viewer
    PUT    /api/v1/admin/notifications/seen                                   viewer
    GET    /api/v1/admin/notifications/unread-count                           viewer
    DELETE /api/v1/admin/notifications/{notification_id}                      admin
    GET    /api/v1/admin/notifications/{notification_id}                      viewer
    GET    /api/v1/admin/notifications/{notification_id}/actions              viewer
    POST   /api/v1/admin/notifications/{notification_id}/actions/{kind}       operator
    GET    /api/v1/admin/notifications/{notification_id}/explain              viewer
    PUT    /api/v1/admin/notifications/{notification_id}/read                 operator
    PUT    /api/v1/admin/notifications/{notification_id}/snooze               operator
    PUT    /api/v1/admin/notifications/{notification_id}/unread               operator
    GET    /api/v1/admin/order-exceptions                                     viewer
    POST   /api/v1/admin/order-exceptions/bulk-resolve                        operator
    GET    /api/v1/admin/order-exceptions/stats                               viewer
    GET    /api/v1/admin/order-exceptions/{exception_id}                      viewer
    POST   /api/v1/admin/order-exceptions/{exception_id}/ignore               operator
    POST   /api/v1/admin/order-exceptions/{exception_id}/resolve              operator
    GET    /api/v1/admin/order-exceptions/{exception_id}/suggestions          viewer
    GET    /api/v1/admin/orders                                               viewer
    GET    /api/v1/admin/orders/{order_id}                                    viewer
    GET    /api/v1/admin/preferences                                          viewer
    PUT    /api/v1/admin/preferences                                          viewer
    POST   /api/v1/admin/preferences/channels/{channel}/enable                viewer
    POST   /api/v1/admin/preferences/channels/{channel}/test                  viewer
    GET    /api/v1/admin/products                                             viewer
    GET    /api/v1/admin/silences                                             viewer
    POST   /api/v1/admin/silences                                             operator
    POST   /api/v1/admin/silences/preview                                     operator
    DELETE /api/v1/admin/silences/{silence_id}                                operator
    GET    /api/v1/admin/silences/{silence_id}                                viewer
    GET    /api/v1/admin/stores                                               viewer
    POST   /api/v1/admin/stores                                               admin
    GET    /api/v1/admin/stores/{store_id}                                    viewer
    PATCH  /api/v1/admin/stores/{store_id}                                    admin
    GET    /api/v1/admin/stores/{store_id}/domains                            viewer
    POST   /api/v1/admin/stores/{store_id}/domains                            admin
    PATCH  /api/v1/admin/stores/{store_id}/domains/{domain_id}                admin
    DELETE /api/v1/admin/stores/{store_id}/domains/{domain_id}                admin
    POST   /api/v1/admin/stores/{store_id}/domains/{domain_id}/verify         admin
    GET    /api/v1/admin/users                                                admin
    POST   /api/v1/admin/users                                                admin
    PATCH  /api/v1/admin/users/{user_id}                                      admin
    GET    /api/v1/admin/users/{user_id}/preferences                          admin
    PUT    /api/v1/admin/users/{user_id}/preferences                          admin
    POST   /api/v1/admin/users/{user_id}/preferences/channels/{channel}/enable  admin
    POST   /api/v1/admin/users/{user_id}/preferences/channels/{channel}/test  admin
    POST   /api/v1/admin/users/{user_id}/reset-password                       admin
    DELETE /api/v1/admin/users/{user_id}/sessions                             admin
    POST   /api/v1/auth/login                                                 public
    GET    /api/v1/delivery/unsubscribe/{token}                               public
    POST   /api/v1/delivery/unsubscribe/{token}                               public
    POST   /api/v1/auth/logout                                                viewer
    GET    /api/v1/auth/me                                                    viewer
    PUT    /api/v1/auth/password                                              viewer
    GET    /api/v1/auth/sessions                                              viewer
    DELETE /api/v1/auth/sessions/{session_id}                                 viewer
    POST   /api/v1/ingest/alertmanager                                        admin+ingest
    POST   /api/v1/ingest/alerts                                              admin+ingest
"""
STREAM = "/api/v1/admin/events"
# What a viewer may not even read.
SECRETIVE = (
    "/api/v1/admin/users",
    "/api/v1/admin/api-keys",
    "/api/v1/admin/audit-log",
    "/api/v1/admin/delivery/destinations",
)


@dataclass(frozen=True, slots=True)
class Rule:
    method: str
    path: str
    who: str

    @property
    def is_public(self) -> bool:
        return self.who == "public"

    def admits(self, role: Role) -> bool:
        name, _, ingest = self.who.partition("+")
        return self.is_public or may(role, Role(name), ingest=bool(ingest))

    @property
    def url(self) -> str:
        """Of things that do not exist, so that what is allowed changes nothing."""
        steps = ("4711" if step.startswith("{") else step for step in self.path.split("/"))
        return "/".join(steps)


RULES = [Rule(*line.split()) for line in TABLE.strip().splitlines()]


def declared(app: Litestar) -> set[Rule]:
    rules = set()
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            access = RouteAccess.of(handler)
            role = "public" if access.is_public else f"{access.role}"
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                rules.add(Rule(method, route.path_format, f"{role}+ingest" if access.ingest else role))
    return {rule for rule in rules if rule.path.startswith("/api/v1")}


def test_the_table_is_complete_and_true(app: Litestar) -> None:
    assert declared(app) ^ set(RULES) == set()


def test_reading_is_for_everybody_but_what_is_secret() -> None:
    for rule in RULES:
        if rule.method == "GET":
            assert rule.admits(Role.VIEWER) != rule.path.startswith(SECRETIVE), rule


def test_machines_that_only_raise_things_reach_nothing_else() -> None:
    raising = {
        "/api/v1/admin/notifications",
        "/api/v1/admin/notifications/alerts",
        "/api/v1/admin/notifications/alerts/batch",
        "/api/v1/admin/imports",
        "/api/v1/ingest/alertmanager",
        "/api/v1/ingest/alerts",
    }
    for rule in RULES:
        if rule.admits(Role.INGEST) and not rule.is_public:
            assert rule.method == "POST", rule
            assert rule.path in raising, rule


def test_every_write_is_audited(app: Litestar) -> None:
    # The preview of a silence asks and changes nothing.
    personal = {"/api/v1/admin/notifications/seen", "/api/v1/admin/silences/preview"}
    for route in app.routes:
        for handler in getattr(route, "route_handlers", ()):
            writes = handler.http_methods & {"POST", "PUT", "PATCH", "DELETE"}
            if writes and route.path_format.startswith("/api/v1") and route.path_format not in personal:
                assert RouteAccess.of(handler).audit, f"{writes} {route.path_format}"


@pytest.mark.parametrize("role", list(Role))
async def test_each_role_passes_where_the_table_says(as_role: AsRole, role: Role) -> None:
    client = await as_role(role)
    wrong = []
    # Ending one's own session comes last.
    for rule in sorted(RULES, key=lambda rule: (rule.path.endswith("/logout"), rule.path)):
        if rule.is_public or (rule.path == STREAM and rule.admits(role)):
            continue
        status = (await client.request(rule.method, rule.url)).status_code
        if rule.admits(role) != (status not in {401, 403}):
            wrong.append((rule, status))
        if status >= 500:
            wrong.append((rule, status))
    assert wrong == []


async def test_nobody_passes_without_signing_in(client: httpx.AsyncClient) -> None:
    for rule in RULES:
        if not rule.is_public:
            response = await client.request(rule.method, rule.url)
            assert (response.status_code, response.json()["code"]) == (401, "unauthenticated"), rule


@pytest.mark.parametrize("credential", ["Bearer tcs_unknown", "Bearer ", "Basic YTpi", "tcs_unknown"])
async def test_a_bad_credential_is_nobody(client: httpx.AsyncClient, credential: str) -> None:
    for rule in RULES:
        if not rule.is_public:
            response = await client.request(rule.method, rule.url, headers={"Authorization": credential})
            assert response.status_code == 401, rule


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
async def test_a_write_from_another_site_is_refused(as_role: AsRole, headers: dict[str, str]) -> None:
    admin = await as_role(Role.ADMIN)
    for rule in RULES:
        if rule.method != "GET":
            response = await admin.request(rule.method, rule.url, headers=headers)
            assert (response.status_code, response.json()["code"]) == (403, "cross_site"), rule


async def test_a_disabled_persons_session_ends_everywhere(app: Litestar, as_role: AsRole) -> None:
    admin, viewer = await as_role(Role.ADMIN), await as_role(Role.VIEWER)
    people = (await admin.get("/api/v1/admin/users")).json()["items"]
    (user_id,) = [person["id"] for person in people if person["role"] == "viewer"]
    assert (await viewer.get("/api/v1/admin/notifications")).status_code == 200
    disabled = await admin.patch(f"/api/v1/admin/users/{user_id}", json={"is_active": False})
    assert disabled.status_code == 200, disabled.text
    async with client_of(app) as nobody:
        nobody.cookies = viewer.cookies
        assert (await nobody.get("/api/v1/admin/notifications")).status_code == 401
