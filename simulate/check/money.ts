import type { ReturnAct } from "#domain/returns/returned.ts";
import { moneyMoved } from "#domain/shift/day-sums.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { Told } from "../day/day.ts";
import type { Books } from "./found.ts";

/** Where the server's money does not add up: value on cards and credits, what came back and was given back, drawers. Each is counted anew from the tickets that it has. */
export function moneyWrong(told: Told, books: Books): readonly string[] {
  return [...valueWrong(books), ...refundsWrong(books), ...closedDrawersWrong(told, books)];
}

/** What a ticket sold, gave out and took of gift cards and credits is in the ledger, and once. Minor units. */
function valueWrong({ tickets, value }: Books): readonly string[] {
  const wanted = new Map<string, number>();
  const add = (ticket: Ticket, account: string, minor: number) => {
    const key = `${account} of ticket ${ticket.id}`;
    if (minor !== 0) wanted.set(key, (wanted.get(key) ?? 0) + minor);
  };
  for (const ticket of tickets) {
    for (const line of ticket.lines)
      if (line.kind === "sale" && line.giftCard !== undefined)
        add(ticket, "giftCardSales", -line.total.minor);
    for (const tender of ticket.tenders) {
      if (tender.kind === "credit") add(ticket, "sales", tender.amount.minor);
      if (tender.kind === "refund" && tender.to.kind === "credit")
        add(ticket, "issued", -tender.amount.minor);
    }
  }
  const booked = new Map(
    value.map(({ ticket, account, minor }) => [`${account} of ticket ${ticket}`, minor]),
  );
  return [...new Set([...wanted.keys(), ...booked.keys()])]
    .filter((key) => (wanted.get(key) ?? 0) !== (booked.get(key) ?? 0))
    .map((key) => `the ledger has ${booked.get(key) ?? 0} for ${key}, which moved ${wanted.get(key) ?? 0}`);
}

/** What came in for a ticket, less what went out. Minor units. */
function takenFor({ tenders }: Ticket): number {
  return tenders.map(moneyMoved).reduce((sum, tender) => sum + tender.in - tender.out, 0);
}

/** What is known of a return is what its ticket gave back, and of a purchase no more comes back than was bought and no more is given back than was paid for it, but for what people are told of. Minor units. */
function refundsWrong({ tickets, returned, exceptions }: Books): readonly string[] {
  const known = new Map<string, Ticket>(tickets.map((ticket) => [ticket.id, ticket]));
  return returned.flatMap(({ purchase, acts, flagged }) => {
    const wrong = acts.flatMap(({ id, settled }) => {
      const ticket = known.get(id);
      if (ticket === undefined || !givesBackAlone(ticket)) return [];
      const gaveBack = -takenFor(ticket);
      return gaveBack === settled.minor
        ? []
        : [`${ticket.number} gave back ${gaveBack}, and ${settled.minor} is known of it`];
    });
    const bought = known.get(purchase.id);
    if (bought === undefined) return wrong;
    const isTold =
      flagged &&
      exceptions.some(({ kind, detail }) => kind === "refundedTwice" && detail.includes(bought.number));
    if (isTold) return wrong;
    if (cameBackTooMany(bought, acts))
      wrong.push(`more of ${bought.number} came back than was bought, and nobody was told`);
    // Of a ticket that goods came back with nobody sees by its money alone what the rest of it cost.
    if (bought.lines.some(({ kind }) => kind !== "sale")) return wrong;
    const gone = acts.reduce((sum, { settled }) => sum + settled.minor, 0);
    if (gone > takenFor(bought))
      wrong.push(`${gone} of ${takenFor(bought)} were given back of ${bought.number}, and nobody was told`);
    return wrong;
  });
}

/** Whether more pieces of a line came back than it has. */
function cameBackTooMany({ lines }: Ticket, acts: readonly ReturnAct[]): boolean {
  return lines.some(({ quantity }, position) => piecesBack(acts, position) > quantity);
}

/** How many pieces of a purchase's line came back. */
export function piecesBack(acts: readonly ReturnAct[], position: number): number {
  return acts
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + (line.position === position ? line.pieces : 0), 0);
}

/** Whether nothing happened on it but that goods of one purchase came back. */
function givesBackAlone({ lines }: Ticket): boolean {
  const purchases = new Set(
    lines.map((line) => (line.kind === "return" ? (line.of?.purchase.id ?? "without") : line.kind)),
  );
  return purchases.size === 1 && !purchases.has("sale") && !purchases.has("repriced");
}

/** A drawer was closed on what was in it at first, and what the server's tickets and the drawer's own acts brought and took. Minor units. */
function closedDrawersWrong({ forked }: Told, { shifts, tickets, devices }: Books): readonly string[] {
  const cash = new Map<string, number>();
  for (const { shift, tenders } of tickets)
    for (const { kind, ...moved } of tenders.map(moneyMoved))
      if (kind === "cash" && shift !== undefined)
        cash.set(shift, (cash.get(shift) ?? 0) + moved.in - moved.out);
  const names = new Map(devices.map(({ id, name }) => [id, name]));
  return shifts.flatMap(({ shift, device, float, acts, closed }) => {
    // Two that are one device sell into the same drawer, and each counts what it knows of.
    if (closed === null || forked.has(names.get(device) ?? "")) return [];
    const moved = acts.reduce((sum, act) => {
      if (act.kind === "opened" || act.kind === "counted") return sum;
      return sum + (act.kind === "in" ? act.amount.minor : -act.amount.minor);
    }, 0);
    const held = float.minor + moved + (cash.get(shift) ?? 0);
    return held === closed.expected.minor
      ? []
      : [`the drawer ${shift} was closed on ${closed.expected.minor}, the server's books come to ${held}`];
  });
}
