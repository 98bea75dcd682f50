import { idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { moneyMoved } from "#domain/shift/day-sums.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { onHandAt } from "../day/counter.ts";
import type { Day, Told } from "../day/day.ts";
import { STORES, VARIANTS } from "../retailer.ts";
import { copiesWrong } from "./copies.ts";
import { type Books, booksOf, type Journals, journalOf, ticketsIn } from "./found.ts";
import { moneyWrong } from "./money.ts";
import { peopleOf } from "./people.ts";
import { pointsWrong } from "./points.ts";
import { profilesWrong } from "./profiles.ts";
import { POLL_MS } from "./quiet.ts";

/** Exceptions that nothing in a simulated day explains: the programs contradict themselves. */
const NEVER: ReadonlySet<string> = new Set([
  "unknownVariant",
  "receiptGap",
  "zGap",
  "zDisagrees",
  "notBooked",
  "customerUnreadable",
  "unknownProduct",
]);
/** What a register may bring about besides whose machine went back to an earlier day, or was there twice: it closes a day that another closed already. */
const AFTER_A_FORK: ReadonlySet<string> = new Set(["zGap", "zDisagrees"]);

/** What is wrong at a moment when everything has been told; empty where nothing is. */
export async function wrongAtQuiet(day: Day): Promise<readonly string[]> {
  const books = await booksOf(day.world.server);
  const people = await peopleOf(day.world.server);
  const journals = new Map(day.world.places.map((place) => [place, journalOf(place.till.folder)]));
  return [
    ...ticketsWrong(day, books, journals),
    ...journalsWrong(day, books, journals),
    ...copiesWrong(journals),
    ...receiptsWrong(day, journals),
    ...numbersWrong(day, books, journals),
    ...(await stockWrong(day, books)),
    ...soldWrong(books),
    ...drawersWrong(journals),
    ...ledgerWrong(books),
    ...exceptionsWrong(day, books),
    ...ordersWrong(day, books),
    ...moneyWrong(day.told, books),
    ...pointsWrong(day.told, books, people),
    ...(await profilesWrong(day, books, people, journals)),
  ];
}

/** Every ticket that was committed is booked once, and nothing that a cashier was told is lost. */
function ticketsWrong({ told }: Day, books: Books, journals: Journals): readonly string[] {
  const wrong: string[] = [];
  const booked = new Map<string, Ticket>();
  for (const ticket of books.tickets) {
    if (booked.has(ticket.id)) wrong.push(`ticket ${ticket.number} is booked twice`);
    booked.set(ticket.id, ticket);
  }
  const committed = new Set<string>();
  for (const [{ till }, entries] of journals)
    for (const [id, { number }] of ticketsIn(entries)) {
      committed.add(id);
      if (!booked.has(id)) wrong.push(`ticket ${number} of ${till.name} was committed and is not booked`);
    }
  // A twin has told all that it had, and the server may have been put back since: what only it knew is in `gone`.
  for (const { folder, deviceName } of told.retired)
    for (const [id, { number }] of ticketsIn(journalOf(folder))) {
      committed.add(id);
      if (!booked.has(id) && !told.gone.has(idOf<"Ticket">(id)))
        wrong.push(`ticket ${number} of a twin of ${deviceName} was committed and is not booked`);
    }
  for (const { ticket, number, till } of told.sales) {
    if (!committed.has(ticket) && !told.putBack.has(ticket))
      wrong.push(`receipt ${number} was given out and is not in the journal of ${till}`);
    if (!booked.has(ticket) && !told.gone.has(ticket))
      wrong.push(`receipt ${number} was given out and is not booked`);
  }
  for (const [id, { number }] of booked)
    if (!committed.has(id) && !told.putBack.has(id))
      wrong.push(`ticket ${number} is booked and nobody wrote it`);
  return wrong;
}

/**
 * The server has each journal as its till wrote it: gapless, entry by entry. After a fork an entry of an earlier epoch may be there under the
 * next one alone: it was carried over, under its own id.
 */
function journalsWrong({ told }: Day, books: Books, journals: Journals): readonly string[] {
  const wrong: string[] = [];
  for (const [{ till }, entries] of journals) {
    const device = entries[0]?.device;
    const known = new Map(
      books.journal
        .filter((row) => row.device === device)
        .map((row) => [`${row.epoch}/${row.seq}`, row.hash]),
    );
    const newest = entries.at(-1)?.epoch;
    const ids = new Set(books.journal.filter((row) => row.device === device).map(({ id }) => id));
    for (const { epoch, seq, hash, id, fact } of entries) {
      if (known.get(`${epoch}/${seq}`) === hash) continue;
      const isCarried = epoch !== newest && (ids.has(id) || fact.type === "epoch.begun");
      if (!(isCarried && mayHaveForked(told, till.deviceName)))
        wrong.push(`entry ${epoch}/${seq} of ${till.name} is not at the server`);
    }
    let before = { epoch: 0, seq: 0 };
    for (const row of books.journal.filter((each) => each.device === device)) {
      const isNext = row.epoch === before.epoch ? row.seq === before.seq + 1 : row.seq === 1;
      if (!isNext) wrong.push(`the journal of ${till.name} has a gap before ${row.epoch}/${row.seq}`);
      before = row;
    }
  }
  return wrong;
}

/** Whether the server may have heard another journal of the device than its till has now: one of a twin, or of a day that did not happen. */
function mayHaveForked({ forked, serverWentBack }: Told, deviceName: string): boolean {
  return forked.has(deviceName) || serverWentBack > 0;
}

/** Receipts of a till are numbered without a gap, in order, and no number twice. */
function receiptsWrong({ told }: Day, journals: Journals): readonly string[] {
  const wrong: string[] = [];
  for (const [{ till }, entries] of journals) {
    // It goes on behind what another one gave out, see below.
    if (told.forked.has(till.deviceName)) continue;
    let next = 1;
    for (const { number } of ticketsIn(entries).values()) {
      if (!number.endsWith(String(next).padStart(6, "0")))
        wrong.push(`${till.name} gave out ${number} as number ${next}`);
      next += 1;
    }
  }
  return wrong;
}

/**
 * Over all that was ever written at a register no number is missing, also where its machine went back or was there twice; and no two tickets have one
 * number, but that each such time one more may.
 */
function numbersWrong({ told }: Day, { tickets, devices }: Books, journals: Journals): readonly string[] {
  const numbers = new Map<string, string>(told.putBack);
  const written = [...journals.values(), ...told.retired.map(({ folder }) => journalOf(folder))];
  for (const ticket of [...tickets, ...written.flatMap((entries) => [...ticketsIn(entries).values()])])
    numbers.set(ticket.id, ticket.number);
  const forks = new Map(devices.map((device) => [registerOf(device), told.forked.get(device.name) ?? 0]));
  const registers = new Map<string, Map<number, number>>();
  for (const number of numbers.values()) {
    const end = number.lastIndexOf("-");
    const counts = registers.get(number.slice(0, end)) ?? new Map<number, number>();
    registers.set(number.slice(0, end), counts);
    const place = Number(number.slice(end + 1));
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [...registers].flatMap(([name, counts]) => {
    const most = 1 + (forks.get(name) ?? 0);
    const wrong: string[] = [];
    for (let place = 1; place <= Math.max(...counts.keys()); place += 1) {
      const count = counts.get(place) ?? 0;
      if (count === 0) wrong.push(`nothing has the number ${place} of ${name}`);
      if (count > most) wrong.push(`the number ${place} of ${name} is on ${count} receipts`);
    }
    return wrong;
  });
}

/** A level is the sum of its movements, at the server and as each till shows it. */
async function stockWrong(day: Day, { levels, exceptions }: Books): Promise<readonly string[]> {
  const wrong = levels
    .filter(({ onHand, moved }) => onHand !== moved)
    .map(
      ({ store, variant, onHand, moved }) =>
        `${variant} in ${store} is ${onHand}, its movements come to ${moved}`,
    );
  for (const { store, variant, onHand } of levels)
    if (
      onHand < 0 &&
      !exceptions.some(
        (each) => each.kind === "oversold" && each.store === store && each.detail.includes(variant),
      )
    )
      wrong.push(`${variant} in ${store} is ${onHand}, and nobody was told`);
  return [...wrong, ...(await shownWrong(day, levels))];
}

/** Where a till shows another level than the server has, also after its next poll: that an entry moved nothing at the server is told by no other answer. */
async function shownWrong(day: Day, levels: Books["levels"]): Promise<readonly string[]> {
  if ((await shownOtherwise(day, levels)).length === 0) return [];
  await day.world.time.pass(POLL_MS);
  return shownOtherwise(day, (await booksOf(day.world.server)).levels);
}

async function shownOtherwise(day: Day, levels: Books["levels"]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const place of day.world.places) {
    const store = STORES.find(({ code }) => code === place.storeCode)?.store;
    for (const variant of VARIANTS) {
      const level = levels.find((each) => each.store === store && each.variant === variant);
      const shown = await onHandAt(day, place, variant);
      if (level !== undefined && shown !== level.onHand)
        wrong.push(`${place.till.name} shows ${shown} of ${variant}, the server has ${level.onHand}`);
    }
  }
  return wrong;
}

/** A ticket moves as many pieces as it sold, and once. */
function soldWrong({ sold, tickets }: Books): readonly string[] {
  const moved = new Map(sold.map(({ ticket, variant, quantity }) => [`${ticket} ${variant}`, quantity]));
  const wanted = new Map<string, number>();
  for (const { id, lines } of tickets)
    for (const line of lines)
      if (line.kind === "sale" && line.order === undefined && line.giftCard === undefined)
        wanted.set(`${id} ${line.variant}`, (wanted.get(`${id} ${line.variant}`) ?? 0) - line.quantity);
  return [...wanted]
    .filter(([key, quantity]) => moved.get(key) !== quantity)
    .map(([key, quantity]) => `ticket and article ${key} moved ${moved.get(key)}, not ${quantity}`);
}

/** What a till says lies in its drawer is what its own entries come to. */
function drawersWrong(journals: Journals): readonly string[] {
  const wrong: string[] = [];
  for (const [{ till }, entries] of journals) {
    const cash = cashOf(entries);
    for (const { fact } of entries)
      if (fact.type === "shift.closed" && fact.expected.minor !== cash.get(`closed ${fact.shift}`))
        wrong.push(
          `${till.name} closed a drawer on ${fact.expected.minor}, there was ${cash.get(`closed ${fact.shift}`)}`,
        );
  }
  return wrong;
}

/** Cash by shift, minor units, added up plainly: an open one under its id, a closed one as it was then. */
function cashOf(entries: readonly JournalEntry[]): ReadonlyMap<string, number> {
  const cash = new Map<string, number>();
  let open: string | null = null;
  const seen = new Set<string>();
  for (const { id, fact } of entries) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (fact.type === "shift.opened") {
      open = fact.shift;
      cash.set(open, fact.float.total.minor);
    }
    if (open === null) continue;
    const ticket = ticketsIn([{ fact } as JournalEntry])
      .values()
      .next().value;
    const moved = ticket?.tenders.map(moneyMoved).filter(({ kind }) => kind === "cash") ?? [];
    let sum = (cash.get(open) ?? 0) + moved.reduce((all, tender) => all + tender.in - tender.out, 0);
    if (fact.type === "cash.moved") sum += fact.kind === "in" ? fact.amount.minor : -fact.amount.minor;
    if (fact.type === "giftCard.paidOut") sum -= fact.amount.minor;
    cash.set(open, sum);
    if (fact.type === "shift.closed") {
      cash.set(`closed ${fact.shift}`, sum);
      open = null;
    }
  }
  return cash;
}

