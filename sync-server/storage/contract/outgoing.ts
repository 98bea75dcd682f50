import assert from "node:assert/strict";
import { type Instant, idOf, instant } from "#domain/ids.ts";
import type { OutgoingEvent } from "../../events/port.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

function event(id: string, order: string | null, type = "order.ready"): OutgoingEvent {
  return { id, type, order: order === null ? null : idOf<"Order">(order), at: AT, data: `{"of":"${id}"}` };
}

function endpoint(id: string, types: readonly string[] = []) {
  return {
    id,
    url: `https://${id}.example/hook`,
    secret: "whsec_AAAA",
    types,
    createdAt: AT,
    pausedAt: null,
  };
}

async function tell(storage: Storage, ...events: readonly OutgoingEvent[]): Promise<void> {
  await storage.write(async (tx) => {
    for (const each of events) await tx.addEvent(each);
    await tx.spreadEvents(AT);
  });
}

async function due(storage: Storage, to: string, at: Instant = AT): Promise<readonly string[]> {
  const found = await storage.read((tx) => tx.dueDeliveries({ endpoint: to, at, limit: 100 }));
  return found.map((each) => each.event.id);
}

export const OUTGOING: readonly ContractCase[] = [
  {
    promise:
      "of events that say all that earlier ones said, one at most waits for an endpoint, and no sooner than the one before it would have come",
    check: async (storage) => {
      const latest = (id: string) => ({ ...event(id, null, "products.changed"), order: null });
      const add = (id: string) => storage.write((tx) => tx.addLatest(latest(id)));
      const spread = () => storage.write((tx) => tx.spreadEvents(AT));
      const asked = async () =>
        (await storage.read((tx) => tx.events({ after: 0, types: ["products.changed"], limit: 9 }))).map(
          (each) => each.event.id,
        );
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a")));
      for (const id of ["1", "2", "2"]) await add(id);
      assert.deepEqual(await asked(), ["2"]);
      await spread();
      assert.deepEqual(await due(storage, "a"), ["2"]);
      const failed = { failures: 3, nextTryAt: LATER, lastFailure: "status 500" };
      await storage.write((tx) => tx.putDelivery({ endpoint: "a", event: latest("2"), ...failed }));
      await add("3");
      await spread();
      assert.deepEqual(await due(storage, "a"), []);
      assert.deepEqual(await due(storage, "a", LATER), ["3"]);
      const counts = () => storage.read((tx) => tx.deliveryCounts("a"));
      assert.deepEqual(await counts(), { waiting: 1, dead: 0 });
      const givenUp = { failures: 9, nextTryAt: null, lastFailure: "status 500" };
      await storage.write((tx) => tx.putDelivery({ endpoint: "a", event: latest("3"), ...givenUp }));
      await add("4");
      await spread();
      assert.deepEqual(await due(storage, "a"), ["4"]);
      assert.deepEqual(await counts(), { waiting: 1, dead: 0 });
      await storage.write((tx) => tx.dropDelivery({ endpoint: "a", event: latest("4") }));
      await spread();
      assert.deepEqual(await due(storage, "a", LATER), []);
    },
  },
  {
    promise: "an event goes once to each endpoint that wants its type, and to none that came later",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addWebhookEndpoint(endpoint("all"));
        await tx.addWebhookEndpoint(endpoint("ready", ["order.ready"]));
      });
      await tell(storage, event("e1", "o1", "order.placed"), event("e2", "o2"));
      await storage.write((tx) => tx.spreadEvents(AT));
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("late")));
      await storage.write((tx) => tx.spreadEvents(AT));
      assert.deepEqual(await due(storage, "all"), ["e1", "e2"]);
      assert.deepEqual(await due(storage, "ready"), ["e2"]);
      assert.deepEqual(await due(storage, "late"), []);
    },
  },
  {
    promise:
      "of one order an endpoint is due one event at a time, whatever waits for a later try; others go ahead",
    check: async (storage, reopen) => {
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a")));
      await tell(
        storage,
        event("1", "o1"),
        event("2", "o1"),
        event("3", "o2"),
        event("4", null),
        event("5", null),
      );
      assert.deepEqual(await due(storage, "a"), ["1", "3", "4", "5"]);
      const first = { endpoint: "a", event: event("1", "o1") };
      const failed = { ...first, failures: 1, nextTryAt: LATER, lastFailure: "status 500" };
      await storage.write((tx) => tx.putDelivery(failed));
      assert.deepEqual(await due(storage, "a"), ["3", "4", "5"]);
      assert.deepEqual(await due(storage, "a", LATER), ["1", "3", "4", "5"]);
      await storage.write((tx) => tx.dropDelivery(first));
      assert.deepEqual(await due(await reopen(), "a"), ["2", "3", "4", "5"]);
    },
  },
  {
    promise: "a dead letter holds nothing up, is listed, and can be made due again",
    check: async (storage) => {
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a")));
      await tell(storage, event("1", "o1"), event("2", "o1"));
      const dead = {
        endpoint: "a",
        event: event("1", "o1"),
        failures: 9,
        nextTryAt: null,
        lastFailure: "timedOut",
      };
      await storage.write((tx) => tx.putDelivery(dead));
      assert.deepEqual(await due(storage, "a"), ["2"]);
      assert.deepEqual(await storage.read((tx) => tx.deadDeliveries({ to: "webhooks", limit: 10 })), [dead]);
      assert.deepEqual(await storage.read((tx) => tx.deliveryCounts("a")), { waiting: 1, dead: 1 });
      const nobody = await storage.write((tx) =>
        tx.reviveDeliveries({ to: "webhooks", endpoint: "b", event: null, at: AT }),
      );
      const revived = await storage.write((tx) =>
        tx.reviveDeliveries({ to: "webhooks", endpoint: null, event: "1", at: AT }),
      );
      assert.deepEqual([nobody, revived], [0, 1]);
      assert.deepEqual(await due(storage, "a"), ["1"]);
    },
  },
  {
    promise:
      "an endpoint that is removed takes what waits for it along; old events that nothing waits for are forgotten",
    check: async (storage) => {
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a")));
      await tell(storage, event("1", "o1"));
      await storage.write((tx) => tx.purgeEvents(instant(AT + 1)));
      assert.deepEqual(await due(storage, "a"), ["1"]);
      assert.equal(await storage.write((tx) => tx.removeWebhookEndpoint("a")), true);
      assert.equal(await storage.write((tx) => tx.removeWebhookEndpoint("a")), false);
      assert.deepEqual(await due(storage, "a"), []);
      await storage.write((tx) => tx.purgeEvents(instant(AT + 1)));
      await storage.write((tx) => tx.addEvent(event("1", "o1")));
    },
  },
  {
    promise:
      "events are read in order from a cursor on, of the types that are asked for; what was forgotten is told",
    check: async (storage) => {
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a", ["order.ready"])));
      await tell(
        storage,
        event("1", "o1"),
        event("2", null, "ticket.booked"),
        event("3", "o1", "order.placed"),
      );
      const read = async (after: number, types: readonly string[] = []) =>
        (await storage.read((tx) => tx.events({ after, types, limit: 10 }))).map(({ event: { id } }) => id);
      assert.deepEqual(await read(0), ["1", "2", "3"]);
      const [first] = await storage.read((tx) => tx.events({ after: 0, types: [], limit: 1 }));
      assert.deepEqual(first?.event, event("1", "o1"));
      assert.deepEqual(await read(first?.cursor ?? 0), ["2", "3"]);
      assert.deepEqual(await read(0, ["ticket.booked", "order.placed"]), ["2", "3"]);
      const { head, purgedTo } = await storage.read((tx) => tx.eventsHead());
      assert.equal(purgedTo, 0);
      assert.deepEqual(await read(head), []);
      await storage.write((tx) => tx.purgeEvents(instant(AT + 1)));
      assert.deepEqual(await read(0), ["1"]);
      assert.deepEqual(await storage.read((tx) => tx.eventsHead()), { head, purgedTo: head });
      await storage.write((tx) => tx.purgeEvents(instant(AT)));
      assert.deepEqual(await storage.read((tx) => tx.eventsHead()), { head, purgedTo: head });
    },
  },
  {
    promise:
      "each try to hand an event over is kept for its endpoint; any event can be sent once more while it is known",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addWebhookEndpoint(endpoint("a"));
        await tx.addWebhookEndpoint(endpoint("b"));
      });
      await tell(storage, event("1", "o1"));
      const tried = { endpoint: "a", event: "1", type: "order.ready", at: AT, tookMs: 12 };
      await storage.write(async (tx) => {
        await tx.noteAttempt({ ...tried, failure: "status 500" });
        await tx.noteAttempt({ ...tried, at: LATER, failure: null });
        await tx.noteAttempt({ ...tried, endpoint: "b", failure: null });
        await tx.dropDelivery({ endpoint: "a", event: event("1", "o1") });
      });
      const ask = { endpoint: "a", onlyFailed: false, before: null, limit: 10 };
      const attempts = await storage.read((tx) => tx.deliveryAttempts(ask));
      assert.deepEqual(
        attempts.map(({ cursor: _, ...each }) => each),
        [
          { ...tried, at: LATER, failure: null },
          { ...tried, failure: "status 500" },
        ],
      );
      const older = await storage.read((tx) =>
        tx.deliveryAttempts({ ...ask, before: attempts[0]?.cursor ?? null }),
      );
      assert.deepEqual(older, attempts.slice(1));
      const failed = await storage.read((tx) => tx.deliveryAttempts({ ...ask, onlyFailed: true }));
      assert.deepEqual(failed, attempts.slice(1));
      assert.deepEqual(await due(storage, "a"), []);
      const again = (id: string) => storage.write((tx) => tx.sendAgain({ endpoint: "a", event: id, at: AT }));
      assert.deepEqual([await again("1"), await again("none")], [true, false]);
      assert.deepEqual(await due(storage, "a"), ["1"]);
      await storage.write((tx) => tx.purgeEvents(LATER));
      assert.equal((await storage.read((tx) => tx.deliveryAttempts(ask))).length, 1);
      await storage.write((tx) => tx.removeWebhookEndpoint("a"));
      assert.deepEqual(await storage.read((tx) => tx.deliveryAttempts(ask)), []);
    },
  },
  {
    promise: "an endpoint keeps its secret when its address, its types or its pause change",
    check: async (storage) => {
      await storage.write((tx) => tx.addWebhookEndpoint(endpoint("a")));
      const change = { id: "a", url: "https://new.example/hook", types: ["order.ready"], pausedAt: LATER };
      assert.equal(await storage.write((tx) => tx.changeWebhookEndpoint(change)), true);
      assert.equal(await storage.write((tx) => tx.changeWebhookEndpoint({ ...change, id: "b" })), false);
      const kept = await storage.read((tx) => tx.webhookEndpoints());
      assert.deepEqual(kept, [{ ...endpoint("a"), ...change }]);
    },
  },
  {
    promise: "a shared basket is found by its code until it is purged",
    check: async (storage, reopen) => {
      const lines = [{ sku: idOf<"Sku">("A"), quantity: 2 }];
      const basket = { code: "ACDEFGHJ", from: "till", lines, note: "", expiresAt: LATER } as const;
      await storage.write((tx) => tx.putSharedBasket(basket));
      const open = await reopen();
      assert.deepEqual(await open.read((tx) => tx.sharedBasket("ACDEFGHJ")), basket);
      assert.equal(await open.read((tx) => tx.sharedBasket("ACDEFGHK")), null);
      await open.write((tx) => tx.purgeSharedBaskets(LATER));
      assert.notEqual(await open.read((tx) => tx.sharedBasket("ACDEFGHJ")), null);
      await open.write((tx) => tx.purgeSharedBaskets(instant(LATER + 1)));
      assert.equal(await open.read((tx) => tx.sharedBasket("ACDEFGHJ")), null);
    },
  },
];
