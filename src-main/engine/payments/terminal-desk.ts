import { idOf } from "#domain/ids.ts";
import {
  answered,
  askTerminal,
  type CardAnswer,
  type CardRequest,
  settledByWord,
} from "#domain/payments/card-request.ts";
import type { TerminalReference } from "#domain/payments/terminal-slip.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Basket, Tender } from "#domain/ticket/basket.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { TerminalView } from "#protocol/till/terminal.ts";
import type {
  Approved,
  NotDone,
  PaymentTerminal,
  TerminalOutcome,
} from "../../devices/payment-terminal/port.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketDraft } from "../shop/basket-draft.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes } from "../shop/changes.ts";
import { durably } from "../shop/durably.ts";
import type { Printing } from "../shop/printing.ts";
import type { Sales } from "../shop/sales.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { VerbTable } from "../till-service.ts";
import { GivenUpRequests } from "./given-up.ts";
import { isTenderOf, type Reversal, type Reversals } from "./reversals.ts";
import { newService } from "./service-names.ts";
import { TerminalInquiry } from "./terminal-inquiry.ts";
import { ConnectedTerminal } from "./terminal-setup.ts";

type Last = Extract<TerminalView["now"], { readonly state: "idle" }>["last"];
type NotSent = Omit<NotDone, "reason"> & { readonly reason: NotDone["reason"] | "notSent" };
/** What settles a request. */
export type Settled = Approved | NotSent;

type TerminalVerb =
  | "payByTerminal"
  | "refundByTerminal"
  | "abortTerminal"
  | "askTerminal"
  | "settleTerminal"
  | "terminalEndOfDay"
  | "testTerminal"
  | "setUpTerminal";

/** A draft with what the terminal was asked for. */
interface Waiting {
  readonly draft: BasketDraft;
  readonly request: CardRequest;
}

interface DeskParts {
  readonly session: Session;
  readonly shelf: BasketShelf;
  readonly printing: Pick<Printing, "print">;
  /** Of baskets: everything that changes one waits here. */
  readonly turns: Turns;
  readonly sales: Pick<Sales, "wouldTake">;
  readonly reversals: Reversals;
}

/**
 * The payment terminal at this till. A request is written to the basket before it is sent, and its answer replaces it there; whatever comes in between, the
 * till asks the terminal before the basket is paid again.
 */
export class TerminalDesk {
  readonly #ports: ShopPorts;
  readonly #parts: DeskParts;
  readonly #connected: ConnectedTerminal;
  readonly #givenUp: GivenUpRequests;
  readonly #inquiry: TerminalInquiry;
  readonly #changes = new Changes();
  /** The wire does one thing at a time. */
  readonly #wire = new Turns();
  readonly #unwatch: Unwatch[];
  #asking: { readonly service: string; readonly aborting: boolean } | null = null;
  #last: Last = null;
  #closed = false;

