import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { createDelivery } from "./delivery.ts";
import { createEndpoints, type Endpoints } from "./endpoints.ts";
import { httpPost } from "./post.ts";
import type { Delivery } from "./serving.ts";

const DAY_MS = 86_400_000;

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let parts: ServerForTests;
let receiver: Server;
let address: string;
let received: Received[];
let answer: (reply: ServerResponse, message: Received) => void;
let endpoints: Endpoints;
let delivery: Delivery;

beforeEach(async () => {
  parts = await ServerForTests.open();
  received = [];
  answer = (reply) => reply.writeHead(204).end();
  receiver = createServer(async (request, reply) => {
    const message = { path: request.url ?? "", headers: request.headers, body: await text(request) };
    received.push(message);
    answer(reply, message);
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  endpoints = createEndpoints({ ...parts.deps, post: httpPost({ timeoutMs: 300 }) });
  delivery = createDelivery({
    storage: parts.storage,
    now: parts.clock.now,
    chance: () => 0,
    post: httpPost({ timeoutMs: 300 }),
  });
});
afterEach(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await parts.close();
});

async function happened(id: string, order: string, type = "order.ready"): Promise<void> {
  const event = {
    id,
    type,
    order: idOf<"Order">(order),
    at: parts.clock.now(),
    data: `{"order":"${order}"}`,
  };
  await parts.storage.write((tx) => tx.addEvent(event));
}

async function endpointAt(path: string, types: readonly string[] = []) {
  const added = await endpoints.add({ url: `${address}${path}`, types });
  if (!added.ok) throw new Error(added.reason);
  return added.value;
}

/** When the only delivery that waits is due; null: none waits. */
async function waiting(): Promise<number | null> {
  const [endpoint] = await parts.storage.read((tx) => tx.webhookEndpoints());
  const far = instant(parts.clock.now() + DAY_MS);
  const due = await parts.storage.read((tx) =>
    tx.dueDeliveries({ endpoint: endpoint?.id ?? "", at: far, limit: 9 }),
  );
  return due[0]?.nextTryAt ?? null;
}

async function until(so: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_000; turn += 1) {
    if (await so()) return;
    await new Promise(setImmediate);
  }
  throw new Error("it did not come to this");
}

const ids = () => received.map(({ headers }) => headers["webhook-id"]);

/** Lets time pass until nothing is tried any more. */
async function untilGivenUp(): Promise<void> {
  for (let days = 0; days < 12; days += 1) {
    await delivery.deliver();
    parts.clock.advance(DAY_MS);
  }
}

