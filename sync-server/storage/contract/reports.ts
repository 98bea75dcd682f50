import assert from "node:assert/strict";
import { idOf, instant, type TicketId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { SumsBy, SumsFilter } from "#domain/reports/ask.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import { NO_SUMS, type Sums } from "#domain/reports/sums.ts";
import type { ReportMailRecord, SavedView } from "../../reports/port.ts";
import { product, TEA } from "../../testing/shop.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const EUR = idOf<"Currency">("EUR");
const CHF = idOf<"Currency">("CHF");
const DAY = idOf<"BusinessDay">("2027-01-15");
const ALL: SumsFilter = {
  family: "category",
  from: DAY,
  until: DAY,
  stores: null,
  channels: null,
  values: null,
  categories: null,
};

function sold(minor: number): Sums {
  return { ...NO_SUMS, parts: 1, soldPieces: 1, sold: minor, net: minor, costedNet: minor, cost: 1 };
}

function facts(ticket: string, changes: Partial<TicketFacts> = {}): TicketFacts {
  const line = {
    kind: "sold",
    channel: "store",
    seller: idOf<"Staff">("mira"),
    product: "p",
    brand: "Fennholm",
    of: null,
    reason: null,
    unitCost: 1,
  } as const;
  return {
    ticket: idOf<"Ticket">(ticket),
    order: null,
    number: `BER1-01-${ticket}`,
    at: AT,
    store: idOf<"Store">("ber"),
    device: idOf<"Device">("till"),
    staff: idOf<"Staff">("mira"),
    customer: null,
    day: DAY,
    hour: 9,
    currency: EUR,
    due: 350,
    rounding: 0,
    giftCards: 0,
    lines: [
      {
        ...line,
        position: 0,
        variant: idOf<"Variant">("tea"),
        category: "Tea",
        label: "Tea",
        sums: sold(100),
      },
      {
        ...line,
        position: 1,
        channel: "collect",
        variant: idOf<"Variant">("pot"),
        category: "Pots",
        label: "Pot",
        sums: sold(250),
      },
    ],
    parts: [
      {
        family: "tender",
        variant: "",
        place: 0,
        channel: "",
        value: "cash",
        label: "",
        sums: { ...NO_SUMS, parts: 1, sold: 350 },
      },
    ],
    ...changes,
  };
}

async function rows(storage: Storage, filter: Partial<SumsFilter>, by: SumsBy): Promise<readonly string[]> {
  const group = by === "value" ? "category" : by;
  const ask = {
    filter: { ...ALL, ...filter },
    by,
    group,
    main: "total",
    before: null,
    offset: 0,
    limit: 100,
  } as const;
  const answer = await storage.aside.read("report", ask);
  assert.ok(answer.ok);
  return answer.value.rows.map(({ key, currency, sums }) => `${key} ${currency} ${sums.sold} ${sums.parts}`);
}

const VIEW: SavedView = {
  id: "view",
  owner: { kind: "user", id: "ada", name: "Ada" },
  name: "Mondays",
  shared: false,
  view: {
    report: "sales",
    by: "day",
    period: "lastWeek",
    stores: null,
    channels: null,
    categories: null,
    compare: null,
  },
  mailing: { schedule: { every: "day", at: "07:00", timeZone: "UTC" }, recipients: ["ada@example.com"] },
  reach: null,
  nextAt: LATER,
};
const MAIL: ReportMailRecord = {
  id: "mail",
  view: "view",
  dueAt: AT,
  recipient: "ada@example.com",
  state: "waiting",
  tries: 0,
  nextTryAt: AT,
  sentAt: null,
  lastFailure: null,
};

export const REPORTS: readonly ContractCase[] = [
  {
    promise: "what reports know of a ticket is kept as it was counted, once, and taken away whole",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        assert.deepEqual([...(await tx.addTicketFacts([facts("1")]))], ["1"]);
        assert.deepEqual([...(await tx.addTicketFacts([facts("1")]))], []);
      });
      const kept = await reopen();
      assert.deepEqual(await kept.read((tx) => tx.ticketFacts(idOf<"Ticket">("1"))), facts("1"));
      const line = { purchase: { kind: "ticket", id: idOf<"Ticket">("1") }, position: 1 } as const;
      assert.equal((await kept.read((tx) => tx.soldLine(line)))?.sold.category, "Pots");
      await kept.write((tx) => tx.takeTicketFacts(idOf<"Ticket">("1")));
      assert.equal(await kept.read((tx) => tx.ticketFacts(idOf<"Ticket">("1"))), null);
      assert.deepEqual(await rows(kept, {}, "value"), []);
    },
  },
  {
    promise:
      "tickets are counted many at once, each once however often it is given, and come to what they come to one by one",
    check: async (storage) => {
      const named = (name: string, label: string) =>
        facts(name, { lines: facts(name).lines.map((line) => ({ ...line, label })) });
      const all = Array.from({ length: 70 }, (_, nth) => named(String(nth), `as of ${nth}`));
      const [first, ...later] = all;
      assert.ok(first !== undefined);
      await storage.write(async (tx) => {
        await tx.addTicketFacts([first]);
        const added = await tx.addTicketFacts([...later, first, ...later]);
        assert.deepEqual(added, new Set(later.map(({ ticket }) => ticket)));
        assert.deepEqual(await tx.addTicketFacts([]), new Set());
      });
      // Whatever they were called before, articles are called as on the last.
      assert.deepEqual(
        await storage.read((tx) => tx.ticketFacts(idOf<"Ticket">("7"))),
        named("7", "as of 69"),
      );
      assert.deepEqual(await rows(storage, {}, "value"), ["Pots EUR 17500 70", "Tea EUR 7000 70"]);
      assert.deepEqual(await rows(storage, {}, "store"), ["ber EUR 24500 140"]);
    },
  },
  {
    promise: "what took something of tickets back is found for many of them at once",
    check: async (storage) => {
      const [sold, other, back] = ["sold", "other", "back"].map((name) => idOf<"Ticket">(name));
      assert.ok(sold !== undefined && other !== undefined && back !== undefined);
      const of = (ticket: TicketId, name: string) =>
        facts(name, { lines: facts(name).lines.map((line) => ({ ...line, of: { ticket, position: 0 } })) });
      const taking = (...ids: readonly TicketId[]) => storage.read((tx) => tx.ticketsTakingBack(ids));
      await storage.write((tx) =>
        tx.addTicketFacts([facts("sold"), of(sold, "back"), of(sold, "again"), of(other, "third")]),
      );
      assert.deepEqual(
        await taking(sold, other, back),
        new Map([
          [sold, ["again", "back"]],
          [other, ["third"]],
        ]),
      );
      assert.deepEqual(await taking(back), new Map());
      assert.deepEqual(await taking(), new Map());
    },
  },
  {
    promise: "what an order sold without tickets is found by the order, and its lines by theirs",
    check: async (storage) => {
      const [id, other] = [idOf<"Order">("order-1"), idOf<"Order">("order-2")];
      const [first] = facts("x").lines;
      assert.ok(first !== undefined);
      const part = (nth: number) =>
        facts(`order-1/${nth}`, {
          order: id,
          lines: [{ ...first, category: `step ${nth}`, of: { ticket: id, position: 7 } }],
          at: instant(AT + nth),
        });
      await storage.write(async (tx) => {
        await tx.addTicketFacts([part(0), part(1)]);
        await tx.addTicketFacts([facts("a ticket")]);
      });
      assert.deepEqual(await storage.read((tx) => tx.factsOfOrder(id)), [part(0), part(1)]);
      assert.deepEqual(await storage.read((tx) => tx.factsOfOrder(other)), []);
      const line = { purchase: { kind: "order", id }, position: 7 } as const;
      const found = await storage.read((tx) => tx.soldLine(line));
      assert.equal(found?.sold.category, "step 0");
      assert.equal(found?.store, part(0).store);
      assert.equal(await storage.read((tx) => tx.soldLine({ ...line, position: 8 })), null);
    },
  },
  {
    promise: "an article is what the catalogue has of it now, and costs what it costs now",
    check: async (storage) => {
      const goods = () => storage.read((tx) => tx.goodsFacts([TEA, idOf<"Variant">("nothing")]));
      const found = async () => (await goods()).get(TEA)?.article ?? null;
      assert.equal(await found(), null);
      await storage.write((tx) => tx.putCost({ variant: TEA, cost: money(120, EUR) }));
      assert.deepEqual((await goods()).get(TEA), { article: null, cost: money(120, EUR) });
      assert.deepEqual((await goods()).get(idOf<"Variant">("nothing")), { article: null, cost: null });
      await storage.write((tx) => tx.putProduct(product(TEA, { brand: "Blatt", category: "Teas" })));
      assert.deepEqual(await found(), { product: product(TEA).id, category: "Teas", brand: "Blatt" });
      await storage.write((tx) => tx.putProduct(product(TEA, { brand: "Leaf", category: "Teas" })));
      assert.equal((await found())?.brand, "Leaf");
    },
  },
  {
    promise:
      "sums of days are those of their tickets, by any word of their lines, per store and currency, whatever is left out",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addTicketFacts([
          facts("1"),
          facts("2", { store: idOf<"Store">("ham") }),
          facts("3", { currency: CHF }),
          facts("4", { day: idOf<"BusinessDay">("2027-01-16") }),
        ]);
      });
      assert.deepEqual(await rows(storage, {}, "value"), [
        "Pots EUR 500 2",
        "Pots CHF 250 1",
        "Tea EUR 200 2",
        "Tea CHF 100 1",
      ]);
      assert.deepEqual(await rows(storage, {}, "store"), ["ber CHF 350 2", "ber EUR 350 2", "ham EUR 350 2"]);
      assert.deepEqual(await rows(storage, { stores: [idOf<"Store">("ham")] }, "value"), [
        "Pots EUR 250 1",
        "Tea EUR 100 1",
      ]);
      assert.deepEqual(await rows(storage, { channels: ["collect"] }, "channel"), [
        "collect EUR 500 2",
        "collect CHF 250 1",
      ]);
      for (const family of ["brand", "hour", "seller", "article"] as const)
        assert.equal(
          (await rows(storage, { family, categories: ["Tea"] }, "value"))[0]?.endsWith("EUR 200 2"),
          true,
        );
      assert.deepEqual(await rows(storage, { family: "tender" }, "value"), [
        "cash EUR 700 2",
        "cash CHF 350 1",
      ]);
    },
  },
  {
    promise: "the tickets of a figure add up to it, newest day first, page by page",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.addTicketFacts(["1", "2", "3"].map((name) => facts(name)));
      });
      const ask = { filter: { ...ALL, values: ["Tea"] }, days: null, currency: EUR, limit: 2 };
      const first = await storage.aside.read("reportTickets", { ...ask, after: null });
      assert.ok(first.ok);
      assert.deepEqual([first.value.count, first.value.sums.sold, first.value.tickets.length], [3, 300, 2]);
      const second = await storage.aside.read("reportTickets", { ...ask, after: first.value.next });
      assert.ok(second.ok);
      assert.deepEqual(
        second.value.tickets.map(({ ticket }) => ticket),
        ["1"],
      );
      assert.equal(second.value.next, null);
    },
  },
  {
    promise: "saved reports are found by their owner, by their time and with what was sent of them",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putReportView({ ...VIEW, name: "Before" });
        await tx.putReportView(VIEW);
        await tx.putReportView({
          ...VIEW,
          id: "other",
          owner: { kind: "user", id: "ben", name: "Ben" },
          nextAt: null,
        });
        await tx.putReportMail(MAIL);
      });
      const of = (owner: string) => storage.read((tx) => tx.reportViews({ owner, limit: 9 }));
      assert.equal(await storage.read((tx) => tx.reportViewsOf("ada")), 1);
      assert.equal(await storage.read((tx) => tx.reportViewsOf("nobody")), 0);
      assert.deepEqual(
        (await of("ada")).map(({ id }) => id),
        ["view"],
      );
      assert.deepEqual(
        (await of("ben")).map(({ id }) => id),
        ["other", "view"],
      );
      const due = (at: number) => storage.read((tx) => tx.reportViewsDue({ at: instant(at), limit: 9 }));
      assert.deepEqual([(await due(AT)).length, await due(LATER)], [0, [VIEW]]);
      const mails = await storage.read((tx) => tx.reportMailsDue({ at: AT, limit: 9 }));
      assert.deepEqual(mails, [MAIL]);
      await storage.write((tx) =>
        tx.putReportMail({ ...MAIL, state: "sent", nextTryAt: null, sentAt: LATER }),
      );
      assert.deepEqual(await storage.read((tx) => tx.reportMailsDue({ at: LATER, limit: 9 })), []);
      assert.equal(
        (await storage.read((tx) => tx.reportMails({ view: "view", limit: 9 })))[0]?.state,
        "sent",
      );
      await storage.write((tx) => tx.removeReportView("view"));
      assert.deepEqual(await storage.read((tx) => tx.reportMails({ view: "view", limit: 9 })), []);
    },
  },
];
