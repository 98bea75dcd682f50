import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import { HQ_KEY, HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import { consoleHeaders } from "../testing/users.ts";
import { CODES_PER_MINUTE, LOOK_UPS_PER_MINUTE, MAILS_PER_MINUTE } from "./look-up-pace.ts";

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open({ demoShop: true });
});
afterEach(() => http.close());

/** Asks until somebody says to wait; how many times that took, at most `most`. */
async function triesUntilRefused(most: number, ask: (guess: number) => Promise<Response>): Promise<number> {
  for (let guess = 1; guess <= most; guess += 1) {
    const { status } = await ask(guess);
    if (status === 429) return guess;
    expect(status).not.toBe(500);
  }
  throw new Error(`nobody said to wait in ${most} tries`);
}

const { publicKey } = new TestTill({ store: BERLIN.store });
const code = (guess: number) => `AAAA-${String(guess).padStart(4, "2").replaceAll(/[01]/g, "2")}`;

async function pairingCode(): Promise<string> {
  const made = await http.hq("/hq/v1/pairing-codes", { method: "POST", body: { store: "BER1" } });
  return pairAnswerSchema.parse(await made.json()).code;
}

describe("codes that make a machine a till", () => {
  test.each(["pair", "takeOver"] as const)(
    "S2 guesses at %s are ten in a minute from an address",
    async (kind) => {
      const enrol = (guess: number) =>
        http.ask("/sync/v1/enrol", {
          method: "POST",
          body: { kind, code: code(guess), publicKey, ...(kind === "pair" ? { name: "Guesser" } : {}) },
        });
      expect(await triesUntilRefused(30, enrol)).toBe(11);
      const right = await pairingCode();
      const late = await http.ask("/sync/v1/enrol", {
        method: "POST",
        body: { kind: "pair", code: right, publicKey, name: "Guesser" },
      });
      expect(late.status, "the right one waits as well").toBe(429);
    },
  );

  test("S2 whoever has a network of IPv6 addresses is one guesser, by whichever of them they come", async () => {
    const behind = await HttpForTests.open({ proxies: ["127.0.0.1"] });
    const enrol = (from: string) =>
      behind.ask("/sync/v1/enrol", {
        method: "POST",
        headers: { "x-forwarded-for": from },
        body: { kind: "pair", code: code(1), publicKey, name: "Guesser" },
      });
    expect(await triesUntilRefused(30, (guess) => enrol(`2001:db8:1:2::${guess}`))).toBe(11);
    expect((await enrol("2001:db8:1:3::1")).status).toBe(404);
    await behind.close();
  });

  test("S2 a code opens once, and not after a quarter of an hour", async () => {
    const enrol = (asked: string) =>
      http.ask("/sync/v1/enrol", {
        method: "POST",
        body: { kind: "pair", code: asked, publicKey, name: "Till" },
      });
    const once = await pairingCode();
    expect((await enrol(once)).status).toBe(200);
    expect(await refusalOf(await enrol(once))).toEqual({ status: 404, reason: "codeUnknown" });
    const late = await pairingCode();
    http.parts.clock.advance(15 * 60_000 + 1);
    expect(await refusalOf(await enrol(late))).toEqual({ status: 410, reason: "codeExpired" });
  });
});

describe("a till that somebody stole", () => {
  test("tries gift cards, credits, coupons and baskets no faster than a person types them", async () => {
    const { token } = await http.pair();
    const balance = (guess: number) =>
      http.ask("/sync/v1/balances", { method: "POST", token, body: { code: `CARD-${guess}` } });
    expect(await triesUntilRefused(CODES_PER_MINUTE + 5, balance)).toBe(CODES_PER_MINUTE + 1);
    expect((await http.ask("/sync/v1/baskets/AAAAAA", { token })).status).toBe(429);
    const other = await http.pair();
    const asked = { method: "POST", token: other.token, body: { code: "CARD-1" } };
    expect((await http.ask("/sync/v1/balances", asked)).status, "another till's customers do not wait").toBe(
      200,
    );
    http.parts.clock.advance(60_000);
    expect((await balance(1)).status).toBe(200);
  });

  test("looks up people and sales of the chain no faster than somebody at a counter", async () => {
    const { token } = await http.pair();
    const find = (guess: number) => http.ask(`/sync/v1/customers?search=a${guess}`, { token });
    expect(await triesUntilRefused(LOOK_UPS_PER_MINUTE + 5, find)).toBe(LOOK_UPS_PER_MINUTE + 1);
    for (const path of ["/sync/v1/customers/x", "/sync/v1/customers/x/history", "/sync/v1/cases?search=a"])
      expect((await http.ask(path, { token })).status, path).toBe(429);
    const asked = { method: "POST", token, body: { customer: "x" } };
    for (const path of ["/sync/v1/points", "/sync/v1/purchases"])
      expect((await http.ask(path, asked)).status, path).toBe(429);
  });
});

