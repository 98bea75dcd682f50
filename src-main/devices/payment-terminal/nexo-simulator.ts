import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { FrameReader, framed } from "./framing.ts";
import { SimulatedLedger, type SimulatedTransaction } from "./simulated-ledger.ts";
import {
  amountOf,
  approvedBody,
  failedBody,
  headerOf,
  type NexoRequest,
  reconciledBody,
  requestSchema,
  reversedBody,
} from "./simulator-messages.ts";

/** How the customer, the bank and the cable behave with one payment. */
export const SCENARIOS = [
  "approved",
  "declined",
  "partial",
  "wrongPin",
  /** The customer just stands there. */
  "silent",
  /** It is approved, and the cable is out before the answer. */
  "cablePulled",
  /** The same, and it stays out until the terminal is started again. */
  "unplugged",
  "busy",
  "customerAborts",
  /** The cable is out before the terminal reads it. */
  "cablePulledBefore",
  /** Approved, but the answer comes only when it is let go. */
  "late",
  "garbled",
  "oversized",
  /** The bank approves more than was asked for, as with a tip. */
  "tooMuch",
] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Those that have nothing to do with customer and bank. */
const OF_THE_WIRE: ReadonlySet<Scenario> = new Set([
  "cablePulled",
  "cablePulledBefore",
  "unplugged",
  "busy",
  "late",
  "garbled",
  "oversized",
]);

/** Cents at the end of an amount that choose a scenario, for demonstrations. */
export const SCENARIO_OF_CENTS: Readonly<Record<number, Scenario>> = {
  1: "declined",
  2: "partial",
  3: "wrongPin",
  4: "silent",
  5: "cablePulled",
  6: "busy",
  7: "customerAborts",
  8: "cablePulledBefore",
};

export interface SimulatorOptions {
  /** How long the customer takes, milliseconds. */
  readonly delayMs?: number;
  /** Whether amounts choose scenarios, see `SCENARIO_OF_CENTS`. */
  readonly byAmount?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string } | null;
  readonly onMoved?: (what: "approved" | "refunded" | "reversed", of: SimulatedTransaction) => void;
}

type Body = Readonly<Record<string, unknown>>;

interface UnderWay {
  readonly socket: Socket;
  readonly request: NexoRequest;
  timer: NodeJS.Timeout | null;
}

const REFUND = "Refund";
const CLIPPED = 17;

/**
 * A payment terminal without card or bank that speaks nexo as JSON over TCP or TLS like a real one, and does on demand what goes wrong in
 * shops. What it approved it remembers, whatever becomes of the line.
 */
export class NexoSimulator {
  readonly ledger = new SimulatedLedger();
  /** Asked for any request, it tells of its last one, as small terminals do. */
  keepsLastOnly = false;
  readonly #options: SimulatorOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Answers by ServiceID: a request that comes twice is answered twice and done once. */
  readonly #answered = new Map<string, Body>();
  readonly #heldBack: (() => void)[] = [];
  readonly #next: Scenario[] = [];
  readonly #listeners = new Set<() => void>();
  #newest: NexoRequest["MessageHeader"] | null = null;
  #underWay: UnderWay | null = null;
  #port = 0;

  constructor(options: SimulatorOptions = {}) {
    this.#options = options;
    const { tls = null } = options;
    this.#server =
      tls === null
        ? createServer((socket) => this.#serve(socket))
        : createTlsServer(tls, (socket) => this.#serve(socket));
    this.#server.on("tlsClientError", () => undefined);
  }

  get port(): number {
    return this.#port;
  }

  /** Listens on 127.0.0.1 (or another address); 0 takes any free port. */
  async start(port = this.#port, host = "127.0.0.1"): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, resolve);
    });
    const address = this.#server.address();
    if (address !== null && typeof address !== "string") this.#port = address.port;
  }

