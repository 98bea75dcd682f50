import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import type { ViewValue } from "#protocol/till/contract.ts";
import { NexoSimulator } from "../../devices/payment-terminal/nexo-simulator.ts";
import { openNexoTerminal } from "../../devices/payment-terminal/nexo-terminal.ts";
import { AS_NEW, returningOf } from "../testing/return-fixture.ts";
import { euros, MUG, PINS, settingsWith } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { untilTerminal } from "../testing/until-terminal.ts";

const PATIENCE = { connectMs: 2_000, paymentMs: 300, statusMs: 2_000, endOfDayMs: 2_000 };
const MANAGER = { manager: idOf<"Staff">("johanna"), pin: PINS.johanna };

let sim: NexoSimulator;
let till: TillInMemory;

beforeEach(async () => {
  sim = new NexoSimulator();
  await sim.start();
  till = await TillInMemory.open();
  till.openTerminal = (setup) => openNexoTerminal(setup, PATIENCE);
  await till.restart();
  await till.signIn("johanna");
  const setup = {
    kind: "nexo",
    host: "127.0.0.1",
    port: sim.port,
    saleId: "T1",
    poiId: "P1",
    tls: null,
  } as const;
  expect(await till.verbs.setUpTerminal({ setup, approval: null })).toMatchObject({ ok: true });
  await till.signIn("mira");
});
afterEach(async () => {
  await till.shop.close();
  await sim.stop();
});

const now = () => till.shop.views.terminal.current().now;

const until = (holds: (view: ViewValue<"terminal">) => boolean) => untilTerminal(till, holds);
const view = () => till.shop.views.terminal.current();
const idle = () => until(({ now: { state } }) => state === "idle");
const isUnknown = () => until(({ now: { state } }) => state === "unknown");

async function ringMug(): Promise<void> {
  await till.verbs.addItem({ variant: MUG, quantity: 1 });
}
const payAll = () => till.verbs.payByTerminal({ amount: till.basket.remaining });

async function complete() {
  return till.verbs.completeSale({ basket: till.basket.id });
}

const cardTenders = () =>
  till.journal
    .facts("ticket.completed")
    .flatMap(({ ticket }) => ticket.tenders.flatMap((tender) => (tender.kind === "card" ? [tender] : [])));

test("the day is not closed while a terminal's answer may still come", async () => {
  await ringMug();
  await payAll();
  await idle();
  await complete();
  await ringMug();
  sim.next("silent");
  expect(await payAll()).toMatchObject({ ok: true });
  expect(await till.verbs.closeDay({ approval: null })).toEqual({ ok: false, reason: "openBaskets" });
});

