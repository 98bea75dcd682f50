import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, type StaffId } from "../ids.ts";
import { MIRA } from "../testing/arbitrary-baskets.ts";
import { arbitraryTickets, ticketOf } from "../testing/arbitrary-tickets.ts";
import { EUR, eur, lineOf } from "../testing/shop.ts";
import type { ReturnLine, Ticket, TicketLine } from "../ticket/ticket.ts";
import { type CommissionAmount, commissionLinesOf, commissionOf } from "./commission.ts";

const TAREK = idOf<"Staff">("tarek");
const LAMP = ticketOf([lineOf({ name: "lamp", price: eur(1190) })]);

function soldBy(ticket: Ticket, staff: StaffId): Ticket {
  return { ...ticket, lines: ticket.lines.map((line) => ({ ...line, soldBy: staff }) as TicketLine) };
}

/** All of a sale comes back, on a ticket of its own that somebody else rings up. */
function broughtBack(sale: Ticket, known = true): Ticket {
  const lines = sale.lines.map(
    (line, position): ReturnLine => ({
      id: line.id,
      variant: line.variant,
      sku: line.sku,
      name: line.name,
      options: line.options,
      taxClass: line.taxClass,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      discounts: line.discounts,
      gross: eur(-line.gross.minor),
      total: eur(-line.total.minor),
      taxes: line.taxes.map(({ rate, net, tax }) => ({ rate, net: eur(-net.minor), tax: eur(-tax.minor) })),
      kind: "return",
      of: known ? { purchase: { kind: "ticket", id: sale.id }, position } : null,
      reason: "changedMind",
      condition: "asNew",
      disposition: "stock",
    }),
  );
  return { ...sale, id: idOf<"Ticket">(`back-${sale.id}`), staff: idOf<"Staff">("johanna"), lines };
}

/** As the server does: each line for whoever sold it, those of returns looked up in the tickets. */
function amountsOf(tickets: readonly Ticket[]): readonly CommissionAmount[] {
  const lines = tickets.flatMap((ticket) => commissionLinesOf(ticket).map((line) => ({ ticket, line })));
  const sold = new Map(
    lines.map(({ ticket, line }) => [
      `${ticket.id} ${line.position}`,
      line.seller?.kind === "staff" ? line.seller.staff : null,
    ]),
  );
  return lines.map(({ ticket, line: { seller, kind, pieces, total, net } }) => {
    const staff =
      seller?.kind === "soldAt"
        ? (sold.get(`${seller.line.purchase.id} ${seller.line.position}`) ?? null)
        : (seller?.staff ?? null);
    return { staff, store: ticket.store, kind, lines: 1, pieces, total, net };
  });
}

describe("commission", () => {
  test("goods count for whoever sold them, and for whoever rang them up where nobody is named", () => {
    const [own] = commissionLinesOf(LAMP);
    const [others] = commissionLinesOf(soldBy(LAMP, TAREK));
    expect(own?.seller).toEqual({ kind: "staff", staff: MIRA });
    expect(others?.seller).toEqual({ kind: "staff", staff: TAREK });
    expect([own?.total, own?.net]).toEqual([eur(1190), eur(1000)]);
  });

  test("what comes back is taken off whoever sold it, not off whoever takes it back", () => {
    const sale = soldBy(LAMP, TAREK);
    const [tarek, ...others] = commissionOf(amountsOf([sale, broughtBack(sale)]));
    expect(tarek).toMatchObject({ staff: TAREK, sold: eur(1190), returned: eur(-1190), total: eur(0) });
    expect(tarek).toMatchObject({ pieces: 1, returnedPieces: 1, net: eur(0) });
    expect(others).toEqual([]);
  });

  test("what comes back without a receipt counts against nobody, and is shown as nobody's", () => {
    const sums = commissionOf(amountsOf([LAMP, broughtBack(LAMP, false)]));
    expect(sums.map(({ staff, total }) => [staff, total.minor])).toEqual([
      [MIRA, 1190],
      [null, -1190],
    ]);
  });

  test("what is kept and costs more since is turnover, but no piece that was sold again", () => {
    const [line] = LAMP.lines;
    const { variant, sku, name, options, taxClass, quantity, unitPrice, gross, total, taxes } = line!;
    const repriced: TicketLine = {
      ...{ variant, sku, name, options, taxClass, quantity, unitPrice, gross, total, taxes },
      kind: "repriced",
      id: idOf<"Line">("kept"),
      discounts: [],
      of: { purchase: { kind: "ticket", id: LAMP.id }, position: 0 },
    };
    const anew = { ...LAMP, id: idOf<"Ticket">("anew"), lines: [repriced] };
    const [mira] = commissionOf(amountsOf([LAMP, anew]));
    expect(mira).toMatchObject({ pieces: 1, sold: eur(2380) });
  });

  test("a gift card that is sold counts for nobody until goods are bought with it", () => {
    const [line] = LAMP.lines;
    const card = { ...line, giftCard: { code: "G", act: "sold" } } as TicketLine;
    expect(commissionLinesOf({ ...LAMP, lines: [card] })).toEqual([]);
  });

  test("the sums of all colleagues add up to all lines, whoever sold and whatever came back", () => {
    const staff = fc.constantFrom(MIRA, TAREK, idOf<"Staff">("alina"));
    fc.assert(
      fc.property(arbitraryTickets, fc.array(staff), fc.array(fc.boolean()), (sales, sellers, back) => {
        const sold = sales.map((sale, index) => soldBy(sale, sellers[index] ?? MIRA));
        const tickets = [...sold, ...sold.filter((_, index) => back[index]).map((sale) => broughtBack(sale))];
        const sums = commissionOf(amountsOf(tickets));
        const sumOf = (amounts: readonly { readonly minor: number }[]) =>
          amounts.reduce((sum, { minor }) => sum + minor, 0);
        const lines = tickets.flatMap((ticket) => ticket.lines);
        expect(sumOf(sums.map(({ total }) => total))).toBe(sumOf(lines.map(({ total }) => total)));
        expect(sumOf(sums.map(({ net }) => net))).toBe(
          sumOf(lines.flatMap(({ taxes }) => taxes.map(({ net }) => net))),
        );
        for (const sum of sums) {
          expect(sum.sold.minor + sum.returned.minor).toBe(sum.total.minor);
          expect(sum.total.currency).toBe(EUR);
        }
      }),
    );
  });
});
