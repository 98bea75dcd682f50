import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { countSchema } from "#protocol/documents/count.ts";
import { deliverySchema } from "#protocol/documents/delivery.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema, enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { recordedExchanges } from "#protocol/testing/recorded-exchange.ts";
import { recordedReader } from "#protocol/testing/recorded-reader.ts";
import { PROTOCOL_HEADER } from "#protocol/version.ts";
import { saveDelivery } from "../deliveries/save-delivery.ts";
import { DEMO_PROMOTIONS } from "../demo/demo-promotions.ts";
import { type Asked, HttpForTests } from "../http-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";
import { placeRecorded, recordedFirst, recordedOrders } from "../testing/recorded-documents.ts";
import { BERLIN, cashier } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";

const FOLDER = resolve(import.meta.dirname, "../../protocol/recorded");
/** Days by their versions and names. */
const RECORDED = globSync("*/{till,second-day}.ndjson", { cwd: FOLDER })
  .map((file) => file.slice(0, -".ndjson".length))
  .sort();
const readsOf = (day: string): string => join(FOLDER, dirname(day), "reads.ndjson");
const WITH_READS = RECORDED.filter((day) => existsSync(readsOf(day)));
const TOKEN = "a-token-that-only-this-test-knows";

function recordingOf(day: string) {
  const exchanges = recordedExchanges(readFileSync(join(FOLDER, `${day}.ndjson`), "utf8"));
  const [enrol] = exchanges;
  // All that it says, in its order; of what it reads only what it asks by a word of its own.
  const said = exchanges
    .slice(1)
    .filter(({ method, path }) => method === "POST" || path.startsWith("/sync/v1/availability"))
    .map(({ method, path, body }) => {
      const asked: Asked = method === "POST" ? { method, body } : { method };
      return { path, asked, call: path.replace("/sync/v1/", "").split("?")[0] };
    });
  const pushes = said
    .filter(({ call }) => call === "journal")
    .map(({ asked }) => {
      const { entries } = z.object({ entries: z.array(entrySchema) }).parse(asked.body);
      return { asked, entries };
    });
  const pulls = exchanges.filter(({ path }) => path.startsWith("/sync/v1/replica/"));
  const entries = pushes.flatMap((push) => push.entries);
  const orders = recordedOrders(exchanges);
  const counts = recordedFirst(exchanges, "counts", countSchema);
  const deliveries = recordedFirst(exchanges, "deliveries", deliverySchema);
  const version = enrol?.till ?? 0;
  return { enrol, said, pushes, pulls, entries, orders, counts, deliveries, version };
}

type Recording = ReturnType<typeof recordingOf>;

/** What the store has of its articles after what the recorded till did, and the least that it had. */
function levelsAfter(entries: Recording["entries"]) {
  const onHand = new Map<string, number>();
  const least = new Map<string, number>();
  const become = (variant: string, pieces: number): void => {
    onHand.set(variant, pieces);
    least.set(variant, Math.min(least.get(variant) ?? ON_HAND, pieces));
  };
  const move = (variant: string, pieces: number) =>
    become(variant, (onHand.get(variant) ?? ON_HAND) + pieces);
  for (const { fact } of entries) {
    if (fact.type === "stock.adjusted") move(fact.variant, fact.quantity);
    if (fact.type === "stock.counted") become(fact.variant, fact.counted);
    if (fact.type === "delivery.sent") for (const line of fact.lines) move(line.variant, -line.pieces);
    if (fact.type === "delivery.received") for (const line of fact.lines) move(line.variant, line.good);
    if (fact.type === "order.handedOver" || fact.type === "order.shipped")
      for (const line of fact.lines) move(line.variant, -line.quantity);
    if (fact.type !== "ticket.completed") continue;
    for (const line of fact.ticket.lines) {
      const isGoods = line.kind === "sale" && line.order === undefined && line.giftCard === undefined;
      if (isGoods) move(line.variant, -line.quantity);
      if (line.kind === "return" && line.disposition === "stock") move(line.variant, line.quantity);
    }
  }
  return { onHand, least };
}

