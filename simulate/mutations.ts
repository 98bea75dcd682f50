import type { Customer } from "#domain/customer/customer.ts";
import type { Exception, ExceptionKind } from "#domain/exceptions/exceptions.ts";
import { idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { PagesRequest } from "#protocol/sync/pages.ts";
import { JOURNAL_FILE, REPLICA_FILE } from "../src-main/engine/database.ts";
import type { CustomerEdit } from "../sync-server/customers/records.ts";
import { type Storage, StorageAway, type WriteTransaction } from "../sync-server/storage/port.ts";
import { STORES } from "./retailer.ts";
import { type Answer, type Asked, NO_SEAMS, type ServerSeams } from "./world/server-machine.ts";
import { NO_TILL_SEAMS, SERVER, type TillSeams } from "./world/till-machine.ts";
import type { Seams } from "./world/world.ts";

/** A bug that is put between the programs and what they stand on, to see whether a simulated day finds it. */
export interface Mutation {
  readonly name: string;
  /** What is wrong, in words. */
  readonly what: string;
  /** Left out: whichever database the server has. */
  readonly on?: "postgres";
  /** A day of 200 steps that finds it on SQLite, for the gate to try first: days of the same seeds become others when programs or acts do. */
  readonly foundBy?: number;
  /** Made anew for each day: some count. */
  readonly seams: () => Seams;
}

/** Bugs of the kinds that sync programs have. None of them is in the programs: each lives in what the simulator hands them. */
export const MUTATIONS: readonly Mutation[] = [
  {
    name: "acknowledged-not-stored",
    what: "now and then the server acknowledges a run of entries and keeps none of it",
    foundBy: 9,
    seams: () => answering(eachOf(9), isPush, async (asked) => acknowledged(asked)),
  },
  {
    name: "till-commit-lost",
    what: "now and then a commit of the journal is answered and is not on the till's disk",
    foundBy: 1,
    seams: () => onTills({ losesCommit: onFile(JOURNAL_FILE, eachOf(60)) }),
  },
  {
    name: "server-commit-lost",
    what: "now and then a commit of the server is answered and is not on its disk",
    foundBy: 1,
    seams: () => onServer({ losesCommit: onFile("server.sqlite", eachOf(4, SETTING_UP)) }),
  },
  {
    name: "lost-commit-believed",
    what: "a commit of which no answer came is taken for one that was done",
    on: "postgres",
    seams: believingCommits,
  },
  {
    name: "double-apply",
    what: "a movement of stock counts again under another cause",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(12);
      return writing((tx) => ({
        async addMovement(movement, booked) {
          const level = await tx.addMovement(movement, booked);
          if (level === null || !isTurn()) return level;
          return tx.addMovement(movement, { ...booked, cause: `${booked.cause} again` });
        },
        async addMovements(moves, at) {
          const levels = await tx.addMovements(moves, at);
          const again = moves.filter((_, place) => levels[place] !== null && isTurn());
          if (again.length > 0)
            await tx.addMovements(
              again.map((move) => ({ ...move, cause: `${move.cause} again` })),
              at,
            );
          return levels;
        },
      }));
    },
  },
  {
    name: "movement-dropped",
    what: "now and then a level is moved by nothing",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(12);
      return writing((tx) => ({
        addMovement: (movement, booked) =>
          tx.addMovement(isTurn() ? { ...movement, quantity: 0 } : movement, booked),
        addMovements: (moves, at) =>
          tx.addMovements(
            moves.map((move) => (isTurn() ? { ...move, movement: { ...move.movement, quantity: 0 } } : move)),
            at,
          ),
      }));
    },
  },
  {
    name: "skipped-feed-row",
    what: "now and then a page of a feed lacks its last document, and the checkpoint is behind it",
    foundBy: 1,
    seams: () => rewriting(eachOf(8), isPull, ofEachPage(skipLast)),
  },
  {
    name: "feed-row-dropped",
    what: "now and then a change does not get into its feed",
    foundBy: 1,
    seams: () => keepingFromFeeds(eachOf(15)),
  },
  {
    name: "replica-commit-lost",
    what: "now and then a commit of the replica is answered and is not on the till's disk, and the checkpoint after it is",
    foundBy: 4,
    seams: () => onTills({ losesCommit: onFile(REPLICA_FILE, eachOf(160)) }),
  },
  {
    name: "failed-sync-believed",
    what: "a sync of a till's second copy that failed is taken for one that went well",
    foundBy: 6,
    seams: () =>
      onTills({
        openAppend: (open) => (path) => {
          const file = open(path);
          return inPlace(file, { sync: () => file.sync().catch(() => undefined) });
        },
      }),
  },
  {
    name: "overlay-dropped-too-early",
    what: "now and then a pull says that it contains entries that it does not: the till shows the stock without them",
    foundBy: 3,
    seams: () => rewriting(eachOf(3), (asked) => isPull(asked) || isNewer(asked), ofEachPage(containsMore)),
  },
  {
    name: "overlay-dropped-on-acknowledgement",
    what: "now and then a pull of the stock brings nothing and says that it contains what was acknowledged meanwhile: the till shows the stock without it until the next",
    foundBy: 1,
    seams: () => rewriting(eachOf(3), isPull, stockAsBefore),
  },
  {
    name: "hash-not-looked-at",
    what: "what of a till's journal is contained is taken by its number alone, whoever wrote the entry",
    foundBy: 2,
    seams: () => rewriting(eachOf(1), (asked) => isPull(asked) || isNewer(asked), ofEachPage(withoutHash)),
  },
  {
    name: "newer-kept-back",
    what: "now and then a till that was cut off is told that nothing came into its stock",
    foundBy: 1,
    seams: () => rewriting(eachOf(2), isNewer, keepBackStock),
  },
  {
    name: "gap-forgiven",
    what: "a run of entries is taken in behind others that never came",
    foundBy: 27,
    seams: forgivingGaps,
  },
  {
    name: "expired-checkpoint-taken",
    what: "a checkpoint of a time before the server's backup was put back is taken for one of its own",
    foundBy: 6,
    seams: () => writing(() => ({}), { endOfEra: async () => "goesOn" as const }),
  },
  {
    name: "dropped-lock",
    what: "a lease is granted while another till holds it",
    foundBy: 1,
    seams: () => writing(() => ({ lease: async () => null })),
  },
  {
    name: "same-register-twice",
    what: "two tills of a store get the same register number",
    foundBy: 1,
    seams: () => writing(() => ({ nextRegister: async () => 1 })),
  },
  {
    name: "value-moved-twice",
    what: "now and then what a ticket did to a gift card or a credit counts again under another name",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(3);
      return writing((tx) => ({
        async addLedgerEntry(entry, at) {
          const isNew = await tx.addLedgerEntry(entry, at);
          if (isNew && isTurn()) await tx.addLedgerEntry({ ...entry, id: `${entry.id} again` }, at);
          return isNew;
        },
      }));
    },
  },
  {
    name: "refunded-in-silence",
    what: "money that was given back twice is told to nobody",
    foundBy: 32,
    seams: () => untold("refundedTwice"),
  },
  {
    name: "return-counts-half",
    what: "of what was given back for goods half is known",
    foundBy: 1,
    seams: () =>
      writing((tx) => ({
        putReturned: ({ acts, ...rest }) =>
          tx.putReturned({
            ...rest,
            acts: acts.map((act, place) =>
              place < acts.length - 1
                ? act
                : { ...act, settled: { ...act.settled, minor: Math.trunc(act.settled.minor / 2) } },
            ),
          }),
      })),
  },
  {
    name: "drawer-act-dropped",
    what: "what was put into a drawer or taken out of it is not booked",
    foundBy: 1,
    seams: () =>
      writing((tx) => ({
        putShift: (shift) => tx.putShift({ ...shift, acts: shift.closed === null ? [] : shift.acts }),
      })),
  },
  {
    name: "points-booked-twice",
    what: "now and then what a ticket did to somebody's points counts again under another name",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(4);
      return writing((tx) => ({
        async addPointsEntries(entries, at) {
          const added = await tx.addPointsEntries(entries, at);
          const again = entries.filter(({ id }) => added.has(id) && isTurn());
          await tx.addPointsEntries(
            again.map((entry) => ({ ...entry, id: `${entry.id} again` })),
            at,
          );
          return added;
        },
      }));
    },
  },
  {
    name: "points-kept-on-return",
    what: "of what came back the points are not taken back",
    foundBy: 1,
    seams: () => unbooked(({ kind }) => kind === "takenBack"),
  },
  {
    name: "points-of-orders-dropped",
    what: "what an order earned is not booked",
    foundBy: 1,
    seams: () => unbooked(({ id }) => id.startsWith("earned:order:")),
  },
  {
    name: "points-overdrawn-in-silence",
    what: "that two tills took the same points is told to nobody",
    foundBy: 92,
    seams: () => untold("pointsOverdrawn"),
  },
  {
    name: "points-left-behind",
    what: "where two profiles are merged the points of the one are not those of both",
    foundBy: 1,
    seams: () => {
      const noFormer = (profiles: readonly Customer[]) => profiles.map(({ formerIds: _, ...rest }) => rest);
      return writing((tx) => ({
        putCustomers: (profiles) => tx.putCustomers(noFormer(profiles)),
      }));
    },
  },
  {
    name: "profile-edit-lost",
    what: "now and then what was said of a customer stands in their history alone",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(5);
      return writing((tx) => ({
        async putCustomers(profiles) {
          const before = await tx.customersNamed(profiles.map(({ id }) => id));
          await tx.putCustomers(profiles.filter(({ id }) => !before.has(id) || !isTurn()));
        },
      }));
    },
  },
  {
    name: "registration-dropped",
    what: "now and then what a till says of a customer is taken in and not booked",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(4);
      return writing((tx) => ({
        addCustomerEdit: async (edit) =>
          edit.source.startsWith("till ") && isTurn() ? false : tx.addCustomerEdit(edit),
      }));
    },
  },
  {
    name: "key-not-looked-at",
    what: "now and then what a till says of a customer is taken for unreadable, though its key came with it",
    foundBy: 1,
    seams: () => {
      const isTurn = eachOf(4);
      return writing((tx) => ({
        async addCustomerEdit(edit) {
          if (!edit.source.startsWith("till ") || !isTurn()) return tx.addCustomerEdit(edit);
          await tx.raiseException(unreadable(edit));
          return false;
        },
      }));
    },
  },
  {
    name: "erased-in-part",
    what: "of whoever is erased something that was said stays",
    foundBy: 3,
    seams: () =>
      writing((tx) => ({
        async eraseCustomers(ids, at) {
          const kept = await tx.customerEdits(ids, 1);
          await tx.eraseCustomers(ids, at);
          for (const edit of kept) await tx.addCustomerEdit(edit);
        },
      })),
  },
  {
    name: "erased-untold",
    what: "tills are not told of whoever is erased",
    foundBy: 1,
    seams: () => keepingFromFeeds(({ collection, data }) => collection === "customers" && data === null),
  },
  {
    name: "oversold-in-silence",
    what: "a level below zero is told to nobody",
    foundBy: 2,
    seams: () => untold("oversold"),
  },
];

