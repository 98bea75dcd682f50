import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { money } from "#domain/money/money.ts";
import { devicesAnswerSchema, setPriceAnswerSchema } from "#protocol/hq/console.ts";
import { exceptionsAnswerSchema } from "#protocol/hq/orders.ts";
import { HEARTBEAT_MS } from "#protocol/sync/changes.ts";
import { replicaAnswerSchema } from "#protocol/sync/replica.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, EUR, HARBOUR, RETAIL, TEA } from "../testing/shop.ts";
import type { WakeStream } from "../testing/wake-stream.ts";

let http: HttpForTests;

beforeEach(async () => {
  http = await HttpForTests.open();
});

afterEach(() => http.close());

const one = [{ variant: TEA, quantity: 1 }] as const;

async function expectRefusal(answer: Response, status: number, reason: string): Promise<void> {
  expect(await refusalOf(answer)).toEqual({ status, reason });
}

describe("HQ changes a price", () => {
  const raise = (body: unknown) => http.hq("/hq/v1/prices", { method: "PUT", body });

  test("the tills of the stores on that list are woken and pull it, the others are not", async () => {
    await http.parts.stockUp([TEA], 10);
    const berlin = await http.pair("BER1");
    const hamburg = await http.pair("HAM1");
    const [inBerlin, inHamburg] = [await http.listen(berlin.token), await http.listen(hamburg.token)];

    const onHarbour = await raise({ sku: "SKU-tea", list: HARBOUR, amount: money(390, EUR) });
    expect(setPriceAnswerSchema.parse(await onHarbour.json())).toMatchObject({ from: null });
    expect(await inHamburg.nextWake()).toEqual(["prices"]);

    const onRetail = await raise({ sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) });
    expect(setPriceAnswerSchema.parse(await onRetail.json())).toMatchObject({ from: money(350, EUR) });
    expect(await inHamburg.nextWake()).toEqual(["prices"]);
    // The first that Berlin hears of: the change of Hamburg's own list did not concern it.
    expect(await inBerlin.nextWake()).toEqual(["prices"]);
    expect(inBerlin.wakes).toBe(1);

    const pulled = replicaAnswerSchema.parse(
      await (await http.ask("/sync/v1/replica/prices", { token: berlin.token })).json(),
    );
    expect(pulled.documents).toMatchObject([{ id: "retail:tea", data: { amount: money(360, EUR) } }]);
  });

  test("S50 a till is woken for a price list that its store has only just begun to follow", async () => {
    await http.parts.stockUp([TEA], 10);
    const till = await http.listen((await http.pair("BER1")).token);
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStore({ ...BERLIN, priceLists: [HARBOUR, RETAIL] }),
    );
    expect(await till.nextWake()).toEqual(["settings"]);
    // It has never had this list: there is something to pull before anybody changes a price.
    expect(await till.nextWake()).toEqual(["prices"]);
    await raise({ sku: "SKU-tea", list: HARBOUR, amount: money(390, EUR) });
    expect(await till.nextWake()).toEqual(["prices"]);
  });

  describe("while a till that comes to listen is looked up", () => {
    /** Listens, and as soon as it was looked up does this before it is told. */
    async function listenAfter(token: string, meanwhile: () => Promise<unknown>): Promise<WakeStream> {
      const { pullDesk } = http.parts.deps;
      Object.assign(http.parts.deps, {
        pullDesk: {
          ...pullDesk,
          pull: async (...asked: Parameters<typeof pullDesk.pull>) => {
            const pulled = await pullDesk.pull(...asked);
            await meanwhile();
            return pulled;
          },
        },
      });
      return http.listen(token);
    }

    test("S50 a price list that its store begins to follow wakes it, and so do that list's prices later", async () => {
      await http.parts.stockUp([TEA], 10);
      const { token } = await http.pair("BER1");
      const till = await listenAfter(token, () =>
        http.parts.deps.publisher.publish((publication) =>
          publication.putStore({ ...BERLIN, priceLists: [HARBOUR, RETAIL] }),
        ),
      );
      expect(await till.nextWake()).toEqual(["prices"]);
      await raise({ sku: "SKU-tea", list: HARBOUR, amount: money(390, EUR) });
      expect(await till.nextWake()).toEqual(["prices"]);
    });

    test("one that HQ revokes is let go", async () => {
      const { storage, clock } = http.parts;
      const { till, token } = await http.pair("BER1");
      const revoked = await listenAfter(token, () =>
        storage.write((tx) => tx.revokeDevice(till.device, clock.now())),
      );
      await revoked.ended();
    });
  });

  test("S50 a sale wakes the tills of its own store alone", async () => {
    await http.parts.stockUp([TEA], 10);
    const seller = await http.pair("BER1");
    const [next, far] = [await http.pair("BER1"), await http.pair("HAM1")];
    const neighbour = await http.listen(next.token);
    const elsewhere = await http.listen(far.token);
    await http.ask("/sync/v1/journal", {
      method: "POST",
      token: seller.token,
      body: { entries: [seller.till.begin(), seller.till.sell(one)] },
    });
    expect(await neighbour.nextWake()).toEqual(["receipts", "stock"]);
    await raise({ sku: "SKU-tea", list: RETAIL, amount: money(1, EUR) });
    expect(await elsewhere.nextWake()).toEqual(["prices"]);
    expect(elsewhere.wakes).toBe(1);
  });

  test("S50 hundreds of tills may listen at once, and each is woken", async () => {
    await http.parts.stockUp([TEA], 10);
    const { token } = await http.pair();
    const listeners = await Promise.all(Array.from({ length: 300 }, () => http.listen(token)));
    await raise({ sku: "SKU-tea", list: RETAIL, amount: money(360, EUR) });
    const wakes = await Promise.all(listeners.map((listener) => listener.nextWake()));
    expect(wakes).toHaveLength(300);
    expect(wakes.every((collections) => collections.join() === "prices")).toBe(true);
  });

  test("a price that makes no sense is refused with the reason", async () => {
    await http.parts.stockUp([TEA], 10);
    const amount = money(100, EUR);
    await expectRefusal(await raise({ sku: "nothing", list: RETAIL, amount }), 404, "notFound");
    await expectRefusal(await raise({ sku: "SKU-tea", list: "nolist", amount }), 400, "badRequest");
    await expectRefusal(
      await raise({ sku: "SKU-tea", list: RETAIL, amount: { ...amount, minor: -1 } }),
      400,
      "badRequest",
    );
    await expectRefusal(
      await raise({ sku: "SKU-tea", list: RETAIL, amount: { minor: 1, currency: "USD" } }),
      400,
      "badRequest",
    );
  });
});