/** What a till of each recording asks besides its documents. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "0.1/till": ["journal", "leases"],
  "0.2/till": ["journal", "leases"],
  "v1/till": ["journal", "leases", "purchases", "receipt-mails"],
  "v1/second-day": ["balances", "journal", "leases", "points", "purchases"],
  "v2/till": ["health", "journal", "leases", "purchases", "receipt-mails"],
  "v2/second-day": ["balances", "health", "journal", "leases", "points", "purchases"],
  "v3/till": ["availability", "health", "journal", "leases", "purchases", "receipt-mails"],
  "v3/second-day": ["balances", "health", "journal", "leases", "points", "purchases"],
};

const ON_HAND = 100;

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

/** The recorded till as the server knows it, with goods to sell, and what HQ and shops wanted of it. It is the end of its day, and it asks as it does. */
async function known({ enrol, entries, orders, counts, deliveries, version }: Recording) {
  const asked = enrolRequestSchema.parse(enrol?.body);
  const { device, store, register, epoch } = enrolAnswerSchema.parse(JSON.parse(enrol?.answer ?? ""));
  if (asked.kind !== "pair") throw new Error("the recording begins with no pairing");
  const { publicKey, name } = asked;
  const { parts } = http;
  const [first] = entries;
  const last = entries.at(-1);
  if (first === undefined || last === undefined) throw new Error("the recorded till said nothing");
  parts.clock.advance(first.at - parts.clock.now() - 1_000);
  await parts.storage.write((tx) =>
    tx.addDevice({ id: device, store, register, epoch, publicKey, name }, hashSecret(TOKEN)),
  );
  const ordered = orders.flatMap(({ fulfilment }) => fulfilment.lines.map(({ variant }) => variant));
  const moved = [...levelsAfter(entries).onHand.keys()].map((variant) => idOf<"Variant">(variant));
  const variants = [...new Set([...moved, ...ordered])];
  await parts.stockUp(variants, ON_HAND);
  await placeRecorded(parts.deps.publisher, orders);
  await parts.deps.publisher.publish(async (publication) => {
    for (const { areas: _, ...plan } of counts)
      await publication.tx.putCount({ ...plan, store, state: "open", finished: null });
    for (const delivery of deliveries) await saveDelivery(publication, delivery);
  });
  parts.clock.advance(last.at - parts.clock.now() + 1_000);
  const ask = (path: string, more: Asked = {}) =>
    http.ask(path.startsWith("/") ? path : `/sync/v1/${path}`, {
      token: TOKEN,
      headers: { [PROTOCOL_HEADER]: String(version) },
      ...more,
    });
  return { ask, store, variants };
}

/** State that an act of a till leaves a part of an order in. */
const LEFT_BY: Readonly<Record<string, string>> = {
  "order.accepted": "accepted",
  "order.declined": "declined",
  "order.handedOver": "collected",
  "order.picked": "ready",
  "order.pickingStarted": "picking",
  "order.pickingStopped": "accepted",
  "order.shipped": "shipped",
};

/** What a till's journal says of orders, gift cards and slips, points, cases, drawers, returns, counts, deliveries and hours. */
function meantBy({ entries }: Recording) {
  const meant = empty();
  for (const { fact, id } of entries) {
    const left = LEFT_BY[fact.type];
    if ("fulfilment" in fact && left !== undefined) meant.orders[fact.fulfilment] = left;
    if (fact.type === "order.placed")
      meant.placed[fact.order.id] = fact.order.lines.map(({ total }) => total.minor);
    if (fact.type === "case.opened") meant.cases[fact.opening.id] = "open";
    if (fact.type === "case.noted") meant.cases[fact.case] = fact.act.move?.to ?? "open";
    if (fact.type === "shift.opened") meant.drawers[fact.shift] = [fact.float.total.minor];
    if (fact.type === "cash.moved") meant.drawers[fact.shift]?.push(fact.amount.minor);
    if (fact.type === "shift.counted") meant.drawers[fact.shift]?.push(fact.count.total.minor);
    if (fact.type === "shift.closed") meant.drawers[fact.shift]?.push(fact.variance.minor);
    if (fact.type === "day.closed") meant.reports[id] = fact.report.number;
    if (fact.type === "staff.clockedIn") meant.hours[id] = "in";
    if (fact.type === "staff.clockedOut") meant.hours[id] = "out";
    if (fact.type === "giftCard.paidOut") add(meant.value, fact.code, -fact.amount.minor);
    if (fact.type === "stock.areaCounted")
      meant.areas[fact.id] = fact.lines.reduce((sum, { counted }) => sum + counted, 0);
    if (fact.type === "stock.countFinished") meant.counts[fact.count] = "counted";
    if (fact.type === "delivery.received")
      meant.received[fact.delivery] = fact.lines.flatMap(({ good, damaged }) => [good, damaged]);
    if (fact.type === "order.placed" || fact.type === "ticket.completed") meant.tickets += 1;
    if (fact.type !== "ticket.completed") continue;
    const { ticket } = fact;
    for (const line of ticket.lines) {
      if (line.kind === "sale" && line.giftCard !== undefined)
        add(meant.value, line.giftCard.code, line.total.minor);
      if (line.kind === "return" && line.of !== undefined && line.of !== null)
        add(meant.returned, purchaseKey(line.of.purchase), line.quantity);
    }
    for (const tender of ticket.tenders) {
      const cause = `${ticket.id}:${tender.id}`;
      if (tender.kind === "credit") add(meant.value, tender.code, -tender.amount.minor);
      if (tender.kind === "points") meant.points[cause] = -tender.points;
      if (tender.kind !== "refund") continue;
      if (tender.to.kind === "credit") add(meant.value, tender.to.code, tender.amount.minor);
      if (tender.to.kind === "points") meant.points[cause] = tender.to.points;
    }
    const earned = ticket.loyalty?.earned ?? 0;
    if (earned > 0) meant.points[`earned:ticket:${ticket.id}`] = earned;
  }
  return meant;
}

