import { generateKeyPairSync, sign } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { ExceptionKind } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import { SIGNATURE_CONTEXT } from "#domain/journal/entry.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { enrolAnswerSchema, enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { recordedReader } from "#protocol/testing/recorded-reader.ts";
import { PROTOCOL_HEADER } from "#protocol/version.ts";
import { type Asked, HttpForTests } from "../http-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";

const FOLDER = resolve(import.meta.dirname, "../../protocol/recorded");
const RECORDED = globSync("*/till.ndjson", { cwd: FOLDER }).map(dirname).sort();
const WITH_READS = globSync("*/reads.ndjson", { cwd: FOLDER }).map(dirname).sort();
const TOKEN = "a-token-that-only-this-test-knows";
const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  till: z.number(),
  body: z.unknown(),
  answer: z.string(),
});

function recordingOf(folder: string) {
  const lines = readFileSync(join(FOLDER, folder, "till.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
  const exchanges = lines.map((line) => exchangeSchema.parse(JSON.parse(line)));
  const [enrol] = exchanges;
  // All that it says, in its order; of what it reads only what it asks by a word of its own.
  const said = exchanges
    .slice(1)
    .filter(({ method, path }) => method === "POST" || path.startsWith("/sync/v1/availability"));
  const pushes = said.filter(({ path }) => path === "/sync/v1/journal");
  const pulls = exchanges.filter(({ path }) => path.startsWith("/sync/v1/replica/"));
  const entries = pushes.flatMap(
    ({ body }) => z.object({ entries: z.array(entrySchema) }).parse(body).entries,
  );
  return { enrol, said, pushes, pulls, entries, version: enrol?.till ?? 0 };
}

type Recording = ReturnType<typeof recordingOf>;

/** What the recorded till did to the store's pieces, as far as no order moves them. */
function movedOf(entries: Recording["entries"]): ReadonlyMap<string, number> {
  const moved = new Map<string, number>();
  const move = (variant: string, pieces: number) => moved.set(variant, (moved.get(variant) ?? 0) + pieces);
  for (const { fact } of entries) {
    if (fact.type === "stock.adjusted") move(fact.variant, fact.quantity);
    if (fact.type === "delivery.sent") for (const line of fact.lines) move(line.variant, -line.pieces);
    if (fact.type !== "ticket.completed") continue;
    for (const line of fact.ticket.lines) {
      const isGoods = line.kind === "sale" && line.order === undefined && line.giftCard === undefined;
      if (isGoods) move(line.variant, -line.quantity);
      if (line.kind === "return" && line.disposition === "stock") move(line.variant, line.quantity);
    }
  }
  return moved;
}

/** What a till of each recording asks besides its documents. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  "0.1": ["journal", "leases"],
  "0.2": ["journal", "leases"],
  v1: ["journal", "leases", "purchases", "receipt-mails"],
  v2: ["health", "journal", "leases", "purchases", "receipt-mails"],
  v3: ["availability", "health", "journal", "leases", "purchases", "receipt-mails"],
};

const ON_HAND = 100;
/** What HQ would hear of where a sale, a receipt, a drawer or a Z report were read as something else than the till meant. */
const NEVER: ReadonlySet<ExceptionKind> = new Set([
  "notBooked",
  "forked",
  "refundedTwice",
  "customerUnreadable",
  "zGap",
  "zDisagrees",
  "cashVariance",
]);

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

/** The recorded till as the server knows it, with goods to sell. Asks as it does. */
async function known({ enrol, entries, version }: Recording) {
  const asked = enrolRequestSchema.parse(enrol?.body);
  const { device, store, register, epoch } = enrolAnswerSchema.parse(JSON.parse(enrol?.answer ?? ""));
  if (asked.kind !== "pair") throw new Error("the recording begins with no pairing");
  const { publicKey, name } = asked;
  const { parts } = http;
  await parts.storage.write((tx) =>
    tx.addDevice({ id: device, store, register, epoch, publicKey, name }, hashSecret(TOKEN)),
  );
  const variants = [...movedOf(entries).keys()].map((variant) => idOf<"Variant">(variant));
  await parts.stockUp(variants, ON_HAND);
  const ask = (path: string, more: Asked = {}) =>
    http.ask(path.startsWith("/") ? path : `/sync/v1/${path}`, {
      token: TOKEN,
      headers: { [PROTOCOL_HEADER]: String(version) },
      ...more,
    });
  return { ask, store, variants };
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
    const moved = movedOf(entries);

    const last = entries.at(-1)?.seq ?? 0;
    for (const [nth, { body }] of [...pushes, ...pushes].entries()) {
      const sent = z.object({ entries: z.array(entrySchema) }).parse(body).entries;
      const answer = pushAnswerSchema.parse(await (await ask("journal", { method: "POST", body })).json());
      if (!answer.ok) throw new Error(`refused at ${answer.atSeq}: ${answer.reason}`);
      expect(answer.acknowledged).toBe(nth < pushes.length ? sent.at(-1)?.seq : last);
    }
    for (const ticket of tickets) {
      const booked = await parts.storage.read((tx) => tx.ticket(ticket.id));
      expect(booked?.ticket.totals).toEqual(ticket.totals);
    }
    for (const variant of variants)
      expect(await parts.storage.read((tx) => tx.onHand({ store, variant })), variant).toBe(
        ON_HAND + (moved.get(variant) ?? 0),
      );
    const told = await parts.deps.exceptions.list({ open: true, limit: 50 });
    expect(told.filter(({ kind }) => NEVER.has(kind))).toEqual([]);
  },
);

test.each(RECORDED)("S150 whatever a till of %s asked on a day it is answered", async (folder) => {
  const recording = recordingOf(folder);
  const { ask } = await known(recording);
  const kinds = new Set(recording.said.map(({ path }) => path.replace("/sync/v1/", "").split("?")[0]));
  expect([...kinds].sort()).toEqual(ASKED[folder]);
  for (const { method, path, body } of recording.said) {
    const answer = await ask(path, { method, ...(method === "POST" ? { body } : {}) });
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
  const reader = recordedReader(version, readFileSync(join(FOLDER, folder, "reads.ndjson"), "utf8"));
  const failed: string[] = [];
  const look = (of: string, value: unknown): void => {
    const found = reader.read(of, value);
    if (found.read === "not") failed.push(`${of}: ${z.prettifyError(found.error)}`);
  };
  const lookAtRow = (collection: string, row: unknown): void => {
    const { data } = z.object({ data: z.unknown() }).parse(row);
    if (data !== undefined) look(collection, data);
  };
  return { knows: reader.knows, failed, look, lookAtRow };
}

test.each(WITH_READS)(
  "S150 S151 all that a till of %s is told once its day is booked it can read",
  async (folder) => {
    const recording = recordingOf(folder);
    const { ask } = await known(recording);
    const { knows, failed, look, lookAtRow } = unread(recording, folder);
    for (const { method, path, body } of recording.said) {
      const answer: unknown = await (
        await ask(path, { method, ...(method === "POST" ? { body } : {}) })
      ).json();
      const of = `answer ${path.replace("/sync/v1/", "")}`;
      if (method === "POST") look(of, answer);
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
    let read = 0;
    for (const collection of collections) {
      const [head, ...rows] = (await (await ask(`snapshot/${collection}`)).text()).trimEnd().split("\n");
      look("answer snapshotHead", JSON.parse(head ?? ""));
      look("answer snapshotFoot", JSON.parse(rows.pop() ?? ""));
      for (const row of rows.map((line): unknown => JSON.parse(line))) {
        look("answer snapshotRow", row);
        lookAtRow(collection, row);
        read += 1;
      }
      const page = z.looseObject({ documents: z.array(z.unknown()) });
      const pulled = page.parse(await (await ask(`replica/${collection}?after=&limit=500`)).json());
      look("answer replica", pulled);
      for (const row of pulled.documents) lookAtRow(collection, row);
    }
    expect(read).toBeGreaterThan(20);
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
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = publicKey.export({ format: "jwk" }).x ?? "";
    const enrol = async (body: unknown, token: string | null) => {
      const answer = await http.ask("/sync/v1/enrol", { method: "POST", body, token, headers });
      expect(answer.status).toBe(200);
      return answer.json();
    };
    const paired: unknown = await enrol({ kind: "pair", code, publicKey: raw, name: "Till" }, null);
    look("answer enrol", paired);
    const { device, token } = enrolAnswerSchema.parse(paired);
    const wish = Buffer.from(`${SIGNATURE_CONTEXT}next-epoch:${device}:1`, "utf8");
    const signature = sign(null, wish, privateKey).toString("base64url");
    look("answer enrol", await enrol({ kind: "nextEpoch", epoch: 1, signature }, token));
    expect(failed).toEqual([]);
  },
);
