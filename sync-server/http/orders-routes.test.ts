import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  assigneesAnswerSchema,
  exceptionRowSchema,
  exceptionsAnswerSchema,
  orderDetailSchema,
  ordersAnswerSchema,
} from "#protocol/hq/orders.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import type { UserRecord } from "../access/users-port.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, EUR, HAMBURG, TEA } from "../testing/shop.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.stockUp([TEA], 5);
});
afterEach(() => http.close());

const post = (path: string, body: unknown) => http.hq(path, { method: "POST", body });

async function told<S extends z.ZodType>(schema: S, answer: Promise<Response>): Promise<z.output<S>> {
  return schema.parse(await (await answer).json());
}

async function placed(id: string, changes: Record<string, unknown> = {}) {
  const body = {
    channel: "web",
    id,
    number: `T-${id}`,
    currency: "EUR",
    customer: { name: "Anna Ahrens" },
    lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) }],
    payment: { kind: "paid" },
    delivery: { kind: "pickup", store: "BER1" },
    ...changes,
  };
  return shopOrderSchema.parse(await (await post("/shop/v1/orders", body)).json());
}

async function stockInHamburg(onHand: number): Promise<void> {
  await http.parts.deps.publisher.publish(async ({ tx, at }) => {
    const place = { store: HAMBURG.store, variant: TEA };
    await tx.addMovement(
      { ...place, quantity: onHand, reason: { kind: "initial" } },
      { cause: "delivery", at },
    );
  });
}

describe("exceptions at HQ", () => {
  test("are narrowed, tell until when they should be dealt with, and are taken on by somebody", async () => {
    await placed("1", { lines: [{ sku: "SKU-tea", quantity: 9, unitPrice: money(350, EUR) }] });
    const list = (query: string) => told(exceptionsAnswerSchema, http.hq(`/hq/v1/exceptions${query}`));
    const open = await list("?state=open&kind=noStoreForOrder");
    expect(open).toMatchObject({ total: 1, kinds: [{ kind: "noStoreForOrder", open: 1, overdue: 0 }] });
    const [raised] = open.exceptions;
    expect(raised).toMatchObject({ assignee: null, dueAt: (raised?.raisedAt ?? 0) + 2 * 3_600_000 });
    http.parts.clock.advance(3 * 3_600_000);
    expect((await list("")).kinds).toMatchObject([{ overdue: 1 }]);
    const path = `/hq/v1/exceptions/${encodeURIComponent(raised?.id ?? "")}/assign`;
    await post(path, { to: "me" });
    expect((await list("?assignee=me")).total).toBe(1);
    expect((await list("?assignee=nobody")).total).toBe(0);
    expect(await refusalOf(await post(path, { to: "somebody" }))).toMatchObject({ status: 404 });
    await post(path, { to: null });
    expect((await list("?assignee=nobody")).total).toBe(1);
    expect(await refusalOf(await http.hq("/hq/v1/exceptions?store=XYZ"))).toMatchObject({ status: 404 });
  });
});

const SOMEBODY: Omit<UserRecord, "id" | "email"> = {
  name: "",
  role: "support",
  stores: null,
  active: true,
  passwordHash: "a hash",
  totp: null,
  createdAt: instant(1_000),
  lastSignInAt: null,
};

describe("whom an exception can be given to", () => {
  const users: readonly Partial<UserRecord>[] = [
    { name: "Emre", role: "support" },
    { name: "Hanna", role: "admin" },
    { name: "Johanna of Berlin", role: "storeManager", stores: [BERLIN.store] },
    { name: "Svea of Hamburg", role: "storeManager", stores: [HAMBURG.store] },
    { name: "Ruth, who only reads", role: "auditor" },
    { name: "Gone", role: "support", active: false },
    { name: "Never came", role: "support", passwordHash: null },
  ];

  test("are those who deal with exceptions of its store; to others it is not given", async () => {
    await http.parts.storage.write(async (tx) => {
      for (const [at, user] of users.entries())
        await tx.putUser({
          ...SOMEBODY,
          id: idOf<"User">(`user-${at}`),
          email: `${at}@onetill.example`,
          ...user,
        });
    });
    await http.parts.storage.write((tx) =>
      tx.raiseException({
        id: "late-1",
        kind: "oversold",
        store: BERLIN.store,
        subject: null,
        raisedAt: instant(1_000),
        detail: {},
        closing: null,
      }),
    );
    const path = "/hq/v1/exceptions/late-1";
    const { users: offered } = await told(assigneesAnswerSchema, http.hq(`${path}/assignees`));
    expect(offered.map(({ name }) => name)).toEqual(["Emre", "Hanna", "Johanna of Berlin"]);
    const given = await told(exceptionRowSchema, post(`${path}/assign`, { to: "user-2" }));
    expect(given.assignee).toEqual({ id: "user-2", name: "Johanna of Berlin" });
    for (const at of [3, 4, 5, 6])
      expect(await refusalOf(await post(`${path}/assign`, { to: `user-${at}` }))).toMatchObject({
        status: 404,
      });
    expect(await refusalOf(await http.hq("/hq/v1/exceptions/none/assignees"))).toMatchObject({ status: 404 });
  });
});