describe("a card at the till's own terminal", () => {
  test("pays with one tap, and the ticket says brand, last four digits and the terminal's own name for it", async () => {
    await ringMug();
    expect(await payAll()).toEqual({ ok: true, value: {} });
    await idle();
    expect(now()).toMatchObject({ last: { outcome: "approved", approved: euros(850) } });
    const sold = await complete();
    if (!sold.ok) throw new Error(sold.reason);
    expect(cardTenders()).toMatchObject([
      { amount: euros(850), approvalCode: "100001", terminal: { brand: "Visa", lastFour: "0042" } },
    ]);
    const paper = JSON.stringify(sold.value.receipt.rows);
    expect(paper).toContain("Visa");
    expect(paper).toContain("0042");
    expect(paper).toContain("AID A0000000031010");
  });

  test("a declined card leaves the basket as it was: cash pays it, or the card again", async () => {
    await ringMug();
    sim.next("declined");
    await payAll();
    await idle();
    expect(now()).toMatchObject({
      last: { outcome: "notDone", reason: "declined", says: "DECLINED BY BANK" },
    });
    expect(till.basket.tenders).toEqual([]);
    await payAll();
    await idle();
    expect(till.basket.remaining).toEqual(euros(0));
  });

  test("a card that has not enough pays its part, and the rest stays open", async () => {
    await ringMug();
    sim.next("partial");
    await payAll();
    await idle();
    expect(till.basket.remaining).toEqual(euros(425));
    await till.verbs.takeCash({ tendered: euros(425) });
    expect(await complete()).toMatchObject({ ok: true });
  });

  test("while the customer has the terminal the basket is neither changed, parked, thrown away nor sold", async () => {
    await ringMug();
    sim.next("silent");
    await payAll();
    await sim.until(() => sim.isAsking);
    const { verbs, basket } = till;
    expect(await verbs.addItem({ variant: MUG, quantity: 1 })).toMatchObject({ reason: "paymentStarted" });
    for (const refusal of [
      await verbs.parkBasket({ label: "" }),
      await verbs.discardBasket({ basket: basket.id }),
      await verbs.takeCash({ tendered: euros(850) }),
      await verbs.completeSale({ basket: basket.id }),
      await payAll(),
    ])
      expect(refusal).toMatchObject({ ok: false, reason: "terminalPending" });
    expect(await verbs.abortTerminal({})).toMatchObject({ ok: true });
    await idle();
    expect(now()).toMatchObject({ last: { reason: "aborted" } });
    const approval = { manager: idOf<"Staff">("johanna"), pin: PINS.johanna };
    expect(await verbs.discardBasket({ basket: basket.id, approval })).toMatchObject({ ok: true });
    expect(sim.ledger.balance).toBe(0);
  });

  test("the cable is pulled after the approval: the terminal is asked, and the basket is paid once", async () => {
    await ringMug();
    sim.next("cablePulled");
    await payAll();
    await idle();
    expect(till.basket.remaining).toEqual(euros(0));
    await complete();
    expect(cardTenders()).toHaveLength(1);
    expect(sim.ledger.balance).toBe(850);
  });

  test("the till is killed while nobody knows: after the restart it asks before anybody can pay again", async () => {
    await ringMug();
    sim.next("late");
    await payAll();
    await sim.until(() => sim.holdsBack);
    await sim.stop();
    await till.restart();
    await till.signIn("mira");
    expect(now()).toMatchObject({ state: "unknown", amount: euros(850), staffName: "Mira Albers" });
    expect(await payAll()).toMatchObject({ reason: "terminalPending" });
    await sim.start();
    await idle();
    expect(till.basket.tenders).toMatchObject([{ kind: "card", amount: euros(850) }]);
    expect(sim.ledger.balance).toBe(850);
  });

  test("a request that never reached the terminal is given up once the terminal says so twice", async () => {
    await ringMug();
    sim.next("cablePulledBefore");
    await payAll();
    await idle();
    expect(now()).toMatchObject({ last: { reason: "notSent" } });
    expect(till.basket.tenders).toEqual([]);
  });

  test("a terminal that is off was not asked: nothing is pending", async () => {
    await ringMug();
    await sim.stop();
    await payAll();
    await idle();
    expect(now()).toMatchObject({ last: { reason: "unreachable" } });
  });

  test("a card that is taken back is reversed at the terminal, and the journal says so", async () => {
    await ringMug();
    await payAll();
    await idle();
    const [tender] = till.basket.tenders;
    await sim.stop();
    expect(await till.verbs.removeTender({ tender: tender!.id })).toMatchObject({ ok: true });
    expect(view().reversals).toMatchObject([{ amount: euros(850), state: "waiting", lastFour: "0042" }]);
    await till.restart();
    await sim.start();
    await until(({ reversals }) => reversals.length === 0);
    expect(sim.ledger.balance).toBe(0);
    expect(till.journal.facts("card.reversed")).toMatchObject([{ amount: euros(850), cause: "takenBack" }]);
  });

  test("a reversal that the terminal will not do is left to people, and what they did is journaled", async () => {
    await ringMug();
    await payAll();
    await idle();
    const [tender] = till.basket.tenders;
    for (const paid of sim.ledger.transactions) paid.reversedBy = "somebody";
    await till.verbs.removeTender({ tender: tender!.id });
    await until(({ reversals }) => reversals[0]?.state === "byHand");
    const { service } = view().reversals[0]!;
    const word = { ...UNSAID, service, happened: true, reason: "given in cash", approval: MANAGER };
    expect(await till.verbs.settleTerminal(word)).toMatchObject({ ok: true });
    expect(view().reversals).toEqual([]);
    expect(till.journal.facts("card.settledByHand")).toMatchObject([{ act: "reverse", amount: euros(850) }]);
  });

  test("a bank that takes more than was asked for is never booked: it goes back", async () => {
    await ringMug();
    sim.next("tooMuch");
    await payAll();
    await until(() => till.journal.facts("card.reversed").length === 1);
    expect(now()).toMatchObject({ last: { reason: "wrongAmount" } });
    expect(sim.ledger.balance).toBe(0);
    expect(till.journal.facts("card.reversed")).toMatchObject([{ cause: "wrongAmount" }]);
  });

  test("the end of the day asks the terminal for its totals, not while a payment is open", async () => {
    await ringMug();
    await payAll();
    await idle();
    const roles = USUAL_ROLES.map((role) => ({ ...role, permissions: ["sell"] as const }));
    till.replica.put("settings", settingsWith({ roles }));
    expect(await till.verbs.terminalEndOfDay({})).toEqual({ ok: false, reason: "notPermitted" });
    till.replica.put("settings", settingsWith({ roles: [...USUAL_ROLES] }));
    expect(await till.verbs.terminalEndOfDay({})).toMatchObject({
      ok: true,
      value: { brands: [{ brand: "Visa", paid: { count: 1, amount: euros(850) } }] },
    });
  });
});

