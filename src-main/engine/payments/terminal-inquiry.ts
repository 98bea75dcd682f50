import type { Instant } from "#domain/ids.ts";
import type { CardRequest } from "#domain/payments/card-request.ts";
import type { Result } from "#domain/result.ts";
import type { PaymentTerminal } from "../../devices/payment-terminal/port.ts";
import { Turns } from "../shop/turns.ts";
import { Alarm, type Timers } from "../sync/alarm.ts";
import type { GivenUp, GivenUpRequests } from "./given-up.ts";
import type { Settled } from "./request-shapes.ts";
import type { Reversal, Reversals } from "./reversals.ts";

/** While the customer still has the terminal in front. */
const IN_PROGRESS_MS = 2_000;
/** Each time it does not know, or does not answer, it is asked after twice as long as the time before. It is one terminal: there is nobody to spread it from. */
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 20_000;
const NOTHING_TO_DO_MS = 24 * 60 * 60_000;
/** A request may still be on its way to a terminal that says it never saw it: it is believed the second time. */
const NEVER_SEEN_TIMES = 2;

interface InquiryParts {
  readonly timers: Timers;
  readonly terminal: () => PaymentTerminal | null;
  readonly onWire: <T>(act: () => Promise<T>) => Promise<T>;
  /** The request whose answer is missing; null while there is none, or its answer is still awaited. */
  readonly open: () => CardRequest | null;
  readonly settle: (request: CardRequest, outcome: Settled) => Promise<void>;
  readonly reversals: Reversals;
  readonly givenUp: GivenUpRequests;
  /** Whether it became a tender after all. */
  readonly isTender: (givenUp: GivenUp) => Promise<boolean>;
  readonly takeBack: (reversal: Reversal) => Promise<Result<null, "storage">>;
  readonly now: () => Instant;
  readonly onChange: () => void;
  readonly onDefect: (error: unknown) => void;
}

/** Asks the terminal for what is not known, and sends back what has to go back, until nothing of either is left. */
export class TerminalInquiry {
  readonly #parts: InquiryParts;
  readonly #alarm: Alarm;
  readonly #rounds = new Turns();
  #running: Promise<void> | null = null;
  #closed = false;
  #failures = 0;
  #neverSeen = 0;
  #reachable = true;

  constructor(parts: InquiryParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts.timers);
  }

  /** Whether the terminal answered when it was asked last. */
  get reachable(): boolean {
    return this.#reachable;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something may be known now, or is to be asked. */
  hurry(): void {
    this.#failures = 0;
    this.#alarm.ring();
  }

  /** Asks now; false: the terminal does not answer. */
  async askNow(): Promise<boolean> {
    await this.#round();
    this.hurry();
    return this.#reachable;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#alarm.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#closed) {
      let restMs: number;
      try {
        restMs = await this.#round();
      } catch (error) {
        this.#parts.onDefect(error);
        restMs = this.#later();
      }
      if (!this.#closed) await this.#alarm.wait(restMs);
    }
  }

  /** One round of questions, never two at once; answers how long to rest, milliseconds. */
  #round(): Promise<number> {
    return this.#rounds.take(() => this.#ask());
  }

  async #ask(): Promise<number> {
    const { terminal, open, reversals, givenUp } = this.#parts;
    const driver = terminal();
    if (driver === null) return NOTHING_TO_DO_MS;
    const request = open();
    if (request !== null) return this.#askAbout(request, driver);
    this.#neverSeen = 0;
    for (const each of givenUp.all()) await this.#askGivenUp(each, driver);
    const areBack = await this.#parts.onWire(() => reversals.tryAll(driver));
    return areBack && givenUp.all().length === 0 ? NOTHING_TO_DO_MS : this.#later();
  }

  async #askAbout(request: CardRequest, driver: PaymentTerminal): Promise<number> {
    const { onWire, settle } = this.#parts;
    const status = await onWire(() => driver.status(request));
    if (this.#closed) return NOTHING_TO_DO_MS;
    this.#heard(status.kind !== "unreachable");
    switch (status.kind) {
      case "unreachable":
        return this.#later();
      case "inProgress":
        return IN_PROGRESS_MS;
      case "neverSeen": {
        this.#neverSeen += 1;
        if (this.#neverSeen < NEVER_SEEN_TIMES) return this.#later();
        await settle(request, { kind: "notDone", reason: "notSent", says: "" });
        return this.#later();
      }
      case "approved":
      case "notDone":
        await settle(request, status);
        return this.#later();
    }
  }

  /** What was said not to have happened: if it did, it goes back. A refund cannot: that it happened is in the terminal's books. */
  async #askGivenUp(givenUp: GivenUp, driver: PaymentTerminal): Promise<void> {
    const { onWire, takeBack, now } = this.#parts;
    const { request, basket } = givenUp;
    // The power went before the basket was written without it, and the terminal's own answer came first.
    if (await this.#parts.isTender(givenUp)) {
      await this.#parts.givenUp.drop(givenUp);
      return;
    }
    const status = await onWire(() => driver.status(request));
    this.#heard(status.kind !== "unreachable");
    // Nobody waits for it any more: the customer is not to pay it either.
    if (status.kind === "inProgress") await driver.abort(request.service);
    if (status.kind === "unreachable" || status.kind === "inProgress") return;
    if (status.kind === "approved" && request.act === "pay") {
      const { amount, slip } = status;
      const { tender } = request;
      const back = { basket, tender, amount, slip, at: now(), attempt: null, byHand: false };
      const taken = await takeBack({ cause: "givenUp", ...back });
      if (!taken.ok) return;
    }
    await this.#parts.givenUp.drop(givenUp);
  }

  #heard(reachable: boolean): void {
    if (reachable !== this.#reachable) {
      this.#reachable = reachable;
      this.#parts.onChange();
    }
  }

  #later(): number {
    const restMs = Math.min(FIRST_REST_MS * 2 ** this.#failures, LONGEST_REST_MS);
    this.#failures += 1;
    return restMs;
  }
}