describe("HQ changes an order", () => {
  const put = (path: string, body: unknown) => http.hq(path, { method: "PUT", body });

  test("its contact and fewer pieces, and the store's tills and the shop learn of it; who and why is kept", async () => {
    const { token } = await http.pair("BER1");
    const { id } = await placed("1");
    const detail = await told(orderDetailSchema, http.hq(`/hq/v1/orders/${id}`));
    const changed = await told(
      orderDetailSchema,
      put(`/hq/v1/orders/${id}`, {
        contact: { name: "Anna Ahrens", email: "anna@example.org", phone: null },
        pieces: [{ line: detail.lines[0]?.id, quantity: 1 }],
        reason: "Rang us",
      }),
    );
    expect(changed.payment).toMatchObject({ state: "paid", refunded: money(350, EUR) });
    expect(changed.refundable).toEqual(money(350, EUR));
    expect(changed.changes).toMatchObject([
      { reason: "Rang us", fields: ["contact", "pieces"], amount: null },
    ]);
    const pulled = await (await http.ask("/sync/v1/replica/orders?limit=10", { token })).text();
    expect(pulled).toContain("anna@example.org");
    const kept = (
      await http.parts.storage.read((tx) => tx.orderByExternalId({ channel: "web", externalId: "1" }))
    )?.givenUp;
    expect(kept).toMatchObject([{ quantity: 1 }]);
  });

  test("an edit that does not fit is refused whole, and changes nothing", async () => {
    const { id } = await placed("1");
    const before = await told(orderDetailSchema, http.hq(`/hq/v1/orders/${id}`));
    const line = before.lines[0]?.id;
    const bad = { note: "Hello", pieces: [{ line, quantity: 9 }], reason: "Typo" };
    expect(await refusalOf(await put(`/hq/v1/orders/${id}`, bad))).toMatchObject({ status: 400 });
    expect(await refusalOf(await put("/hq/v1/orders/none", { note: "x", reason: "y" }))).toMatchObject({
      status: 404,
    });
    expect(await told(orderDetailSchema, http.hq(`/hq/v1/orders/${id}`))).toEqual(before);
  });

  test("money goes back besides goods, up to what was paid, and the shop is told", async () => {
    const { id } = await placed("1");
    const give = (minor: number) =>
      post(`/hq/v1/orders/${id}/refund`, { amount: money(minor, EUR), reason: "A scratch" });
    expect(await refusalOf(await give(701))).toEqual({ status: 409, reason: "conflict" });
    const after = await told(orderDetailSchema, give(200));
    expect(after.payment.refunded).toEqual(money(200, EUR));
    expect(after.changes).toMatchObject([{ reason: "A scratch", fields: [], amount: money(200, EUR) }]);
    const shop = await told(shopOrderSchema, http.hq(`/shop/v1/orders/${id}`));
    expect(JSON.stringify(shop)).toContain('"refundedByShop":{"minor":200');
    // Whoever was not answered asks again with the id.
    const again = () =>
      post(`/hq/v1/orders/${id}/refund`, { id: "refund-1", amount: money(100, EUR), reason: "Late" });
    for (const asked of [again(), again()])
      expect((await told(orderDetailSchema, asked)).payment.refunded).toEqual(money(300, EUR));
  });
});

describe("HQ's list of orders", () => {
  test("has the newest first, and narrows by status, store and words", async () => {
    await placed("1");
    http.parts.clock.advance(1_000);
    const second = await placed("2", { customer: { name: "Ben Fuchs" } });
    await post(`/hq/v1/orders/${second.id}/cancel`, { reason: "double" });
    const numbers = async (query: string) =>
      (await told(ordersAnswerSchema, http.hq(`/hq/v1/orders${query}`))).orders.map(({ number }) => number);
    expect(await numbers("")).toEqual(["T-2", "T-1"]);
    expect(await numbers("?status=cancelled")).toEqual(["T-2"]);
    expect(await numbers("?store=HAM1")).toEqual([]);
    expect(await numbers("?search=ahrens")).toEqual(["T-1"]);
    expect(await numbers("?limit=1&offset=1")).toEqual(["T-1"]);
    expect((await http.hq("/hq/v1/orders?store=XYZ9")).status).toBe(404);
    const { orders, total } = await told(ordersAnswerSchema, http.hq("/hq/v1/orders?status=inProgress"));
    expect(total).toBe(1);
    expect(orders).toMatchObject([
      { channel: "web", customerName: "Anna Ahrens", stores: ["BER1"], pieces: 2 },
    ]);
  });
});

