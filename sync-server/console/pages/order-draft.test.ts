import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { orderDetailSchema } from "#protocol/hq/orders.ts";
import { type OrderDraft, orderDraftOf, orderEditOf } from "./order-draft.ts";

const EUR = (minor: number) => ({ minor, currency: "EUR" });
const line = (id: string, quantity: number) => ({
  id,
  variant: id,
  sku: id,
  name: id,
  options: [],
  taxClass: "standard",
  quantity,
  unitPrice: EUR(100),
  total: EUR(100 * quantity),
});
const ORDER = orderDetailSchema.parse({
  id: "o",
  number: "W-1",
  channel: "web",
  externalId: "1",
  status: "placed",
  placedAt: 1,
  cancelledAt: null,
  contact: { customer: null, name: "Anna", email: null, phone: "1" },
  delivery: {
    kind: "ship",
    address: { name: "Anna", lines: ["A 1", "2nd floor"], postcode: "10115", city: "Berlin", country: "DE" },
  },
  lines: [line("tea", 3), line("cup", 1)],
  shipping: EUR(0),
  payment: { state: "paid", total: EUR(400), paid: EUR(400), refunded: EUR(0) },
  fulfilments: [],
  credits: [],
  returns: [],
  exceptions: [],
  refundable: EUR(400),
  changes: [],
  note: "",
});
const edit = (change: Partial<OrderDraft>) =>
  orderEditOf(ORDER, { ...orderDraftOf(ORDER), reason: "Rang us", ...change });

test("only what was changed is asked for, and nothing where nothing was or no reason is given", () => {
  expect(edit({})).toBeNull();
  expect(edit({ note: "Ring twice", reason: " " })).toBeNull();
  expect(edit({ note: "Ring twice" })).toEqual({ note: "Ring twice", reason: "Rang us" });
  expect(edit({ email: "anna@example.org" })).toEqual({
    contact: { name: "Anna", email: "anna@example.org", phone: "1" },
    reason: "Rang us",
  });
});

test("fewer pieces are asked for by line, and what is no number is not", () => {
  const pieces = orderDraftOf(ORDER).pieces;
  expect(edit({ pieces: { ...pieces, tea: "1" } })).toEqual({
    pieces: [{ line: "tea", quantity: 1 }],
    reason: "Rang us",
  });
  expect(edit({ pieces: { ...pieces, tea: "one" } })).toBeNull();
});

test("an address keeps its lines", () => {
  const { address } = orderDraftOf(ORDER);
  expect(address?.street).toBe("A 1, 2nd floor");
  expect(edit({ address: { ...address!, city: "Potsdam" } })).toMatchObject({
    address: { lines: ["A 1", "2nd floor"], city: "Potsdam" },
  });
});

test("how long a parcel is kept is asked for by its part, to the minute", () => {
  const until = instant(1_800_000_000_000);
  const part = {
    store: "BER1",
    storeName: "Berlin",
    fulfilment: {
      ...{
        id: idOf<"Fulfilment">("f"),
        kind: "pickup",
        store: idOf<"Store">("ber"),
        state: "ready",
        lines: [],
      },
      ...{ promisedAt: until, collectBy: until, shelf: null, claimedBy: null, pickup: null, parcels: [] },
      ...{ restocked: false, trace: [] },
    },
  } as const;
  const order = { ...ORDER, fulfilments: [part] } as unknown as typeof ORDER;
  const draft = orderDraftOf(order);
  const [keep] = draft.keep;
  const later = draft.keep.map((each) => ({ ...each, until: "2027-02-01T18:30" }));
  expect(keep?.store).toBe("BER1");
  expect(orderEditOf(order, { ...draft, reason: "Asked", keep: later })).toEqual({
    collectBy: [{ fulfilment: "f", at: Date.parse("2027-02-01T18:30") }],
    reason: "Asked",
  });
});
