import { idOf } from "#domain/ids.ts";
import { answered, askTerminal, type CardRequest } from "#domain/payments/card-request.ts";
import type { TerminalReference } from "#domain/payments/terminal-slip.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { TerminalView } from "#protocol/till/terminal.ts";
import type { Approved, PaymentTerminal, TerminalOutcome } from "../../devices/payment-terminal/port.ts";
import type { Unwatch } from "../ports.ts";
import type { BasketShelf } from "../shop/basket-shelf.ts";
import { Changes } from "../shop/changes.ts";
import type { Printing } from "../shop/printing.ts";
import type { Sales } from "../shop/sales.ts";
import type { Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { VerbTable } from "../till-service.ts";
import { ByHand } from "./by-hand.ts";
import { GivenUpRequests } from "./given-up.ts";
import {
  answerOf,
  type Last,
  lastOf,
  referenceOf,
  type Settled,
  shownRequest,
  tenderToTry,
  type Waiting,
  WRONG_AMOUNT,
} from "./request-shapes.ts";
import { isTenderOf, type Reversal, type Reversals } from "./reversals.ts";
import { newService } from "./service-names.ts";
import { TerminalCare } from "./terminal-care.ts";
import { TerminalInquiry } from "./terminal-inquiry.ts";
import { ConnectedTerminal } from "./terminal-setup.ts";

type TerminalVerb =
  | "payByTerminal"
  | "refundByTerminal"
  | "abortTerminal"
  | "askTerminal"
  | "settleTerminal"
  | "terminalEndOfDay"
  | "testTerminal"
  | "setUpTerminal";

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
  readonly #byHand: ByHand;
  readonly #care: TerminalCare;
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
    const surroundings = {
      ...parts,
      connected: this.#connected,
      givenUp: this.#givenUp,
      waiting: () => this.#waiting(),
      isAsking: () => this.#asking !== null,
      onWire: <T>(act: () => Promise<T>) => this.#wire.take(act),
      onChange: () => {
        this.#last = null;
        this.#changes.tell();
        this.#inquiry.hurry();
      },
    };
    this.#byHand = new ByHand(ports, surroundings);
    this.#care = new TerminalCare(surroundings);
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
    settleTerminal: (word) => this.#byHand.settle(word),
    terminalEndOfDay: () => this.#care.endOfDay(),
    testTerminal: () => this.#care.test(),
    setUpTerminal: (wish) => this.#care.setUp(wish),
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
}
