import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { WakeEvents } from "./wake-events.ts";

function eventOf(collections: readonly ReplicaCollection[], newline = "\n"): string {
  return ["event: wake", `data: ${JSON.stringify({ collections })}`, "", ""].join(newline);
}

/** What a till hears of a text that arrives in these pieces. */
function heard(...pieces: readonly string[]): readonly ReplicaCollection[] {
  const events = new WakeEvents();
  return pieces.flatMap((piece) => events.take(piece));
}

describe("S50 wake-ups from a stream", () => {
  test("name the collections to pull", () => {
    expect(heard(eventOf(["prices", "stock"]))).toEqual(["prices", "stock"]);
  });

  test("S52 a heartbeat wakes nobody", () => {
    expect(heard(": here\n\n", ": here\n\n")).toEqual([]);
  });

  test("count only when they have come to their end", () => {
    expect(heard(eventOf(["prices"]).slice(0, -1))).toEqual([]);
  });

  test("are understood however the network cuts them, heartbeats in between and either end of line", () => {
    const some = fc.array(fc.uniqueArray(fc.constantFrom(...REPLICA_COLLECTIONS), { minLength: 1 }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(some, fc.constantFrom("\n", "\r\n"), fc.array(fc.nat(600)), (events, newline, cuts) => {
        const text = events.map((each) => `: here${newline}${newline}${eventOf(each, newline)}`).join("");
        const at = [0, ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b), text.length];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(new Set(heard(...pieces))).toEqual(new Set(events.flat()));
      }),
    );
  });

  test.each([
    ["no JSON", "data: {oops\n\n"],
    ["a collection that this till does not know", 'data: {"collections":["weather"]}\n\n'],
    ["nothing named", 'data: {"collections":[]}\n\n'],
    ["something else altogether", 'data: "hello"\n\n'],
  ])("S51 that cannot be read (%s) wake for everything", (_, text) => {
    expect(heard(text)).toEqual([...REPLICA_COLLECTIONS]);
  });

  test("a stream that never ends an event takes no memory without end, and what follows is heard again", () => {
    const events = new WakeEvents();
    for (let piece = 0; piece < 1_000; piece += 1) events.take("x".repeat(10_000));
    events.take("\n\n");
    expect(events.take(eventOf(["prices"]))).toEqual(["prices"]);
  });
});