/** Every entry of the ledger adds up to nothing. */
function ledgerWrong({ postings }: Books): readonly string[] {
  const sums = new Map<string, number>();
  for (const { entry, minor } of postings) sums.set(entry, (sums.get(entry) ?? 0) + minor);
  return [...sums]
    .filter(([, sum]) => sum !== 0)
    .map(([entry, sum]) => `the ledger's entry ${entry} is off by ${sum}`);
}

/** What was told as an exception is one of the things that the day brings about, at the very register at which it did. */
function exceptionsWrong({ told }: Day, { exceptions, devices }: Books): readonly string[] {
  const isOfForked = (detail: string, among: ReadonlySet<string> | null = null): boolean => {
    const { device, register } = JSON.parse(detail) as {
      readonly device?: string;
      readonly register?: string;
    };
    return devices.some(
      (each) =>
        told.forked.has(each.name) &&
        (among?.has(each.name) ?? true) &&
        (device === each.name || register === registerOf(each)),
    );
  };
  const keysLost = new Set([...told.keysLost].map((entry) => `customerUnreadable:${entry}`));
  return exceptions
    .filter(({ id, kind, detail }) => {
      // A till forgets the key of what it said once it has read that back from the server (SPEC S121), and keeps it until then with its journal's database, not with the second copy.
      // One of an earlier version takes another machine's entry under a number of its own for its own, and forgets the key of that (decision 56).
      if (kind === "customerUnreadable") return !keysLost.has(id) && !isOfForked(detail, told.toldByNumber);
      // A till that was told to replay is ahead of a server that went back, and what two of its runs say may differ.
      if (kind === "forked") return told.serverWentBack === 0 && !isOfForked(detail);
      return NEVER.has(kind) && !(AFTER_A_FORK.has(kind) && isOfForked(detail));
    })
    .map(({ kind, detail }) => `an exception that nothing explains: ${kind} ${detail}`);
}

