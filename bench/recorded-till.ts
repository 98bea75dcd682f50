import { readFileSync } from "node:fs";
import { join } from "node:path";
import { idOf, type OrderId, type TicketId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { type Money, money } from "#domain/money/money.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import type { Engine } from "../src-main/engine/engine.ts";

export const STORE = "BER1";
/** The demo's cashier and its manager. */
const MIRA = { name: "Mira", pin: "111111" } as const;
const JOHANNA = { name: "Johanna", pin: "999999" } as const;
export const CONTACT = { name: "A. Customer", email: "customer@example.org", phone: null } as const;
export const EUR = idOf<"Currency">("EUR");
/** What comes back is as it was sold. */
export const AS_NEW = {
  quantity: 1,
  reason: "changedMind",
  condition: "asNew",
  disposition: "stock",
} as const;

/** What a till of a version answers that knows the verb, but means something else by it. */
interface Answer {
  readonly ok: boolean;
}

export interface DaySettings {
  readonly engine: Engine;
  /** Address of the server, and its data folder. */
  readonly server: string;
  readonly serverData: string;
  /** What the till has pushed. */
  readonly pushed: () => Promise<readonly JournalEntry[]>;
}

type Item = Awaited<ReturnType<Engine["verbs"]["search"]>>[number];
export type RecordedTill = Awaited<ReturnType<typeof pairedTill>>;

/** A till of any version, paired with the demo's store, that has read all it needs. Nobody is signed in. */
export async function pairedTill({ engine, server, serverData, pushed }: DaySettings) {
  const { verbs, views } = engine;
  const knows = (verb: string): boolean => verb in verbs;
  const until = <W extends View>(view: W, wanted: (value: ViewValue<W>) => boolean) =>
    new Promise<void>((done) => {
      const look = (): void => {
        if (!wanted(views[view].current())) return;
        stop();
        done();
      };
      const stop = views[view].watch(look);
      look();
    });
  const sent = () => until("sync", ({ firstSync, unsent }) => firstSync === null && unsent === 0);
  const key = readFileSync(join(serverData, "hq.key"), "utf8").trim();
  /** Asks HQ; with a body, to do something. */
  const hq = async (path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${server}/hq/v1/${path}`, {
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };

  const { code } = pairAnswerSchema.parse(await hq("pairing-codes", { store: STORE }));
  did("pair", await verbs.pair({ server, code }));
  await sent();
  await until("catalog", ({ searchReady }) => searchReady === "full");

  const proofOf = ({ name, pin }: { readonly name: string; readonly pin: string }) => {
    const session = views.session.current();
    const staff =
      session.state === "locked" ? session.staff.find((each) => each.name.startsWith(name)) : undefined;
    if (staff === undefined) throw new Error(`${name} of the demo is not there`);
    return { staff: staff.id, pin };
  };
  const mira = proofOf(MIRA);
  const johanna = proofOf(JOHANNA);
  const items: Item[] = [];
  /** The manager signs in, and sees what is on sale. */
  const signIn = async () => {
    did("signIn", await verbs.signIn(johanna));
    const found = await verbs.search({ text: "t", limit: 60 });
    const isPlain = ({ soldBy, price }: Item) =>
      soldBy === undefined && price !== null && price.minor < 10_000;
    items.push(...found.filter(isPlain));
  };
  const basket = () => {
    const current = views.basket.current();
    if (current === null) throw new Error("nobody is signed in");
    return current;
  };
  const ring = async (from: number, count: number, quantity = 1) => {
    for (const { variant } of items.slice(from, from + count))
      did("addItem", await verbs.addItem({ variant, quantity }));
  };
  const inCash = async () => did("takeCash", await verbs.takeCash({ tendered: basket().remainingInCash }));
  const byCard = async (amount: Money) =>
    did("takeCard", await verbs.takeCard({ amount, approvalCode: "123456" }));
  const complete = async () => {
    const answer = await verbs.completeSale({ basket: basket().id });
    did("completeSale", answer);
    if (!answer.ok) throw new Error("not reached");
    return answer.value.ticket;
  };
  /** What is left to pay or to give back is cash. */
  const settle = async (): Promise<TicketId> => {
    if (basket().remaining.minor > 0) await inCash();
    else if (basket().giveBack.minor > 0)
      did("giveBack", await verbs.giveBack({ amount: basket().giveBackInCash, to: { kind: "cash" } }));
    return complete();
  };
  const register = async () => {
    const changes = { name: CONTACT.name, email: CONTACT.email };
    const registered = await verbs.registerCustomer({ changes, consents: [] });
    did("registerCustomer", registered);
    if (!registered.ok) throw new Error("not reached");
    return registered.value.id;
  };
  /** Somebody collects an order that is ready and paid. Answers which. */
  const handOut = async (): Promise<OrderId> => {
    const ready = views.orders.current().orders.find(({ state, kind, due }) => {
      return state === "ready" && kind === "pickup" && due.minor === 0;
    });
    if (ready === undefined) throw new Error("no order of the demo is ready");
    const proof = { kind: "idCheck", reason: "Identity card seen", collector: "" } as const;
    did(
      "handOver",
      await verbs.handOver({
        fulfilment: ready.id,
        proof,
        lines: null,
        signature: { kind: "typed", name: "A. Customer" },
        withSale: false,
        override: null,
      }),
    );
    return ready.order;
  };
  const openShift = async () => {
    const float = { pieces: [{ face: 5_000, pieces: 3 }], total: money(15_000, EUR) };
    did("openShift", await verbs.openShift({ float, approval: null }));
  };
  /** What is in the drawer is counted, and the day is closed by its Z report. */
  const closeDay = async () => {
    const { mine } = views.shift.current() ?? {};
    if (mine === undefined || mine === null) throw new Error("no shift is open");
    const total = mine.expected ?? money(0, EUR);
    const count = { pieces: [{ face: 1, pieces: total.minor }], total };
    did("countShift", await verbs.countShift({ shift: mine.shift, count }));
    const approval = { manager: johanna.staff, pin: JOHANNA.pin };
    did(
      "closeShift",
      await verbs.closeShift({ shift: mine.shift, kept: money(0, EUR), reason: "As counted", approval }),
    );
    did("closeDay", await verbs.closeDay({ approval: null }));
  };
  return {
    verbs,
    views,
    knows,
    until,
    sent,
    hq,
    pushed,
    signIn,
    mira,
    johanna,
    items,
    basket,
    ring,
    inCash,
    byCard,
    complete,
    settle,
    register,
    handOut,
    openShift,
    closeDay,
  };
}

export function did(what: string, answer: Answer, unless?: string): void {
  if (!answer.ok && !("reason" in answer && answer.reason === unless))
    throw new Error(`${what}: ${JSON.stringify(answer)}`);
  console.log(answer.ok ? what : `${what}: ${unless}`);
}
