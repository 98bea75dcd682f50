import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { createDeps, type ServerDeps } from "../../sync-server/http/deps.ts";
import { buildServer } from "../../sync-server/http/server.ts";
import { SqliteStorage } from "../../sync-server/storage/sqlite/storage.ts";
import { openShop, STORES } from "../retailer.ts";
import { callPlainly, isPlain } from "./plain-call.ts";
import type { Answer, Asked } from "./server-machine.ts";

const JSON_TYPE = { "content-type": "application/json" } as const;
const ADDRESS = "10.0.0.1";

let folder: string;
let deps: ServerDeps;
let app: FastifyInstance;
let token: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "onetill-plain-call-"));
  const storage = new SqliteStorage(join(folder, "server.sqlite"));
  let made = 0;
  const newId = () => {
    made += 1;
    return String(made);
  };
  // A clock that stands still: answers say what it is.
  deps = createDeps({ storage, now: () => instant(1_700_000_000_000), newId });
  await openShop(deps);
  app = await buildServer(deps, { logger: null, consoleRoot: null, tillsAlone: true });
  await app.ready();
  token = await paired();
});
afterEach(async () => {
  await app.close();
  await deps.pdfs.close();
  deps.hearing.stop();
  await deps.storage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function paired(): Promise<string> {
  const code = (await deps.enrolment.makePairingCode(STORES[0]?.code ?? ""))?.code ?? "";
  const { x: publicKey = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const answer = await deps.enrolment.pair({ kind: "pair", code, publicKey, name: "Till" });
  return (answer.ok ? answer.value.token : null) ?? "";
}

/** As a server answers over a connection. */
async function overConnection({ method, path, headers, body }: Asked): Promise<Answer> {
  const payload = body === null ? {} : { payload: body };
  const answer = await app.inject({ method, url: path, headers, remoteAddress: ADDRESS, ...payload });
  const { "content-type": type, "content-length": length } = answer.headers;
  const sent = { "content-type": String(type), "content-length": String(length) };
  return { status: answer.statusCode, headers: sent, body: answer.rawPayload };
}

const get = (path: string, headers = {}): Asked => ({ method: "GET", path, headers, body: null });
const post = (path: string, body: string, headers = {}): Asked => ({ method: "POST", path, headers, body });

test.each<[string, (bearer: { authorization: string }) => Asked, number]>([
  ["a page", (bearer) => get("/sync/v1/replica/products?after=&limit=200", bearer), 200],
  ["a page of one who is not known", () => get("/sync/v1/replica/products?after=&limit=200"), 401],
  ["a page that is asked for badly", (bearer) => get("/sync/v1/replica/products?limit=many", bearer), 400],
  ["an address that nobody has", () => get("/sync/v1/nothing"), 404],
  [
    "pages of several collections",
    (bearer) =>
      post("/sync/v1/pages", '{"checkpoints":{"staff":"","stock":""}}', { ...bearer, ...JSON_TYPE }),
    200,
  ],
  [
    "what is newer, in words that are longer than their letters",
    (bearer) => post("/sync/v1/newer", '{"checkpoints":{"stock":"ü€"}}', { ...bearer, ...JSON_TYPE }),
    200,
  ],
  ["no JSON", (bearer) => post("/sync/v1/leases", "{", { ...bearer, ...JSON_TYPE }), 400],
  ["what is no JSON by its own word", (bearer) => post("/sync/v1/leases", "{}", bearer), 400],
  [
    "more than is taken",
    (bearer) => post("/sync/v1/leases", `"${"x".repeat(2 ** 20)}"`, { ...bearer, ...JSON_TYPE }),
    413,
  ],
])("%s is answered as over a connection", async (_, ask, status) => {
  const asked = ask({ authorization: `Bearer ${token}` });
  expect(isPlain(asked)).toBe(true);
  const wanted = await overConnection(asked);
  const plain = await callPlainly(app, asked, ADDRESS);
  expect(plain.status).toBe(status);
  expect({ status: plain.status, body: plain.body.toString() }).toEqual({
    status: wanted.status,
    body: wanted.body.toString(),
  });
  expect(plain.headers).toMatchObject(wanted.headers);
});

test("whoever waits for an answer to be over is told that it is, and that all of it went out", async () => {
  const own = fastify();
  const over = new Promise<boolean>((resolve) => {
    own.get("/", (_, reply) => {
      reply.raw.once("close", () => resolve(reply.raw.writableFinished));
      return "said";
    });
  });
  await own.ready();
  expect((await callPlainly(own, get("/"), ADDRESS)).body.toString()).toBe("said");
  expect(await over).toBe(true);
  await own.close();
});

test("what is answered by a stream is not asked for so", () => {
  for (const path of ["snapshot/products", "pictures/0", "changes"])
    expect(isPlain(get(`/sync/v1/${path}`))).toBe(false);
});
