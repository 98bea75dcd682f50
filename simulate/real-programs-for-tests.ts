import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { v7 as uuidV7 } from "uuid";
import { instant, type VariantId } from "#domain/ids.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import type { SyncView } from "#protocol/till/status.ts";
import { drawDocument } from "../src-main/devices/document/draw-document.ts";
import { type Engine, type EngineSettings, startEngine } from "../src-main/engine/engine.ts";
import { untilView } from "../src-main/engine/testing/until-view.ts";
import { newWebhookSecret } from "../sync-server/events/sign.ts";
import { createDeps } from "../sync-server/http/deps.ts";
import type { Storage } from "../sync-server/storage/port.ts";
import { hashSecret } from "../sync-server/sync/enrol.ts";
import { CASHIER_BADGE, cents, MANAGER_BADGE, MANAGER_PIN, openShop, skuOf, VARIANTS } from "./retailer.ts";

const HQ_KEY = "hq_key-of-the-tests-0123456789-abcdef";
/** However busy the machine is. */
const SHOWN_WITHIN_MS = 60_000;
const programOf = (path: string) => resolve(import.meta.dirname, "../sync-server", path);

/** Puts the made-up retailer into an empty database, with a key for HQ; closes it. */
export async function openShopIn(storage: Storage): Promise<void> {
  const deps = createDeps({ storage, now: () => instant(Date.now()), newId: uuidV7 });
  await openShop(deps);
  await storage.write(async (tx) => {
    await tx.addHqKey(hashSecret(HQ_KEY), deps.now());
    // Sealed by the servers' key: a server that cannot open it does not start.
    await tx.addWebhookEndpoint({
      id: uuidV7(),
      url: "https://shop.example/hook",
      types: ["order.ready"],
      secret: newWebhookSecret(),
      createdAt: deps.now(),
      pausedAt: deps.now(),
    });
  });
  deps.hearing.stop();
  await deps.pdfs.close();
  await storage.close();
}

