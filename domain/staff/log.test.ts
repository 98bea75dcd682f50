import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import type { Fact } from "../journal/entry.ts";
import { MIRA } from "../testing/arbitrary-baskets.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { staffLogOf } from "./log.ts";

const JOHANNA = idOf<"Staff">("johanna");
const SHIFT = idOf<"Shift">("shift-1");
const WRITTEN = instant(1_800_000_100_000);
/** The till's clock is five seconds ahead. */
const ACTED = instant(WRITTEN - 5_000);

function logged(fact: Fact) {
  const entry = {
    id: idOf<"Entry">("entry-1"),
    staff: MIRA,
    store: idOf<"Store">("berlin"),
    device: idOf<"Device">("till-1"),
    at: WRITTEN,
    fact,
  };
  return staffLogOf(entry, ACTED);
}

describe("what people did at tills", () => {
  test("is kept with who did it, when by the server's clock, and who allowed what", () => {
    const what = "20 % off lamp";
    expect(
      logged({ type: "action.approved", permission: "discount.line", approvedBy: JOHANNA, what }),
    ).toEqual({
      id: "entry-1",
      kind: "approved",
      staff: MIRA,
      store: "berlin",
      device: "till-1",
      at: ACTED,
      approvedBy: JOHANNA,
      permission: "discount.line",
      what,
      amount: null,
    });
  });

  test("a cash pick-up that somebody allowed is an approval with its amount, one that nobody had to allow is none", () => {
    const moved = {
      type: "cash.moved",
      id: "m",
      shift: SHIFT,
      kind: "pickup",
      amount: eur(5_000),
      reason: "To the safe",
    } as const;
    expect(logged({ ...moved, approvedBy: JOHANNA })).toMatchObject({
      kind: "approved",
      permission: "cash.pickup",
      amount: eur(5_000),
      what: "To the safe",
    });
    expect(logged({ ...moved, approvedBy: null })).toBe(null);
  });

  test("goods taken back beyond the rules say by which receipt and why", () => {
    const sale = ticketOf([lineOf({ name: "lamp", price: eur(1190) })]);
    const override = { manager: JOHANNA, reason: "Good customer" };
    const ticket = { ...sale, returning: { by: "override", override, identity: null } } as const;
    expect(logged({ type: "ticket.completed", ticket })).toMatchObject({
      kind: "approved",
      permission: "returns.override",
      what: `${sale.number}: Good customer`,
    });
    expect(logged({ type: "ticket.completed", ticket: sale })).toBe(null);
  });

  test("money that left the drawer for a gift card, and a word about a card terminal, say who allowed it", () => {
    const code = "GC";
    const paidOut = { id: "p", code, amount: eur(2_500), manager: JOHANNA, reason: "Moves abroad" };
    expect(logged({ type: "giftCard.paidOut", ...paidOut } as unknown as Fact)).toMatchObject({
      kind: "approved",
      approvedBy: JOHANNA,
      permission: "returns.override",
      amount: eur(2_500),
      what: "Moves abroad",
    });
    const settled = { type: "card.settledByHand", amount: eur(900), reason: "Seen on the slip" };
    expect(logged({ ...settled, approvedBy: JOHANNA } as unknown as Fact)).toMatchObject({
      kind: "approved",
      permission: "card.settle",
      amount: eur(900),
      what: "Seen on the slip",
    });
    expect(logged({ ...settled, approvedBy: null } as unknown as Fact)).toBe(null);
  });

  test("whoever forgot to clock out left when they say, as far as the till's clock was off", () => {
    const leftAt = instant(WRITTEN - 3_600_000);
    expect(logged({ type: "staff.clockedOut", leftAt })?.at).toBe(ACTED - 3_600_000);
    expect(logged({ type: "staff.clockedOut" })?.at).toBe(ACTED);
    expect(logged({ type: "staff.clockedOut", leftAt: instant(WRITTEN + 9) })?.at).toBe(ACTED);
  });
});
