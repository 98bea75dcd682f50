import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { DatedDeliveryAct, Delivery, DeliveryAct, DeliveryOpening } from "./delivery.ts";
import { arrivedOf, openDelivery, openOf, underWayOf, withDeliveryActs } from "./delivery-acts.ts";
import { contradictionsOf } from "./delivery-contradictions.ts";
import { movementsOfDelivery } from "./delivery-facts.ts";

const [BERLIN, HAMBURG] = [idOf<"Store">("ber"), idOf<"Store">("ham")];
const TEA = { variant: idOf<"Variant">("tea"), sku: idOf<"Sku">("TEA"), name: "Tea" };
const MUG = { variant: idOf<"Variant">("mug"), sku: idOf<"Sku">("MUG"), name: "Mug" };
const HQ = { kind: "hq", who: "Hanna" } as const;
const till = (device: string) =>
  ({ kind: "staff", staff: idOf<"Staff">("mira"), device: idOf<"Device">(device) }) as const;

function transfer(changes: Partial<DeliveryOpening> = {}): Delivery {
  const opening: DeliveryOpening = {
    id: idOf<"Delivery">("d1"),
    reference: "T-1",
    kind: "transfer",
    supplier: "",
    from: BERLIN,
    to: HAMBURG,
    fromName: "Berlin",
    toName: "Hamburg",
    expectedOn: null,
    blind: false,
    lines: [{ ...TEA, ordered: 5 }],
    note: "",
    ...changes,
  };
  return openDelivery(opening, { at: instant(0), by: HQ });
}

let names = 0;
function dated(at: number, act: DeliveryAct, by: DatedDeliveryAct["by"] = HQ): DatedDeliveryAct {
  names += 1;
  return { id: `act-${names}`, at: instant(at), by, act };
}
const confirmed = dated(1, { kind: "confirmed" });
const sent = (at: number, pieces: number, device = "ber-1", article = TEA) =>
  dated(at, { kind: "sent", store: BERLIN, lines: [{ ...article, pieces }] }, till(device));
const received = (at: number, good: number, damaged = 0, device = "ham-1", article = TEA) =>
  dated(
    at,
    { kind: "received", store: HAMBURG, lines: [{ ...article, good, damaged }], isAll: false, note: "" },
    till(device),
  );
const closed = (at: number) => dated(at, { kind: "closedShort", reason: "Lost" });
const cancelled = (at: number) => dated(at, { kind: "cancelled", reason: "Not needed" });

describe("a transfer", () => {
  test("is expected, under way, there in part and there", () => {
    const acts = [confirmed, sent(2, 5), received(3, 2), received(4, 3)];
    const states = acts.map((_, at) => withDeliveryActs(transfer(), acts.slice(0, at + 1)).state);
    expect(states).toEqual(["expected", "sent", "partlyReceived", "received"]);
  });

  test("that comes short stays open until HQ writes the rest off", () => {
    const short = withDeliveryActs(transfer(), [confirmed, sent(2, 5), received(3, 4)]);
    expect(short.lines.map((line) => [underWayOf(short, line), openOf(short, line)])).toEqual([[1, 1]]);
    const over = withDeliveryActs(short, [closed(4)]);
    expect(over).toMatchObject({ state: "closedShort", closedAt: 4, lines: [{ writtenOff: 1 }] });
    expect(underWayOf(over, over.lines[0]!)).toBe(0);
  });

  test("of which pieces turn up after it was closed is not written off to that part", () => {
    const found = withDeliveryActs(transfer(), [
      confirmed,
      sent(2, 5),
      received(3, 3),
      closed(4),
      received(5, 2),
    ]);
    expect(found).toMatchObject({ state: "closedShort", lines: [{ good: 5, writtenOff: 0 }] });
    expect(contradictionsOf(found)).toEqual(["receivedAfterClosing"]);
  });

  test("that a till tells late is as if it had been told in time", () => {
    const [a, b, c] = [sent(2, 5), received(3, 4), closed(4)];
    const late = [confirmed, c, b, a].reduce((so, act) => withDeliveryActs(so, [act]), transfer());
    expect(late).toEqual(withDeliveryActs(transfer(), [confirmed, a, b, c]));
  });

  test("that arrives before anybody told of sending it waits for the sender's word", () => {
    const early = withDeliveryActs(transfer(), [confirmed, received(3, 5)]);
    expect(early.state).toBe("partlyReceived");
    expect(contradictionsOf(early)).toEqual([]);
    expect(withDeliveryActs(early, [sent(2, 5)]).state).toBe("received");
  });

  test("cannot be cancelled once it left", () => {
    const gone = withDeliveryActs(transfer(), [confirmed, sent(2, 5), cancelled(3)]);
    expect(gone.state).toBe("sent");
    expect(gone.history.at(-1)?.fits).toBe(false);
  });
});

