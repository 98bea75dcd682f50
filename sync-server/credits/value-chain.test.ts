import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { pointsAccount, toCustomerOf } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import { money } from "#domain/money/money.ts";
import type { RefundTo, SaleLine, Ticket, TicketTender } from "#domain/ticket/ticket.ts";
import { creditSums, overdrawnBy } from "#domain/value/credit.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, valueKindOf } from "#domain/value/credit-code.ts";
import { creditIdOf } from "#domain/value/credit-id.ts";
import { accountBalance, type CounterAccount, creditAccount } from "#domain/value/ledger.ts";
import { balanceSchema } from "#protocol/documents/balance.ts";
import { shopHoldSchema, soldGiftCardSchema } from "#protocol/shop/credit.ts";
import { HttpForTests, type HttpTill } from "../http-for-tests.ts";
import { sha256Hex } from "../sync/signatures.ts";
import { ofTicket, returnTicket } from "../testing/returns.ts";
import { customer, EUR, TEA } from "../testing/shop.ts";
import { expireGiftCards } from "./expiry.ts";

const euros = (minor: number) => money(minor, EUR);
const CODES = [1, 2].flatMap((seed) =>
  (["giftCard", "credit"] as const).map((kind) =>
    creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(seed), kind),
  ),
);
const PEOPLE = [customer("anna"), customer("bert")] as const;
const DAY_MS = 86_400_000;
const COUNTERS: readonly CounterAccount[] = [
  "issued",
  "giftCardSales",
  "restored",
  "sales",
  "paidOut",
  "expired",
  "voided",
];
const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 10, per: euros(100), categories: [] },
  tiers: [{ name: "Silver", from: 300, ppm: 2_000_000 }],
  burn: { points: 10, worth: euros(10), least: 10, most: null },
  expiresAfterMonths: 12,
};

