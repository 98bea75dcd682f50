import { beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import {
  AS_NEW,
  boughtElsewhere,
  completed,
  purchaseDocument,
  returningOf,
  shown,
} from "../testing/return-fixture.ts";
import { DEVICE, euros } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { SERVER_WAIT_MS } from "./in-time.ts";
import { RETURN_LEASE_MS } from "./return-leases.ts";

const KEY = "ticket:t-far";
const OTHER_TILL = idOf<"Device">("device-2");
const MINUTE = 60_000;

let till: TillInMemory;
const purchase = boughtElsewhere();
const { ref } = purchase;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("receipts", purchaseDocument(purchase));
  await till.signIn();
});

function lease() {
  return returningOf(till).purchases[0]?.lease;
}

function pass(ms: number): void {
  till.clock.pass(ms);
  till.timers.pass(ms);
}

/** Resolves when the screen is next told that something changed. */
function told(): Promise<void> {
  return new Promise((resolve) => {
    const unwatch = till.shop.views.basket.watch(() => {
      unwatch();
      resolve();
    });
  });
}

async function returnedAPiece() {
  await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 1, ...AS_NEW });
  await till.verbs.giveBack({ amount: euros(850), to: { kind: "credit" } });
  return completed(till);
}

test("opening a purchase gets the right to it, and the ticket says by whose word it came back", async () => {
  await till.verbs.openReturn({ purchase: ref });
  expect(till.server.requests).toMatchObject([
    { act: "ask", subject: { kind: "receipt", id: KEY }, ttlMs: RETURN_LEASE_MS },
  ]);
  expect(lease()).toBe("held");
  await returnedAPiece();
  expect(till.journal.facts("ticket.completed").at(-1)?.ticket.returning?.by).toBe("lease");
});

test("the right is kept while the basket is open, and lapses when its colleague went away", async () => {
  await till.verbs.openReturn({ purchase: ref });
  for (const asked of [2, 3]) {
    const answered = told();
    pass(8 * MINUTE);
    await answered;
    expect(till.server.requests).toHaveLength(asked);
  }
  expect(lease()).toBe("held");
  await till.verbs.signOut({});
  pass(RETURN_LEASE_MS);
  expect(till.server.requests).toHaveLength(3);
  await till.signIn();
  await shown(till, () => lease() === "held");
  expect(till.server.requests).toHaveLength(4);
});

test("calling the return off gives the right back", async () => {
  await till.verbs.openReturn({ purchase: ref });
  await till.verbs.stopReturn({});
  await till.server.asked(2);
  expect(till.server.holderOf(KEY)).toBeNull();
});

test("throwing the basket away and setting it aside give it back too; taken up again it is asked for anew", async () => {
  await till.verbs.openReturn({ purchase: ref });
  await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 1, ...AS_NEW });
  const { id } = till.basket;
  await till.verbs.parkBasket({ label: "later" });
  await till.server.asked(2);
  expect(till.server.holderOf(KEY)).toBeNull();
  await till.verbs.recallBasket({ basket: id });
  await shown(till, () => lease() === "held");
  await till.verbs.discardBasket({ basket: id });
  await till.server.asked(4);
  expect(till.server.holderOf(KEY)).toBeNull();
});

test("after the return it stays until the server has booked it: else another till could take the goods back again", async () => {
  await till.verbs.openReturn({ purchase: ref });
  await returnedAPiece();
  expect(till.server.holderOf(KEY)).toBe(DEVICE);
  expect(till.server.requests.map(({ act }) => act)).not.toContain("release");
  till.journal.apply(till.journal.entries.length);
  await till.server.asked(till.server.requests.length + 1);
  expect(till.server.holderOf(KEY)).toBeNull();
});

test("another till's right is seen, and asked for again as long as the basket waits", async () => {
  till.server.leaseTo(KEY, OTHER_TILL, MINUTE);
  await till.verbs.openReturn({ purchase: ref });
  expect(lease()).toBe("another");
  till.server.leaseTo(KEY, DEVICE, 0);
  pass(MINUTE);
  await shown(till, () => lease() === "held");
});

test("a server that does not answer keeps nobody waiting for long", async () => {
  till.server.hangs = true;
  const opening = till.verbs.openReturn({ purchase: ref });
  await till.timers.until((rests) => rests.filter((ms) => ms === SERVER_WAIT_MS).length === 2);
  till.timers.pass(SERVER_WAIT_MS);
  expect(await opening).toMatchObject({ ok: true });
  expect(lease()).toBe("offline");
});

test("after a restart the right is asked for as soon as the colleague is back", async () => {
  await till.verbs.openReturn({ purchase: ref });
  await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 1, ...AS_NEW });
  await till.restart();
  await till.signIn();
  await shown(till, () => lease() === "held");
});

test("a purchase opened twice, by two colleagues, goes back when the last of them is done", async () => {
  await till.verbs.openReturn({ purchase: ref });
  await till.signIn("tarek");
  await till.verbs.openReturn({ purchase: ref });
  await till.verbs.stopReturn({});
  expect(till.server.holderOf(KEY)).toBe(DEVICE);
  await till.signIn("mira");
  const before = till.server.requests.length;
  await till.verbs.stopReturn({});
  await till.server.asked(before + 1);
  expect(till.server.holderOf(KEY)).toBeNull();
});
