import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { v7 as uuidV7 } from "uuid";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import { programVersion } from "../src-main/browser/program-version.ts";
import { type Engine, startEngine } from "../src-main/engine/engine.ts";

// Records what a till and a server of this version say to each other in a short day, cut down to a fixture for later versions (docs/versions.md):
//   node bench/record-traffic.ts protocol/recorded/0.3/till.ndjson
// A second argument names another version's folder, whose server is talked to instead.

const [out, serverFolder = resolve(import.meta.dirname, "..")] = process.argv.slice(2);
if (out === undefined) throw new Error("where should the recording go? node bench/record-traffic.ts FILE");

/** Documents of a collection that are kept of an answer. */
const KEPT_DOCUMENTS = 10;
const STORE = "BER1";
const PIN = "111111";

interface Recorded {
  readonly method: string;
  readonly path: string;
  /** The version that the till and the server named, 1 where none was named. */
  readonly till: number;
  readonly server: number;
  readonly body: unknown;
  readonly status: number;
  readonly type: string;
  readonly answer: string;
}

const folder = mkdtempSync(join(tmpdir(), "onetill-record-"));
const server = await startServer(join(folder, "server"));
const recorded: Recorded[] = [];
const underWay: Promise<void>[] = [];
const engine = await startEngine({
  version: programVersion(),
  dataDir: join(folder, "till"),
  clock: { now: () => instant(Date.now()) },
  newId: uuidV7,
  fetch: recordingFetch,
  random: Math.random,
  machineName: "recorded",
  openPrinter: () => {
    throw new Error("nothing is printed at a till that is recorded");
  },
  drawDocument: async () => new Uint8Array(),
});
try {
  await aShortDay(engine);
  await engine.close();
  await Promise.allSettled(underWay);
} finally {
  server.stop();
}
writeFileSync(out, recorded.map((exchange) => `${JSON.stringify(exchange)}\n`).join(""));
rmSync(folder, { recursive: true, force: true });
process.exit(0);

async function startServer(dataDir: string): Promise<{ readonly address: string; stop(): void }> {
  const main = join(serverFolder, "sync-server", "main.ts");
  const args = [main, "--data", dataDir, "--port", "0", "--demo", "--demo-orders"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    if (address !== undefined) {
      child.stdout.resume();
      return { address, stop: () => void child.kill() };
    }
  }
  throw new Error("the server ended before it listened");
}

async function recordingFetch(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  const headers = new Headers(init?.headers);
  // A snapshot that the till unpacks itself would be no text here.
  headers.delete("accept");
  const response = await fetch(input, { ...init, headers });
  const { pathname, search } = new URL(String(input));
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  if (type !== "text/event-stream" && !type.startsWith("image/")) {
    const copy = response.clone();
    const exchange = async () => {
      const answer = await copy.text();
      recorded.push({
        method: init?.method ?? "GET",
        path: pathname + search,
        till: Number(headers.get("onetill-protocol") ?? 1),
        server: Number(response.headers.get("onetill-protocol") ?? 1),
        body: typeof init?.body === "string" ? JSON.parse(init.body) : null,
        status: response.status,
        type,
        answer: type === "application/x-ndjson" ? cutSnapshot(answer) : cutAnswer(answer),
      });
    };
    underWay.push(exchange().catch(() => undefined));
  }
  return response;
}

function cutSnapshot(text: string): string {
  const [head, ...rest] = text.trimEnd().split("\n");
  const rows = rest.slice(0, -1).slice(0, KEPT_DOCUMENTS);
  const cut = { ...JSON.parse(head ?? ""), count: rows.length };
  return `${[JSON.stringify(cut), ...rows, JSON.stringify({ kind: "foot", count: rows.length })].join("\n")}\n`;
}

/** Fewer documents, and no token: it opened a server that is no more, but a secret is a secret. */
function cutAnswer(text: string): string {
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== "object" || answer === null) return text;
  if ("documents" in answer && Array.isArray(answer.documents))
    return JSON.stringify({ ...answer, documents: answer.documents.slice(0, KEPT_DOCUMENTS) });
  return "token" in answer ? JSON.stringify({ ...answer, token: "recorded" }) : text;
}

async function aShortDay({ verbs, views }: Engine): Promise<void> {
  const until = <W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean) =>
    new Promise<void>((done) => {
      const look = (): void => {
        if (!wanted(views[view].current())) return;
        stop();
        done();
      };
      const stop = views[view].watch(look);
      look();
    });
  const key = readFileSync(join(folder, "server", "hq.key"), "utf8").trim();
  const made = await fetch(`${server.address}/hq/v1/pairing-codes`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ store: STORE }),
  });
  const { code } = pairAnswerSchema.parse(await made.json());
  const sent = () => until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
  did("pair", await verbs.pair({ server: server.address, code }));
  await sent();
  await until("catalog", ({ searchReady }) => searchReady === "full");
  const session = views.session.current();
  const mira = session.state === "locked" && session.staff.find(({ name }) => name.startsWith("Mira"));
  if (mira === false || mira === undefined) throw new Error("the demo's cashier is not there");
  did("signIn", await verbs.signIn({ staff: mira.id, pin: PIN }));
  await openShift();
  const items = (await verbs.search({ text: "t", limit: 40 })).filter(({ soldBy }) => soldBy === undefined);
  for (const [at, way] of (["cash", "card", "discount", "many"] as const).entries()) {
    for (const item of items.slice(at, way === "many" ? at + 6 : at + 2))
      did("addItem", await verbs.addItem({ variant: item.variant, quantity: at + 1 }));
    const lines = views.basket.current()?.lines ?? [];
    if (way === "discount" && lines[0] !== undefined) {
      const discount = { kind: "percent", ppm: 100_000, reason: "Scratched" } as const;
      did("discountLine", await verbs.discountLine({ line: lines[0].id, discount }));
    }
    const basket = views.basket.current();
    if (basket === null) throw new Error("nobody is signed in");
    const { due, dueInCash } = basket;
    if (way === "card") did("takeCard", await verbs.takeCard({ amount: due, approvalCode: "123456" }));
    else did("takeCash", await verbs.takeCash({ tendered: dueInCash }));
    did("completeSale", await verbs.completeSale({ basket: basket.id }));
  }
  await sent();
  const cards = views.orders.current().orders;
  const ready = cards.find(({ state }) => state === "ready");
  const waiting = cards.find(({ state }) => state === "allocated" || state === "accepted");
  if (ready !== undefined) {
    const proof = { kind: "idCheck", reason: "Identity card seen", collector: "" } as const;
    did(
      "handOver",
      await verbs.handOver({
        fulfilment: ready.id,
        proof,
        lines: null,
        signature: { kind: "typed", name: "A. Customer" },
        withSale: false,
        override: null,
      }),
    );
  }
  if (waiting !== undefined) did("startPicking", await verbs.startPicking({ fulfilment: waiting.id }));
  await sent();
  did("signOut", await verbs.signOut({}));
  await sent();

  async function openShift(): Promise<void> {
    if (!("shift" in views) || !("openShift" in verbs)) return;
    await until("shift", (shift) => shift !== null);
    if (views.shift.current()?.required !== true) return;
    const float = { pieces: [{ face: 5_000, pieces: 3 }], total: money(15_000, idOf<"Currency">("EUR")) };
    did("openShift", await verbs.openShift({ float, approval: null }));
  }
}

function did(what: string, answer: { readonly ok: boolean }): void {
  if (!answer.ok) throw new Error(`${what}: ${JSON.stringify(answer)}`);
  console.log(what);
}