/** One thing that happens: which, of which card or person, at which till or with which hold, and how much. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...(["card", "spend", "issue", "payOut", "earn", "burn", "return", "tell", "tellAgain"] as const),
      ...(["hold", "capture", "release", "refund", "sellOnline", "shopBurn", "shopRelease"] as const),
      ...(["hq", "adjust", "merge", "undo", "time", "tick"] as const),
    ),
    of: fc.nat(3),
    at: fc.nat(3),
    minor: fc.integer({ min: 1, max: 4_000 }),
  }),
  { minLength: 15, maxLength: 50 },
);
type Step = (typeof steps extends fc.Arbitrary<infer T> ? T : never) extends readonly (infer S)[] ? S : never;

class Chain {
  readonly http: HttpForTests;
  readonly #tills: readonly HttpTill[];
  readonly #sold: Ticket[] = [];
  readonly #holds: string[] = [];
  readonly codes = new Set<string>(CODES);
  #count = 0;

  constructor(http: HttpForTests, tills: readonly HttpTill[]) {
    this.http = http;
    this.#tills = tills;
  }

  static async open(): Promise<Chain> {
    const http = await HttpForTests.open();
    await http.parts.stockUp([TEA], 500);
    await http.parts.deps.publisher.publish(async (publication) => {
      for (const person of PEOPLE) await publication.putCustomer(person);
    });
    await http.hq("/hq/v1/loyalty", { method: "PUT", body: { programme: PROGRAMME } });
    const tills = [await http.pair("BER1"), await http.pair("HAM1")];
    for (const { till } of tills) till.begin();
    return new Chain(http, tills);
  }

  async do({ what, of, at, minor }: Step): Promise<void> {
    this.#count += 1;
    const code = CODES[of % CODES.length] ?? "";
    const person = PEOPLE[of % PEOPLE.length]?.id ?? PEOPLE[0].id;
    const till = this.#tills[at % this.#tills.length];
    const points = Math.ceil(minor / 100) * 10;
    if (till === undefined) throw new Error("there are tills");
    switch (what) {
      case "card":
        return this.#ring(till, { card: code, minor });
      case "spend":
        return this.#ring(till, { tender: { kind: "credit", amount: euros(minor), code } });
      case "burn":
        return this.#ring(till, {
          tender: { kind: "points", points, amount: euros(points), customer: person },
        });
      case "earn":
        return this.#ring(till, { earns: { person, points: minor } });
      case "issue":
        return this.#back(till, { kind: "credit", code }, minor);
      case "return":
        return this.#back(till, { kind: "points", customer: person, points }, minor);
      case "payOut": {
        const amount = euros(minor);
        const told = { code, amount, manager: idOf<"Staff">("johanna"), reason: "Not wanted" };
        till.till.write({ type: "giftCard.paidOut", id: randomUUID(), ...told });
        return;
      }
      case "tell":
      case "tellAgain":
        return this.#tell(till);
      case "hq":
        return this.#post(`/hq/v1/credits/${creditIdOf(code, sha256Hex)}/acts`, {
          act: (["void", "payOut", "restore", "restore"] as const)[at] ?? "void",
          reason: "On the phone",
        });
      case "adjust":
        return this.#post(`/hq/v1/customers/${person}/points`, {
          ...{ id: `adjust-${this.#count}`, points: at === 0 ? -points : points },
          ...{ reason: "Late parcel", by: "Hanna" },
        });
      case "shopBurn":
        return this.#post(`/shop/v1/loyalty/${person}/burn`, {
          ...{ channel: "web", order: `${at}`, points, total: euros(4_000) },
        });
      case "shopRelease":
        return this.#post(`/shop/v1/loyalty/${person}/release`, {
          ...{ channel: "web", order: `${at}`, reference: `${minor % 3}` },
          ...(minor % 2 === 0 ? {} : { points }),
        });
      case "merge":
      case "undo":
        return this.#merge(what === "merge");
      case "time":
        this.http.parts.clock.advance(minor * DAY_MS);
        return;
      case "tick":
        return this.#tick();
      default:
        return this.#online(what, { code, at, minor });
    }
  }

  async #online(
    what: "hold" | "capture" | "release" | "refund" | "sellOnline",
    { code, at, minor }: { readonly code: string; readonly at: number; readonly minor: number },
  ): Promise<void> {
    const key = `${minor % 3}`;
    const amount = euros(minor);
    if (what === "sellOnline") {
      const sold = await this.#ask("/shop/v1/gift-cards", { channel: "web", key, order: "7", amount });
      if (sold.ok) this.codes.add(soldGiftCardSchema.parse(await sold.json()).code);
      return;
    }
    if (what === "hold") {
      const wish = { channel: "web", key: `hold-${at}-${minor % 5}`, amount };
      const held = await this.#ask(`/shop/v1/credits/${code}/holds`, wish);
      if (held.ok) this.#holds.push(shopHoldSchema.parse(await held.json()).id);
      return;
    }
    const id = this.#holds[at % Math.max(1, this.#holds.length)] ?? "none";
    const part = minor % 2 === 0 ? {} : { amount };
    const body = { capture: { order: `${at}`, ...part }, release: {}, refund: { key, amount } }[what];
    await this.#post(`/shop/v1/holds/${id}/${what}`, body);
  }

  async settle(): Promise<void> {
    for (const till of this.#tills) await this.#tell(till);
    await this.#tick();
  }

  holds(): Promise<readonly { readonly id: string; readonly open: number }[]> {
    return this.http.parts.storage.read(async (tx) => {
      const found = await Promise.all([...new Set(this.#holds)].map((id) => tx.hold(id)));
      return found.flatMap((hold) =>
        hold === null ? [] : [{ id: hold.id, open: hold.captured.minor - hold.refunded.minor }],
      );
    });
  }

  #ring(
    { till }: HttpTill,
    {
      card,
      minor = 0,
      tender,
      earns,
    }: {
      readonly card?: string;
      readonly minor?: number;
      readonly tender?: DistributiveOmit<TicketTender, "id">;
      readonly earns?: { readonly person: CustomerId; readonly points: number };
    },
  ): void {
    till.at = instant(this.http.parts.clock.now() + this.#count);
    const plain = till.ticket([{ variant: TEA, quantity: 2 }]);
    const [tea] = plain.lines as readonly SaleLine[];
    const total = euros(minor);
    const act = this.#count % 3 === 0 ? "loaded" : "sold";
    const ticket: Ticket = {
      ...plain,
      ...(card === undefined || tea === undefined
        ? {}
        : { lines: [{ ...tea, unitPrice: total, gross: total, total, giftCard: { code: card, act } }] }),
      ...(tender === undefined
        ? {}
        : { tenders: [{ ...tender, id: idOf<"Tender">(randomUUID()) } as TicketTender] }),
      ...(earns === undefined
        ? {}
        : {
            customer: earns.person,
            loyalty: { earned: earns.points, shares: [{ position: 0, pieces: 2, points: earns.points }] },
          }),
    };
    this.#sold.push(ticket);
    till.write({ type: "ticket.completed", ticket });
  }

  #back({ till }: HttpTill, to: RefundTo, minor: number): void {
    const of = this.#sold[minor % Math.max(1, this.#sold.length)];
    if (of === undefined) return;
    till.at = instant(this.http.parts.clock.now() + this.#count);
    till.write({ type: "ticket.completed", ticket: returnTicket(till, ofTicket(of), { minor, to }) });
  }

  async #tell(till: HttpTill): Promise<void> {
    expect(await (await this.http.push(till, till.till.entries)).json()).toMatchObject({ ok: true });
  }

  async #merge(isMerge: boolean): Promise<void> {
    const { customers, storage } = this.http.parts.deps;
    const [survivor, former] = PEOPLE;
    if (isMerge) await customers.merge({ survivor: survivor.id, former: former.id, by: "Hanna" });
    const merges = await storage.read((tx) => tx.customerMerges([survivor.id, former.id]));
    const open = merges.find(({ undone }) => undone === null);
    if (!isMerge && open !== undefined) await customers.undo({ id: open.id, by: "Hanna" });
  }

  async #tick(): Promise<void> {
    const { publisher, storage, now, loyalty } = this.http.parts.deps;
    await expireGiftCards({ publisher, read: (work) => storage.read(work), now });
    await loyalty.tick();
  }

  #ask(path: string, body: unknown): Promise<Response> {
    return this.http.hq(path, { method: "POST", body });
  }

  /** Refused or not: what is not allowed changes nothing. Only the server itself must not fail. */
  async #post(path: string, body: unknown): Promise<void> {
    expect((await this.#ask(path, body)).status).toBeLessThan(500);
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

async function expectRight(chain: Chain): Promise<void> {
  const { storage } = chain.http.parts;
  await storage.read(async (tx) => {
    const documents = (
      await tx.liveDocuments({ feed: "balances", collection: "balances", after: "", limit: 99 })
    ).map(({ data }) => balanceSchema.parse(JSON.parse(data)));
    const exceptions = await tx.exceptions(500);
    expect(exceptions.filter(({ kind }) => kind === "notBooked")).toEqual([]);
    let all = 0;
    const told = new Map<string, number>();
    for (const account of COUNTERS)
      all += accountBalance(await tx.ledgerEntries(account), { account, currency: EUR }).minor;
    for (const code of chain.codes) {
      const id = creditIdOf(code, sha256Hex);
      const account = creditAccount(id, valueKindOf(code));
      const entries = await tx.ledgerEntries(account);
      all += accountBalance(entries, { account, currency: EUR }).minor;
      for (const { id: entry, postings } of entries)
        for (const posting of postings)
          if (posting.account === account) told.set(entry, posting.amount.minor);
      const sums = creditSums(id, entries);
      const document = documents.find((each) => each.id === account);
      expect(document ?? null).toEqual(sums === null ? null : expect.objectContaining(sums));
      const isTold = exceptions.some((each) => each.id === `overdrawn:${id}`);
      if (sums !== null && sums.issuedAt !== null && overdrawnBy(sums).minor > 0) expect(isTold).toBe(true);
    }
    expect(all).toBe(0);
    for (const { id, open } of await chain.holds()) {
      const own = [...told].filter(([entry]) => entry === `shop:${id}` || entry.startsWith(`shop:${id}:`));
      expect(0 - own.reduce((sum, [, minor]) => sum + minor, 0)).toBe(open);
      expect(open).toBeGreaterThanOrEqual(0);
    }
    let points = 0;
    for (const { id } of PEOPLE) {
      const entries = await tx.pointsEntries([id]);
      for (const { postings } of entries) expect(postings[0].points + postings[1].points).toBe(0);
      points += entries.reduce((sum, entry) => sum + toCustomerOf(entry), 0);
    }
    const shown = documents.filter((each) => PEOPLE.some(({ id }) => each.id === pointsAccount(id)));
    expect(shown.reduce((sum, each) => sum + (each.kind === "points" ? each.balance : 0), 0)).toBe(points);
  });
}

test("whatever tills, shops, HQ and time do to cards, credits and points, in whatever order it is told: the books add up to nothing, and tills are shown what is in them", async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (drawn) => {
      const chain = await Chain.open();
      try {
        for (const step of drawn) await chain.do(step);
        await chain.settle();
        await expectRight(chain);
      } finally {
        await chain.http.close();
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
}, 120_000);