describe("one order at HQ", () => {
  test("shows its history, its store by name, and who is credited with it", async () => {
    const { id } = await placed("1");
    const order = await told(orderDetailSchema, http.hq(`/hq/v1/orders/${id}`));
    expect(order).toMatchObject({
      number: "T-1",
      status: "inProgress",
      delivery: { kind: "pickup", store: BERLIN.store },
      fulfilments: [{ store: "BER1", storeName: "Berlin Mitte", fulfilment: { state: "allocated" } }],
      credits: [{ to: "channel", name: "web", amount: money(700, EUR) }],
      exceptions: [],
    });
    expect(order.fulfilments[0]?.fulfilment.trace).toHaveLength(1);
    expect(await refusalOf(await http.hq("/hq/v1/orders/nothing"))).toEqual({
      status: 404,
      reason: "notFound",
    });
  });

  test("is cancelled with a reason, which its history keeps, and only once", async () => {
    const { id } = await placed("1");
    const cancel = () => post(`/hq/v1/orders/${id}/cancel`, { reason: "customer called" });
    const after = await told(orderDetailSchema, cancel());
    expect(after.status).toBe("cancelled");
    expect(after.fulfilments[0]?.fulfilment.trace.at(-1)).toMatchObject({
      act: "cancelled",
      by: { kind: "hq" },
      reason: "customer called",
    });
    expect(await refusalOf(await cancel())).toEqual({ status: 409, reason: "conflict" });
    expect((await post(`/hq/v1/orders/${id}/cancel`, {})).status).toBe(400);
  });

  test("is taken to another store that has it; to one that is not there, or when none has it, nothing changes", async () => {
    const { id, fulfilments } = await placed("1");
    const reroute = (store: string | null) =>
      post(`/hq/v1/orders/${id}/reroute`, { fulfilment: fulfilments[0]?.id, store, reason: "water damage" });
    expect(await refusalOf(await reroute("XYZ9"))).toEqual({ status: 404, reason: "notFound" });
    expect(await refusalOf(await reroute("HAM1"))).toEqual({ status: 409, reason: "conflict" });
    await stockInHamburg(5);
    const after = await told(orderDetailSchema, reroute("HAM1"));
    expect(after.fulfilments.map(({ store, fulfilment }) => [store, fulfilment.state])).toEqual([
      ["BER1", "declined"],
      ["HAM1", "allocated"],
    ]);
  });
});

describe("an exception about an order", () => {
  const unknown = { lines: [{ sku: "SKU-moon", quantity: 1, unitPrice: money(900, EUR) }] };

  test("is listed with its order and what makes sense, and is closed by one of those, with who and why", async () => {
    const order = await placed("1", unknown);
    expect(order.remarks).not.toEqual([]);
    const list = async () =>
      (await told(exceptionsAnswerSchema, http.hq("/hq/v1/exceptions"))).exceptions.find(
        ({ kind }) => kind === "unknownProduct",
      );
    const raised = await list();
    expect(raised).toMatchObject({ order: order.id, lands: "hq", resolved: false, closing: null });
    expect(raised?.resolutions).toEqual(["cancelOrder", "contact"]);
    const resolve = (resolution: string) =>
      post(`/hq/v1/exceptions/${encodeURIComponent(raised?.id ?? "")}/resolve`, {
        resolution,
        by: "Petra",
        note: "no such thing",
      });
    expect((await resolve("recount")).status).toBe(400);
    expect((await resolve("cancelOrder")).status).toBe(200);
    expect(await list()).toMatchObject({
      resolved: true,
      resolutions: [],
      closing: { resolution: "cancelOrder", by: "Petra", note: "no such thing" },
    });
    expect(await refusalOf(await resolve("contact"))).toEqual({ status: 409, reason: "conflict" });
    const after = await told(orderDetailSchema, http.hq(`/hq/v1/orders/${order.id}`));
    expect(after).toMatchObject({ status: "cancelled", exceptions: [raised?.id] });
  });
});
