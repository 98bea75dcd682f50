import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as timer } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pairAnswerSchema, storesAnswerSchema, ticketsAnswerSchema } from "#protocol/hq/console.ts";
import { DEMO_SHEET_FILE, demoSheetSchema } from "#protocol/hq/demo.ts";
import { exceptionsAnswerSchema, ordersAnswerSchema } from "#protocol/hq/orders.ts";
import { enrolAnswerSchema } from "#protocol/sync/enrol.ts";
import { WakeStream } from "./testing/wake-stream.ts";

const MAIN = join(import.meta.dirname, "main.ts");

let folder: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-main-"));
});

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  started.push(child);
  const said = { out: "", err: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const listening = new Promise<string>((settle) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.out += `${line}\n`;
      const address = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (address !== undefined) settle(address);
    });
  });
  const ended = new Promise<{ status: number | null; out: string; err: string }>((settle) => {
    child.once("close", (status) => settle({ status, ...said }));
  });
  /** The address, once the server listens; fails with what it said when it ends instead. */
  const ready = Promise.race([
    listening,
    ended.then(({ out, err }): never => {
      throw new Error(`the server ended: ${out}${err}`);
    }),
  ]);
  // A start that is meant to fail is not asked for its address.
  ready.catch(() => undefined);
  return { child, ready, ended };
}