describe("an event on its way", () => {
  test("arrives once, with what happened and a signature that its receiver can check", async () => {
    const { secret } = await endpointAt("/hook");
    await happened("event-1", "order-1");
    await delivery.deliver();
    await delivery.deliver();
    expect(received).toHaveLength(1);
    const [{ body, headers }] = received as [Received];
    expect(JSON.parse(body)).toEqual({
      type: "order.ready",
      timestamp: new Date(parts.clock.now()).toISOString(),
      data: { order: "order-1" },
    });
    expect(headers["content-type"]).toBe("application/json");
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const key = Buffer.from(secret.replace("whsec_", ""), "base64");
    const expected = createHmac("sha256", key).update(signed).digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${expected}`);
    expect(headers["webhook-timestamp"]).toBe(String(Math.floor(parts.clock.now() / 1_000)));
  });

  test("goes once although two servers look after it at the same time; one whose server fell goes again after its claim", async () => {
    await endpointAt("/hook");
    const [one, other] = [1, 2].map(() =>
      createDelivery({
        storage: parts.storage,
        now: parts.clock.now,
        chance: () => 0,
        post: httpPost({ timeoutMs: 10_000 }),
      }),
    );
    answer = (reply) => void setTimeout(() => reply.writeHead(204).end(), 20);
    const all = Array.from({ length: 30 }, (_, at) => `event-${at}`);
    for (const id of all) await happened(id, `order of ${id}`);
    await Promise.all([one?.deliver(), other?.deliver()]);
    expect(ids().toSorted()).toEqual(all.toSorted());
    received = [];
    const fallen = createDelivery({
      storage: parts.storage,
      now: parts.clock.now,
      chance: () => 0,
      post: () => new Promise(() => undefined),
    });
    await happened("left", "order-left");
    void fallen.deliver();
    await until(async () => (await waiting()) === parts.clock.now() + 120_000);
    await delivery.deliver();
    expect(received).toEqual([]);
    parts.clock.advance(120_000);
    await delivery.deliver();
    expect(ids()).toEqual(["left"]);
  });

  test("goes only to the endpoints that asked for its type", async () => {
    await endpointAt("/all");
    await endpointAt("/placed", ["order.placed"]);
    await happened("event-1", "order-1");
    await delivery.deliver();
    expect(received.map(({ path }) => path)).toEqual(["/all"]);
  });

  test("is tried again later under the same id, and those of its order wait their turn behind it", async () => {
    await endpointAt("/hook");
    answer = (reply) => reply.writeHead(500).end("no");
    await happened("event-1", "order-1");
    await happened("event-2", "order-1");
    await happened("event-3", "order-2");
    await delivery.deliver();
    expect(ids().sort()).toEqual(["event-1", "event-3"]);
    await delivery.deliver();
    expect(received).toHaveLength(2);
    answer = (reply) => reply.writeHead(200).end();
    parts.clock.advance(60_000);
    received = [];
    await delivery.deliver();
    expect(ids().filter((id) => id !== "event-3")).toEqual(["event-1", "event-2"]);
    expect(ids()).toHaveLength(3);
  });

  test("a receiver that never answers is let go, and one that redirects is not followed", async () => {
    await endpointAt("/slow");
    answer = (reply, { path }) => {
      if (path === "/moved") reply.writeHead(307, { location: `${address}/elsewhere` }).end();
    };
    await happened("event-1", "order-1");
    await delivery.deliver();
    await endpointAt("/moved");
    await happened("event-2", "order-2");
    await delivery.deliver();
    expect(received.map(({ path }) => path)).not.toContain("/elsewhere");
    const waiting = (await endpoints.list()).map((each) => each.waiting);
    expect(waiting).toEqual([2, 1]);
  });

  test("asking twice at once sends once", async () => {
    await endpointAt("/hook");
    await happened("event-1", "order-1");
    await Promise.all([delivery.deliver(), delivery.deliver(), delivery.deliver()]);
    expect(received).toHaveLength(1);
  });
});

describe("a dead letter", () => {
  test("is what nobody took for days; HQ sees why and sends it again", async () => {
    const { id } = await endpointAt("/hook");
    answer = (reply) => reply.writeHead(503).end();
    await happened("event-1", "order-1");
    await untilGivenUp();
    expect(received).toHaveLength(10);
    expect(new Set(ids())).toEqual(new Set(["event-1"]));
    expect(await endpoints.dead()).toMatchObject([
      { endpoint: id, event: "event-1", type: "order.ready", failures: 10, lastFailure: "status 503" },
    ]);
    answer = (reply) => reply.writeHead(200).end();
    expect(await endpoints.replay({ endpoint: "another", event: null })).toBe(0);
    expect(await endpoints.replay({ endpoint: id, event: null })).toBe(1);
    await delivery.deliver();
    expect(received).toHaveLength(11);
    expect(await endpoints.dead()).toEqual([]);
  });

  test("an endpoint that says it is gone is not asked again", async () => {
    await endpointAt("/hook");
    answer = (reply) => reply.writeHead(410).end();
    await happened("event-1", "order-1");
    await untilGivenUp();
    expect(received).toHaveLength(1);
    expect(await endpoints.dead()).toMatchObject([{ lastFailure: "status 410" }]);
  });

  test("one that cannot be reached at all is told apart from one that is slow", async () => {
    await endpointAt("/hook");
    receiver.close();
    receiver.closeAllConnections();
    await once(receiver, "close");
    await happened("event-1", "order-1");
    await untilGivenUp();
    expect(await endpoints.dead()).toMatchObject([{ lastFailure: "unreachable" }]);
  });
});

test("HQ sees each try, what came back and how long it took, and sends what was taken once more", async () => {
  const { id } = await endpointAt("/hook");
  answer = (reply) => reply.writeHead(500).end();
  await happened("event-1", "order-1");
  await delivery.deliver();
  answer = (reply) => reply.writeHead(204).end();
  parts.clock.advance(DAY_MS);
  await delivery.deliver();
  const ask = { endpoint: id, onlyFailed: false, before: null, limit: 10 };
  expect(await endpoints.attempts(ask)).toMatchObject([
    { event: "event-1", type: "order.ready", failure: null },
    { event: "event-1", type: "order.ready", failure: "status 500" },
  ]);
  expect(await endpoints.attempts({ ...ask, endpoint: "none" })).toBeNull();
  expect(await endpoints.sendAgain({ endpoint: id, event: "event-1" })).toEqual({ ok: true, value: true });
  expect(await endpoints.sendAgain({ endpoint: id, event: "none" })).toEqual({
    ok: false,
    reason: "forgotten",
  });
  await delivery.deliver();
  expect(ids()).toEqual(["event-1", "event-1", "event-1"]);
});

test("a paused endpoint is sent nothing; what happened meanwhile goes once it goes on, to the address it has then", async () => {
  const { id } = await endpointAt("/old");
  await endpoints.change(id, { url: `${address}/old`, types: [], paused: true });
  await happened("event-1", "order-1");
  await delivery.deliver();
  expect(received).toEqual([]);
  const changed = await endpoints.change(id, { url: `${address}/new`, types: [], paused: false });
  expect(changed).toMatchObject({ ok: true, value: { pausedAt: null } });
  await delivery.deliver();
  expect(received.map(({ path }) => path)).toEqual(["/new"]);
});

test("a test event tells HQ at once whether an endpoint can be reached", async () => {
  const { id } = await endpointAt("/hook");
  expect(await endpoints.test(id)).toMatchObject({ failure: null });
  expect(JSON.parse(received[0]?.body ?? "")).toMatchObject({ type: "test", data: {} });
  answer = (reply) => reply.writeHead(401).end();
  expect(await endpoints.test(id)).toMatchObject({ failure: "status 401" });
  expect(await endpoints.test("none")).toBeNull();
});

test("events go nowhere in the clear but to this very machine", async () => {
  for (const url of ["http://shop.example/hook", "ftp://127.0.0.1/hook"])
    expect(await endpoints.add({ url, types: [] })).toEqual({ ok: false, reason: "notSecure" });
  expect((await endpoints.add({ url: "https://shop.example/hook", types: [] })).ok).toBe(true);
  const [row] = await endpoints.list();
  expect(row).not.toHaveProperty("secret");
});