describe("money that goes back by the terminal", () => {
  /** A mug that was paid by card comes back. */
  async function mugComesBack() {
    await ringMug();
    await payAll();
    await idle();
    const sold = await complete();
    if (!sold.ok) throw new Error(sold.reason);
    const purchase = { kind: "ticket", id: sold.value.ticket } as const;
    await till.verbs.openReturn({ code: sold.value.receipt.number });
    await till.verbs.chooseReturn({ purchase, position: 0, quantity: 1, ...AS_NEW });
    expect(returningOf(till).routes.find(({ kind }) => kind === "card")).toMatchObject({ paidBy: "100001" });
    return till.basket.giveBack;
  }

  test("is on the card that paid, by the terminal's own name for the payment; it cannot be taken back again", async () => {
    const amount = await mugComesBack();
    expect(await till.verbs.refundByTerminal({ amount, paidBy: "100001" })).toMatchObject({ ok: true });
    await idle();
    expect(sim.ledger.balance).toBe(0);
    const [tender] = till.basket.tenders;
    expect(tender).toMatchObject({
      kind: "refund",
      amount: euros(850),
      to: { kind: "card", paidBy: "100001", terminal: { brand: "Mastercard", reference: "SIM-000002" } },
    });
    expect(await till.verbs.removeTender({ tender: tender!.id })).toMatchObject({
      reason: "givenBackByTerminal",
    });
    expect(await complete()).toMatchObject({ ok: true });
  });

  test("that the bank refuses is given back another way", async () => {
    const amount = await mugComesBack();
    sim.next("declined");
    await till.verbs.refundByTerminal({ amount, paidBy: "100001" });
    await idle();
    expect(now()).toMatchObject({ last: { outcome: "notDone", reason: "declined", act: "giveBack" } });
    expect(till.basket.giveBack).toEqual(amount);
  });

  test("is asked for once, however often the cable is pulled", async () => {
    const amount = await mugComesBack();
    sim.next("cablePulled");
    await till.verbs.refundByTerminal({ amount, paidBy: "100001" });
    await idle();
    expect(await complete()).toMatchObject({ ok: true });
    expect(sim.ledger.transactions.filter(({ kind }) => kind === "refund")).toHaveLength(1);
  });
});

const UNSAID = { service: null, approvalCode: "", approval: null } as const;

describe("where the terminal cannot be asked", () => {
  beforeEach(async () => {
    await ringMug();
    sim.next("late");
    await payAll();
    await sim.until(() => sim.holdsBack);
    await sim.stop();
    await isUnknown();
  });

  test("a manager reads the slip: it was charged, and the basket is paid by the code on it", async () => {
    const word = { ...UNSAID, happened: true, approvalCode: "100001", reason: "slip is here" };
    expect(await till.verbs.settleTerminal(word)).toMatchObject({ reason: "approvalNeeded" });
    expect(await till.verbs.settleTerminal({ ...word, approvalCode: "", approval: MANAGER })).toMatchObject({
      reason: "approvalCodeMissing",
    });
    expect(await till.verbs.settleTerminal({ ...word, approval: MANAGER })).toMatchObject({ ok: true });
    expect(await complete()).toMatchObject({ ok: true });
    expect(till.journal.facts("card.settledByHand")).toMatchObject([
      { happened: true, approvalCode: "100001", approvedBy: "johanna", act: "pay" },
    ]);
  });

  test("a manager says it was not charged; when the terminal is back and says otherwise, it goes back to the card", async () => {
    const word = { ...UNSAID, happened: false, reason: "no slip", approval: MANAGER };
    expect(await till.verbs.settleTerminal(word)).toMatchObject({ ok: true });
    expect(now()).toMatchObject({ state: "idle" });
    await till.verbs.takeCash({ tendered: euros(850) });
    await complete();
    await till.restart();
    await sim.start();
    await Promise.all([
      until(() => till.journal.facts("card.reversed").length === 1),
      sim.until(() => sim.ledger.balance === 0),
    ]);
    expect(till.journal.facts("card.reversed")).toMatchObject([{ cause: "givenUp", amount: euros(850) }]);
  });
});