describe("what contradicts itself is found", () => {
  const foundAfter = (...acts: readonly DatedDeliveryAct[]) =>
    contradictionsOf(withDeliveryActs(transfer(), [confirmed, ...acts]));

  test("more arrives than was sent", () =>
    expect(foundAfter(sent(2, 5), received(3, 6))).toEqual(["receivedMoreThanSent"]));
  test("two tills receive the same goods", () =>
    expect(foundAfter(sent(2, 5), received(3, 5), received(4, 5, 0, "ham-2"))).toEqual(["receivedTwice"]));
  test("goods arrive after HQ cancelled", () =>
    expect(foundAfter(cancelled(2), received(3, 5))).toEqual(["receivedAfterClosing"]));
  test("goods are sent after HQ cancelled, and are under way", () => {
    const gone = withDeliveryActs(transfer(), [confirmed, cancelled(2), sent(3, 5)]);
    expect([gone.state, ...contradictionsOf(gone)]).toEqual(["sent", "sentAfterCancellation"]);
  });
  test("two tills send the same transfer", () =>
    expect(foundAfter(sent(2, 5), sent(3, 5, "ber-2"))).toEqual(["sentTwice"]));
  test("nothing, where all went well", () => expect(foundAfter(sent(2, 5), received(3, 4, 1))).toEqual([]));
});

test("an expected delivery of a supplier is there once all that was ordered is, and an article that nobody ordered is noted", () => {
  const supplied = transfer({ kind: "supplier", from: null, supplier: "Tea House" });
  const there = withDeliveryActs(supplied, [confirmed, received(2, 5)]);
  expect(there.state).toBe("received");
  const odd = withDeliveryActs(supplied, [confirmed, received(2, 2, 0, "ham-1", MUG)]);
  expect(odd.lines).toEqual([
    { ...TEA, ordered: 5, sent: 0, good: 0, damaged: 0, writtenOff: 0 },
    { ...MUG, ordered: 0, sent: 0, good: 2, damaged: 0, writtenOff: 0 },
  ]);
  expect(contradictionsOf(odd)).toEqual(["receivedMoreThanSent"]);
});

const anAct = fc
  .record({
    at: fc.integer({ min: 1, max: 9 }),
    kind: fc.constantFrom("sent", "received", "received", "closedShort", "cancelled"),
    good: fc.nat({ max: 7 }),
    damaged: fc.nat({ max: 2 }),
    article: fc.constantFrom(TEA, MUG),
    device: fc.constantFrom("1", "2"),
  })
  .map(({ at, kind, good, damaged, article, device }) => {
    if (kind === "sent") return sent(at, good, `ber-${device}`, article);
    if (kind === "received") return received(at, good, damaged, `ham-${device}`, article);
    return kind === "closedShort" ? closed(at) : cancelled(at);
  });

test("S161 whatever is sent, received, lost or cancelled in whatever order: pieces in all stores, under way and written off stay the same", () => {
  fc.assert(
    fc.property(fc.array(anAct, { maxLength: 12 }), (acts) => {
      const delivery = withDeliveryActs(transfer(), acts);
      const moved = acts.flatMap(({ id, act }) => movementsOfDelivery({ id, delivery: delivery.id, act }));
      const inStores = moved.reduce((sum, { quantity }) => sum + quantity, 0);
      const elsewhere = delivery.lines.reduce(
        (sum, line) => sum + underWayOf(delivery, line) + line.writtenOff + line.damaged,
        0,
      );
      expect(inStores + elsewhere).toBe(0);
    }),
  );
});

test("S160 the order in which acts are told, and how often, changes nothing", () => {
  fc.assert(
    fc.property(
      fc
        .array(anAct, { maxLength: 8 })
        .chain((acts) => fc.tuple(fc.constant(acts), fc.shuffledSubarray(acts, { minLength: acts.length }))),
      ([acts, told]) => {
        const once = withDeliveryActs(transfer(), acts);
        const oneByOne = [...told, ...told].reduce((so, act) => withDeliveryActs(so, [act]), transfer());
        expect(oneByOne.history).toEqual(once.history);
        const sums = ({ state, lines }: Delivery) => [
          state,
          lines.map((line) => [line.variant, line.sent, arrivedOf(line), line.writtenOff]),
        ];
        expect(sums(oneByOne)).toEqual(sums(once));
      },
    ),
  );
});
