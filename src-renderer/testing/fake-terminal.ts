import { type Instant, idOf } from "#domain/ids.ts";
import {
  answered,
  askTerminal,
  type CardAnswer,
  type CardRequest,
  settledByWord,
} from "#domain/payments/card-request.ts";
import { ok, refused } from "#domain/result.ts";
import { addTender } from "#domain/ticket/payment.ts";
import type { Verb, VerbAnswer, VerbParsedArgs, ViewValue } from "#protocol/till/contract.ts";
import type { NotDoneReason } from "#protocol/till/terminal.ts";
import type { FakeRegister } from "./fake-register.ts";
import { CURRENCY, MIRA, TAX } from "./fake-shop.ts";

type View = ViewValue<"terminal">;
type Last = Extract<View["now"], { readonly state: "idle" }>["last"];
type TerminalVerb = Extract<
  Verb,
  | "payByTerminal"
  | "refundByTerminal"
  | "abortTerminal"
  | "askTerminal"
  | "settleTerminal"
  | "terminalEndOfDay"
  | "testTerminal"
  | "setUpTerminal"
>;

export const TERMINAL_SETUP = {
  kind: "nexo",
  host: "192.168.1.60",
  port: 7_778,
  saleId: "TILL-1",
  poiId: "POI-1",
  tls: null,
} as const;

/** The fake engine's payment terminal: what it says the test says. None is set up until one is. */
export class FakeTerminal {
  readonly #register: () => FakeRegister;
  readonly #now: () => Instant;
  #setup: View["setUp"] = null;
  #state: "asking" | "unknown" = "asking";
  #last: Last = null;
  #isAborting = false;
  #services = 0;
  isReachable = true;

  constructor(register: () => FakeRegister, now: () => Instant) {
    this.#register = register;
    this.#now = now;
  }

  setUp(setup: View["setUp"] = TERMINAL_SETUP): void {
    this.#setup = setup;
  }

  get view(): View {
    return { setUp: this.#setup, now: this.#shown(), reversals: [] };
  }

  /** The card paid, all of it or so much. */
  approve(minor?: number): void {
    const request = this.#request();
    if (request === null) return;
    const amount = minor === undefined ? request.amount : { ...request.amount, minor };
    const slip = {
      service: request.service,
      brand: "Visa",
      lastFour: "0042",
      reference: "T-1",
      at: "2026-11-26T09:00:00Z",
      terminal: "FAKE0001",
      lines: ["APPROVED"],
    };
    this.#answer({ kind: "approved", amount, approvalCode: "A10042", slip });
    this.#last = {
      outcome: "approved",
      ...this.#asked(request),
      approved: amount,
    };
    this.#tell();
  }

  decline(reason: NotDoneReason = "declined", says = "DECLINED BY BANK"): void {
    const request = this.#request();
    if (request === null) return;
    this.#answer({ kind: "nothing" });
    this.#last = { outcome: "notDone", ...this.#asked(request), reason, says };
    this.#tell();
  }

  /** The answer does not come. */
  fallSilent(): void {
    this.#state = "unknown";
    this.#tell();
  }

  readonly verbs: { readonly [V in TerminalVerb]: (args: VerbParsedArgs<V>) => VerbAnswer<V> } = {
    payByTerminal: (wish) => this.#begin({ act: "pay", ...wish }),
    refundByTerminal: (wish) => this.#begin({ act: "giveBack", ...wish }),
    abortTerminal: () => {
      this.#isAborting = true;
      this.decline("aborted", "");
      return ok({});
    },
    askTerminal: () => (this.isReachable ? ok({}) : refused("terminalSilent")),
    settleTerminal: ({ happened, approvalCode, approval }) => {
      if (approval === null) return refused("approvalNeeded");
      if (this.#request() === null) return refused("terminalIdle");
      if (happened && approvalCode === "") return refused("approvalCodeMissing");
      const register = this.#register();
      const code = happened ? approvalCode : null;
      register.put(settledByWord({ basket: register.basket, approvalCode: code, at: this.#now() }));
      return ok({});
    },
    terminalEndOfDay: () => ok({ brands: [] }),
    testTerminal: () => (this.isReachable ? ok({}) : refused("terminalSilent")),
    setUpTerminal: ({ setup }) => {
      this.#setup = setup;
      this.#tell();
      return ok({});
    },
  };

  #begin(wish: Pick<CardRequest, "act" | "amount" | "paidBy">): VerbAnswer<"payByTerminal"> {
    if (this.#setup === null) return refused("noTerminal");
    const { basket } = this.#register();
    this.#services += 1;
    const request: CardRequest = {
      service: `S${this.#services}`,
      tender: idOf<"Tender">(`card-${this.#services}`),
      at: this.#now(),
      ...wish,
    };
    if (wish.act === "pay") {
      const tender = { id: request.tender, kind: "card", amount: wish.amount, approvalCode: "-" } as const;
      const taken = addTender({ basket, tender, tax: TAX, currency: CURRENCY, at: this.#now() });
      if (!taken.ok) return taken;
    }
    this.#state = "asking";
    this.#isAborting = false;
    this.#last = null;
    this.#register().put(askTerminal(basket, request));
    return ok({});
  }

  #answer(answer: CardAnswer): void {
    const register = this.#register();
    const service = this.#request()?.service ?? "";
    const settled = answered({ basket: register.basket, service, answer, at: this.#now() });
    if (settled.ok) register.put(settled.value.basket);
  }

  #shown(): View["now"] {
    const request = this.#request();
    if (request === null) return { state: "idle", last: this.#last };
    const asked = this.#asked(request);
    if (this.#state === "asking") return { state: "asking", ...asked, aborting: this.#isAborting };
    return { state: "unknown", ...asked, staffName: MIRA.name, reachable: this.isReachable };
  }

  #asked({ act, amount, at: since }: CardRequest) {
    return { basket: this.#register().basket.id, act, amount, since };
  }

  #request(): CardRequest | null {
    return this.#register().basket.cardRequest ?? null;
  }

  #tell(): void {
    const register = this.#register();
    register.put(register.basket);
  }
}