function add(to: Record<string, number>, name: string, amount: number): void {
  to[name] = (to[name] ?? 0) + amount;
}

function empty() {
  const minors = (): Record<string, number> => ({});
  const words = (): Record<string, string> => ({});
  const lists = (): Record<string, number[]> => ({});
  return {
    tickets: 0,
    orders: words(),
    placed: lists(),
    value: minors(),
    points: minors(),
    cases: words(),
    drawers: lists(),
    reports: minors(),
    returned: minors(),
    areas: minors(),
    counts: words(),
    received: lists(),
    hours: words(),
  };
}

/** The same, as the server has it. */
async function standingOf(recording: Recording) {
  const meant = meantBy(recording);
  const store = enrolAnswerSchema.parse(JSON.parse(recording.enrol?.answer ?? "")).store;
  const { storage, deps } = http.parts;
  const stands = empty();
  for (const code of Object.keys(meant.value)) {
    const { balance } = await deps.credits.balance(code);
    if (balance?.kind === "giftCard" || balance?.kind === "credit")
      stands.value[code] = balance.issued.minor - balance.spent.minor;
  }
  await storage.read(async (tx) => {
    stands.tickets = await tx.ticketCount(store);
    for (const id of Object.keys(meant.orders)) {
      const order = await tx.orderOfFulfilment(idOf<"Fulfilment">(id));
      stands.orders[id] = order?.fulfilments.find((part) => part.id === id)?.state ?? "";
    }
    for (const id of Object.keys(meant.placed))
      stands.placed[id] = (await tx.order(idOf<"Order">(id)))?.lines.map(({ total }) => total.minor) ?? [];
    for (const id of Object.keys(meant.cases))
      stands.cases[id] = (await tx.case(idOf<"Case">(id)))?.status ?? "";
    for (const id of Object.keys(meant.drawers)) {
      const shift = await tx.shift(idOf<"Shift">(id));
      const acts = (shift?.acts ?? []).map((act) =>
        act.kind === "counted" ? act.counted.minor : act.kind === "opened" ? -1 : act.amount.minor,
      );
      stands.drawers[id] = [shift?.float.minor ?? -1, ...acts, shift?.closed?.variance.minor ?? -1];
    }
    for (const id of Object.keys(meant.reports))
      stands.reports[id] = (await tx.zReport(idOf<"Entry">(id)))?.report.number ?? -1;
    for (const key of Object.keys(meant.returned)) {
      const [kind, id = ""] = key.split(":");
      const returned = await tx.returned(
        kind === "order" ? { kind, id: idOf<"Order">(id) } : { kind: "ticket", id: idOf<"Ticket">(id) },
      );
      const lines = (returned?.acts ?? []).flatMap((act) => act.lines);
      stands.returned[key] = lines.reduce((sum, { pieces }) => sum + pieces, 0);
    }
    for (const cause of Object.keys(meant.points)) {
      const postings = (await tx.pointsEntry(cause))?.postings ?? [];
      stands.points[cause] = postings.find(({ account }) => account.startsWith("points:"))?.points ?? 0;
    }
    for (const { id } of recording.counts)
      for (const area of await tx.countAreas(id)) stands.areas[area.id] = area.pieces;
    for (const id of Object.keys(meant.counts))
      stands.counts[id] = (await tx.count(idOf<"Count">(id)))?.state ?? "";
    for (const id of Object.keys(meant.received)) {
      const lines = (await tx.goodsDelivery(idOf<"Delivery">(id)))?.lines ?? [];
      stands.received[id] = lines.flatMap(({ good, damaged }) => [good, damaged]);
    }
    for (const id of Object.keys(meant.hours)) stands.hours[id] = (await tx.clockStamp(id))?.kind ?? "";
  });
  return stands;
}