describe("the server as a program", () => {
  test("says when it is ready, leaves HQ its key for the owner alone, and goes when asked", async () => {
    const data = join(folder, "new", "data");
    const server = start("--data", data, "--port", "0");
    const address = await server.ready;
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    const keyFile = join(data, "hq.key");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const answer = await fetch(`${address}/hq/v1/stores`, {
      headers: { authorization: `Bearer ${readFileSync(keyFile, "utf8").trim()}` },
    });
    expect(storesAnswerSchema.parse(await answer.json()).stores).toEqual([]);
    server.child.kill("SIGTERM");
    expect(await server.ended).toMatchObject({ status: 0, err: "" });
  });

  test("does not start without the key of its secrets, says what to do, and does so", async () => {
    const first = start("--data", folder, "--port", "0");
    const address = await first.ready;
    const key = readFileSync(join(folder, "hq.key"), "utf8").trim();
    const made = await fetch(`${address}/hq/v1/webhooks`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ url: "https://erp.example/in" }),
    });
    expect(made.status).toBe(201);
    first.child.kill("SIGTERM");
    await first.ended;
    const keyFile = join(folder, "secrets.key");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    rmSync(keyFile);
    const { status, err } = await start("--data", folder, "--port", "0").ended;
    expect(status).toBe(1);
    expect(err).toContain(keyFile);
    expect(err).toContain("--forget-secrets");
    const last = start("--data", folder, "--port", "0", "--forget-secrets");
    await last.ready;
    last.child.kill("SIGTERM");
    expect((await last.ended).out).toContain("gave up 2 secrets");
  });

  test("goes when asked even while a till listens for changes, and wakes nobody for what there was before it started again", async () => {
    const server = start("--data", folder, "--port", "0", "--demo");
    const address = await server.ready;
    const key = readFileSync(join(folder, "hq.key"), "utf8").trim();
    const call = async (path: string, body: unknown): Promise<unknown> => {
      const answer = await fetch(`${address}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return answer.json();
    };
    const { code } = pairAnswerSchema.parse(await call("/hq/v1/pairing-codes", { store: "BER1" }));
    const publicKey = Buffer.alloc(32, 1).toString("base64url");
    const { token } = enrolAnswerSchema.parse(
      await call("/sync/v1/enrol", { kind: "pair", code, publicKey, name: "Till" }),
    );
    const stream = await fetch(`${address}/sync/v1/changes`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(stream.status).toBe(200);
    server.child.kill("SIGINT");
    expect((await server.ended).status).toBe(0);
    const again = await start("--data", folder, "--port", "0").ready;
    const woken = await WakeStream.open(
      await fetch(`${again}/sync/v1/changes`, { headers: { authorization: `Bearer ${token}` } }),
    );
    const isWoken = woken.nextWake().then(
      () => true,
      () => true,
    );
    // Longer than from one comparison of heads to the next.
    expect(await Promise.race([isWoken, timer(6_500).then(() => false)])).toBe(false);
  });

  test("has orders of before the demo was opened where it is asked to: ready ones with their codes, one late", async () => {
    const server = start("--data", folder, "--port", "0", "--demo", "--demo-orders");
    const address = await server.ready;
    const sheet = demoSheetSchema.parse(JSON.parse(readFileSync(join(folder, DEMO_SHEET_FILE), "utf8")));
    expect(sheet.orders.map(({ store, code }) => [store, code.length])).toEqual([
      ["BER1", 6],
      ["BER1", 6],
    ]);
    const answer = await fetch(`${address}/hq/v1/orders?limit=50`, {
      headers: { authorization: `Bearer ${readFileSync(join(folder, "hq.key"), "utf8").trim()}` },
    });
    const { orders, total } = ordersAnswerSchema.parse(await answer.json());
    expect(total).toBe(8);
    expect(orders.filter(({ status }) => status === "ready")).toHaveLength(3);
    expect(orders.filter(({ stores }) => stores.join() === "BER1")).toHaveLength(7);
  });

  test("has sold for four weeks where it is asked to: every sale and every close is booked, shelves are as they were, and the first till is register 1", async () => {
    const server = start("--data", folder, "--port", "0", "--demo", "--demo-orders");
    const address = await server.ready;
    const key = readFileSync(join(folder, "hq.key"), "utf8").trim();
    const read = async (path: string): Promise<unknown> =>
      (await fetch(`${address}${path}`, { headers: { authorization: `Bearer ${key}` } })).json();
    const { tickets, total } = ticketsAnswerSchema.parse(await read("/hq/v1/tickets?limit=5"));
    expect(total).toBeGreaterThan(1_000);
    expect(new Set(tickets.map(({ number }) => number.split("-")[1]))).toEqual(new Set(["99"]));
    const { exceptions } = exceptionsAnswerSchema.parse(await read("/hq/v1/exceptions"));
    expect(exceptions.filter(({ kind }) => kind === "notBooked" || kind === "oversold")).toEqual([]);
  });

  test("keeps its key and its data from one start to the next", async () => {
    const first = start("--data", folder, "--port", "0");
    await first.ready;
    first.child.kill("SIGTERM");
    await first.ended;
    const key = readFileSync(join(folder, "hq.key"), "utf8");
    const second = start("--data", folder, "--port", "0");
    await second.ready;
    expect(readFileSync(join(folder, "hq.key"), "utf8")).toBe(key);
  });

  test("carries on a demo that was cut off while it was made up", async () => {
    const cutOff = start("--data", folder, "--port", "0", "--demo");
    await new Promise<void>((settle) => {
      cutOff.child.stdout?.on("data", (text: Buffer) => {
        if (String(text).includes("prices")) settle();
      });
    });
    cutOff.child.kill("SIGKILL");
    await cutOff.ended;
    expect(existsSync(join(folder, DEMO_SHEET_FILE))).toBe(false);

    const again = start("--data", folder, "--port", "0", "--demo");
    const address = await again.ready;
    const sheet = demoSheetSchema.parse(JSON.parse(readFileSync(join(folder, DEMO_SHEET_FILE), "utf8")));
    const answer = await fetch(`${address}/hq/v1/products?limit=1`, {
      headers: { authorization: `Bearer ${readFileSync(join(folder, "hq.key"), "utf8").trim()}` },
    });
    expect(await answer.json()).toMatchObject({ total: sheet.products });
    // The demo is made up almost twice.
  }, 120_000);

  test("shows its flags when asked", async () => {
    const { status, out } = await start("--help").ended;
    expect(status).toBe(0);
    expect(out).toContain("--data DIR");
  });
});

describe("a start that cannot work ends with one sentence that says what to do", () => {
  test("the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((settle) => other.once("listening", settle));
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { status, err } = await start("--data", folder, "--port", port).ended;
    other.close();
    expect(status).toBe(1);
    expect(err.trim()).toBe(
      `Port ${port} is taken by another program. Stop it, or choose another port with --port N.`,
    );
  });

  test("the data folder is a file", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const data of [file, join(file, "below")]) {
      const { status, err } = await start("--data", data, "--port", "0").ended;
      expect(status).toBe(1);
      expect(err).toContain("not a folder");
    }
  });

  test("the database is no database", async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "server.sqlite"), "this is a shopping list ".repeat(1_000));
    const { status, err } = await start("--data", folder, "--port", "0").ended;
    expect(status).toBe(1);
    expect(err).toContain("damaged");
  });

  test("the address of the database is none, a flag is misspelt, a port is none, the data folder is missing", async () => {
    const wrong = [
      [["--data", folder, "--database-url", "mysql://localhost/shop"], "--database-url"],
      [["--data", folder, "--prot", "1"], "--prot"],
      [["--data", folder, "--port", "seventy"], "--port seventy"],
      [[], "--data DIR"],
    ] as const;
    for (const [args, words] of wrong) {
      const { status, err } = await start(...args).ended;
      expect(status).toBe(2);
      expect(err).toContain(words);
    }
  });
});
