import { beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { type ChangedFeed, type Listener, Wakeups } from "./wakeups.ts";

function listenerOf(feeds: readonly string[], heard: string[] = []) {
  const asked: ChangedFeed[] = [];
  const listener: Listener = {
    device: idOf<"Device">("till"),
    feeds: new Set(feeds),
    concerns: (change) => {
      asked.push(change);
      return feeds.includes(change.feed);
    },
    wake: (collections) => heard.push(collections.join(" ")),
    askHealth: () => undefined,
    end: () => undefined,
  };
  return { listener, heard, asked };
}

test("what another store sold is not even looked at, and one's own wakes once for all that is in it", () => {
  const wakeups = new Wakeups();
  const own = listenerOf(["store:one", "catalog"]);
  const other = listenerOf(["store:two", "catalog"]);
  wakeups.listen(own.listener);
  wakeups.listen(other.listener);
  wakeups.announce([
    { feed: "store:one", collection: "stock" },
    { feed: "store:one", collection: "receipts" },
    { feed: "catalog", collection: "products" },
  ]);
  expect(own.heard).toEqual(["stock receipts products"]);
  expect(other.heard).toEqual(["products"]);
  expect(other.asked).toEqual([{ feed: "catalog", collection: "products" }]);
});

test("who has left hears nothing, and who is of another store from now on hears that one", () => {
  const wakeups = new Wakeups();
  const heard: string[] = [];
  const leave = wakeups.listen(listenerOf(["store:one"], heard).listener);
  leave();
  wakeups.listen(listenerOf(["store:two"], heard).listener);
  wakeups.announce([{ feed: "store:one", collection: "stock" }]);
  wakeups.announce([{ feed: "store:two", collection: "orders" }]);
  expect(heard).toEqual(["orders"]);
  expect(wakeups.count).toBe(1);
});

test("what concerns a whole chain is told in slices, each till once of all that changed until it was its turn", () => {
  const turns: (() => void)[] = [];
  const wakeups = new Wakeups((goOn) => turns.push(goOn));
  const heard = Array.from({ length: 150 }, () => {
    const one = listenerOf(["catalog", "prices"]);
    wakeups.listen(one.listener);
    return one.heard;
  });
  const told = () => heard.map((each) => each.length).filter((count) => count > 0).length;
  wakeups.announce([{ feed: "catalog", collection: "products" }]);
  expect(told()).toBe(64);
  wakeups.announce([{ feed: "prices", collection: "prices" }]);
  expect(told()).toBe(64);
  while (turns.length > 0) turns.shift()?.();
  expect(heard.map((each) => each.join(", "))).toEqual([
    ...Array.from({ length: 64 }, () => "products, prices"),
    ...Array.from({ length: 86 }, () => "products prices"),
  ]);
});

describe("while some of a chain are still to be told", () => {
  const change: ChangedFeed = { feed: "catalog", collection: "products" };
  let turns: (() => void)[];
  let wakeups: Wakeups;
  beforeEach(() => {
    turns = [];
    wakeups = new Wakeups((goOn) => turns.push(goOn));
    for (let first = 0; first < 64; first += 1) wakeups.listen(listenerOf(["catalog"]).listener);
  });
  const tellAll = () => {
    while (turns.length > 0) turns.shift()?.();
  };

  test("one that leaves is not told, and one that listens anew meanwhile is", () => {
    const [gone, anew] = [listenerOf(["catalog"]), listenerOf(["catalog"])];
    const leave = wakeups.listen(gone.listener);
    const pause = wakeups.listen(anew.listener);
    wakeups.announce([change]);
    leave();
    pause();
    wakeups.listen(anew.listener);
    tellAll();
    expect(gone.heard).toEqual([]);
    expect(anew.heard).toEqual(["products"]);
  });

  test("one that cannot be told keeps nobody from hearing of it, nor of what changes later", () => {
    const broken = listenerOf(["catalog"]);
    const wake = () => {
      throw new Error("broken");
    };
    wakeups.listen({ ...broken.listener, wake });
    const next = listenerOf(["catalog"]);
    wakeups.listen(next.listener);
    wakeups.announce([change]);
    expect(() => turns.shift()?.()).toThrow("broken");
    tellAll();
    expect(next.heard).toEqual(["products"]);
    wakeups.announce([change]);
    expect(() => turns.shift()?.()).toThrow("broken");
    tellAll();
    expect(next.heard).toEqual(["products", "products"]);
  });
});