test("S52 the stream says that it is there while nothing happens", async () => {
  const { token } = await http.pair();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  try {
    const stream = await http.listen(token);
    vi.advanceTimersByTime(HEARTBEAT_MS);
    expect(await stream.nextPart()).toBe(": here");
  } finally {
    vi.useRealTimers();
  }
});

test("HQ sees when a till was last heard of and how far its clock is off", async () => {
  const { token } = await http.pair();
  const clock = http.parts.clock.now();
  await http.ask("/sync/v1/replica/settings", {
    token,
    headers: { "onetill-clock": String(clock + 90_000) },
  });
  const { devices } = devicesAnswerSchema.parse(await (await http.hq("/hq/v1/devices")).json());
  expect(devices[0]).toMatchObject({ lastSeenAt: clock, clockOffsetMs: 90_000, acknowledged: 0 });
});

test("HQ sees an oversold article by name of its store", async () => {
  const { till, token } = await http.pair();
  await http.ask("/sync/v1/journal", {
    method: "POST",
    token,
    body: { entries: [till.begin(), till.sell(one)] },
  });
  const { exceptions } = exceptionsAnswerSchema.parse(await (await http.hq("/hq/v1/exceptions")).json());
  expect(exceptions).toMatchObject([{ kind: "oversold", store: "BER1", resolved: false }]);
});

test("a till whose stream cannot be begun hears at least that its line is there", async () => {
  const { token } = await http.pair();
  Object.assign(http.parts.deps, {
    wakeups: {
      listen: () => {
        throw new Error("nobody may listen");
      },
      close: () => undefined,
    },
  });
  const answer = await http.ask("/sync/v1/changes", { token });
  expect(answer.status).toBe(200);
  await answer.body?.cancel();
});
