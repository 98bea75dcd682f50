import type { EarnedShare } from "#domain/loyalty/earn.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import { purchaseKey } from "#domain/returns/purchase.ts";
import type { Returned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { Told } from "../day/day.ts";
import { PROGRAMME } from "../retailer.ts";
import type { Books } from "./found.ts";
import { piecesBack } from "./money.ts";
import { earnedByOrders } from "./order-points.ts";
import { moved, type People, profilesById } from "./people.ts";

/** What somebody's points moved by, as somebody counts who has nothing but the receipts. */
interface Counted {
  readonly whose: string;
  readonly points: number;
}

/** `shares`: how much of it each line earned, which is taken back as its pieces come back. */
interface Earned extends Counted {
  readonly shares: readonly EarnedShare[];
}

/** Where customers' points are not what the server's tickets and orders, what came back of them, and HQ's word come to. */
export function pointsWrong(
  { adjusted }: Pick<Told, "adjusted">,
  books: Pick<Books, "tickets" | "receivedAt" | "orders" | "returned" | "exceptions" | "stood">,
  people: People,
): readonly string[] {
  const { earned, paid } = byTickets(books.tickets);
  const byOrders = earnedByOrders(books, people);
  const all = new Map<string, Earned>([...earned, ...byOrders]);
  const told = new Map<string, Counted>([...all, ...paid, ...takenBack(books.returned, all)]);
  const own = people.points.filter(({ kind }) => kind !== "adjusted");
  const booked = new Map<string, Counted>();
  for (const entry of own) {
    const cause = causeOf(entry);
    const before = booked.get(cause)?.points ?? 0;
    booked.set(cause, { whose: entry.customer, points: before + moved(entry) });
  }
  const shown = (counted: Counted | undefined) =>
    counted === undefined ? "nothing" : `${counted.points} of ${counted.whose}`;
  const differing = [...new Set([...told.keys(), ...booked.keys()])]
    .filter((cause) => shown(told.get(cause)) !== shown(booked.get(cause)))
    .map(
      (cause) =>
        `the books have ${shown(booked.get(cause))} for points ${cause}, which moved ${shown(told.get(cause))}`,
    );
  return [
    ...differing,
    ...saidWrong(books.tickets, earned),
    ...sharedWrong(byOrders),
    ...adjustedWrong(adjusted, people.points),
    ...balancesWrong(people),
    ...overspentWrong(books, people),
  ];
}

/** What came back of a purchase is taken back in as many entries as it came back in. */
function causeOf({ id, kind, purchase }: PointsEntry): string {
  return kind === "takenBack" ? `takenBack:${purchase}` : id;
}

function byTickets(tickets: readonly Ticket[]) {
  const earned = new Map<string, Earned>();
  const paid = new Map<string, Counted>();
  for (const ticket of tickets) {
    const points = earnedBy(ticket);
    if (points > 0 && ticket.customer !== null)
      earned.set(`earned:ticket:${ticket.id}`, {
        whose: ticket.customer,
        points,
        shares: ticket.loyalty?.shares ?? [],
      });
    for (const tender of ticket.tenders) {
      const cause = `${ticket.id}:${tender.id}`;
      if (tender.kind === "points") paid.set(cause, { whose: tender.customer, points: -tender.points });
      if (tender.kind === "refund" && tender.to.kind === "points" && tender.to.points > 0)
        paid.set(cause, { whose: tender.to.customer, points: tender.to.points });
    }
  }
  return { earned, paid };
}

/** A point for each euro that was paid for goods in anything but points; gift cards are none, and an order's goods are the order's. */
function earnedBy({ lines, tenders, customer }: Ticket): number {
  if (customer === null) return 0;
  const goods = lines
    .filter((line) => line.kind === "sale" && line.order === undefined && line.giftCard === undefined)
    .reduce((sum, { total }) => sum + Math.max(0, total.minor), 0);
  const inPoints = tenders.reduce(
    (sum, tender) => sum + (tender.kind === "points" ? tender.amount.minor : 0),
    0,
  );
  return Math.floor(Math.max(0, goods - inPoints) / PROGRAMME.earn.per.minor);
}

/** Of each line that earned, as much as of its pieces came back. */
function takenBack(
  returned: readonly Returned[],
  earned: ReadonlyMap<string, Earned>,
): ReadonlyMap<string, Counted> {
  const taken = new Map<string, Counted>();
  for (const { purchase, acts } of returned) {
    const by = earned.get(`earned:${purchaseKey(purchase)}`);
    if (by === undefined) continue;
    let points = 0;
    for (const share of by.shares) {
      const pieces = piecesBack(acts, share.position);
      points += Math.floor((share.points * Math.min(pieces, share.pieces)) / share.pieces);
    }
    if (points > 0) taken.set(`takenBack:${purchaseKey(purchase)}`, { whose: by.whose, points: -points });
  }
  return taken;
}

/** Where the lines of an order have not earned what the whole did. */
function sharedWrong(byOrders: ReadonlyMap<string, Earned>): readonly string[] {
  return [...byOrders].flatMap(([cause, { points, shares }]) => {
    const shared = shares.reduce((sum, share) => sum + share.points, 0);
    return shared === points ? [] : [`${shared} of the ${points} points ${cause} are its lines'`];
  });
}

/** Where a receipt says that it earned anything else. */
function saidWrong(tickets: readonly Ticket[], earned: ReadonlyMap<string, Counted>): readonly string[] {
  return tickets.flatMap(({ id, number, loyalty }) => {
    const due = earned.get(`earned:ticket:${id}`)?.points ?? 0;
    const said = loyalty?.earned ?? 0;
    const shared = (loyalty?.shares ?? []).reduce((sum, { points }) => sum + points, 0);
    return said === due && shared === due
      ? []
      : [`${number} says that it earned ${said}, ${shared} of it by its lines, and it earned ${due}`];
  });
}

function adjustedWrong(adjusted: Told["adjusted"], points: readonly PointsEntry[]): readonly string[] {
  const booked = new Map(
    points.filter(({ kind }) => kind === "adjusted").map((entry) => [entry.id, moved(entry)]),
  );
  const wrong = [...adjusted].flatMap(([id, { points: wanted, isDone }]) => {
    const found = booked.get(`adjusted:${id}`);
    return found === wanted || (found === undefined && !isDone)
      ? []
      : [`HQ gave ${wanted} by ${id}: ${found}`];
  });
  const unasked = [...booked.keys()].filter((id) => !adjusted.has(id.slice("adjusted:".length)));
  return [...wrong, ...unasked.map((id) => `points ${id} were given, and nobody at HQ did`)];
}

/** A profile's balance is what all its accounts come to, and no till is told of any other. */
function balancesWrong(people: People): readonly string[] {
  const profiles = profilesById(people);
  const due = new Map<string, number>(people.profiles.map(({ id }) => [id, 0]));
  for (const entry of people.points) {
    if (people.erased.has(entry.customer)) continue;
    const holder = profiles.get(entry.customer)?.id ?? entry.customer;
    due.set(holder, (due.get(holder) ?? 0) + moved(entry));
  }
  const told = new Map<string, number>();
  for (const document of people.balances.values())
    if (document?.kind === "points") told.set(document.customer, document.balance);
  return [...new Set([...due.keys(), ...told.keys()])]
    .filter((id) => (due.get(id) ?? 0) !== (told.get(id) ?? 0) || (told.has(id) && !due.has(id)))
    .map((id) => `tills are told of ${told.get(id)} points of ${id}, the books have ${due.get(id)}`);
}

/** Who paid with more points than there were when that was booked is told. Of whoever was merged it is not known any more whose they were then. */
function overspentWrong({ exceptions }: Pick<Books, "exceptions">, people: People): readonly string[] {
  const raised = new Set(exceptions.filter(({ kind }) => kind === "pointsOverdrawn").map(({ id }) => id));
  return people.profiles.flatMap(({ id, formerIds = [] }) => {
    const own = people.points.filter(({ customer }) => customer === id);
    const overspent = own.filter(({ kind, bookedAt }) => kind === "burned" && mostAt(own, bookedAt) < 0);
    return overspent.length === 0 || formerIds.length > 0 || raised.has(`overdrawn:points:${id}`)
      ? []
      : [
          `${id} paid with ${-mostAt(own, overspent[0]?.bookedAt ?? 0)} points that were not there, and nobody was told`,
        ];
  });
}

/** The most that can have been there as something was booked that was booked with others at that moment. */
function mostAt(own: People["points"], at: number): number {
  return own.reduce((sum, entry) => {
    const points = moved(entry);
    const counts = entry.bookedAt < at || (entry.bookedAt === at && (points > 0 || entry.kind === "burned"));
    return counts ? sum + points : sum;
  }, 0);
}
