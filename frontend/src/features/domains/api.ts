import { queryOptions } from "@tanstack/react-query";
import { answered } from "@/api/answered";
import { client, idempotent } from "@/api/client";
import { pagedQuery } from "@/api/paged";
import { present } from "@/api/present";
import type { Domain, DomainPatch } from "@/api/types";

/** Whose domains they are. */
export interface DomainOwner {
  readonly kind: "store" | "merchant";
  readonly id: number;
}

const ofStore = "/api/v1/admin/stores/{store_id}/domains";
const ofMerchant = "/api/v1/admin/merchants/{merchant_id}/domains";
const resolve = "/api/v1/admin/domains/resolve";

export const domainsKey = ({ kind, id }: DomainOwner) => ["get", "domains", kind, id] as const;

export const domainsQuery = (owner: DomainOwner) =>
  pagedQuery(domainsKey(owner), async (cursor, signal) => {
    const query = present({ limit: 50, cursor });
    return owner.kind === "store"
      ? answered(await client.GET(ofStore, { params: { path: { store_id: owner.id }, query }, signal }))
      : answered(await client.GET(ofMerchant, { params: { path: { merchant_id: owner.id }, query }, signal }));
  });

export async function addDomain(owner: DomainOwner, domain: string, isPrimary: boolean): Promise<Domain> {
  // Without the word the first domain is the primary one.
  const options = { body: { domain, is_primary: isPrimary || null }, headers: idempotent() };
  return owner.kind === "store"
    ? answered(await client.POST(ofStore, { params: { path: { store_id: owner.id } }, ...options }))
    : answered(await client.POST(ofMerchant, { params: { path: { merchant_id: owner.id } }, ...options }));
}

export async function changeDomain(owner: DomainOwner, domain_id: number, body: DomainPatch): Promise<Domain> {
  return owner.kind === "store"
    ? answered(
        await client.PATCH(`${ofStore}/{domain_id}`, { params: { path: { store_id: owner.id, domain_id } }, body }),
      )
    : answered(
        await client.PATCH(`${ofMerchant}/{domain_id}`, {
          params: { path: { merchant_id: owner.id, domain_id } },
          body,
        }),
      );
}

export async function removeDomain(owner: DomainOwner, domain_id: number): Promise<void> {
  if (owner.kind === "store") {
    await client.DELETE(`${ofStore}/{domain_id}`, { params: { path: { store_id: owner.id, domain_id } } });
  } else {
    await client.DELETE(`${ofMerchant}/{domain_id}`, { params: { path: { merchant_id: owner.id, domain_id } } });
  }
}

/** Has DNS asked; what it said is in the domain a moment later. */
export async function requestCheck(owner: DomainOwner, domain_id: number): Promise<Domain> {
  const headers = idempotent();
  return owner.kind === "store"
    ? answered(
        await client.POST(`${ofStore}/{domain_id}/verify`, {
          params: { path: { store_id: owner.id, domain_id } },
          headers,
        }),
      )
    : answered(
        await client.POST(`${ofMerchant}/{domain_id}/verify`, {
          params: { path: { merchant_id: owner.id, domain_id } },
          headers,
        }),
      );
}

export const hostQuery = (host: string) =>
  queryOptions({
    queryKey: ["get", resolve, host],
    queryFn: async ({ signal }) => answered(await client.GET(resolve, { params: { query: { host } }, signal })),
    enabled: host !== "",
    // It is asked to know how things stand now.
    staleTime: 0,
  });
