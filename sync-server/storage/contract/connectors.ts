import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Connector } from "../../connectors/port.ts";
import type { InboxMessage, ShopOrderMemory } from "../../connectors/records.ts";
import { EUR, product, TEA } from "../../testing/shop.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";
import { order } from "./orders.ts";

function connector(id: string): Connector {
  return {
    id,
    platform: "shopify",
    channel: idOf<"Channel">(`channel-${id}`),
    webhookSecret: "secret",
    apiUrl: "https://shop.example",
    credentials: { accessToken: "token" },
    locations: { "77": "BER1" },
    createdAt: AT,
  };
}

function message(delivery: string, changes: Partial<InboxMessage> = {}): InboxMessage {
  return {
    connector: "a",
    delivery,
    topic: "orders/create",
    body: "{}",
    receivedAt: AT,
    externalId: "1042",
    state: "taken",
    reason: "",
    tries: 1,
    nextTryAt: null,
    ...changes,
  };
}

async function add(storage: Storage, ...messages: readonly InboxMessage[]): Promise<readonly boolean[]> {
  return storage.write(async (tx) => {
    const added: boolean[] = [];
    for (const each of messages) added.push(await tx.addMessage(each));
    return added;
  });
}

export const CONNECTORS: readonly ContractCase[] = [
  {
    promise: "a connector is kept whole, alone in its channel, and takes all that is its own along",
    check: async (storage, reopen) => {
      await storage.write((tx) => tx.addConnector(connector("a")));
      await assert.rejects(
        storage.write((tx) => tx.addConnector({ ...connector("b"), channel: connector("a").channel })),
      );
      await add(storage, message("1"));
      const changed = { ...connector("a"), locations: {} };
      await storage.write((tx) => tx.putConnector(changed));
      const open = await reopen();
      assert.deepEqual(await open.read((tx) => tx.connector("a")), changed);
      assert.deepEqual(await open.read((tx) => tx.connectors()), [changed]);
      assert.equal(await open.write((tx) => tx.removeConnector("a")), true);
      assert.equal(await open.write((tx) => tx.removeConnector("a")), false);
      assert.equal(await open.read((tx) => tx.connector("a")), null);
      assert.equal(await open.read((tx) => tx.message({ connector: "a", delivery: "1" })), null);
    },
  },
  {
    promise: "a delivery of a connector is noted once, whatever it says the second time",
    check: async (storage, reopen) => {
      const again = message("1", { body: '{"other":1}' });
      assert.deepEqual(await add(storage, message("1"), again), [true, false]);
      assert.deepEqual(await add(storage, message("1", { connector: "b" })), [true]);
      const open = await reopen();
      assert.deepEqual(await open.read((tx) => tx.message(again)), message("1"));
      assert.deepEqual(await add(open, again), [false]);
    },
  },
  {
    promise: "messages are listed newest first, by connector and state, page by page, and counted",
    check: async (storage) => {
      const waiting = message("2", { state: "waiting", nextTryAt: LATER });
      await add(storage, message("1"), waiting, message("3", { state: "dead", reason: "no" }));
      await add(storage, message("4", { connector: "b" }));
      const list = (ask: { connector?: string; state?: InboxMessage["state"]; before?: number }) =>
        storage.read(async (tx) => {
          const { connector: of = null, state = null, before = null } = ask;
          return tx.messages({ connector: of, state, before, limit: 2 });
        });
      const names = (found: readonly InboxMessage[]) => found.map(({ delivery }) => delivery);
      assert.deepEqual(names(await list({})), ["4", "3"]);
      const [newest, next] = await list({ connector: "a" });
      assert.deepEqual(names([newest, next].flatMap((each) => each ?? [])), ["3", "2"]);
      assert.deepEqual(names(await list({ connector: "a", before: next?.cursor ?? 0 })), ["1"]);
      assert.deepEqual(names(await list({ state: "dead" })), ["3"]);
      assert.deepEqual(await storage.read((tx) => tx.messageCounts("a")), { waiting: 1, dead: 1 });
    },
  },
  {
    promise: "a message that waits is due at its time, is found by its order, and what became of it is kept",
    check: async (storage) => {
      const waiting = message("1", { state: "waiting", nextTryAt: LATER });
      await add(storage, waiting, message("2"), message("3", { state: "waiting", externalId: "7" }));
      const due = (at: typeof AT) => storage.read((tx) => tx.messagesDue({ at, limit: 9 }));
      assert.deepEqual(await due(AT), []);
      assert.deepEqual(await due(LATER), [waiting]);
      assert.deepEqual(await storage.read((tx) => tx.messagesWaitingFor(waitingFor)), [waiting]);
      const dead = {
        ...waiting,
        state: "dead",
        reason: "It never came.",
        tries: 9,
        nextTryAt: null,
      } as const;
      await storage.write((tx) => tx.putMessage(dead));
      assert.deepEqual(await due(LATER), []);
      assert.deepEqual(await storage.read((tx) => tx.messagesWaitingFor(waitingFor)), []);
      assert.deepEqual(await storage.read((tx) => tx.message(waiting)), dead);
    },
  },
  {
    promise: "of old messages only those are forgotten that nobody has to look at",
    check: async (storage) => {
      await add(
        storage,
        message("1"),
        message("2", { state: "ignored" }),
        message("3", { state: "dead" }),
        message("4", { state: "waiting" }),
        message("5", { receivedAt: LATER }),
      );
      await storage.write((tx) => tx.purgeMessages(instant(AT + 1)));
      const ask = { connector: null, state: null, before: null, limit: 9 };
      const left = (await storage.read((tx) => tx.messages(ask))).map(({ delivery }) => delivery);
      assert.deepEqual(left, ["5", "4", "3"]);
    },
  },
  {
    promise: "what was said of a forgotten customer's order is blank, and still known to have been said",
    check: async (storage) => {
      await storage.write((tx) => tx.addConnector(connector("a")));
      const said = message("1");
      const waiting = message("2", { state: "waiting", nextTryAt: LATER });
      await add(storage, said, waiting, message("3", { externalId: "7" }));
      const { channel } = connector("a");
      const externalId = waitingFor.externalId;
      await storage.write((tx) => tx.blankMessages({ channel, externalId }));
      assert.deepEqual(await storage.read((tx) => tx.message(said)), { ...said, body: "" });
      assert.deepEqual(await storage.read((tx) => tx.message(waiting)), waiting);
      assert.notEqual((await storage.read((tx) => tx.message({ connector: "a", delivery: "3" })))?.body, "");
      assert.deepEqual(await add(storage, said), [false]);
    },
  },
  {
    promise: "what a shop said of an order last, and how far it was told of stock, is remembered",
    check: async (storage, reopen) => {
      const memory: ShopOrderMemory = {
        ...waitingFor,
        updatedAt: null,
        standing: "waiting",
        refunds: [{ id: "r1", amount: money(5, EUR), lines: [] }],
      };
      const told = {
        connector: "a",
        location: "77",
        cursor: 4,
        safetyStock: 1,
        failures: 1,
        nextTryAt: LATER,
        lastFailure: "busy",
      };
      await storage.write(async (tx) => {
        await tx.putShopOrderMemory(memory);
        await tx.putStockTold(told);
      });
      const open = await reopen();
      assert.deepEqual(await open.read((tx) => tx.shopOrderMemory(waitingFor)), memory);
      assert.equal(await open.read((tx) => tx.shopOrderMemory({ ...waitingFor, connector: "b" })), null);
      const newer = { ...memory, updatedAt: LATER, standing: "cancelled", refunds: [] } as const;
      const further = { ...told, cursor: 9, failures: 0, nextTryAt: null, lastFailure: null };
      await open.write(async (tx) => {
        await tx.putShopOrderMemory(newer);
        await tx.putStockTold(further);
      });
      assert.deepEqual(await open.read((tx) => tx.shopOrderMemory(waitingFor)), newer);
      assert.deepEqual(await open.read((tx) => tx.stockTold("a")), [further]);
      assert.deepEqual(await open.read((tx) => tx.stockTold("b")), []);
    },
  },
  {
    promise: "an event of an order goes to the connector of its channel, and to no other",
    check: async (storage) => {
      const own = order("o1", { channel: connector("a").channel });
      const other = order("o2", { channel: idOf<"Channel">("elsewhere") });
      const event = (id: string, of: typeof own) => {
        return { id, type: "order.ready", order: of.id, at: AT, data: "{}" };
      };
      await storage.write(async (tx) => {
        await tx.addConnector(connector("a"));
        await tx.addConnector(connector("b"));
        await tx.putOrder(own, null);
        await tx.putOrder(other, null);
        await tx.addEvent(event("e1", own));
        await tx.addEvent(event("e2", other));
        await tx.spreadEvents(AT);
      });
      const due = (endpoint: string) =>
        storage.read((tx) => tx.dueDeliveries({ endpoint, at: AT, limit: 9 }));
      const [first, ...rest] = await due("a");
      assert.deepEqual([first?.event, rest, await due("b")], [event("e1", own), [], []]);
      if (first === undefined) return;
      await storage.write((tx) => tx.putDelivery({ ...first, nextTryAt: null, lastFailure: "no" }));
      const dead = (to: "webhooks" | "connectors") =>
        storage.read(async (tx) => (await tx.deadDeliveries({ to, limit: 9 })).length);
      assert.deepEqual([await dead("webhooks"), await dead("connectors")], [0, 1]);
      const revive = (to: "webhooks" | "connectors") =>
        storage.write((tx) => tx.reviveDeliveries({ to, endpoint: null, event: null, at: AT }));
      assert.deepEqual([await revive("webhooks"), await revive("connectors")], [0, 1]);
      await storage.write((tx) => tx.removeConnector("a"));
      assert.deepEqual(await due("a"), []);
    },
  },
  {
    promise: "a variant's SKU is found by its id",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA)));
      assert.equal(await storage.read((tx) => tx.skuOf(TEA)), "SKU-tea");
      assert.equal(await storage.read((tx) => tx.skuOf(idOf<"Variant">("none"))), null);
    },
  },
];

const waitingFor = { connector: "a", externalId: "1042" };