  constructor(ports: ShopPorts, parts: DeskParts) {
    this.#ports = ports;
    this.#parts = parts;
    this.#connected = new ConnectedTerminal(ports, () => this.#inquiry.hurry());
    this.#givenUp = new GivenUpRequests(ports);
    this.#inquiry = new TerminalInquiry({
      timers: ports.timers,
      terminal: () => this.#connected.terminal,
      onWire: (act) => this.#wire.take(act),
      open: () => (this.#asking === null ? (this.#waiting()?.request ?? null) : null),
      settle: (request, outcome) => this.#settle(request.service, outcome),
      reversals: parts.reversals,
      givenUp: this.#givenUp,
      isTender: ({ basket, request }) => isTenderOf(ports, parts.shelf, { basket, tender: request.tender }),
      takeBack: (reversal) => this.takeBack(reversal),
      now: () => ports.clock.now(),
      onChange: () => this.#changes.tell(),
      onDefect: ports.onTrouble,
    });
    this.#unwatch = [parts.reversals.watch(() => this.#changes.tell())];
  }

  /** Takes up what was under way at the last stop: the terminal is asked at once. */
  async load(): Promise<void> {
    await this.#connected.load();
    await this.#givenUp.load();
    this.#inquiry.start();
  }

  readonly verbs: Pick<VerbTable, TerminalVerb> = {
    payByTerminal: ({ amount }) => this.#begin({ act: "pay", amount }),
    refundByTerminal: (wish) => this.#begin({ act: "giveBack", ...wish }),
    abortTerminal: () => this.#abort(),
    askTerminal: async () => {
      if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
      if (this.#connected.terminal === null) return refused("noTerminal");
      const heard = await this.#inquiry.askNow();
      return heard ? ok({}) : refused("terminalSilent");
    },
    settleTerminal: (word) => this.#settleByHand(word),
    terminalEndOfDay: () => this.#endOfDay(),
    testTerminal: () => this.#test(),
    setUpTerminal: (wish) => this.#setUp(wish),
  };

  /** Sends a payment back to its card that a basket gives up. The basket is written without it by `write`, which says whether it was. */
  async takeBack(
    reversal: Reversal,
    write: () => Promise<Result<unknown, "storage">> = async () => ok(null),
  ): Promise<Result<null, "storage">> {
    const prepared = await this.#parts.reversals.prepare(reversal);
    if (!prepared.ok) return prepared;
    const written = await write();
    if (!written.ok) return written;
    this.#parts.reversals.begin(reversal);
    this.#inquiry.hurry();
    return ok(null);
  }

  view(): TerminalView {
    const { reversals, session } = this.#parts;
    return {
      setUp: this.#connected.setup,
      now: this.#now(session),
      reversals: reversals.all().map(({ slip, amount, at, byHand }) => ({
        service: slip.service,
        amount,
        brand: slip.brand,
        lastFour: slip.lastFour,
        since: at,
        state: byHand ? "byHand" : "waiting",
      })),
    };
  }

  watch(onChange: () => void): Unwatch {
    return this.#changes.watch(onChange);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const end of this.#unwatch) end();
    await this.#connected.close();
    await this.#inquiry.close();
    await this.#wire.take(async () => undefined);
    await this.#parts.turns.take(async () => undefined);
  }

  #now(session: Session): TerminalView["now"] {
    const waiting = this.#waiting();
    if (waiting === null) return { state: "idle", last: this.#last };
    const { draft, request } = waiting;
    const asked = shownRequest(draft.basket, request);
    if (this.#asking?.service === request.service)
      return { state: "asking", ...asked, aborting: this.#asking.aborting };
    const staffName = session.nameOf(draft.basket.staff);
    return { state: "unknown", ...asked, staffName, reachable: this.#inquiry.reachable };
  }

  /** The one basket that waits for the terminal, whoever's it is. */
  #waiting(service?: string): Waiting | null {
    for (const draft of this.#parts.shelf.open()) {
      const { cardRequest: request } = draft.basket;
      if (request !== undefined && (service === undefined || request.service === service))
        return { draft, request };
    }
    return null;
  }

  #begin(wish: Pick<CardRequest, "act" | "amount" | "paidBy">): Promise<VerbAnswer<"payByTerminal">> {
    return this.#parts.turns.take(async () => {
      const { terminal } = this.#connected;
      if (terminal === null) return refused("noTerminal");
      if (this.#waiting() !== null) return refused("terminalPending");
      const { randomBytes, newId, clock } = this.#ports;
      const service = newService(randomBytes);
      const request: CardRequest = { service, tender: idOf<"Tender">(newId()), at: clock.now(), ...wish };
      const would = this.#parts.sales.wouldTake(tenderToTry(request));
      if (!would.ok) return would;
      const { shelf } = this.#parts;
      const draft = shelf.front(would.value.duty.staff.id);
      const saved = await shelf.save({
        ...draft,
        basket: askTerminal(would.value.basket, request),
        undo: null,
      });
      if (!saved.ok) return saved;
      this.#last = null;
      this.#send(request, terminal, referenceOf(would.value.basket, request));
      return ok({});
    });
  }

  #send(request: CardRequest, terminal: PaymentTerminal, of: TerminalReference | null): void {
    const { service, amount, act } = request;
    this.#asking = { service, aborting: false };
    this.#changes.tell();
    this.#wire
      .take(() =>
        act === "pay" ? terminal.pay({ service, amount }) : terminal.refund({ service, amount, of }),
      )
      .then((outcome) => this.#heard(service, outcome))
      .catch(this.#ports.onTrouble);
  }

  async #heard(service: string, outcome: TerminalOutcome): Promise<void> {
    if (outcome.kind !== "unknown") await this.#settle(service, outcome);
    this.#asking = null;
    this.#changes.tell();
    this.#inquiry.hurry();
  }

  /** The answer takes the place of the request, in one write. Where the disk fails the request stays, and the terminal is asked again. */
  #settle(service: string, outcome: Settled): Promise<void> {
    return this.#parts.turns.take(async () => {
      const waiting = this.#waiting(service);
      if (waiting === null || this.#closed) return;
      const { draft, request } = waiting;
      const at = this.#ports.clock.now();
      const settled = answered({ basket: draft.basket, service, answer: answerOf(outcome), at });
      if (!settled.ok) return;
      const { basket, unwanted } = settled.value;
      const write = () => this.#parts.shelf.save({ ...draft, basket });
      const back = { basket: basket.id, tender: request.tender, at, attempt: null, byHand: false };
      this.#last = lastOf(basket, request, unwanted === null ? outcome : WRONG_AMOUNT);
      const written =
        unwanted === null ? await write() : await this.takeBack({ ...unwanted, ...back }, write);
      if (!written.ok) return;
      if (outcome.kind === "approved") this.#printToSign(outcome);
      this.#changes.tell();
    });
  }

  #printToSign({ toSign }: Approved): void {
    if (toSign.length === 0) return;
    this.#parts.printing.print(
      toSign.map((text) => ({ kind: "text", text, align: "left", strong: false }) as const),
    );
  }

  async #abort(): Promise<VerbAnswer<"abortTerminal">> {
    const { session } = this.#parts;
    const { terminal } = this.#connected;
    if (session.onDuty() === null) return refused("notSignedIn");
    if (terminal === null) return refused("noTerminal");
    const waiting = this.#waiting();
    if (waiting === null) return refused("terminalIdle");
    const { service } = waiting.request;
    if (this.#asking?.service === service) this.#asking = { service, aborting: true };
    this.#changes.tell();
    const sent = await terminal.abort(service);
    this.#inquiry.hurry();
    return sent === "sent" ? ok({}) : refused("terminalSilent");
  }

  async #settleByHand(word: VerbParsedArgs<"settleTerminal">): Promise<VerbAnswer<"settleTerminal">> {
    const allowed = await this.#parts.session.authorise("card.settle", word.approval);
    if (!allowed.ok) return allowed;
    const { duty, approvedBy } = allowed.value;
    return this.#parts.turns.take(async () => {
      const subject = this.#subjectOf(word.service);
      if (subject === null) return refused("terminalIdle");
      if (this.#asking !== null && subject.act !== "reverse") return refused("terminalAsking");
      const { happened, reason } = word;
      const isTender = happened && subject.act !== "reverse";
      if (isTender && word.approvalCode === "") return refused("approvalCodeMissing");
      const approvalCode = isTender ? word.approvalCode : null;
      const { waiting, ...named } = subject;
      if (waiting !== null && !happened) {
        const noted = await this.#givenUp.add({ basket: named.basket, request: waiting.request });
        if (!noted.ok) return noted;
      }
      const fact = {
        type: "card.settledByHand",
        ...named,
        happened,
        approvalCode,
        reason,
        approvedBy,
      } as const;
      const { journal, onTrouble, clock } = this.#ports;
      const write = () => journal.append({ staff: duty.staff.id, makeFact: () => fact });
      const written = await durably(write, onTrouble);
      if (!written.ok) return written;
      if (waiting === null) {
        const dropped = await this.#parts.reversals.drop(named.service);
        return dropped.ok ? ok({}) : dropped;
      }
      const basket = settledByWord({ basket: waiting.draft.basket, approvalCode, at: clock.now() });
      const saved = await this.#parts.shelf.save({ ...waiting.draft, basket });
      if (!saved.ok) return saved;
      this.#last = null;
      this.#changes.tell();
      this.#inquiry.hurry();
      return ok({});
    });
  }

  /** What somebody's word is about: a reversal by its payment's name, else the request that is open. */
  #subjectOf(service: string | null) {
    if (service !== null) {
      const reversal = this.#parts.reversals.get(service);
      if (reversal === null) return null;
      const { basket, tender, amount } = reversal;
      return { service, basket, tender, amount, act: "reverse", waiting: null } as const;
    }
    const waiting = this.#waiting();
    if (waiting === null) return null;
    const { service: name, tender, amount, act } = waiting.request;
    return { service: name, basket: waiting.draft.basket.id, tender, amount, act, waiting } as const;
  }

  async #endOfDay(): Promise<VerbAnswer<"terminalEndOfDay">> {
    const duty = this.#parts.session.onDuty();
    const { terminal } = this.#connected;
    if (duty === null) return refused("notSignedIn");
    if (terminal === null) return refused("noTerminal");
    if (this.#waiting() !== null) return refused("terminalPending");
    const day = await this.#wire.take(() => terminal.endOfDay(duty.settings.currency));
    switch (day.kind) {
      case "totals":
        return ok({ brands: [...day.brands] });
      case "busy":
        return refused("terminalBusy");
      case "refused":
        return refused("terminalRefused");
      case "unreachable":
        return refused("terminalSilent");
    }
  }

  async #test(): Promise<VerbAnswer<"testTerminal">> {
    const { terminal } = this.#connected;
    if (this.#parts.session.onDuty() === null) return refused("notSignedIn");
    if (terminal === null) return refused("noTerminal");
    if (this.#asking !== null) return refused("terminalBusy");
    const state = await this.#wire.take(() => terminal.test());
    if (state === "ready") return ok({});
    return refused(state === "busy" ? "terminalBusy" : "terminalSilent");
  }

  async #setUp({ setup, approval }: VerbParsedArgs<"setUpTerminal">): Promise<VerbAnswer<"setUpTerminal">> {
    const { session, turns, reversals } = this.#parts;
    const allowed = await session.authorise("devices.setUp", approval);
    if (!allowed.ok) return allowed;
    return turns.take(async () => {
      // What it still owes an answer to, only this terminal can say.
      const owes = this.#waiting() !== null || reversals.all().length > 0 || this.#givenUp.all().length > 0;
      if (owes) return refused("terminalPending");
      const changed = await this.#connected.change(setup);
      if (!changed.ok) return changed;
      this.#last = null;
      this.#changes.tell();
      this.#inquiry.hurry();
      return ok({});
    });
  }
}

