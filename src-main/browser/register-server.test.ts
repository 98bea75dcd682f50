import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { MAX_FRAME_BYTES } from "#protocol/till/frames.ts";
import type { Engine } from "../engine/engine.ts";
import { TillInMemory } from "../engine/testing/till-in-memory.ts";
import { type RegisterServer, RPC_SUBPROTOCOL, serveRegister } from "./register-server.ts";

const PICTURE = "ab".repeat(32);
const NO_PICTURE = "cd".repeat(32);

let folder: string;
let till: TillInMemory;
let register: RegisterServer;
let address: URL;
let token: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-register-"));
  mkdirSync(join(folder, "page", "assets"), { recursive: true });
  writeFileSync(join(folder, "page", "index.html"), "<title>Onetill</title>");
  writeFileSync(join(folder, "page", "assets", "app.js"), "export {};");
  writeFileSync(join(folder, "page", "assets", "reader.wasm"), "");
  writeFileSync(join(folder, "identity.json"), "secret");
  till = await TillInMemory.open();
  register = await serveRegister({
    engine: engineOf(till),
    rendererRoot: join(folder, "page"),
    port: 0,
    onDefect: (what, error) => expect.fail(`${what}: ${String(error)}`),
  });
  address = new URL(register.address);
  token = address.hash.replace("#token=", "");
});

afterEach(async () => {
  await register.close();
  await till.shop.close();
  rmSync(folder, { recursive: true });
});

function engineOf({ verbs, shop }: TillInMemory): Engine {
  const sync = { state: "online" } as const;
  return {
    verbs: {
      ...verbs,
      pair: async () => ({ ok: false, reason: "alreadyPaired" }),
      picture: async () => null,
      startTraining: async () => ({ ok: false, reason: "storage" }),
      endTraining: async () => ({ ok: false, reason: "notTraining" }),
      confirmRecords: async () => ({ ok: false, reason: "notSignedIn" }),
      installUpdate: async () => ({ ok: false, reason: "noUpdate" }),
      syncNow: async () => ({}),
    },
    views: {
      ...shop.views,
      training: { current: () => null, watch: () => () => undefined },
      update: {
        current: () => ({ running: "0.3.0", wanted: null, now: { state: "upToDate" } }),
        watch: () => () => undefined,
      },
      sync: {
        current: () => ({
          link: sync,
          firstSync: null,
          unsent: 0,
          oldestUnsentAt: null,
          lastContactAt: null,
          clockOffsetMs: 0,
          offlinePolicy: "ok",
          customersNeedConnection: false,
          trouble: null,
        }),
        watch: () => () => undefined,
      },
    },
    picture: async (hash) =>
      hash === PICTURE ? { mime: "image/svg+xml", bytes: Buffer.from("<svg/>") } : null,
    close: async () => undefined,
  };
}

interface Dial {
  readonly path?: string;
  readonly origin?: string;
  readonly host?: string;
  readonly protocols?: readonly string[];
}

/** Dials as a page would; resolves with the open socket, or with the status that refused it. */
async function dial({
  path = "/rpc",
  origin = address.origin,
  host,
  protocols,
}: Dial): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://${address.host}${path}`, [...(protocols ?? [RPC_SUBPROTOCOL, token])], {
    origin,
    ...(host === undefined ? {} : { headers: { host } }),
  });
  return new Promise((resolve) => {
    socket.once("open", () => resolve(socket));
    socket.once("unexpected-response", (_, answer) => resolve(answer.statusCode ?? 0));
    socket.on("error", () => undefined);
  });
}

/** A request as it stands, without what fetch would tidy up on the way. */
async function ask(
  path: string,
  { method = "GET", host = address.host }: { readonly method?: string; readonly host?: string } = {},
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  const asked = request({ host: "127.0.0.1", port: address.port, path, method, headers: { host } });
  asked.end();
  const [answer] = await once(asked, "response");
  let text = "";
  for await (const piece of answer) text += String(piece);
  return { status: answer.statusCode, headers: answer.headers, text };
}

async function stillServes(): Promise<void> {
  const socket = await dial({});
  if (typeof socket === "number") throw new Error(`the register refused its own page with ${socket}`);
  socket.send(JSON.stringify({ frame: "call", id: 1, verb: "search", args: { text: "Emaille" } }));
  const [answer] = await once(socket, "message");
  expect(String(answer)).toContain("SKU-mug-v");
  socket.close();
}