/** As receipts name it: `BER1-03`. */
function registerOf({ store, register }: Books["devices"][number]): string {
  const code = STORES.find((each) => each.store === store)?.code ?? store;
  return `${code}-${String(register).padStart(2, "0")}`;
}

/** Of an order no more is handed out than was ordered, and no more given back than was paid, but for what is told as an exception. */
function ordersWrong({ told }: Day, { orders, exceptions, devices }: Books): readonly string[] {
  const wrong: string[] = [];
  // Two that are one device hold its leases both, and hand out against each other and against whoever one of them lets an order go to.
  const storesOfForked = new Set(
    devices.filter(({ name }) => told.forked.has(name)).map(({ store }) => store),
  );
  const known = new Set(orders.map(({ id }) => id));
  for (const { externalId, order } of told.orders.values())
    if (!known.has(order))
      wrong.push(`the shop was told that ${externalId} is taken in, and it is not there`);
  for (const order of orders) {
    const raised = exceptions.filter(({ order: id }) => id === order.id);
    const exceptionsOf = raised.map(({ kind }) => kind);
    for (const line of order.lines) {
      const handed = order.fulfilments
        .flatMap(({ lines }) => lines)
        .filter((each) => each.line === line.id)
        .reduce((sum, each) => sum + each.handed, 0);
      if (handed > line.quantity && !exceptionsOf.some((kind) => HANDED_TOO_OFTEN.has(kind)))
        wrong.push(`${handed} of ${line.quantity} were handed out of ${order.number}, and nobody was told`);
    }
    const { paid, total, refunded } = order.payment;
    const most = Math.max(paid.minor, total.minor);
    if (refunded.minor > most) wrong.push(`${refunded.minor} of ${most} were given back of ${order.number}`);
    if (
      // Parcels go without a lease.
      order.delivery.kind === "pickup" &&
      raised.some(({ kind, store }) => kind === "handedOutTwice" && !storesOfForked.has(store)) &&
      !told.overridden.has(order.id) &&
      // A server that went back knows nothing of the leases that it gave since, and gives them again.
      told.serverWentBack === 0
    )
      wrong.push(`${order.number} was handed out twice, and nobody overrode anything`);
  }
  return wrong;
}

const HANDED_TOO_OFTEN: ReadonlySet<string> = new Set(["handedOutTwice", "handedOutAfterCancellation"]);