test.each(RECORDED)(
  "S11 S18 S150 what a till of %s sent on a day is taken in to the last entry, and counts once however often it is sent",
  async (folder) => {
    const recording = recordingOf(folder);
    const { pushes, entries } = recording;
    const { ask, store, variants } = await known(recording);
    const { parts } = http;
    const tickets = entries.flatMap(({ fact }) => (fact.type === "ticket.completed" ? [fact.ticket] : []));
    expect(tickets.length).toBeGreaterThan(3);
    const { onHand, least } = levelsAfter(entries);

    for (const { asked, entries: sent } of [...pushes, ...pushes]) {
      const answer = pushAnswerSchema.parse(await (await ask("journal", asked)).json());
      if (!answer.ok) throw new Error(`refused at ${answer.atSeq}: ${answer.reason}`);
      // Of what it did not send here a till of these versions is told nothing (S15a).
      expect(answer.acknowledged).toBe(sent.at(-1)?.seq);
    }
    for (const ticket of tickets) {
      const booked = await parts.storage.read((tx) => tx.ticket(ticket.id));
      expect(booked?.ticket).toEqual(ticket);
    }
    for (const variant of variants)
      expect(await parts.storage.read((tx) => tx.onHand({ store, variant })), variant).toBe(
        onHand.get(variant) ?? ON_HAND,
      );
    const told = await parts.deps.exceptions.list({ open: true, limit: 50 });
    // Nobody else has what a till declined; of anything more HQ would hear wrongly.
    const declined = entries.filter(({ fact }) => fact.type === "order.declined");
    const oversold = [...least.values()].filter((pieces) => pieces < 0);
    expect(told.map(({ kind }) => kind).sort()).toEqual([
      ...declined.map(() => "noStoreForOrder"),
      ...oversold.map(() => "oversold"),
    ]);
    expect(await standingOf(recording)).toEqual(meantBy(recording));
  },
);

test.each(RECORDED)("S150 whatever a till of %s asked on a day it is answered", async (folder) => {
  const recording = recordingOf(folder);
  const { ask } = await known(recording);
  const calls = new Set(recording.said.map(({ call }) => call));
  expect([...calls].sort()).toEqual(ASKED[folder]);
  for (const { path, asked } of recording.said) {
    const answer = await ask(path, asked);
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, expect.anything()]);
  }
  expect(recording.pulls.length).toBeGreaterThan(10);
  for (const { path } of recording.pulls) {
    const answer = await ask(path);
    // A feed's beginning is where it was; what else it names another server wrote, which is told from what nobody wrote.
    const wanted = path.includes("%3D0&") ? {} : { reason: "checkpointExpired" };
    expect([path, answer.status, await answer.json()]).toEqual([
      path,
      "reason" in wanted ? 410 : 200,
      expect.objectContaining(wanted),
    ]);
  }
});

/** What the till is answered that it cannot read, told by what it is of. */
function unread(recording: Recording, folder: string) {
  const { version } = recording;
  const reader = recordedReader(version, readFileSync(readsOf(folder), "utf8"));
  const failed: string[] = [];
  const look = (of: string, value: unknown): void => {
    const found = reader.read(of, value);
    if (found.read === "not") failed.push(`${of}: ${z.prettifyError(found.error)}`);
  };
  const lookAtRow = (collection: string, row: unknown): void => {
    const { data } = z.object({ data: z.unknown().optional() }).parse(row);
    if (data !== undefined) look(collection, data);
  };
  return { knows: reader.knows, failed, look, lookAtRow };
}

