import type { VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { AS_NEW, CONTACT, type DaySettings, did, EUR, pairedTill } from "./recorded-till.ts";

/**
 * A day at a till of any version, as far as the demo's store has something to do and without devices. What a version has no verb for is left out; what no day does is listed in
 * protocol/recorded/README.md. Throws where something is refused.
 */
export async function aRecordedDay(settings: DaySettings): Promise<void> {
  const till = await pairedTill(settings);
  const { verbs, views, knows, sent, mira, items, basket, ring, inCash, byCard, complete } = till;
  if (knows("clockIn")) did("clockIn", await verbs.clockIn({ who: mira }));
  await till.signIn();
  const hasShifts = knows("openShift");
  if (hasShifts) await till.openShift();

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
  const customer = await till.register();
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

  const purchase = { kind: "ticket", id: first } as const;
  did("openReturn", await verbs.openReturn({ purchase }));
  did("chooseReturn", await verbs.chooseReturn({ purchase, position: 0, ...AS_NEW }));
  did("giveBack", await verbs.giveBack({ amount: basket().giveBackInCash, to: { kind: "cash" } }));
  await complete();
  // An exchange: one piece back, another one out.
  did("openReturn", await verbs.openReturn({ purchase }));
  did("chooseReturn", await verbs.chooseReturn({ purchase, position: 1, ...AS_NEW }));
  await ring(8, 2);
  await till.settle();

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
    await till.handOut();
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
    await till.closeDay();
  }
}
