import { beforeEach, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { creditAccount } from "#domain/value/ledger.ts";
import { AS_NEW, boughtElsewhere, completed, purchaseDocument, returningOf, withPolicy } from "../testing/return-fixture.ts";
import { euros, MUG } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { namedCredit } from "../credits/known-credit.ts";

const KEY = "ticket:t-far";
const OTHER = idOf<"Device">("device-2");
let till: TillInMemory;
const purchase = boughtElsewhere();
const { ref } = purchase;
beforeEach(async () => {
  till = await TillInMemory.open();
  till.replica.put("receipts", purchaseDocument(purchase));
  await till.signIn();
});

test("hot loop", async () => {
  await till.verbs.openReturn({ purchase: ref });
  (till.server as any).clockOffsetMs = () => -20 * 60_000;
  const before = till.server.requests.length;
  await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 1, ...AS_NEW });
  for (let i = 0; i < 200; i++) await Promise.resolve();
  const n = till.server.requests.length - before;
  till.server.goOffline();
  console.log("LOOP requests in 200 microtasks", n);
});

test("override covers later", async () => {
  withPolicy(till, { managerFor: ["damaged"] } as any);
  await till.verbs.openReturn({ purchase: ref });
  await till.verbs.chooseReturn({ purchase: ref, position: 0, quantity: 1, ...AS_NEW, condition: "damaged" } as any);
  console.log("OBST", JSON.stringify(returningOf(till).obstacles));
  const a = await till.verbs.approveReturn({ manager: "mara" as any, pin: "9999", reason: "damaged" } as any);
  console.log("APPROVE", (a as any).ok, (a as any).reason);
});

test("credit hold lapsed", async () => {
  const CODE = creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(3));
  const C = namedCredit(CODE);
  till.server.balances.set(CODE, { balance: { id: idOf<"Balance">(creditAccount(C.id)), kind: "credit", issued: euros(5100), spent: euros(0), issuedAt: instant(1_800_000_000_000), moves: ["a"] }, holder: null });
  await till.verbs.addItem({ variant: MUG, quantity: 6 });
  const t = await till.verbs.takeCredit({ code: CODE, amount: null });
  console.log("TAKE", (t as any).ok, (t as any).reason);
  till.clock.pass(20 * 60_000); till.timers.pass(20 * 60_000);
  till.server.leaseTo(C.id, OTHER, 15 * 60_000);
  till.server.balances.set(CODE, { balance: { id: idOf<"Balance">(creditAccount(C.id)), kind: "credit", issued: euros(5100), spent: euros(5100), issuedAt: instant(1_800_000_000_000), moves: ["a", "b"] }, holder: OTHER });
  const before = till.server.requests.length;
  const sold = await till.verbs.completeSale({ basket: till.basket.id });
  console.log("SOLD", (sold as any).ok, (sold as any).reason, "asked", till.server.requests.length - before);
});

test("gift reopened from list", async () => {
  expect(1).toBe(1);
});