describe("who may talk to the till", () => {
  test("the till's own page with this session's token", stillServes);

  test.each<[string, () => Dial]>([
    ["a page without the token", () => ({ protocols: [RPC_SUBPROTOCOL] })],
    ["a page with another token", () => ({ protocols: [RPC_SUBPROTOCOL, "A".repeat(token.length)] })],
    ["a page with the beginning of the token", () => ({ protocols: [RPC_SUBPROTOCOL, token.slice(0, -1)] })],
    ["a page from elsewhere that knows the token", () => ({ origin: "https://elsewhere.example" })],
    ["a page of another program on this machine", () => ({ origin: "http://127.0.0.1:9" })],
    ["a page under a name that was bent to this machine", () => ({ host: "shop.elsewhere.example" })],
    ["a page that asks at another path", () => ({ path: "/rpc/" })],
    ["a page that puts the token into the address", () => ({ path: `/rpc?token=${token}` })],
  ])("%s is turned away", async (_, dialled) => {
    expect(await dial(dialled())).toBe(403);
    await stillServes();
  });

  test("a page that hangs up on being turned away does not take the till down with it", async () => {
    const lines = [
      "GET /rpc HTTP/1.1",
      `Host: ${address.host}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Origin: https://elsewhere.example",
    ];
    for (let time = 0; time < 20; time += 1) {
      const socket = connect(Number(address.port), "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(`${lines.join("\r\n")}\r\n\r\n`);
      socket.resetAndDestroy();
      await once(socket, "close");
    }
    await stillServes();
  });

  test("a message beyond all measure ends its own line and nothing else", async () => {
    const socket = await dial({});
    if (typeof socket === "number") throw new Error("refused");
    socket.send("x".repeat(MAX_FRAME_BYTES + 1));
    const [code] = await once(socket, "close");
    expect(code).toBe(1_009);
    await stillServes();
  });

  test("text that is no message at all is passed over", async () => {
    const socket = await dial({});
    if (typeof socket === "number") throw new Error("refused");
    for (const text of ["", "{", "not JSON", "\u0000"]) socket.send(text);
    socket.send(Buffer.from([0xff, 0xfe, 0x00]));
    socket.send(JSON.stringify({ frame: "call", id: 9, verb: "search", args: { text: "Emaille" } }));
    const [answer] = await once(socket, "message");
    expect(JSON.parse(String(answer))).toMatchObject({ frame: "answer", id: 9 });
    socket.close();
  });
});

describe("what the register serves", () => {
  test("its page, never kept by the browser, and its parts, kept for good", async () => {
    const page = await ask("/");
    expect(page).toMatchObject({ status: 200, text: "<title>Onetill</title>" });
    expect(page.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
    });
    const part = await ask("/assets/app.js");
    expect(part.headers["cache-control"]).toContain("immutable");
  });

  test("the camera's decoder as what it is, so that the browser runs it as it arrives", async () => {
    expect((await ask("/assets/reader.wasm")).headers["content-type"]).toBe("application/wasm");
  });

  test("a picture that the engine has, and not found for one that it has not", async () => {
    expect(await ask(`/pictures/${PICTURE}`)).toMatchObject({
      status: 200,
      text: "<svg/>",
      headers: { "content-type": "image/svg+xml" },
    });
    expect((await ask(`/pictures/${NO_PICTURE}`)).status).toBe(404);
  });

  test.each([
    ["a file above the page's folder", "/../identity.json", 404],
    ["the same, written so that it is not seen at once", "/%2e%2e%2fidentity.json", 404],
    ["the same, written twice over", "/..%252fidentity.json", 404],
    ["a file that is not there", "/assets/none.js", 404],
    ["a folder", "/assets", 404],
    ["a path that is cut off in the middle of a letter", "/%e0%a4%a", 400],
    ["a path with a zero in it", "/index.html%00.js", 404],
  ])("%s is not handed out", async (_, path, status) => {
    const answer = await ask(path);
    expect(answer.status).toBe(status);
    expect(answer.text).toBe("");
  });

  test("nothing under another name than its own address, and nothing to anyone who wants to write", async () => {
    expect((await ask("/", { host: "shop.elsewhere.example" })).status).toBe(403);
    expect((await ask("/", { host: `localhost:${address.port}` })).status).toBe(403);
    expect((await ask("/", { method: "POST" })).status).toBe(405);
  });

  test("the security policy stands on every answer, refusals included", async () => {
    for (const answer of [
      await ask("/"),
      await ask("/none.js"),
      await ask("/", { host: "elsewhere.example" }),
    ]) {
      const policy = String(answer.headers["content-security-policy"]);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy.split("; ")).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy.split("; ")).toContain("worker-src 'self'");
      expect(answer.headers["permissions-policy"]).toBe("camera=(self), microphone=()");
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
    }
  });

  test("the token stands behind the hash, where no browser sends it, and is another one each time", async () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
    const again = await serveRegister({
      engine: engineOf(till),
      rendererRoot: folder,
      port: 0,
      onDefect: () => undefined,
    });
    expect(again.address).not.toContain(token);
    await again.close();
  });
});