const WRONG_AMOUNT = { kind: "notDone", reason: "wrongAmount", says: "" } as const;

/** Stands for what the terminal will say: whether the basket could take it is known before. */
function tenderToTry({ tender: id, act, amount, paidBy }: CardRequest): Tender {
  const approvalCode = "-";
  if (act === "pay") return { id, kind: "card", amount, approvalCode };
  const to = { kind: "card", approvalCode, ...(paidBy === undefined ? {} : { paidBy }) } as const;
  return { id, kind: "refund", amount, to };
}

/** The terminal's own name for the payment that is given back, where the purchase tells it. */
function referenceOf({ returning }: Basket, { paidBy }: CardRequest): TerminalReference | null {
  if (paidBy === undefined) return null;
  const paid = (returning?.standings ?? []).flatMap(({ purchase }) => purchase.paidWith);
  const card = paid.find((each) => each.kind === "card" && each.approvalCode === paidBy);
  return card?.kind === "card" ? (card.terminal ?? null) : null;
}

function answerOf(outcome: Settled): CardAnswer {
  if (outcome.kind === "notDone") return { kind: "nothing" };
  const { kind, amount, approvalCode, slip } = outcome;
  return { kind, amount, approvalCode, slip };
}

function shownRequest({ id: basket }: Basket, { act, amount, at: since }: CardRequest) {
  return { basket, act, amount, since };
}

function lastOf(basket: Basket, request: CardRequest, outcome: Settled | typeof WRONG_AMOUNT): Last {
  const asked = shownRequest(basket, request);
  if (outcome.kind === "approved") return { outcome: "approved", ...asked, approved: outcome.amount };
  return { outcome: "notDone", ...asked, reason: outcome.reason, says: outcome.says };
}
