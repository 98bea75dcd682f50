import type { FiscalMark } from "#domain/fiscal/mark.ts";
import { receiptProcessData } from "#domain/fiscal/process-data.ts";
import { type BasketId, idOf } from "#domain/ids.ts";
import { ticketOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { LoyaltyAtSale } from "#domain/loyalty/at-sale.ts";
import { pointsGivenBack } from "#domain/loyalty/taken-back.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { returnPolicyOf } from "#domain/returns/policy.ts";
import { routeRefusal } from "#domain/returns/refund-routes.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import { removeTender } from "#domain/ticket/basket-acts.ts";
import { type CompletionRefusal, completeTicket } from "#domain/ticket/complete.ts";
import { addTender, paymentOf } from "#domain/ticket/payment.ts";
import { formatReceiptNumber } from "#domain/ticket/receipt-number.ts";
import type { RefundTender, RefundTo, Ticket } from "#domain/ticket/ticket.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode, valueKindOf } from "#domain/value/credit-code.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { PAYMENT_REFUSALS, VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { CouponDesk } from "../coupons/coupon-desk.ts";
import type { CreditDesk } from "../credits/credit-desk.ts";
import type { FiscalDesk } from "../fiscal/fiscal-desk.ts";
import type { PointsDesk } from "../loyalty/points-desk.ts";
import type { HandOutRefusal, SaleFacts } from "../orders/sale-facts.ts";
import type { Reversal } from "../payments/reversals.ts";
import type { JournalHead, PendingTicket } from "../ports.ts";
import type { ReturnJudge } from "../returns/return-judge.ts";
import type { DayBook } from "../shift/day-book.ts";
import type { BasketShelf } from "./basket-shelf.ts";
import type { Baskets } from "./baskets.ts";
import { durably } from "./durably.ts";
import type { Printing } from "./printing.ts";
import type { OnDuty, Session } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";
import type { Tickets } from "./tickets.ts";
import type { Turns } from "./turns.ts";

type PaymentReason = (typeof PAYMENT_REFUSALS)[number];
type SaleRefusal = CompletionRefusal | HandOutRefusal | "notSignedIn" | "notPermitted" | "returnNotAllowed";
type Shown = Result<BasketView, PaymentReason>;

/** What paying with points and earning them has to do with a sale. */
interface SalePoints {
  readonly prepare: PointsDesk["prepare"];
  readonly atSale: (basket: Basket, settings: StoreSettingsNow) => LoyaltyAtSale | null;
}

/** Sends a terminal's payment back to its card, once the basket is written without it. */
type TakeBack = (
  reversal: Reversal,
  write: () => Promise<Result<unknown, "storage">>,
) => Promise<Result<null, "storage">>;

type Sold = Pick<PendingTicket, "entry" | "ticket">;

/** Why no ticket could be made of a basket; thrown inside the journal's turn so that nothing is written. */
class NotCompleted extends Error {
  readonly reason: SaleRefusal;
  constructor(reason: SaleRefusal) {
    super(`the sale was not completed: ${reason}`);
    this.reason = reason;
  }
}

/** Taking money and turning a paid basket into a ticket. Tenders are on disk as soon as they are taken. */
export class Sales {
  readonly #ports: ShopPorts;
  readonly #session: Session;
  readonly #shelf: BasketShelf;
  readonly #baskets: Baskets;
  readonly #tickets: Tickets;
  readonly #printing: Printing;
  readonly #fiscal: Pick<FiscalDesk, "isSetUp" | "sign">;
  readonly #turns: Turns;
  readonly #facts: SaleFacts;
  readonly #returns: ReturnJudge;
  readonly #credits: Pick<CreditDesk, "prepare">;
  readonly #coupons: Pick<CouponDesk, "prepare">;
  readonly #points: SalePoints;
  readonly #day: Pick<DayBook, "shiftOf">;
  readonly #takeBack: TakeBack;

  constructor(
    ports: ShopPorts,
    parts: {
      readonly session: Session;
      readonly shelf: BasketShelf;
      readonly baskets: Baskets;
      readonly tickets: Tickets;
      readonly printing: Printing;
      readonly fiscal: Pick<FiscalDesk, "isSetUp" | "sign">;
      readonly turns: Turns;
      readonly facts: SaleFacts;
      readonly returns: ReturnJudge;
      readonly credits: Pick<CreditDesk, "prepare">;
      readonly coupons: Pick<CouponDesk, "prepare">;
      readonly points: SalePoints;
      readonly day: Pick<DayBook, "shiftOf">;
      readonly takeBack: TakeBack;
    },
  ) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#shelf = parts.shelf;
    this.#baskets = parts.baskets;
    this.#tickets = parts.tickets;
    this.#printing = parts.printing;
    this.#fiscal = parts.fiscal;
    this.#turns = parts.turns;
    this.#facts = parts.facts;
    this.#returns = parts.returns;
    this.#credits = parts.credits;
    this.#coupons = parts.coupons;
    this.#points = parts.points;
    this.#day = parts.day;
    this.#takeBack = parts.takeBack;
  }

  takeCash({ tendered }: { readonly tendered: Money }): Promise<Shown> {
    return this.#take({ id: idOf<"Tender">(this.#ports.newId()), kind: "cash", tendered });
  }

  takeCard({ amount, approvalCode }: { readonly amount: Money; readonly approvalCode: string }) {
    const id = idOf<"Tender">(this.#ports.newId());
    return this.#take({ id, kind: "card", amount, approvalCode: approvalCode.trim() });
  }

  /** Money back for what the basket takes back, in a way that the store's policy offers. */
  async giveBack({ amount, to }: VerbParsedArgs<"giveBack">): Promise<VerbAnswer<"giveBack">> {
    const id = idOf<"Tender">(this.#ports.newId());
    const destination = this.#destination(to);
    if (destination === null) return refused("creditMistyped");
    return this.#take({ id, kind: "refund", amount, to: destination });
  }

  removeTender({ tender }: { readonly tender: Tender["id"] }): Promise<Shown> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const { basket } = this.#shelf.front(duty.value.staff.id);
      const at = this.#ports.clock.now();
      if (basket.cardRequest !== undefined) return refused("terminalPending");
      const without = removeTender({ basket, tender, at });
      if (!without.ok) return refused("noSuchTender");
      const removed = basket.tenders.find(({ id }) => id === tender);
      if (isGivenBackByTerminal(removed)) return refused("givenBackByTerminal");
      if (removed?.kind !== "card" || removed.terminal === undefined)
        return this.#save(duty.value, without.value);
      const { amount, terminal: slip } = removed;
      const back = { basket: basket.id, tender, amount, slip, at, attempt: null, byHand: false };
      let shown: Shown = refused("storage");
      const taken = await this.#takeBack({ cause: "takenBack", ...back }, async () => {
        shown = await this.#save(duty.value, without.value);
        return shown.ok ? ok(null) : refused("storage");
      });
      return taken.ok ? shown : taken;
    });
  }

  /** One journal entry makes the sale. Asked again for the same basket, also after a crash, it answers with the same ticket. */
  completeSale({ basket }: { readonly basket: BasketId }): Promise<VerbAnswer<"completeSale">> {
    return this.#turns.take(async () => {
      const duty = this.#session.permitted("sell");
      if (!duty.ok) return duty;
      const { journal, onTrouble } = this.#ports;
      const before = await durably(() => journal.ticketOfBasket(basket), onTrouble);
      if (!before.ok) return before;
      if (before.value !== null) {
        this.#shelf.removeSold(basket);
        return ok(this.#sold(before.value));
      }
      const draft = this.#shelf.front(duty.value.staff.id);
      if (draft.basket.id !== basket) return refused("emptyBasket");
      const [doubt, couponDoubt, pointsDoubt] = await Promise.all([
        this.#credits.prepare(draft.basket),
        this.#coupons.prepare(draft.basket, duty.value.settings),
        this.#points.prepare(draft.basket),
        this.#facts.prepare(draft.basket),
        this.#returns.prepare(draft.basket),
      ]);
      if (doubt !== null) return refused(doubt);
      if (couponDoubt !== null) return refused(couponDoubt);
      if (pointsDoubt !== null) return refused(pointsDoubt);
      const mark = this.#fiscal.isSetUp ? await this.#marked(duty.value, draft.basket) : null;
      const written = await this.#journal(duty.value, draft.basket, mark);
      if (!written.ok) return written;
      this.#shelf.removeSold(basket);
      const sold = this.#sold(written.value);
      if (movesCash(written.value.ticket)) void this.#printing.openDrawer();
      this.#printing.print(sold.receipt.rows);
      // Cut off from the receipt: the card is given away without it.
      if (sold.receipt.giftCards !== undefined) this.#printing.print(sold.receipt.giftCards);
      return ok(sold);
    });
  }

  /** Whether the basket in front could take this tender now; changes nothing. `basket` is as it stands now, `taken` with the tender. */
  wouldTake(
    asked: Tender,
  ): Result<{ readonly duty: OnDuty; readonly basket: Basket; readonly taken: Basket }, PaymentReason> {
    const duty = this.#session.maySell();
    if (!duty.ok) return duty;
    const { settings, staff } = duty.value;
    const permitted = asked.kind === "refund" ? this.#session.permitted("returns.take") : duty;
    if (!permitted.ok) return permitted;
    const basket = this.#returns.asOfNow(this.#shelf.front(staff.id).basket);
    const { tax, currency } = settings;
    if (basket.lines.some((line) => line.unitPrice.currency !== currency)) return refused("wrongCurrency");
    // Before any money moves: what must not come back is not paid for either.
    if (this.#returns.isForbidden(basket, settings)) return refused("returnNotAllowed");
    const tender = this.#inPoints(basket, asked, duty.value);
    const taken = addTender({ basket, tender, tax, currency, at: this.#ports.clock.now() });
    if (!taken.ok) return taken;
    const wrongWay = tender.kind === "refund" ? this.#wrongWay(basket, tender, duty.value) : null;
    return wrongWay === null ? ok({ duty: duty.value, basket, taken: taken.value }) : refused(wrongWay);
  }

  #take(asked: Tender): Promise<Shown> {
    return this.#turns.take(async () => {
      const would = this.wouldTake(asked);
      return would.ok ? this.#save(would.value.duty, would.value.taken) : would;
    });
  }

  #wrongWay(basket: Basket, tender: RefundTender, { settings }: OnDuty) {
    const { tax, currency } = settings;
    const payment = paymentOf({ basket, tax, currency });
    return routeRefusal(this.#returns.routes(basket, settings, payment), tender);
  }

  /** How many points go back for the money that had been paid with them. */
  #inPoints(basket: Basket, tender: Tender, { settings }: OnDuty): Tender {
    if (tender.kind !== "refund" || tender.to.kind !== "points") return tender;
    const { tax, currency } = settings;
    const { customer } = tender.to;
    const routes = this.#returns.routes(basket, settings, paymentOf({ basket, tax, currency }));
    const route = routes.find((each) => each.kind === "points" && each.customer === customer);
    if (route?.kind !== "points") return tender;
    const paid = { points: route.points, amountMinor: route.paid.minor };
    return { ...tender, to: { ...tender.to, points: pointsGivenBack(paid, tender.amount.minor) } };
  }

  /** A credit gets its code here: nobody can guess it, and it is on the receipt. Null: what it is to go onto is no gift card. */
  #destination(to: VerbParsedArgs<"giveBack">["to"]): RefundTo | null {
    if (to.kind === "card") return { ...to, approvalCode: to.approvalCode.trim() };
    if (to.kind === "points") return { ...to, points: 0 };
    if (to.kind !== "credit") return to;
    const { kind, onto } = to;
    if (onto === undefined) return { kind, code: creditCodeOf(this.#ports.randomBytes(CREDIT_CODE_BYTES)) };
    const code = readCreditCode(onto);
    return code === null || valueKindOf(code) !== "giftCard" ? null : { kind, code };
  }

  async #save(duty: OnDuty, basket: Basket): Promise<Shown> {
    const draft = this.#shelf.front(duty.staff.id);
    const saved = await this.#shelf.save({ ...draft, basket, undo: null });
    if (!saved.ok) return saved;
    const shown = this.#baskets.view();
    return shown === null ? refused("notSignedIn") : ok(shown);
  }

  /** One entry, whatever the sale does besides: what it pays for, what it hands out, what it orders. */
  async #journal(
    duty: OnDuty,
    basket: Basket,
    mark: SignedSale | null,
  ): Promise<Result<Sold, SaleRefusal | "storage">> {
    try {
      const entry = await this.#ports.journal.append({
        staff: duty.staff.id,
        makeFact: (head) => {
          // As of this very turn: another basket of this till may have taken the same goods back.
          const now = this.#returns.asOfNow(basket);
          const refusal = this.#facts.refusalOf(now, duty) ?? this.#returnRefusal(now, duty);
          if (refusal !== null) throw new NotCompleted(refusal);
          return this.#facts.factOf(now, withMark(this.#complete(duty, now, head), mark));
        },
      });
      return ok({ entry, ticket: ticketIn(entry) });
    } catch (error) {
      if (error instanceof NotCompleted) return refused(error.reason);
      this.#ports.onTrouble(error);
      return refused("storage");
    }
  }

  /**
   * What the fiscal device says of the sale, asked before it is written: the word stands on the ticket. Null where the sale cannot be made: the journal's turn
   * then says why.
   */
  async #marked(duty: OnDuty, basket: Basket): Promise<SignedSale | null> {
    try {
      const { register } = duty.identity;
      const head: JournalHead = { epoch: 1, seq: 1, register, nextReceipt: 1 };
      const ticket = this.#complete(duty, this.#returns.asOfNow(basket), head);
      return { processData: receiptProcessData(ticket), mark: await this.#fiscal.sign(ticket) };
    } catch (error) {
      if (error instanceof NotCompleted) return null;
      throw error;
    }
  }

  #returnRefusal(
    basket: Basket,
    { settings }: OnDuty,
  ): "notSignedIn" | "notPermitted" | "returnNotAllowed" | null {
    if (basket.returning === undefined || basket.returning.lines.length === 0) return null;
    const permitted = this.#session.permitted("returns.take");
    if (!permitted.ok) return permitted.reason;
    return this.#returns.isForbidden(basket, settings) ? "returnNotAllowed" : null;
  }

  #complete(duty: OnDuty, basket: Basket, head: JournalHead): Ticket {
    const { staff, settings, identity } = duty;
    const { tax, currency, timeZone, code } = settings;
    const completed = completeTicket({
      basket,
      tax,
      currency,
      timeZone,
      id: idOf<"Ticket">(this.#ports.newId()),
      number: formatReceiptNumber({
        storeCode: code,
        register: head.register,
        counter: head.nextReceipt,
        ...(this.#ports.training === true ? { training: true } : {}),
      }),
      store: identity.store,
      device: identity.device,
      staff: staff.id,
      at: this.#ports.clock.now(),
      returnsBy: this.#returns.grant(basket, settings),
      unreceiptedAsCredit: returnPolicyOf(settings).withoutReceipt?.creditOnly === true,
      loyalty: this.#points.atSale(basket, settings),
      shift: this.#day.shiftOf(duty),
    });
    if (!completed.ok) throw new NotCompleted(completed.reason);
    return completed.value;
  }

  #sold({ entry, ticket }: Sold) {
    const order = this.#facts.receiptOrderOf(entry.fact);
    const change = ticket.tenders.flatMap((tender) => (tender.kind === "cash" ? [tender.change] : []));
    return {
      ticket: ticket.id,
      receipt: this.#tickets.receiptOf({ entry, ticket, kind: "receipt" }),
      change: sumMoney(change, ticket.currency),
      due: ticket.totals.due,
      order: order === null ? null : { kind: order.kind, number: order.number },
    };
  }
}

function movesCash({ tenders }: Ticket): boolean {
  return tenders.some(
    (tender) => tender.kind === "cash" || (tender.kind === "refund" && tender.to.kind === "cash"),
  );
}

/** What a fiscal device said, and of what. */
interface SignedSale {
  readonly processData: string;
  readonly mark: FiscalMark;
}

/** A signature over other amounts than the ticket came to have is none of it. */
function withMark(ticket: Ticket, signed: SignedSale | null): Ticket {
  if (signed === null) return ticket;
  const { mark, processData } = signed;
  if (mark.kind === "failed" || processData === receiptProcessData(ticket))
    return { ...ticket, fiscal: mark };
  return { ...ticket, fiscal: { kind: "failed", why: "refused", serial: mark.device.serial } };
}

/** Money that a terminal gave back is on its card: nothing brings it back from there. */
function isGivenBackByTerminal(tender: Tender | undefined): boolean {
  return tender?.kind === "refund" && tender.to.kind === "card" && tender.to.terminal !== undefined;
}

function ticketIn({ fact }: JournalEntry): Ticket {
  const ticket = ticketOf(fact);
  if (ticket === null) throw new TypeError("the journal wrote another fact than the sale");
  return ticket;
}