  /** Off the network; what it knows it keeps. */
  async stop(): Promise<void> {
    this.#forget();
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  /** What the next payments and refunds will be like, one after another; what happens to the wire happens to a reversal too. */
  next(...scenarios: readonly Scenario[]): void {
    this.#next.push(...scenarios);
  }

  /** Nothing is in line any more. */
  forgetNext(): void {
    this.#next.length = 0;
  }

  /** Lets answers go that were held back. */
  letGo(): void {
    for (const send of this.#heldBack.splice(0)) send();
  }

  /** Resolves once that holds; looked at whenever something happens. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
      look();
    });
  }

  get isAsking(): boolean {
    return this.#underWay !== null;
  }

  get holdsBack(): boolean {
    return this.#heldBack.length > 0;
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => this.#sockets.delete(socket));
    const reader = new FrameReader();
    socket.on("data", (data) => {
      const messages = reader.take(data);
      if (messages === null) socket.destroy();
      else for (const message of messages) this.#take(socket, message);
    });
  }

  #take(socket: Socket, message: string): void {
    const read = requestSchema.safeParse(jsonOf(message));
    if (!read.success) {
      socket.destroy();
      return;
    }
    const request = read.data.SaleToPOIRequest;
    switch (request.MessageHeader.MessageCategory) {
      case "Login":
        this.#answer(socket, request, { Response: { Result: "Success" }, OutputDisplay: [] });
        break;
      case "Diagnosis":
        this.#answer(
          socket,
          request,
          this.#underWay === null ? { Response: { Result: "Success" } } : failedBody("Busy", "in use"),
        );
        break;
      case "Payment":
      case "Reversal":
        this.#begin(socket, request);
        break;
      case "TransactionStatus":
        this.#answer(socket, request, this.#statusBody(request));
        break;
      case "Abort":
        this.#abort(request.AbortRequest?.MessageReference.ServiceID ?? "");
        break;
      case "Reconciliation":
        this.#answer(
          socket,
          request,
          this.#underWay === null ? reconciledBody(this.ledger.reconcile()) : failedBody("Busy", "in use"),
        );
        break;
    }
    this.#tell();
  }

  #begin(socket: Socket, request: NexoRequest): void {
    const { ServiceID: service } = request.MessageHeader;
    const before = this.#answered.get(service);
    if (before !== undefined) {
      this.#answer(socket, request, before);
      return;
    }
    if (this.#underWay !== null) {
      this.#answer(socket, request, failedBody("Busy", "a transaction is in progress"));
      return;
    }
    const scenario = this.#scenarioOf(request);
    if (scenario === "busy") {
      this.#answer(socket, request, failedBody("Busy", "the terminal is in use"));
      return;
    }
    if (scenario === "cablePulledBefore") {
      socket.destroy();
      return;
    }
    this.#underWay = { socket, request, timer: null };
    if (scenario === "silent") return;
    const finish = (): void => this.#finish(scenario);
    const { delayMs = 0 } = this.#options;
    if (delayMs === 0) finish();
    else this.#underWay.timer = setTimeout(finish, delayMs);
  }

  #finish(scenario: Scenario): void {
    const underWay = this.#underWay;
    if (underWay === null) return;
    this.#underWay = null;
    const { socket, request } = underWay;
    const body = this.#bodyOf(scenario, request);
    this.#answered.set(request.MessageHeader.ServiceID, body);
    this.#newest = request.MessageHeader;
    if (scenario === "cablePulled") socket.destroy();
    else if (scenario === "unplugged") void this.stop();
    else if (scenario === "late") this.#heldBack.push(() => this.#answer(socket, request, body));
    else if (scenario === "garbled") socket.write(framed('{"SaleToPOIResponse":{"MessageHeader":'));
    else if (scenario === "oversized") socket.write(Buffer.alloc(4, 0xff));
    else this.#answer(socket, request, body);
    this.#tell();
  }

  #bodyOf(scenario: Scenario, request: NexoRequest): Body {
    switch (scenario) {
      case "declined":
        return failedBody("Refusal", "DECLINED BY BANK");
      case "wrongPin":
        return failedBody("WrongPIN", "PIN TRIES EXCEEDED");
      case "customerAborts":
        return failedBody("Cancel", "CANCELLED BY CUSTOMER");
      default:
        return request.ReversalRequest === undefined
          ? this.#moved(scenario, request)
          : this.#reversed(
              request,
              request.ReversalRequest.OriginalPOITransaction.POITransactionID.TransactionID,
            );
    }
  }

  #moved(scenario: Scenario, request: NexoRequest): Body {
    const { currency, minor: asked } = amountOf(request);
    const kind = request.PaymentRequest?.PaymentData?.PaymentType === REFUND ? "refund" : "payment";
    const original = request.PaymentRequest?.PaymentTransaction.OriginalPOITransaction;
    if (kind === "refund" && original !== undefined) {
      const paid = this.ledger.byReference(original.POITransactionID.TransactionID);
      if (paid === null) return failedBody("NotFound", "UNKNOWN TRANSACTION");
      if (paid.reversedBy !== null || asked > paid.minor) return failedBody("Refusal", "MORE THAN WAS PAID");
    }
    const clipped = scenario === "partial" ? Math.max(1, Math.floor(asked / 2)) : asked;
    const minor = scenario === "tooMuch" ? asked + CLIPPED : clipped;
    const { ServiceID: service } = request.MessageHeader;
    const transaction = this.ledger.approve({ service, kind, minor, currency, at: new Date().toISOString() });
    this.#options.onMoved?.(kind === "payment" ? "approved" : "refunded", transaction);
    return approvedBody(transaction, { request, isPartial: minor < asked });
  }

  #reversed(request: NexoRequest, reference: string): Body {
    const paid = this.ledger.byReference(reference);
    if (paid === null) return failedBody("NotFound", "UNKNOWN TRANSACTION");
    if (paid.reversedBy !== null) return failedBody("NotAllowed", "REVERSED ALREADY");
    paid.reversedBy = request.MessageHeader.ServiceID;
    this.#options.onMoved?.("reversed", paid);
    return reversedBody(paid);
  }

  #statusBody(request: NexoRequest): Body {
    const service = request.TransactionStatusRequest?.MessageReference.ServiceID ?? "";
    if (this.#underWay?.request.MessageHeader.ServiceID === service)
      return failedBody("InProgress", "message=Uncompleted%20transaction");
    const newest = this.keepsLastOnly ? this.#newest : null;
    const told = newest?.ServiceID ?? service;
    const body = this.#answered.get(told);
    if (body === undefined) return failedBody("NotFound", "message=Transaction%20not%20found");
    const category = request.TransactionStatusRequest?.MessageReference.MessageCategory ?? "Payment";
    return {
      Response: { Result: "Success" },
      RepeatedMessageResponse: {
        MessageHeader: {
          ...(newest ?? request.MessageHeader),
          MessageCategory: category,
          ServiceID: told,
        },
        RepeatedResponseMessageBody: { [`${category}Response`]: body },
      },
    };
  }

  #abort(service: string): void {
    const underWay = this.#underWay;
    if (underWay === null || underWay.request.MessageHeader.ServiceID !== service) return;
    this.#forget();
    const body = failedBody("Aborted", "CANCELLED AT THE TILL");
    this.#answered.set(service, body);
    this.#newest = underWay.request.MessageHeader;
    this.#answer(underWay.socket, underWay.request, body);
  }

  #forget(): void {
    const timer = this.#underWay?.timer ?? null;
    if (timer !== null) clearTimeout(timer);
    this.#underWay = null;
  }

  #scenarioOf(request: NexoRequest): Scenario {
    const [first] = this.#next;
    // A reversal asks neither customer nor bank: only cables and wires come in its way.
    if (request.ReversalRequest !== undefined && (first === undefined || !OF_THE_WIRE.has(first)))
      return "approved";
    const chosen = this.#next.shift();
    if (chosen !== undefined) return chosen;
    if (this.#options.byAmount !== true || request.PaymentRequest === undefined) return "approved";
    return SCENARIO_OF_CENTS[amountOf(request).minor % 100] ?? "approved";
  }

  #answer(socket: Socket, request: NexoRequest, body: Body): void {
    const { MessageCategory: category } = request.MessageHeader;
    const answer = { MessageHeader: headerOf(request), [`${category}Response`]: body };
    if (!socket.destroyed) socket.write(framed(JSON.stringify({ SaleToPOIResponse: answer })));
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function jsonOf(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}