test("a till has so many receipts mailed in a minute: with a stolen one nobody writes to all the world in the shop's name", async () => {
  const { token } = await http.pair();
  const mail = (guess: number) =>
    http.ask("/sync/v1/receipt-mails", {
      method: "POST",
      token,
      body: {
        id: `mail-${guess}`,
        ticket: "ticket-1",
        document: { kind: "receipt" },
        email: `somebody${guess}@example.com`,
        language: null,
        copy: false,
      },
    });
  expect((await mail(0)).status).toBe(200);
  expect(await triesUntilRefused(MAILS_PER_MINUTE + 5, mail)).toBe(MAILS_PER_MINUTE);
});

test("a web shop's key tries codes of value 120 times in a minute at most", async () => {
  const look = (guess: number) => http.ask(`/shop/v1/credits/CARD-${guess}`, { token: HQ_KEY });
  const answer = await look(0);
  const path = answer.status === 404 && (await answer.clone().text()).includes("nothing at this address");
  expect(path, "the address is there").toBe(false);
  expect(await triesUntilRefused(130, look)).toBeLessThanOrEqual(121);
});

describe("several servers on one database", () => {
  test("a guesser who asks one after the other has no more guesses than at one", async () => {
    const servers = [http.address, await http.another()];
    const { token } = await http.pair();
    const post = (token: string | null, body: unknown) => ({
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    const at = (guess: number, path: string, init: RequestInit) =>
      fetch(`${servers[guess % servers.length]}${path}`, init);
    const pair = (guess: number) =>
      at(
        guess,
        "/sync/v1/enrol",
        post(null, { kind: "pair", code: code(guess), publicKey, name: "Guesser" }),
      );
    const balance = (guess: number) => at(guess, "/sync/v1/balances", post(token, { code: `CARD-${guess}` }));
    const credit = (guess: number) =>
      at(guess, `/shop/v1/credits/${creditCodeOf(new Uint8Array(CREDIT_CODE_BYTES).fill(guess))}`, {
        headers: { authorization: `Bearer ${HQ_KEY}` },
      });
    expect(await triesUntilRefused(30, pair)).toBe(11);
    expect(await triesUntilRefused(130, balance)).toBe(CODES_PER_MINUTE + 1);
    expect(await triesUntilRefused(250, credit)).toBe(121);
    http.parts.clock.advance(60_000);
    expect((await balance(1)).status).toBe(200);
  });
});

test("whoever opens the demo shop tries baskets' codes 60 times in a minute at most", async () => {
  const open = () => http.ask("/demo-shop/api/baskets/AAAAAAAA");
  expect(await triesUntilRefused(70, open)).toBe(61);
});

test("a one-time link and a session are not found by guessing: both are 256 bits, and the tries are limited all the same", async () => {
  const headers = consoleHeaders(http.address);
  const look = await http.ask("/hq/v1/links/look", {
    method: "POST",
    headers,
    body: { kind: "setUp", token: "A".repeat(43) },
  });
  expect(look.status).toBe(404);
  const guess = await http.ask("/hq/v1/session", {
    headers: { ...headers, cookie: `onetill_session=${"A".repeat(43)}` },
  });
  expect(guess.status).toBe(401);
  for (const answer of [look, guess]) expect(answer.headers.get("x-ratelimit-limit")).toBe("6000");
});

test.each([
  ["HQ", "/hq/v1/products"],
  ["web shops", "/shop/v1/products"],
  ["tills", "/sync/v1/replica/products"],
])("wrong keys of %s count against the limit of requests", async (_, path) => {
  const left = async () => {
    const answer = await http.ask(path, { token: `hq_${"A".repeat(43)}` });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("x-ratelimit-limit")).toMatch(/^\d+$/);
    return Number(answer.headers.get("x-ratelimit-remaining"));
  };
  const before = await left();
  expect(await left()).toBe(before - 1);
});
