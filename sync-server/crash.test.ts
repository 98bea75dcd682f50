import { mkdtempSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import {
  type ProductRow,
  pairAnswerSchema,
  productsAnswerSchema,
  ticketsAnswerSchema,
} from "#protocol/hq/console.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { type PushAnswer, pushAnswerSchema } from "#protocol/sync/journal.ts";
import { endProgram, endPrograms, type RunningProgram, startProgram } from "./testing/running-program.ts";
import { TestTill } from "./testing/till.ts";

const SALES_PER_RUN = 25;
/** Moments of a push at which the server is killed; each resolves when it has come. */
const MOMENTS: readonly ((answer: Promise<unknown>) => Promise<unknown>)[] = [
  // What it acknowledged must be there.
  (answer) => answer,
  // As it is sent.
  async () => undefined,
  // As its commit is written.
  () => logWritten(),
];
const KILLS = 2 * MOMENTS.length;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-crash-"));
});

afterEach(async () => {
  await endPrograms();
  rmSync(folder, { recursive: true, force: true });
});

/** Resolves with the next write to the log of the server's database. */
function logWritten(): Promise<void> {
  return new Promise((written) => {
    const watcher = watch(folder, (_, file) => {
      if (file !== "server.sqlite-wal") return;
      watcher.close();
      written();
    });
  });
}

const start = (...more: readonly string[]): Promise<RunningProgram> =>
  startProgram(["--data", folder, ...more]);

async function call(url: string, token: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

async function firstVariant(address: string, key: string): Promise<ProductRow["variants"][number]> {
  const found = productsAnswerSchema.parse(await call(`${address}/hq/v1/products?limit=1`, key));
  return found.products[0]!.variants[0]!;
}

const onHand = (variant: ProductRow["variants"][number]) =>
  variant.stock.find(({ store }) => store === "BER1")?.onHand ?? 0;

test("S10 S11 a server that is killed while it books, again and again, has each sale once and the stock right", {
  timeout: 120_000,
}, async () => {
  let server = await start("--demo");
  const { address } = server;
  const key = readFileSync(join(folder, "hq.key"), "utf8").trim();
  const variant = await firstVariant(address, key);
  const { code } = pairAnswerSchema.parse(
    await call(`${address}/hq/v1/pairing-codes`, key, { store: "BER1" }),
  );
  const till = new TestTill({ store: idOf<"Store">("store-ber1") });
  const enrolment = enrolAnswerSchema.parse(
    await call(`${address}/sync/v1/enrol`, "", {
      kind: "pair",
      code,
      publicKey: till.publicKey,
      name: "Till",
    }),
  );
  till.device = enrolment.device;
  const push = async (entries: readonly unknown[]): Promise<PushAnswer> =>
    pushAnswerSchema.parse(
      await call(`${server.address}/sync/v1/journal`, enrolment.token ?? "", { entries }),
    );

  till.begin();
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    for (let sale = 0; sale < SALES_PER_RUN; sale += 1)
      till.sell([{ variant: variant.variant, quantity: 1 }]);
    const answer = push(till.entries.slice(acknowledged)).catch(() => null);
    await MOMENTS[kill % MOMENTS.length]?.(answer);
    await endProgram(server, "SIGKILL");
    const heard = await answer;
    if (heard !== null) {
      expect(heard.ok).toBe(true);
      acknowledged = heard.acknowledged;
    }
    server = await start();
  }
  expect(acknowledged).toBeGreaterThan(0);
  // From one before the last acknowledged on: sending something again is part of coming back.
  expect(await push(till.entries.slice(acknowledged - 1))).toMatchObject({ ok: true });

  const sold = KILLS * SALES_PER_RUN;
  const { tickets, total } = ticketsAnswerSchema.parse(
    await call(`${server.address}/hq/v1/tickets?limit=500`, key),
  );
  expect(total).toBe(sold);
  expect(new Set(tickets.map(({ number }) => number)).size).toBe(sold);
  expect(onHand(await firstVariant(server.address, key))).toBe(onHand(variant) - sold);
});
