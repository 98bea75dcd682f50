import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { enrolAnswerSchema, enrolRequestSchema } from "#protocol/sync/enrol.ts";
import { entrySchema } from "#protocol/sync/entry.ts";
import { pushAnswerSchema } from "#protocol/sync/journal.ts";
import { leaseAnswerSchema } from "#protocol/sync/leases.ts";
import { PROTOCOL_HEADER } from "#protocol/version.ts";
import { HttpForTests } from "../http-for-tests.ts";
import { hashSecret } from "../sync/enrol.ts";

const FOLDER = resolve(import.meta.dirname, "../../protocol/recorded");
const TOKEN = "a-token-that-only-this-test-knows";
const exchangeSchema = z.object({
  path: z.string(),
  till: z.number(),
  body: z.unknown(),
  answer: z.string(),
});

function recordingOf(version: string) {
  const lines = readFileSync(join(FOLDER, version, "till.ndjson"), "utf8")
    .trimEnd()
    .split("\n");
  const exchanges = lines.map((line) => exchangeSchema.parse(JSON.parse(line)));
  const to = (path: string) => exchanges.filter((exchange) => exchange.path === `/sync/v1/${path}`);
  return { enrol: to("enrol")[0], pushes: to("journal"), leases: to("leases") };
}

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
});
afterEach(() => http.close());

test.each(readdirSync(FOLDER))(
  "S150 what a till of version %s sent on a day is taken in to the last entry, its sales with their own totals",
  async (version) => {
    const { enrol, pushes, leases } = recordingOf(version);
    const asked = enrolRequestSchema.parse(enrol?.body);
    const paired = enrolAnswerSchema.parse(JSON.parse(enrol?.answer ?? ""));
    if (asked.kind !== "pair") throw new Error("the recording begins with no pairing");
    const { device, store, register, epoch } = paired;
    const { publicKey, name } = asked;
    const { parts } = http;
    await parts.storage.write((tx) =>
      tx.addDevice({ id: device, store, register, epoch, publicKey, name }, hashSecret(TOKEN)),
    );
    const bodies = pushes.map(({ body }) => z.object({ entries: z.array(entrySchema) }).parse(body));
    const tickets = bodies
      .flatMap(({ entries }) => entries)
      .flatMap(({ fact }) => (fact.type === "ticket.completed" ? [fact.ticket] : []));
    expect(tickets.length).toBeGreaterThan(3);
    const variants = new Set(tickets.flatMap(({ lines }) => lines.map(({ variant }) => variant)));
    await parts.stockUp([...variants], 100);

    for (const { body, till } of pushes) {
      const headers = { [PROTOCOL_HEADER]: String(till) };
      const answer = await http.ask("/sync/v1/journal", { method: "POST", token: TOKEN, body, headers });
      const { entries } = z.object({ entries: z.array(entrySchema) }).parse(body);
      expect(pushAnswerSchema.parse(await answer.json())).toMatchObject({
        ok: true,
        acknowledged: entries.at(-1)?.seq,
      });
    }
    for (const ticket of tickets) {
      const booked = await parts.storage.read((tx) => tx.ticket(ticket.id));
      expect(booked?.ticket.totals).toEqual(ticket.totals);
    }
    for (const variant of variants) {
      const sold = tickets
        .flatMap(({ lines }) => lines)
        .reduce((sum, line) => sum + (line.variant === variant ? line.quantity : 0), 0);
      expect(await parts.storage.read((tx) => tx.onHand({ store, variant }))).toBe(100 - sold);
    }
    const told = await parts.deps.exceptions.list({ open: true, limit: 50 });
    expect(told.filter(({ kind }) => kind === "notBooked")).toEqual([]);
    expect(leases.length).toBeGreaterThan(0);
    for (const { body, till } of leases) {
      const headers = { [PROTOCOL_HEADER]: String(till) };
      const answer = await http.ask("/sync/v1/leases", { method: "POST", token: TOKEN, body, headers });
      expect(leaseAnswerSchema.safeParse(await answer.json()).success).toBe(true);
    }
  },
);