/** The real server as a process, at one port over all its lives. */
export class RealServer {
  #port = 0;
  #child: ChildProcess | null = null;

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** `databaseUrl` null: on the SQLite file in the folder. */
  async start({
    data,
    databaseUrl,
  }: {
    readonly data: string;
    readonly databaseUrl: string | null;
  }): Promise<void> {
    const child = spawn(
      process.execPath,
      [programOf("main.ts"), "--data", data, "--port", String(this.#port), "--drain", "0"],
      {
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, ONETILL_DATABASE_URL: databaseUrl ?? "" },
      },
    );
    this.#child = child;
    let err = "";
    child.stderr.on("data", (piece: Buffer) => {
      err += piece.toString();
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (address === undefined) continue;
      child.stdout.resume();
      this.#port = Number(new URL(address).port);
      return;
    }
    throw new Error(`the server ended before it listened: ${err}`);
  }

  async end(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  /** As HQ asks, with the key of the shop. */
  ask(path: string, body?: object, signal?: AbortSignal): Promise<Response> {
    const headers = { authorization: `Bearer ${HQ_KEY}`, "content-type": "application/json" };
    return fetch(`${this.address}${path}`, {
      headers,
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
  }

  /** Resolves once it is so, or late: looked at first, and each time the server says to HQ that something changed. */
  async untilChanged(isSo: () => Promise<boolean>, withinMs: number): Promise<void> {
    const late = AbortSignal.timeout(withinMs);
    try {
      const { body } = await this.ask("/hq/v1/live", undefined, late);
      if (body === null) throw new Error("the server says nothing to HQ");
      for await (const _ of body) if (await isSo()) return;
    } catch (error) {
      if (!late.aborted) throw error;
    }
  }

  async pairingCode(store: string): Promise<string> {
    const answer = await this.ask("/hq/v1/pairing-codes", { store });
    return pairAnswerSchema.parse(await answer.json()).code;
  }
}

/** Runs `npm run hq --` as a process of its own. */
export function hq(
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [programOf("cli/hq.ts"), ...args], (_, out, err) =>
      done({ status: child.exitCode ?? -1, out, err }),
    );
  });
}

/** What a real till stands on: the real clock and network, and no printer. */
export function tillDeps(dataDir: string): EngineSettings {
  return {
    version: "0.3.0",
    dataDir,
    clock: { now: () => instant(Date.now()) },
    newId: uuidV7,
    fetch,
    random: Math.random,
    machineName: "a till",
    openPrinter: () => {
      throw new Error("no printer is set up here");
    },
    drawDocument,
    verifyPin: async ({ pin }) => pin === MANAGER_PIN,
  };
}

/** The real engine of a till, on the real clock and network; it sells one piece at a time. */
export class RealTill {
  /** Ids of tickets that the till said are sold. */
  readonly sold: string[] = [];
  /** Addresses that it asked the server for, the newest last. */
  readonly asked: readonly string[];
  readonly #engine: Engine;

  private constructor(engine: Engine, asked: readonly string[]) {
    this.#engine = engine;
    this.asked = asked;
  }

  static async open(dataDir: string, server: RealServer, store = "BER1"): Promise<RealTill> {
    const asked: string[] = [];
    const engine = await startEngine({
      ...tillDeps(dataDir),
      fetch: (input, init) => {
        asked.push(new URL(input instanceof Request ? input.url : input).pathname);
        return fetch(input, init);
      },
    });
    const till = new RealTill(engine, asked);
    const code = await server.pairingCode(store);
    const paired = await engine.verbs.pair({ server: server.address, code });
    if (!paired.ok) throw new Error(`not paired: ${paired.reason}`);
    await till.until(({ firstSync, link }) => firstSync === null && link.state === "online");
    const signedIn = await engine.verbs.signIn({ badge: CASHIER_BADGE });
    if (!signedIn.ok) throw new Error(`not signed in: ${signedIn.reason}`);
    const float = { pieces: [{ face: 1_000, pieces: 10 }], total: cents(10_000) };
    const opened = await engine.verbs.openShift({ float, approval: { badge: MANAGER_BADGE } });
    if (!opened.ok) throw new Error(`no shift: ${opened.reason}`);
    return till;
  }

  /** Sells so many baskets of one piece each, for cash. */
  async sell(baskets: number): Promise<void> {
    const { verbs, views } = this.#engine;
    for (let sale = 0; sale < baskets; sale += 1) {
      const variant = VARIANTS[this.sold.length % VARIANTS.length];
      if (variant === undefined) throw new Error("there is nothing to sell");
      await verbs.scan({ code: skuOf(variant), quantity: 1 });
      const basket = views.basket.current();
      if (basket === null || basket.lines.length !== 1) throw new Error("nothing was rung up");
      const taken = await verbs.takeCash({ tendered: basket.remainingInCash });
      if (!taken.ok) throw new Error(`not paid: ${taken.reason}`);
      const done = await verbs.completeSale({ basket: basket.id });
      if (!done.ok) throw new Error(`not sold: ${done.reason}`);
      this.sold.push(done.value.ticket);
    }
  }

  /** The server has all that was written here, and the till is in step. */
  settled(): Promise<void> {
    return this.until(
      ({ unsent, link, trouble }) => unsent === 0 && link.state === "online" && trouble === null,
    );
  }

  /** As the button of that name does: whatever rests tries again. */
  async syncNow(): Promise<void> {
    await this.#engine.verbs.syncNow({});
  }

  until(wanted: (view: SyncView) => boolean): Promise<void> {
    return untilView(this.#engine, "sync", wanted);
  }

  /** How many pieces of an article were sold here. */
  piecesOf(variant: VariantId): number {
    return this.sold.filter((_, at) => VARIANTS[at % VARIANTS.length] === variant).length;
  }

  /** The till shows so many pieces of an article: it is looked at each time it says that it shows something else. */
  async untilShown(variant: VariantId, pieces: number): Promise<void> {
    const { verbs, views } = this.#engine;
    const late = AbortSignal.timeout(SHOWN_WITHIN_MS);
    const isLate = once(late, "abort");
    for (;;) {
      const { revision } = views.catalog.current();
      const found = await verbs.search({ text: skuOf(variant), limit: 5 });
      const shown = found.find((item) => item.variant === variant)?.onHand ?? null;
      if (shown === pieces) return;
      if (late.aborted) throw new Error(`the till shows ${shown} ${variant}, not ${pieces}`);
      await Promise.race([untilView(this.#engine, "catalog", (now) => now.revision !== revision), isLate]);
    }
  }

  close(): Promise<void> {
    return this.#engine.close();
  }
}
