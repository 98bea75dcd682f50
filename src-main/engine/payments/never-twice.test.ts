import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { NexoSimulator, type Scenario } from "../../devices/payment-terminal/nexo-simulator.ts";
import { openNexoTerminal } from "../../devices/payment-terminal/nexo-terminal.ts";
import { MUG, PINS, TEE_S } from "../testing/shop-fixture.ts";
import { TillInMemory } from "../testing/till-in-memory.ts";
import { untilTerminal } from "../testing/until-terminal.ts";

const PATIENCE = { connectMs: 2_000, paymentMs: 60, statusMs: 2_000, endOfDayMs: 2_000 };
const MANAGER = { manager: idOf<"Staff">("johanna"), pin: PINS.johanna };
const RUNS = 50;
const RUN_TIMEOUT_MS = 20_000;
const TIMEOUT_MS = 300_000;

type Act =
  | { readonly kind: "pay"; readonly like: Scenario; readonly share: number; readonly waits: boolean }
  | { readonly kind: "powerCut"; readonly writes: number }
  | {
      readonly kind:
        | "ring"
        | "cash"
        | "complete"
        | "abort"
        | "takeBack"
        | "discard"
        | "park"
        | "kill"
        | "cableOut"
        | "cableIn"
        | "lateAnswers"
        | "wait"
        | "sayNo"
        | "sayWhatHappened";
    };

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("pay" as const),
      like: fc.constantFrom<Scenario>(
        "approved",
        "approved",
        "declined",
        "partial",
        "silent",
        "cablePulled",
        "cablePulledBefore",
        "late",
        "garbled",
        "oversized",
        "tooMuch",
        "busy",
      ),
      share: fc.constantFrom(1, 1, 2, 3),
      waits: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        "ring",
        "ring",
        "cash",
        "complete",
        "complete",
        "abort",
        "takeBack",
        "discard",
        "park",
        "kill",
        "cableOut",
        "cableIn",
        "lateAnswers",
        "wait",
        "sayNo",
        "sayWhatHappened",
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("powerCut" as const), writes: fc.integer({ min: 0, max: 3 }) }),
  },
);

/** A till, its terminal, and somebody who plays all the parts. */
class Shop {
  readonly sim = new NexoSimulator();
  readonly till: TillInMemory;
  #isOff = false;

  private constructor(till: TillInMemory) {
    this.till = till;
  }

  static async open(): Promise<Shop> {
    const shop = new Shop(await TillInMemory.open());
    await shop.sim.start();
    const { till, sim } = shop;
    till.openTerminal = (setup) => openNexoTerminal(setup, PATIENCE);
    await till.restart();
    await till.signIn("johanna");
    const setup = {
      kind: "nexo",
      host: "127.0.0.1",
      port: sim.port,
      saleId: "T",
      poiId: "P",
      tls: null,
    } as const;
    expect(await till.verbs.setUpTerminal({ setup, approval: null })).toMatchObject({ ok: true });
    await till.signIn("mira");
    return shop;
  }