test.each(WITH_READS)(
  "S150 S151 all that a till of %s is told once its day is booked it can read",
  async (folder) => {
    const recording = recordingOf(folder);
    const { ask, store } = await known(recording);
    const { publisher, counts } = http.parts.deps;
    await publisher.publish(async (publication) => {
      await publication.putStaff(store, cashier("mira"));
      const notice = { id: idOf<"Notice">("oversold"), kind: "oversold" } as const;
      await publication.putNotice(store, {
        ...notice,
        raisedAt: publication.at,
        detail: { sku: "SKU-tea" },
        resolved: false,
      });
      for (const promotion of DEMO_PROMOTIONS) await publication.putPromotion(promotion);
    });
    const planned = await counts.plan({
      store,
      name: "Autumn",
      scope: { kind: "all" },
      blind: true,
      day: idOf<"BusinessDay">("2027-01-15"),
      note: "",
      by: "HQ",
    });
    expect(planned.ok).toBe(true);
    const { knows, failed, look, lookAtRow } = unread(recording, folder);
    for (const { path, asked, call } of recording.said) {
      const answer: unknown = await (await ask(path, asked)).json();
      if (asked.method === "POST") look(`answer ${call}`, answer);
    }
    const facts = recording.entries.map(({ fact }) => fact);
    const lines = facts.flatMap((fact) => (fact.type === "ticket.completed" ? fact.ticket.lines : []));
    const code = lines.flatMap((line) => (line.kind === "sale" ? (line.giftCard?.code ?? []) : []))[0];
    const customer = facts.flatMap((fact) => (fact.type === "customer.registered" ? fact.customer : []))[0];
    for (const [path, body] of [
      ["balances", { code }],
      ["points", { customer }],
    ] as const)
      look(`answer ${path}`, await (await ask(path, { method: "POST", body })).json());
    const collections = REPLICA_COLLECTIONS.filter((collection) => knows.has(collection));
    const told: string[] = [];
    for (const collection of collections) {
      const [head, ...rows] = (await (await ask(`snapshot/${collection}`)).text()).trimEnd().split("\n");
      look("answer snapshotHead", JSON.parse(head ?? ""));
      look("answer snapshotFoot", JSON.parse(rows.pop() ?? ""));
      for (const row of rows.map((line): unknown => JSON.parse(line))) {
        look("answer snapshotRow", row);
        lookAtRow(collection, row);
        told.push(collection);
      }
      const page = z.looseObject({ documents: z.array(z.unknown()) });
      const pulled = page.parse(await (await ask(`replica/${collection}?after=&limit=500`)).json());
      look("answer replica", pulled);
      for (const row of pulled.documents) lookAtRow(collection, row);
    }
    const hasCases = facts.some(({ type }) => type === "case.opened");
    expect([...new Set(told)]).toEqual(collections.filter((name) => name !== "cases" || hasCases));
    const [pull] = recording.pulls;
    const forged = { kind: "nextEpoch", epoch: 1, signature: Buffer.alloc(64).toString("base64url") };
    for (const [status, answer] of [
      [400, await ask("replica/nothing")],
      [401, await ask("replica/settings?after=", { token: "nobody's" })],
      [403, await ask("enrol", { method: "POST", body: forged })],
      [410, await ask(pull?.path ?? "")],
    ] as const) {
      expect(answer.status).toBe(status);
      look("answer error", await answer.json());
    }
    expect(failed).toEqual([]);
  },
);

test.each(WITH_READS)(
  "S4 S150 a till of %s can read that it was paired, and which epoch is its next",
  async (folder) => {
    const recording = recordingOf(folder);
    const { failed, look } = unread(recording, folder);
    const headers = { [PROTOCOL_HEADER]: String(recording.version) };
    const made = await http.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: "BER1" } });
    const { code } = pairAnswerSchema.parse(await made.json());
    const till = new TestTill({ store: BERLIN.store });
    const enrol = async (body: unknown, token: string | null) => {
      const answer = await http.ask("/sync/v1/enrol", { method: "POST", body, token, headers });
      expect(answer.status).toBe(200);
      return answer.json();
    };
    const paired: unknown = await enrol(
      { kind: "pair", code, publicKey: till.publicKey, name: "Till" },
      null,
    );
    look("answer enrol", paired);
    const { device, token } = enrolAnswerSchema.parse(paired);
    const signature = till.sign(`${SIGNATURE_CONTEXT}next-epoch:${device}:1`);
    look("answer enrol", await enrol({ kind: "nextEpoch", epoch: 1, signature }, token));
    expect(failed).toEqual([]);
  },
);
