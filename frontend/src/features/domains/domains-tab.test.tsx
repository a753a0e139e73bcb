import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { FakeApi, problem } from "@/testing/fake-api";
import { addressQuery, renderApp } from "@/testing/render-app";
import { sampleDomain, sampleMerchant, sampleStore, sampleUser } from "@/testing/samples";
import { readToasts } from "@/ui/toasts";

const ofStore = "/api/v1/admin/stores/7/domains";
const address = "/stores/7?tab=domains";
let api: FakeApi;
const page = (...items: readonly unknown[]) => ({ items, next_cursor: null });
const shop = sampleDomain({ id: 4, domain: "shop.example", is_primary: true });

beforeEach(() => {
  api = new FakeApi();
  api.on("GET /api/v1/admin/stores/{id}", () => sampleStore({ id: 7, name: "Book Store" }));
  api.on("GET /api/v1/admin/merchants/{id}", () => sampleMerchant({ id: 3, name: "Books & Co" }));
  api.on(`GET ${ofStore}`, () => page(shop));
});

const item = async (name: string) => {
  const heading = await screen.findByRole("heading", { name });
  return within(heading.closest("li") ?? document.body);
};

describe("the domains of a store", () => {
  test("say how each stands: verified or why not, primary, in use", async () => {
    const wrong = "The TXT record at _tocsin-verify.alt.example has another value: x";
    const alt = sampleDomain({ id: 5, domain: "alt.example", is_active: false, last_error: wrong });
    const time = new Date().toISOString();
    api.on(`GET ${ofStore}`, () =>
      page({ ...shop, is_verified: true, last_checked_at: time }, { ...alt, last_checked_at: time }),
    );
    await renderApp(address);
    const first = await item("shop.example");
    expect(first.getByText("Verified")).toBeVisible();
    expect(first.getByText("Primary")).toBeVisible();
    expect(first.queryByText("Inactive")).toBeNull();
    const second = await item("alt.example");
    expect(second.getByText("Not verified")).toBeVisible();
    expect(second.getByText("Inactive")).toBeVisible();
    expect(second.getByText(wrong)).toBeVisible();
    expect(second.getByText(/^Checked/)).toBeVisible();
  });

  test("tell which record shows whose they are, and its parts can be copied", async () => {
    const { user } = await renderApp(address);
    const domain = await item("shop.example");
    expect(domain.getByText("Not checked yet")).toBeVisible();
    expect(domain.getByText("_tocsin-verify.shop.example")).toBeVisible();
    expect(domain.getByText("tocsin-verify=t0k3n")).toBeVisible();
    await user.click(domain.getByRole("button", { name: "Copy the value" }));
    expect(await navigator.clipboard.readText()).toBe("tocsin-verify=t0k3n");
    expect(await domain.findByRole("button", { name: "Copied" })).toBeVisible();
  });

  test("are shown as people write them, and in the record as DNS knows them", async () => {
    const domain = "xn--bcher-kva.example";
    api.on(`GET ${ofStore}`, () => page(sampleDomain({ id: 6, domain, unicode_domain: "bücher.example" })));
    await renderApp(address);
    const international = await item("bücher.example");
    expect(international.getByText("_tocsin-verify.xn--bcher-kva.example")).toBeVisible();
    expect(international.getByRole("button", { name: "Verify bücher.example now" })).toBeVisible();
  });

  test("are looked up when asked, and the answer appears by itself", async () => {
    let listed = shop;
    api.on(`GET ${ofStore}`, () => page(listed));
    api.on(`POST ${ofStore}/4/verify`, () => Response.json(shop, { status: 202 }));
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Verify shop.example now" }));
    expect(await screen.findByText("DNS is being asked…")).toBeVisible();
    listed = { ...shop, is_verified: true, last_checked_at: new Date().toISOString() };
    expect(await screen.findByText("Verified")).toBeVisible();
    expect(readToasts().at(-1)).toMatchObject({ kind: "done", message: "shop.example is verified" });
  });

  test("and say so when the look-up did not find the record", async () => {
    let listed = shop;
    api.on(`GET ${ofStore}`, () => page(listed));
    api.on(`POST ${ofStore}/4/verify`, () => {
      listed = { ...shop, last_checked_at: new Date().toISOString(), last_error: "There is no TXT record." };
      return Response.json(shop, { status: 202 });
    });
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Verify shop.example now" }));
    expect(await screen.findByText("There is no TXT record.")).toBeVisible();
    expect(readToasts().at(-1)).toMatchObject({ kind: "failed", message: "shop.example is not verified" });
  });

  test("can be made primary and taken out of use", async () => {
    const alt = sampleDomain({ id: 5, domain: "alt.example" });
    api.on(`GET ${ofStore}`, () => page(shop, alt));
    api.on(`PATCH ${ofStore}/5`, () => alt);
    const { user } = await renderApp(address);
    const choose = async (name: string) => {
      await user.click(await screen.findByRole("button", { name: "Actions for alt.example" }));
      await user.click(await screen.findByRole("menuitem", { name }));
    };
    await choose("Make primary");
    await waitFor(() => expect(readToasts().at(-1)?.message).toBe("alt.example is the primary domain"));
    await choose("Deactivate");
    await waitFor(() => expect(readToasts().at(-1)?.message).toBe("alt.example leads nowhere for now"));
    const sent = api.callsTo(`PATCH ${ofStore}/5`).map(({ body }) => body);
    expect(sent).toEqual([{ is_primary: true }, { is_active: false }]);
  });

  test("are removed after a question", async () => {
    let listed: (typeof shop)[] = [shop];
    api.on(`GET ${ofStore}`, () => page(...listed));
    api.on(`DELETE ${ofStore}/4`, () => {
      listed = [];
      return new Response(null, { status: 204 });
    });
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Actions for shop.example" }));
    await user.click(await screen.findByRole("menuitem", { name: "Remove" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Remove shop.example?" }));
    await user.click(dialog.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText("No domains yet")).toBeVisible();
  });

  test("cannot be changed by an operator", async () => {
    api.user = sampleUser("operator");
    await renderApp(`${address}&add=true`);
    const domain = await item("shop.example");
    expect(domain.queryByRole("button", { name: /Verify|Actions/ })).toBeNull();
    expect(screen.queryByRole("button", { name: "Add domain" })).toBeNull();
    // Had it been asked for, it would be there now.
    await act(() => import("@/features/domains/add-domain"));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("that cannot be loaded say so", async () => {
    api.on(`GET ${ofStore}`, () => problem(500));
    await renderApp(address);
    expect(await screen.findByRole("heading", { name: "This could not be loaded" })).toBeVisible();
  });
});

describe("adding a domain", () => {
  test("shows the record to set as soon as it is there", async () => {
    let listed: (typeof shop)[] = [];
    api.on(`GET ${ofStore}`, () => page(...listed));
    api.on(`POST ${ofStore}`, () => {
      listed = [shop];
      return Response.json(shop, { status: 201 });
    });
    const { user } = await renderApp(address);
    await user.click(await screen.findByRole("button", { name: "Add domain" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Add domain" }));
    expect(addressQuery()).toEqual({ tab: ["domains"], add: ["true"] });
    await user.type(dialog.getByLabelText("Domain"), "https://Shop.example/");
    await user.click(dialog.getByRole("button", { name: "Add domain" }));
    expect(await screen.findByText("_tocsin-verify.shop.example")).toBeVisible();
    expect(api.callsTo(`POST ${ofStore}`)[0]?.body).toEqual({ domain: "https://Shop.example/", is_primary: null });
    expect(addressQuery()).toEqual({ tab: ["domains"] });
  });

  test.each([
    { message: "must be a name, not an IP address", said: "Must be a name, not an IP address" },
    { message: "is not a host name: Codepoint U+0020 not allowed", said: "This is not a host name." },
    { status: 409, code: "already_taken", message: "already taken", said: "This domain is in use already." },
  ])("hears at the field why it is refused: $message", async ({ status = 400, code, message, said }) => {
    const refusal = { code: code ?? "invalid_input", errors: [{ path: "domain", message }] };
    api.on(`POST ${ofStore}`, () => problem(status, refusal));
    const { user } = await renderApp(`${address}&add=true`);
    const dialog = within(await screen.findByRole("dialog", { name: "Add domain" }));
    await user.type(dialog.getByLabelText("Domain"), "127.0.0.1");
    await user.click(dialog.getByRole("button", { name: "Add domain" }));
    await waitFor(() => expect(dialog.getByLabelText("Domain")).toHaveAccessibleDescription(RegExp(said)));
    expect(dialog.getByLabelText("Domain")).toHaveFocus();
    expect(dialog.getByLabelText("Domain")).toHaveValue("127.0.0.1");
  });
});

test("a merchant has domains of its own", async () => {
  const ofMerchant = "/api/v1/admin/merchants/3/domains";
  const own = sampleDomain({ id: 9, domain: "books.example" });
  api.on(`GET ${ofMerchant}`, () => page(own));
  api.on(`PATCH ${ofMerchant}/9`, () => ({ ...own, is_primary: true }));
  const { user } = await renderApp("/merchants/3?tab=domains");
  await user.click(await screen.findByRole("button", { name: "Actions for books.example" }));
  await user.click(await screen.findByRole("menuitem", { name: "Make primary" }));
  await waitFor(() => expect(api.callsTo(`PATCH ${ofMerchant}/9`)).toHaveLength(1));
});

describe("a host", () => {
  const resolve = "GET /api/v1/admin/domains/resolve";
  const ask = async (host: string) => {
    const { user } = await renderApp(address);
    await user.type(await screen.findByLabelText("Host"), `${host}{Enter}`);
    return user;
  };

  test("leads to a store, and it is said by which way", async () => {
    api.on(resolve, ({ query }) => ({
      host: query.get("host"),
      store_id: 9,
      store_name: "Toy Store",
      via: "merchant_domain",
      reason: null,
    }));
    await ask("toys.example");
    const link = await screen.findByRole("link", { name: "Toy Store" });
    expect(link).toHaveAttribute("href", "/stores/9");
    expect(link.parentElement).toHaveTextContent("toys.example leads to Toy Store, by the merchant's domain.");
  });

  test("leads nowhere, and it is said why", async () => {
    api.on(resolve, ({ query }) => ({
      host: query.get("host"),
      store_id: null,
      store_name: null,
      via: null,
      reason: "domain_unverified",
    }));
    await ask("shop.example");
    expect(await screen.findByText("shop.example leads to no store.")).toBeVisible();
    expect(screen.getByText(/The domain is not verified/)).toBeVisible();
  });

  test("that cannot be asked for says so", async () => {
    api.on(resolve, () => problem(503));
    await ask("shop.example");
    expect(await screen.findByText(/Something went wrong on the way/)).toBeVisible();
  });
});