  async perform(each: Act): Promise<void> {
    const { till, sim } = this;
    const { verbs } = till;
    switch (each.kind) {
      case "ring":
        await verbs.addItem({ variant: sim.ledger.transactions.length % 2 === 0 ? MUG : TEE_S, quantity: 1 });
        return;
      case "pay": {
        const { remaining } = till.basket;
        const amount = { ...remaining, minor: Math.ceil(remaining.minor / each.share) };
        sim.next(each.like);
        const sent = await verbs.payByTerminal({ amount });
        if (!sent.ok) sim.forgetNext();
        else if (each.waits && !this.#isOff) await untilTerminal(till, ({ now }) => now.state !== "asking");
        return;
      }
      case "cash":
        await verbs.takeCash({ tendered: till.basket.remainingInCash });
        return;
      case "complete":
        await verbs.completeSale({ basket: till.basket.id });
        return;
      case "abort":
        await verbs.abortTerminal({});
        return;
      case "takeBack": {
        const tender = till.basket.tenders.find((one) => one.kind !== "card" || one.terminal !== undefined);
        if (tender !== undefined) await verbs.removeTender({ tender: tender.id });
        return;
      }
      case "discard":
        await verbs.discardBasket({ basket: till.basket.id });
        return;
      case "park":
        await verbs.parkBasket({ label: "later" });
        return;
      case "kill":
        return this.restart();
      case "powerCut":
        till.drafts.failAfter(each.writes);
        return;
      case "cableOut":
        this.#isOff = true;
        return sim.stop();
      case "cableIn":
        return this.cableIn();
      case "lateAnswers":
        sim.letGo();
        return;
      case "wait":
        await verbs.askTerminal({});
        return;
      case "sayNo":
        await verbs.settleTerminal({ ...SAID, happened: false });
        return;
      case "sayWhatHappened":
        await this.#sayWhatHappened();
        return;
    }
  }

  async cableIn(): Promise<void> {
    if (this.#isOff) await this.sim.start();
    this.#isOff = false;
  }

  async restart(): Promise<void> {
    await this.till.restart();
    this.till.drafts.failAfter(null);
    await this.till.signIn("mira");
  }

  /** Somebody reads the terminal's own list: what it took is paid, by the amount that was asked for. */
  async #sayWhatHappened(): Promise<void> {
    const { till, sim } = this;
    const service = (await this.requests())[0]?.service;
    const { now } = till.shop.views.terminal.current();
    const moved = sim.ledger.transactions.find((one) => one.service === service);
    if (now.state !== "unknown" || moved?.minor !== now.amount.minor) return;
    await till.verbs.settleTerminal({ ...SAID, happened: true, approvalCode: moved.approvalCode });
  }

  /** What lies on disk of baskets: their requests. */
  async requests() {
    return (await this.baskets()).flatMap(({ cardRequest }) =>
      cardRequest === undefined ? [] : [cardRequest],
    );
  }

  async baskets(): Promise<readonly DraftedBasket[]> {
    const drafts = await this.till.drafts.list("basket:");
    return drafts.map(({ value }) => (value as { basket: DraftedBasket }).basket);
  }

  /** Every card tender there is: of baskets on disk, and of tickets. */
  async cards(): Promise<readonly Card[]> {
    const baskets = await this.baskets();
    const entries = this.till.journal.facts("ticket.completed").map(({ ticket }) => ticket);
    const sold = new Set<string>(entries.map(({ basket }) => basket));
    return [
      ...baskets.filter(({ id }) => !sold.has(id)).flatMap(({ tenders }) => tenders),
      ...entries.flatMap(({ tenders }) => tenders as readonly Card[]),
    ].filter(({ kind }) => kind === "card");
  }
}

const SAID = { service: null, approvalCode: "", reason: "seen on the terminal", approval: MANAGER } as const;

interface Card {
  readonly id: string;
  readonly kind: string;
  readonly amount: { readonly minor: number };
  readonly terminal?: { readonly service: string };
}
interface DraftedBasket {
  readonly id: string;
  readonly tenders: readonly Card[];
  readonly cardRequest?: { readonly service: string; readonly tender: string };
}

/** Names of all payments that the books know of, in any way. */
async function known(shop: Shop): Promise<ReadonlySet<string>> {
  const { till } = shop;
  const requests = await shop.requests();
  const put = await Promise.all(
    ["card-reversal:", "card-given-up:"].map((prefix) => till.drafts.list(prefix)),
  );
  const cards = await shop.cards();
  const byHand = till.journal
    .facts("card.settledByHand")
    .filter(({ tender, happened }) => happened && cards.some(({ id }) => id === tender));
  return new Set([
    ...requests.map(({ service }) => service),
    ...put.flat().map(({ id }) => id.split(":")[1] ?? ""),
    ...cards.flatMap(({ terminal }) => (terminal === undefined ? [] : [terminal.service])),
    ...byHand.map(({ service }) => service),
  ]);
}

/** No payment that stands at the terminal is unknown to the till, at any moment. */
async function nothingIsLost(shop: Shop): Promise<void> {
  const standing = shop.sim.ledger.transactions.filter(({ reversedBy }) => reversedBy === null);
  const books = await known(shop);
  expect(standing.map(({ service }) => service).filter((service) => !books.has(service))).toEqual([]);
}

/** Once everybody is back and has answered, terminal and books agree to the cent. */
async function sumsAgree(shop: Shop): Promise<void> {
  const { till, sim } = shop;
  await shop.restart();
  await shop.cableIn();
  sim.letGo();
  if (sim.isAsking) await till.verbs.abortTerminal({});
  await untilTerminal(till, ({ now, reversals }) => now.state === "idle" && reversals.length === 0);
  const waiting = async () => (await till.drafts.list("card-given-up:")).length > 0;
  while (await waiting()) await till.verbs.askTerminal({});
  await untilTerminal(till, ({ reversals }) => reversals.length === 0);
  expect(sim.isAsking).toBe(false);
  const cards = await shop.cards();
  const services = cards.flatMap(({ terminal }) => (terminal === undefined ? [] : [terminal.service]));
  expect(new Set(services).size).toBe(services.length);
  expect(cards.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(sim.ledger.balance);
}

/** What went wrong once, in the order in which it was found. */
const ONCE_WRONG: Act[][] = [
  // A word given while the power went: the payment was booked after the restart, and then sent back all the same.
  [
    { kind: "pay", like: "late", share: 1, waits: true },
    { kind: "powerCut", writes: 3 },
    { kind: "sayNo" },
    { kind: "ring" },
    { kind: "pay", like: "approved", share: 1, waits: false },
    { kind: "ring" },
  ],
  // Given up by word while the customer still stood there: nobody stopped the terminal.
  [
    { kind: "pay", like: "silent", share: 1, waits: true },
    { kind: "sayNo" },
    { kind: "pay", like: "approved", share: 1, waits: false },
    { kind: "ring" },
  ],
];

test(
  "whatever breaks and whenever: what the terminal took is on a ticket, in a basket or on its way back, never lost and never twice",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 16 }), async (acts) => {
        const shop = await Shop.open();
        try {
          await shop.perform({ kind: "ring" });
          for (const each of acts) {
            await shop.perform(each);
            await nothingIsLost(shop);
          }
          await sumsAgree(shop);
          await nothingIsLost(shop);
        } finally {
          await shop.till.shop.close();
          await shop.sim.stop();
        }
      }),
      { numRuns: RUNS, timeout: RUN_TIMEOUT_MS, examples: ONCE_WRONG.map((acts) => [acts]) },
    );
  },
  TIMEOUT_MS,
);