/** Throws where there is none of that name. */
export function mutationCalled(name: string): Mutation {
  const found = MUTATIONS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no mutation ${name}`);
  return found;
}

type Turn = () => boolean;
type Json = Readonly<Record<string, unknown>>;

/** Commits of the server by which a shop of three tills is set up, and a few more: with fewer a bug is found by what cannot be set up. */
const SETTING_UP = 300;

/** `spared`: so many at first. */
function eachOf(count: number, spared = 0): Turn {
  let place = 0;
  return () => {
    place += 1;
    return place > spared && place % count === 0;
  };
}

const isPush = ({ method, path }: Asked) => method === "POST" && path === "/sync/v1/journal";
const isPull = ({ path }: Asked) => path.startsWith("/sync/v1/replica/") || path === "/sync/v1/pages";
const isNewer = ({ path }: Asked) => path === "/sync/v1/newer";

function onFile(name: string, isTurn: Turn): (file: string) => boolean {
  return (file) => file.endsWith(name) && isTurn();
}

function onServer(seams: Partial<ServerSeams>): Seams {
  return { server: { ...NO_SEAMS, ...seams }, till: NO_TILL_SEAMS };
}

function onTills(seams: Partial<TillSeams>): Seams {
  return { server: NO_SEAMS, till: { ...NO_TILL_SEAMS, ...seams } };
}

/** Answers in the server's place when it is their turn. */
function answering(
  isTurn: Turn,
  isMeant: (asked: Asked) => boolean,
  answer: (asked: Asked) => Promise<Answer>,
): Seams {
  return onServer({
    answer: (asked, byServer) => (isMeant(asked) && isTurn() ? answer(asked) : byServer()),
  });
}

/** Changes what the server answered. */
function rewriting(
  isTurn: Turn,
  isMeant: (asked: Asked) => boolean,
  change: (body: Json, asked: Asked) => Json,
): Seams {
  return onServer({
    async answer(asked, byServer) {
      const answer = await byServer();
      if (!isMeant(asked) || answer.status !== 200 || !isTurn()) return answer;
      const body: Json = JSON.parse(answer.body.toString());
      return { ...answer, body: Buffer.from(JSON.stringify(change(body, asked))) };
    },
  });
}

/** Puts methods in the place of those of a transaction that writes; `reads`: of those that read alone as well. */
function writing(
  instead: (tx: WriteTransaction) => Partial<WriteTransaction>,
  reads: Partial<WriteTransaction> = {},
): Seams {
  const storage = (inner: Storage): Storage =>
    inPlace(inner, {
      read: (work, finds) => inner.read((tx) => work(inPlace(tx, reads)), finds),
      ask: (work) => inner.ask((tx) => work(inPlace(tx, reads))),
      write: (work, tells) => inner.write((tx) => work(inPlace(tx, { ...reads, ...instead(tx) })), tells),
    } satisfies Pick<Storage, "read" | "ask" | "write">);
  return onServer({ storage });
}

/** As `of`, but for what is put in the place of its methods; whoever calls those within it calls its own. */
function inPlace<T extends object>(of: T, instead: object): T {
  const methods = new Map<PropertyKey, unknown>(Object.entries(instead));
  return new Proxy(of, {
    get(target, key) {
      if (methods.has(key)) return methods.get(key);
      const found: unknown = Reflect.get(target, key, target);
      return typeof found === "function" ? found.bind(target) : found;
    },
  });
}

type FedRow = Parameters<WriteTransaction["putInFeeds"]>[0]["documents"][number];

/** Some changes do not get into their feeds. */
function keepingFromFeeds(isKept: (row: FedRow) => boolean): Seams {
  return writing((tx) => ({
    async putInFeeds({ documents, at }) {
      const told = documents.filter((row) => !isKept(row));
      const heads = new Map(await tx.putInFeeds({ documents: told, at }));
      for (const { feed } of documents) if (!heads.has(feed)) heads.set(feed, (await tx.feedHead(feed)).head);
      return heads;
    },
  }));
}

/** As the server says that it cannot read what a till said of somebody: of `till BER1-01`. */
function unreadable({ id, customer, at, source }: CustomerEdit): Exception {
  const register = source.slice("till ".length);
  const store = STORES.find(({ code }) => register.startsWith(`${code}-`))?.store ?? idOf<"Store">(register);
  return {
    id: `customerUnreadable:${id}`,
    kind: "customerUnreadable",
    store,
    subject: null,
    raisedAt: at,
    detail: { register, customer },
    closing: null,
  };
}

/** Some of what moves points is not booked. */
function unbooked(isLost: (entry: PointsEntry) => boolean): Seams {
  return writing((tx) => ({
    addPointsEntries: (entries, at) =>
      tx.addPointsEntries(
        entries.filter((entry) => !isLost(entry)),
        at,
      ),
  }));
}

/** No exception of this kind is raised. */
function untold(kind: ExceptionKind): Seams {
  return writing((tx) => ({
    raiseException: async (exception) => (exception.kind === kind ? false : tx.raiseException(exception)),
  }));
}

function acknowledged({ body }: Asked): Answer {
  const { entries }: { readonly entries: readonly { readonly seq: number; readonly at: number }[] } =
    JSON.parse(body ?? "{}");
  const last = entries.at(-1);
  const answer = { ok: true, acknowledged: last?.seq ?? 0, serverTime: last?.at ?? 0 };
  return {
    status: 200,
    headers: { "content-type": "application/json", "onetill-protocol": "3" },
    body: Buffer.from(JSON.stringify(answer)),
  };
}

/** Of several collections each has an answer of its own. */
function ofEachPage(change: (page: Json) => Json): (body: Json) => Json {
  return (body) => {
    if (body.pages === undefined) return change(body);
    const pages = Object.entries(body.pages as Readonly<Record<string, Json>>);
    return { ...body, pages: Object.fromEntries(pages.map(([name, page]) => [name, change(page)])) };
  };
}

function skipLast(body: Json): Json {
  return Array.isArray(body.documents) ? { ...body, documents: body.documents.slice(0, -1) } : body;
}

/** Stock lies in the same feed as the settings. */
function keepBackStock(body: Json): Json {
  const upToDate = body.upToDate as { readonly settings?: string };
  const { settings } = upToDate;
  return settings === undefined ? body : { ...body, upToDate: { ...upToDate, stock: settings } };
}

/** So many entries more than the server has of the till. No more than wait there mostly: a server that has more than a till ever wrote is believed what it acknowledged, and nothing else. */
const ENTRIES_AHEAD = 1;

function containsMore(body: Json): Json {
  const { epoch, seq } = body.applied as { readonly epoch: number; readonly seq: number };
  // Of which entry it cannot say: a till has another under that number, or none, and would know better.
  return { ...body, applied: { epoch, seq: seq + ENTRIES_AHEAD } };
}

function withoutHash(body: Json): Json {
  const { hash: _, ...applied } = body.applied as Json;
  return { ...body, applied };
}

/** A page of the stock as it would have been if nothing had been booked since the one before, but for what it says that it contains. */
function stockAsBefore(body: Json, { path, body: asked }: Asked): Json {
  const asIs = (page: Json, checkpoint: string): Json =>
    checkpoint === "" ? page : { ...page, documents: [], checkpoint, caughtUp: true };
  if (path.startsWith("/sync/v1/replica/stock"))
    return asIs(body, new URL(path, SERVER).searchParams.get("after") ?? "");
  const { stock, ...pages } = (body.pages ?? {}) as Readonly<Record<string, Json>>;
  if (stock === undefined) return body;
  const { checkpoints }: PagesRequest = JSON.parse(asked ?? "{}");
  return { ...body, pages: { ...pages, stock: asIs(stock, checkpoints.stock ?? "") } };
}

/** Of a write that did all that it was to do and then failed, it is answered what it did. */
function believingCommits(): Seams {
  return onServer({
    storage: (inner) =>
      inPlace(inner, {
        async write(work, tells) {
          let done: { readonly result: Awaited<ReturnType<typeof work>> } | null = null;
          try {
            return await inner.write(async (tx) => {
              const result = await work(tx);
              done = { result };
              return result;
            }, tells);
          } catch (error) {
            // TypeScript does not see that the work sets it.
            const known = done as { readonly result: Awaited<ReturnType<typeof work>> } | null;
            if (known === null || !(error instanceof StorageAway)) throw error;
            return known.result;
          }
        },
      } satisfies Pick<Storage, "write">),
  });
}

/** Whatever comes is taken for what comes next. */
function forgivingGaps(): Seams {
  /** Of what each device sent last. */
  const firsts = new Map<string, JournalEntry>();
  const seams = writing((tx) => ({
    async chainHeads(at) {
      const heads = await tx.chainHeads(at);
      return heads.map((head, place) => {
        const first = firsts.get(at[place]?.device ?? "");
        if (first === undefined || first.epoch !== at[place]?.epoch || first.seq <= head.seq + 1) return head;
        return { seq: first.seq - 1, hash: first.prev };
      });
    },
  }));
  return {
    ...seams,
    server: {
      ...seams.server,
      async answer(asked, byServer) {
        if (!isPush(asked)) return byServer();
        const { entries }: { readonly entries: readonly JournalEntry[] } = JSON.parse(asked.body ?? "{}");
        const [first] = entries;
        if (first !== undefined) firsts.set(first.device, first);
        return byServer();
      },
    },
  };
}
