import { idOf, type VariantId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { ANY_SKU, CASHIER_BADGE, cents, EUR, MANAGER_BADGE, skuOf, VARIANTS } from "../retailer.ts";
import type { Place } from "../world/world.ts";
import type { Day } from "./day.ts";

const WORD = { badge: MANAGER_BADGE } as const;

/** Somebody is signed in; why not, where nobody can be. */
export async function signedIn(day: Day, place: Place): Promise<string | null> {
  if (place.till.engine.views.session.current().state === "open") return null;
  const badge = day.random.chance(80) ? CASHIER_BADGE : MANAGER_BADGE;
  const answer = await day.ask(place, (verbs) => verbs.signIn({ badge }));
  return answer.ok ? null : `not signed in: ${answer.reason}`;
}

/** Somebody is signed in and a drawer is open; why not, where it cannot be. */
export async function ready(day: Day, place: Place): Promise<string | null> {
  const { views } = place.till.engine;
  const refused = await signedIn(day, place);
  if (refused !== null) return refused;
  const shift = views.shift.current();
  if (shift === null || shift.mine?.forgotten === true) {
    const closed = await closeShift(day, place);
    if (closed !== null) return closed;
  }
  if (views.shift.current()?.mine === null) {
    const float = { pieces: [{ face: 1_000, pieces: 10 }], total: cents(10_000) };
    const opened = await day.ask(place, (verbs) => verbs.openShift({ float, approval: WORD }));
    if (!opened.ok) return `no shift: ${opened.reason}`;
  }
  return null;
}

/** Counts the drawer in front and closes it; why not, where it cannot be. */
export async function closeShift(day: Day, place: Place): Promise<string | null> {
  const mine = place.till.engine.views.shift.current()?.mine;
  if (mine === null || mine === undefined) return "no shift is open";
  // Blind: by what a colleague with patience would find.
  const first = await day.ask(place, (verbs) =>
    verbs.countShift({ shift: mine.shift, count: { pieces: [], total: cents(0) } }),
  );
  if (!first.ok) return `not counted: ${first.reason}`;
  const off = day.random.chance(20) ? day.random.between({ from: -300, to: 300 }) : 0;
  const minor = Math.max(0, first.value.expected.minor + off);
  const count = { pieces: minor === 0 ? [] : [{ face: 1, pieces: minor }], total: cents(minor) };
  const counted = await day.ask(place, (verbs) => verbs.countShift({ shift: mine.shift, count }));
  if (!counted.ok) return `not counted: ${counted.reason}`;
  const kept = cents(Math.min(minor, 10_000));
  const closed = await day.ask(place, (verbs) =>
    verbs.closeShift({ shift: mine.shift, kept, reason: "it is what it is", approval: WORD }),
  );
  return closed.ok ? null : `not closed: ${closed.reason}`;
}

/** The basket in front; throws where nobody is signed in. */
export function front(place: Place): BasketView {
  const basket = place.till.engine.views.basket.current();
  if (basket === null) throw new Error(`nobody is signed in at ${place.till.name}`);
  return basket;
}

/** Puts a few articles into the basket in front; how many lines it has then. */
export async function ringUp(day: Day, place: Place): Promise<number> {
  const { random } = day;
  for (let count = random.between({ from: 1, to: 5 }); count > 0; count -= 1) {
    const quantity = random.between({ from: 1, to: 3 });
    const code = skuOf(random.pick(VARIANTS));
    await day.ask(place, (verbs) => verbs.scan({ code, quantity }));
  }
  const [line] = front(place).lines;
  if (line !== undefined && random.chance(15)) {
    const discount = { kind: "percent", ppm: 100_000, reason: "scratched" } as const;
    await day.ask(place, (verbs) => verbs.discountLine({ line: line.id, discount, approval: WORD }));
  }
  if (random.chance(10)) {
    const discount = { kind: "amount", amount: cents(50), reason: "friends" } as const;
    await day.ask(place, (verbs) => verbs.discountBasket({ discount, approval: WORD }));
  }
  return front(place).lines.length;
}

/** Pays what remains of the basket in front, gives back what is to be given back, and completes the sale. */
export async function pay(day: Day, place: Place): Promise<string> {
  const { random, told } = day;
  for (let tries = 0; tries < 4; tries += 1) {
    const basket = front(place);
    if (basket.giveBack.minor > 0) {
      const back = await giveBack(day, place, basket);
      if (back !== null) return back;
      continue;
    }
    if (basket.remaining.minor <= 0) break;
    if (tries === 0) await payWithPoints(day, place);
    if (front(place).remaining.minor <= 0) break;
    const card = told.giftCards.length > 0 && random.chance(15) ? random.pick(told.giftCards) : null;
    if (card !== null) {
      const taken = await day.ask(place, (verbs) => verbs.takeCredit({ code: card, amount: null }));
      if (!taken.ok) day.world.note(`the gift card was not taken: ${taken.reason}`);
      if (front(place).remaining.minor <= 0) break;
    }
    const { remaining, remainingInCash } = front(place);
    const taken = random.chance(65)
      ? await day.ask(place, (verbs) =>
          verbs.takeCash({
            tendered: random.chance(70) ? remainingInCash : money(remainingInCash.minor + 500, EUR),
          }),
        )
      : await day.ask(place, (verbs) =>
          verbs.takeCard({ amount: remaining, approvalCode: `A${day.nextNumber()}` }),
        );
    if (!taken.ok) return `not paid: ${taken.reason}`;
  }
  return complete(day, place);
}

/** Whoever has points pays with them now and then. */
async function payWithPoints(day: Day, place: Place): Promise<void> {
  if (front(place).customer === null || !day.random.chance(40)) return;
  const taken = await day.ask(place, (verbs) => verbs.takePoints({ points: null }));
  if (!taken.ok) day.world.note(`no points were taken: ${taken.reason}`);
}

async function giveBack(day: Day, place: Place, basket: BasketView): Promise<string | null> {
  const route = basket.returning?.routes.find(({ kind, most }) => kind === "cash" && most.minor > 0);
  const other = basket.returning?.routes.find(({ most }) => most.minor > 0);
  const chosen = route ?? other;
  if (chosen === undefined) return "nothing can be given back";
  const amount = cents(Math.min(basket.giveBack.minor, chosen.most.minor));
  const to =
    chosen.kind === "card"
      ? ({
          kind: "card",
          approvalCode: `B${day.nextNumber()}`,
          ...(chosen.paidBy === null ? {} : { paidBy: chosen.paidBy }),
        } as const)
      : chosen.kind === "online" && chosen.order !== null
        ? ({ kind: "online", order: chosen.order } as const)
        : chosen.kind === "credit"
          ? ({ kind: "credit" } as const)
          : chosen.kind === "points" && chosen.paidBy !== null
            ? ({ kind: "points", customer: idOf<"Customer">(chosen.paidBy) } as const)
            : ({ kind: "cash" } as const);
  const given = await day.ask(place, (verbs) => verbs.giveBack({ amount, to }));
  return given.ok ? null : `not given back: ${given.reason}`;
}

/** Pieces of an article as the till shows them; null where it does not know. */
export async function onHandAt(day: Day, place: Place, variant: VariantId): Promise<number | null> {
  const found = await day.ask(place, (verbs) => verbs.search({ text: skuOf(variant), limit: 5 }));
  return found.find((item) => item.variant === variant)?.onHand ?? null;
}

/** Of each article as the till shows them to somebody who looks for all there are. */
export async function onHandsAt(day: Day, place: Place): Promise<ReadonlyMap<VariantId, number | null>> {
  const limit = VARIANTS.length;
  const found = await day.ask(place, (verbs) => verbs.search({ text: ANY_SKU, limit }));
  return new Map(found.map(({ variant, onHand }) => [variant, onHand]));
}

/** Completes the sale in front; what it shows of the stock follows at once. */
export async function complete(day: Day, place: Place): Promise<string> {
  const { id: basket, lines, returning, collecting } = front(place);
  const [line] = lines;
  const isPlain = returning === null && collecting === null && line !== undefined && line.isGiftCard !== true;
  const shown = isPlain ? await onHandAt(day, place, line.variant) : null;
  const at = day.world.time.now;
  const done = await day.ask(place, (verbs) => verbs.completeSale({ basket }));
  if (!done.ok) return `not completed: ${done.reason}`;
  const { ticket, receipt } = done.value;
  if (isPlain && shown !== null) {
    const sold = lines.filter(({ variant }) => variant === line.variant);
    const left = shown - sold.reduce((sum, { quantity }) => sum + quantity, 0);
    const now = await onHandAt(day, place, line.variant);
    // What was heard of meanwhile may have moved it as well.
    if (day.world.time.now === at && now !== left)
      day.world.contradictions.push(
        `${place.till.name} sold of ${shown} ${line.variant} and shows ${now}, not ${left}`,
      );
  }
  day.told.sales.push({ ticket, number: receipt.number, till: place.till.deviceName });
  return `sold ${receipt.number}`;
}

/** Leaves the counter empty for the next customer. */
export async function clear(day: Day, place: Place): Promise<void> {
  if (!place.till.isOn) return;
  const basket = place.till.engine.views.basket.current();
  if (basket === null) return;
  if (basket.lines.length === 0 && basket.tenders.length === 0 && basket.returning === null) return;
  for (const { id } of basket.tenders) await day.ask(place, (verbs) => verbs.removeTender({ tender: id }));
  if (basket.returning !== null) await day.ask(place, (verbs) => verbs.stopReturn({}));
  if (front(place).collecting !== null) await day.ask(place, (verbs) => verbs.stopCollecting({}));
  await day.ask(place, (verbs) => verbs.discardBasket({ basket: front(place).id, approval: WORD }));
}
