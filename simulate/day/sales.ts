import { creditCodeOf } from "#domain/value/credit-code.ts";
import { CASHIER_BADGE, cents, MANAGER, MANAGER_BADGE, MANAGER_PIN, VARIANTS } from "../retailer.ts";
import { clear, closeShift, complete, front, pay, ready, ringUp } from "./counter.ts";
import { showCard } from "./customers.ts";
import { type Act, atTill } from "./day.ts";

const WORD = { badge: MANAGER_BADGE } as const;
const GIFT_CARD_BYTES = 12;

/** What cashiers do all day. */
export const SALES: readonly Act[] = [
  atTill("sale", 40, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const lines = await ringUp(day, place);
    if (lines === 0) return "nothing was rung up";
    await showCard(day, place);
    const said = await pay(day, place);
    await clear(day, place);
    return said;
  }),

  atTill("park", 4, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const lines = await ringUp(day, place);
    if (lines === 0) return "nothing was rung up";
    const parked = await day.ask(place, (verbs) => verbs.parkBasket({ label: "later" }));
    return parked.ok ? "parked" : `not parked: ${parked.reason}`;
  }),

  atTill("recall", 4, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const [parked] = place.till.engine.views.parked.current();
    if (parked === undefined) return "nothing is parked";
    const recalled = await day.ask(place, (verbs) => verbs.recallBasket({ basket: parked.id }));
    if (!recalled.ok) return `not recalled: ${recalled.reason}`;
    const said = await pay(day, place);
    await clear(day, place);
    return `recalled, ${said}`;
  }),

  atTill("gift card", 4, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const known = day.told.giftCards.length > 0 && day.random.chance(30);
    const code = known
      ? day.random.pick(day.told.giftCards)
      : creditCodeOf(day.random.bytes(GIFT_CARD_BYTES), "giftCard");
    const amount = cents(500 * day.random.between({ from: 1, to: 6 }));
    const rung = await day.ask(place, (verbs) => verbs.sellGiftCard({ code, amount }));
    if (!rung.ok) return `no gift card: ${rung.reason}`;
    const taken = await day.ask(place, (verbs) => verbs.takeCash({ tendered: front(place).remainingInCash }));
    const said = taken.ok ? await complete(day, place) : `not paid: ${taken.reason}`;
    if (said.startsWith("sold") && !known) day.told.giftCards.push(code);
    await clear(day, place);
    return `gift card ${said}`;
  }),

  atTill("return", 10, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    if (day.told.sales.length === 0) return "nothing was sold yet";
    const { ticket, number } = day.random.pick(day.told.sales);
    const purchase = { kind: "ticket", id: ticket } as const;
    const opened = await day.ask(place, (verbs) => verbs.openReturn({ purchase }));
    if (!opened.ok) return `no return of ${number}: ${opened.reason}`;
    const line = front(place).returning?.purchases[0]?.lines.find(({ left }) => left > 0);
    let said = `nothing is left of ${number}`;
    if (line !== undefined) {
      const quantity = day.random.between({ from: 1, to: line.left });
      const goods = { quantity, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
      const { position } = line;
      const chosen = await day.ask(place, (verbs) => verbs.chooseReturn({ purchase, position, ...goods }));
      if (chosen.ok) {
        const isHeldUp = front(place).returning?.obstacles.some(({ isSettled }) => !isSettled) === true;
        if (isHeldUp && day.random.chance(60)) {
          const approval = { manager: MANAGER, pin: MANAGER_PIN, reason: "a good customer" };
          await day.ask(place, (verbs) => verbs.approveReturn(approval));
        }
        if (day.random.chance(20)) await ringUp(day, place);
        said = await pay(day, place);
      } else said = `not chosen: ${chosen.reason}`;
    }
    await clear(day, place);
    return `return of ${number}: ${said}`;
  }),

  atTill("cash", 4, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const kind = day.random.pick(["in", "out", "pickup"] as const);
    const amount = cents(day.random.between({ from: 100, to: 3_000 }));
    const moved = await day.ask(place, (verbs) =>
      verbs.moveCash({ kind, amount, reason: "as needed", approval: WORD }),
    );
    return moved.ok ? `cash ${kind} ${amount.minor}` : `no cash ${kind}: ${moved.reason}`;
  }),

  atTill("close", 3, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    await clear(day, place);
    for (const { id } of place.till.engine.views.parked.current())
      await day.ask(place, (verbs) => verbs.discardBasket({ basket: id, approval: WORD }));
    const closed = await closeShift(day, place);
    if (closed !== null) return closed;
    if (day.random.chance(50)) return "shift closed";
    const made = await day.ask(place, (verbs) => verbs.closeDay({ approval: WORD }));
    return made.ok ? `Z ${made.value.report.number}` : `no Z: ${made.reason}`;
  }),

  atTill("adjust", 2, async (day, place) => {
    const notReady = await ready(day, place);
    if (notReady !== null) return notReady;
    const variant = day.random.pick(VARIANTS);
    const quantity = -day.random.between({ from: 1, to: 2 });
    const adjusted = await day.ask(place, (verbs) =>
      verbs.adjustStock({ variant, quantity, why: "damaged", note: "", approval: WORD }),
    );
    return adjusted.ok ? `adjusted ${variant}` : `not adjusted: ${adjusted.reason}`;
  }),

  atTill("sign out", 2, async (day, place) => {
    const out = await day.ask(place, (verbs) => verbs.signOut({}));
    if (!out.ok) return `not signed out: ${out.reason}`;
    const badge = day.random.chance(50) ? CASHIER_BADGE : MANAGER_BADGE;
    const signedIn = await day.ask(place, (verbs) => verbs.signIn({ badge }));
    return signedIn.ok ? "another colleague" : `not signed in: ${signedIn.reason}`;
  }),
];
