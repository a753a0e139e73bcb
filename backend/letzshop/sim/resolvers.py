"""The schema's queries and mutations over a simulated shop."""

from importlib.resources import files
from typing import Any

from graphql import GraphQLError, GraphQLResolveInfo, GraphQLSchema, build_schema

from backend.letzshop.sim.shop import CONFIRMED, DECLINED, UNCONFIRMED, Json, Shop

_MOST_A_PAGE = 200
# With the fault `partial` every so many shipments cannot be shown.
_MISSING_EVERY = 5


def schema() -> GraphQLSchema:
    return build_schema(files(__package__).joinpath("schema.graphql").read_text())


class Root:
    """What GraphQL starts from: one method for each field of Query and Mutation."""

    def __init__(self, shop: Shop, *, is_partial: bool) -> None:
        self._shop = shop
        self._is_partial = is_partial

    def shipments(self, _info: GraphQLResolveInfo[None], state: str, first: int = 50, after: str | None = None) -> Json:
        try:
            page, end, has_next = self._shop.shipments(state=state, first=min(first, _MOST_A_PAGE), after=after)
        except ValueError as error:
            raise GraphQLError("The cursor is not valid.") from error
        return {
            "nodes": [self._perhaps(each) for each in page],
            "pageInfo": {"hasNextPage": has_next, "endCursor": end},
        }

    def confirmInventoryUnits(self, _info: GraphQLResolveInfo[None], input: Json) -> Json:  # noqa: A002, N802 - the schema's names
        done, errors = [], []
        for wanted in input["inventoryUnits"]:
            unit = self._shop.unit(wanted["id"])
            if unit is None:
                errors.append({"id": wanted["id"], "code": "not_found", "message": "There is no such unit."})
            elif unit["state"] != UNCONFIRMED:
                errors.append({"id": wanted["id"], "code": "invalid_state", "message": f"It is {unit['state']}."})
                done.append(unit)
            else:
                unit["state"] = CONFIRMED if wanted["isAvailable"] else DECLINED
                done.append(unit)
        self._shop.settle()
        return {"inventoryUnits": done, "errors": errors}

    def setShipmentTracking(self, _info: GraphQLResolveInfo[None], input: Json) -> Json:  # noqa: A002, N802 - the schema's names
        shipment = self._shop.shipment(input["shipmentId"])
        if shipment is None:
            error = {"id": input["shipmentId"], "code": "not_found", "message": "There is no such shipment."}
            return {"shipment": None, "errors": [error]}
        shipment["tracking"] = dict(input["trackingInformation"])
        return {"shipment": shipment, "errors": []}

    def _perhaps(self, shipment: Json) -> Json:
        if not self._is_partial or shipment["sequence"] % _MISSING_EVERY:
            return shipment
        # The schema demands an order of each shipment: GraphQL answers null for this one, and says why.
        return {**shipment, "order": _unavailable}


def _unavailable(_info: GraphQLResolveInfo[None]) -> Any:  # Any: it never returns
    raise GraphQLError("The order of this shipment is not available right now.")
