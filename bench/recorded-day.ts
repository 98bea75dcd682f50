import { readFileSync } from "node:fs";
import { join } from "node:path";
import { idOf, type VariantId } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import { pairAnswerSchema } from "#protocol/hq/console.ts";
import type { View, ViewValue } from "#protocol/till/contract.ts";
import type { Engine } from "../src-main/engine/engine.ts";

const STORE = "BER1";
/** The demo's cashier and its manager. */
const MIRA = { name: "Mira", pin: "111111" } as const;
const JOHANNA = { name: "Johanna", pin: "999999" } as const;
const CONTACT = { name: "A. Customer", email: "customer@example.org", phone: null } as const;
const EUR = idOf<"Currency">("EUR");
/** What a till of a version answers that knows the verb, but means something else by it. */
interface Answer {
  readonly ok: boolean;
}

export interface DaySettings {
  readonly engine: Engine;
  /** Address of the server, and its data folder. */
  readonly server: string;
  readonly serverData: string;
}

/**
 * A day at a till of any version, as far as the demo's store has something to do and without devices. What a version has no verb for is left out; what no day does is listed in
 * protocol/recorded/README.md. Throws where something is refused.
 */
export async function aRecordedDay({ engine, server, serverData }: DaySettings): Promise<void> {
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
  const made = await fetch(`${server}/hq/v1/pairing-codes`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ store: STORE }),
  });
  const { code } = pairAnswerSchema.parse(await made.json());
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
  const signIn = async (who: { readonly name: string; readonly pin: string }) =>
    did("signIn", await verbs.signIn(proofOf(who)));
  const mira = proofOf(MIRA);
  const johanna = proofOf(JOHANNA);
  if (knows("clockIn")) did("clockIn", await verbs.clockIn({ who: mira }));
  await signIn(JOHANNA);
  const hasShifts = knows("openShift");
  if (hasShifts) {
    const float = { pieces: [{ face: 5_000, pieces: 3 }], total: money(15_000, EUR) };
    did("openShift", await verbs.openShift({ float, approval: null }));
  }

  const items = (await verbs.search({ text: "t", limit: 60 })).filter((item) => {
    return item.soldBy === undefined && item.price !== null && item.price.minor < 10_000;
  });
  const basket = () => {
    const current = views.basket.current();
    if (current === null) throw new Error("nobody is signed in");
    return current;
  };
  const complete = async () => {
    const answer = await verbs.completeSale({ basket: basket().id });
    did("completeSale", answer);
    if (!answer.ok) throw new Error("not reached");
    return answer.value.ticket;
  };
  const ring = async (from: number, count: number, quantity = 1) => {
    for (const { variant } of items.slice(from, from + count))
      did("addItem", await verbs.addItem({ variant, quantity }));
  };
  const inCash = async () => did("takeCash", await verbs.takeCash({ tendered: basket().remainingInCash }));
  const byCard = async (amount: Money) =>
    did("takeCard", await verbs.takeCard({ amount, approvalCode: "123456" }));

  await ring(0, 2);
  await inCash();
  const first = await complete();
  await ring(1, 2, 2);
  await byCard(basket().due);
  await complete();
  await ring(2, 2, 3);
  const discount = { kind: "percent", ppm: 100_000, reason: "Scratched" } as const;
  const line = basket().lines[0];
  if (line === undefined) throw new Error("nothing was rung up");
  did("discountLine", await verbs.discountLine({ line: line.id, discount }));
  did("discountBasket", await verbs.discountBasket({ discount: { ...discount, ppm: 50_000 } }));
  if (knows("overridePrice"))
    did(
      "overridePrice",
      await verbs.overridePrice({
        line: basket().lines[1]?.id ?? line.id,
        price: money(100, EUR),
        reason: "Label",
      }),
    );
  await byCard(money(Math.floor(basket().due.minor / 2), EUR));
  await inCash();
  await complete();
  const changes = { name: CONTACT.name, email: CONTACT.email };
  const registered = await verbs.registerCustomer({ changes, consents: [] });
  did("registerCustomer", registered);
  if (!registered.ok) throw new Error("not reached");
  const customer = registered.value.id;
  did("editCustomer", await verbs.editCustomer({ customer, changes: { notes: "Likes tea" }, consents: [] }));
  did("setCustomer", await verbs.setCustomer({ customer }));
  await ring(3, 6);
  await inCash();
  await complete();
  did("sellGiftCard", await verbs.sellGiftCard({ code: null, amount: money(2_500, EUR) }));
  await inCash();
  await complete();
  await ring(4, 1);
  did("discardBasket", await verbs.discardBasket({ basket: basket().id }));

  did("reprint", await verbs.reprint({ ticket: first, kind: "copy" }), "noPrinter");
  const mail = {
    ticket: first,
    document: { kind: "receipt" },
    email: CONTACT.email,
    language: null,
  } as const;
  did("sendReceipt", await verbs.sendReceipt(mail));
  const recipient = { name: "Acme GmbH", address: ["Weg 1", "10999 Berlin"], vatId: "" };
  did("issueInvoice", await verbs.issueInvoice({ ticket: first, recipient, language: null }));
  await sent();

  const goods = { quantity: 1, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
  const purchase = { kind: "ticket", id: first } as const;
  did("openReturn", await verbs.openReturn({ purchase }));
  did("chooseReturn", await verbs.chooseReturn({ purchase, position: 0, ...goods }));
  did("giveBack", await verbs.giveBack({ amount: basket().giveBackInCash, to: { kind: "cash" } }));
  await complete();
  // An exchange: one piece back, another one out.
  did("openReturn", await verbs.openReturn({ purchase }));
  did("chooseReturn", await verbs.chooseReturn({ purchase, position: 1, ...goods }));
  await ring(8, 2);
  if (basket().remaining.minor > 0) await inCash();
  else if (basket().giveBack.minor > 0)
    did("giveBack", await verbs.giveBack({ amount: basket().giveBackInCash, to: { kind: "cash" } }));
  await complete();

  await orders();

  const broken = items[0];
  if (broken === undefined) throw new Error("nothing is on sale");
  const product = { variant: broken.variant, sku: broken.sku, name: broken.name, options: [] };
  const opened = await verbs.openCase({
    kind: "complaint",
    customer: null,
    contact: CONTACT,
    product,
    serial: "",
    purchase: null,
    fault: "Broken",
    condition: "",
    accessories: "",
    deadline: null,
    photos: [],
  });
  did("openCase", opened);
  if (opened.ok)
    did(
      "noteCase",
      await verbs.noteCase({
        case: opened.value.id,
        to: "inProgress",
        outcome: null,
        note: "Looked at",
        deadline: null,
        takeOver: false,
        photos: [],
      }),
    );
  if (knows("adjustStock"))
    did(
      "adjustStock",
      await verbs.adjustStock({
        variant: broken.variant,
        quantity: -1,
        why: "damaged",
        note: "",
        approval: null,
      }),
    );
  if (knows("startTransfer")) await transfer(broken.variant);
  await sent();

  if (hasShifts) await closing();
  did("signOut", await verbs.signOut({}));
  if (knows("clockOut")) did("clockOut", await verbs.clockOut({ who: mira }));
  await sent();

  async function orders(): Promise<void> {
    const cards = () => views.orders.current().orders;
    const ready = cards().find(({ state, kind, due }) => {
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
    const waiting = cards().filter(({ state }) => state === "allocated" || state === "accepted");
    const [picked, left] = waiting;
    if (picked !== undefined) {
      const fulfilment = picked.id;
      if (picked.state === "allocated") did("acceptOrder", await verbs.acceptOrder({ fulfilment }));
      did("startPicking", await verbs.startPicking({ fulfilment }));
      for (const { line, quantity } of picked.lines)
        did("pickCount", await verbs.pickCount({ fulfilment, line, quantity }));
      did(
        "finishPicking",
        await verbs.finishPicking({ fulfilment, shelf: "A1", rest: null, substitutes: [] }),
      );
      if (picked.kind === "ship") {
        const parcels = [{ carrier: "DHL", tracking: "00340434" }];
        did("shipOrder", await verbs.shipOrder({ fulfilment, parcels }));
      }
    }
    if (left !== undefined) {
      const fulfilment = left.id;
      did("startPicking", await verbs.startPicking({ fulfilment }));
      did("stopPicking", await verbs.stopPicking({ fulfilment }));
      const third = waiting[2];
      if (third?.state === "allocated")
        did("declineOrder", await verbs.declineOrder({ fulfilment: third.id, reason: "Sold out" }));
    }
    await ring(5, 1);
    const address = {
      name: CONTACT.name,
      lines: ["Musterweg 3"],
      postcode: "20457",
      city: "Hamburg",
      country: "DE",
    };
    did(
      "orderBasket",
      await verbs.orderBasket({
        contact: { customer: null, ...CONTACT },
        delivery: { kind: "ship", address },
      }),
    );
    await inCash();
    await complete();
    await sent();
  }

  async function transfer(variant: VariantId): Promise<void> {
    const { stores } = await verbs.transferStores({ variant });
    const to = stores[0]?.store;
    if (to === undefined) throw new Error("the demo has no other store");
    did("startTransfer", await verbs.startTransfer({ to, lines: [{ variant, pieces: 1 }], note: "" }));
  }

  async function closing(): Promise<void> {
    const move = { amount: money(1_000, EUR), approval: null } as const;
    did("moveCash", await verbs.moveCash({ kind: "in", reason: "Change", ...move }));
    did("moveCash", await verbs.moveCash({ kind: "out", reason: "Postage", ...move }));
    did("openDrawer", await verbs.openDrawer({ reason: "Change money", approval: null }), "noPrinter");
    const { mine } = views.shift.current() ?? {};
    if (mine === undefined || mine === null) throw new Error("no shift is open");
    const total = mine.expected ?? money(0, EUR);
    const count = { pieces: [{ face: 1, pieces: total.minor }], total };
    const counted = await verbs.countShift({ shift: mine.shift, count });
    did("countShift", counted);
    const approval = { manager: johanna.staff, pin: JOHANNA.pin };
    did(
      "closeShift",
      await verbs.closeShift({ shift: mine.shift, kept: money(0, EUR), reason: "As counted", approval }),
    );
    did("closeDay", await verbs.closeDay({ approval: null }));
  }
}

function did(what: string, answer: Answer, unless?: string): void {
  if (!answer.ok && !("reason" in answer && answer.reason === unless))
    throw new Error(`${what}: ${JSON.stringify(answer)}`);
  console.log(answer.ok ? what : `${what}: ${unless}`);
}
