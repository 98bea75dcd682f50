import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ViewValue } from "#protocol/till/contract.ts";
import { item, MIRA, PINS } from "../testing/fake-shop.ts";
import { FakeTill } from "../testing/fake-till.ts";
import { createTillClient, EngineAway, EngineFault } from "./till-client.ts";

const mira = { staff: MIRA.id, pin: PINS[MIRA.id] ?? "" };

describe("the line to the engine", () => {
  let till: FakeTill;

  beforeEach(() => {
    till = new FakeTill();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("answers come back to the call that asked", async () => {
    const client = createTillClient();
    client.connect(till.connect());
    const [found, nothing] = await Promise.all([
      client.call("search", { text: "mug", limit: 10 }),
      client.call("search", { text: "no such thing", limit: 10 }),
    ]);
    expect(found.map((each) => each.sku)).toEqual(["MUG"]);
    expect(nothing).toEqual([]);
  });

  it("a view is sent at once and again whenever it changes, until nobody watches", async () => {
    const client = createTillClient();
    client.connect(till.connect());
    const seen: string[] = [];
    const stop = client.watch("session", (session) => seen.push(session.state));
    await client.call("signIn", mira);
    stop();
    await client.call("signOut", {});
    expect(seen).toEqual(["locked", "open"]);
  });

  it("what does not fit the contract never leaves", async () => {
    const client = createTillClient();
    client.connect(till.connect());
    const badQuantity = client.call("addItem", { variant: item("MUG").variant, quantity: 0 });
    await expect(badQuantity).rejects.toBeInstanceOf(EngineFault);
    expect(till.calls).toEqual([]);
  });

  it("a call made while the engine is away waits for it", async () => {
    const client = createTillClient();
    const asked = client.call("search", { text: "mug", limit: 10 });
    client.connect(till.connect());
    expect((await asked).map((each) => each.sku)).toEqual(["MUG"]);
  });

  it("when the engine stays away, the call says so instead of waiting for ever", async () => {
    vi.useFakeTimers();
    const client = createTillClient();
    const asked = expect(client.call("search", { text: "mug", limit: 10 })).rejects.toBeInstanceOf(
      EngineAway,
    );
    await vi.runAllTimersAsync();
    await asked;
  });

  it("a call under way when the engine falls is reported as unanswered and never sent a second time", async () => {
    const client = createTillClient();
    client.connect(till.connect());
    await client.call("signIn", mira);
    till.holdAnswers();
    const asked = client.call("addItem", { variant: item("MUG").variant });
    till.fall();
    await expect(asked).rejects.toBeInstanceOf(EngineAway);
    client.connect(till.connect());
    await client.call("search", { text: "", limit: 1 });
    expect(till.calls.filter((verb) => verb === "addItem")).toHaveLength(1);
  });

  it("after a restart everything is watched again, and what happened meanwhile shows", async () => {
    const client = createTillClient();
    const baskets: ViewValue<"basket">[] = [];
    const connections: boolean[] = [];
    client.onConnection((connected) => connections.push(connected));
    client.connect(till.connect());
    client.watch("basket", (basket) => baskets.push(basket));
    await client.call("signIn", mira);
    till.holdAnswers();
    client.call("addItem", { variant: item("MUG").variant }).catch(() => undefined);
    till.fall();
    client.connect(till.connect());
    await client.call("search", { text: "", limit: 1 });
    expect(baskets.at(-1)?.lines.map((line) => line.name)).toEqual(["Enamel Mug"]);
    expect(connections).toEqual([true, false, true]);
  });
});
