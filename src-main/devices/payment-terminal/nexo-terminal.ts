import { randomBytes } from "node:crypto";
import type { Money } from "#domain/money/money.ts";
import { withoutCardNumbers } from "#domain/payments/card-number.ts";
import type { TerminalReference } from "#domain/payments/terminal-slip.ts";
import { notDone, outcomeOfPayment, outcomeOfReversal } from "./nexo-answers.ts";
import { NexoLine } from "./nexo-line.ts";
import {
  amountOfNexo,
  type NexoAnswer,
  type NexoCategory,
  nexoAmount,
  paymentResponseSchema,
  plainResponseSchema,
  reconciliationResponseSchema,
  requestOf,
  reversalResponseSchema,
  statusResponseSchema,
} from "./nexo-messages.ts";
import type {
  BrandTotals,
  ConnectTerminal,
  EndOfDay,
  PaymentTerminal,
  StatusQuestion,
  TerminalOutcome,
  TerminalRequest,
  TerminalSetup,
  TerminalStatus,
} from "./port.ts";

/** How long each kind of answer may take, milliseconds. */
export interface TerminalPatience {
  readonly connectMs: number;
  /** A customer looks for the card and types a PIN. */
  readonly paymentMs: number;
  readonly statusMs: number;
  readonly endOfDayMs: number;
}

const PATIENCE: TerminalPatience = {
  connectMs: 5_000,
  paymentMs: 150_000,
  statusMs: 10_000,
  endOfDayMs: 120_000,
};
const SERVICE_BYTES = 5;
const UNKNOWN = { kind: "unknown" } as const;

/** A terminal that speaks the nexo retailer protocol as JSON, over TCP or TLS. */
export const createNexoTerminal: ConnectTerminal = (setup) => openNexoTerminal(setup, PATIENCE);

/** Like `createNexoTerminal`, with other waits. */
export function openNexoTerminal(setup: TerminalSetup, patience: TerminalPatience): PaymentTerminal {
  return new NexoTerminal(setup, patience);
}

class NexoTerminal implements PaymentTerminal {
  readonly #setup: TerminalSetup;
  readonly #patience: TerminalPatience;
  readonly #line: NexoLine;
  readonly #lateListeners = new Set<(service: string) => void>();

  constructor(setup: TerminalSetup, patience: TerminalPatience) {
    this.#setup = setup;
    this.#patience = patience;
    this.#line = new NexoLine(setup, {
      connectMs: patience.connectMs,
      onLate: (answer) => this.#tellLate(answer),
    });
  }

  pay({ service, amount }: TerminalRequest): Promise<TerminalOutcome> {
    return this.#payment({ service, amount }, { type: "Normal", of: null });
  }

  refund({
    service,
    amount,
    of,
  }: TerminalRequest & { readonly of: TerminalReference | null }): Promise<TerminalOutcome> {
    return this.#payment({ service, amount }, { type: "Refund", of });
  }

  async reverse({
    service,
    amount,
    of,
  }: TerminalRequest & { readonly of: TerminalReference }): Promise<TerminalOutcome> {
    const exchange = await this.#ask("Reversal", this.#patience.paymentMs, {
      service,
      body: {
        OriginalPOITransaction: originalOf(of),
        ReversalReason: "MerchantCancel",
        ReversedAmount: nexoAmount(amount),
      },
    });
    if (exchange === "unreachable") return { kind: "notDone", reason: "unreachable", says: "" };
    const answer = reversalResponseSchema.safeParse(bodyOf(exchange, "ReversalResponse"));
    return answer.success ? outcomeOfReversal(answer.data, this.#asked(service, amount)) : UNKNOWN;
  }

  async status({ service, amount, act }: StatusQuestion): Promise<TerminalStatus> {
    const { saleId, poiId } = this.#setup;
    const exchange = await this.#ask("TransactionStatus", this.#patience.statusMs, {
      body: {
        ReceiptReprintFlag: true,
        DocumentQualifier: ["CustomerReceipt", "CashierReceipt"],
        MessageReference: {
          MessageCategory: act === "reverse" ? "Reversal" : "Payment",
          SaleID: saleId,
          POIID: poiId,
          ServiceID: service,
        },
      },
    });
    const read = statusResponseSchema.safeParse(bodyOf(exchange, "TransactionStatusResponse"));
    if (!read.success) return { kind: "unreachable" };
    const { Response: response, RepeatedMessageResponse: repeated } = read.data;
    if (response.Result === "Failure") return statusOfFailure(response.ErrorCondition);
    if (repeated === undefined) return { kind: "unreachable" };
    const { ServiceID: named, SaleID: by } = repeated.MessageHeader ?? {};
    // A terminal that keeps its last transaction only: ours, an older one of ours, or whatever somebody else did meanwhile.
    if (named !== service)
      return { kind: named !== undefined && by === saleId ? "neverSeen" : "unreachable" };
    const { PaymentResponse: payment, ReversalResponse: reversal } = repeated.RepeatedResponseMessageBody;
    const asked = this.#asked(service, amount);
    const outcome =
      payment !== undefined
        ? outcomeOfPayment(payment, asked)
        : reversal !== undefined
          ? outcomeOfReversal(reversal, asked)
          : UNKNOWN;
    return outcome.kind === "unknown" ? { kind: "unreachable" } : outcome;
  }

  async abort(service: string): Promise<"sent" | "unreachable"> {
    const { saleId, poiId } = this.#setup;
    const body = {
      AbortReason: "MerchantAbort",
      MessageReference: { MessageCategory: "Payment", SaleID: saleId, POIID: poiId, ServiceID: service },
    };
    // nexo has no answer to it: the request's own answer comes.
    const message = requestOf({ category: "Abort", service: newService(), saleId, poiId, body });
    return (await this.#line.send(message)) ? "sent" : "unreachable";
  }

  async endOfDay(currency: Money["currency"]): Promise<EndOfDay> {
    const exchange = await this.#ask("Reconciliation", this.#patience.endOfDayMs, {
      body: { ReconciliationType: "AcquirerSynchronisation" },
    });
    const read = reconciliationResponseSchema.safeParse(bodyOf(exchange, "ReconciliationResponse"));
    if (!read.success) return { kind: "unreachable" };
    const { Response: response, TransactionTotals: totals = [] } = read.data;
    if (response.Result === "Failure")
      return { kind: notDone(response).reason === "busy" ? "busy" : "refused" };
    return { kind: "totals", brands: totals.flatMap((each) => brandOf(each, currency)) };
  }

  async test(): Promise<"ready" | "busy" | "unreachable"> {
    const login = await this.#ask("Login", this.#patience.statusMs, {
      body: {
        DateTime: new Date().toISOString(),
        SaleSoftware: {
          ManufacturerID: "Onetill",
          ApplicationName: "Onetill",
          SoftwareVersion: "1",
          CertificationCode: "none",
        },
        OperatorLanguage: "en",
      },
    });
    if (!plainResponseSchema.safeParse(bodyOf(login, "LoginResponse")).success) return "unreachable";
    const diagnosis = await this.#ask("Diagnosis", this.#patience.statusMs, {
      body: { HostDiagnosisFlag: false },
    });
    const read = plainResponseSchema.safeParse(bodyOf(diagnosis, "DiagnosisResponse"));
    if (!read.success) return "unreachable";
    return read.data.Response.ErrorCondition === "Busy" ? "busy" : "ready";
  }

  watchLate(onAnswer: (service: string) => void): () => void {
    this.#lateListeners.add(onAnswer);
    return () => this.#lateListeners.delete(onAnswer);
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  async #payment(
    { service, amount }: TerminalRequest,
    { type, of }: { readonly type: "Normal" | "Refund"; readonly of: TerminalReference | null },
  ): Promise<TerminalOutcome> {
    const exchange = await this.#ask("Payment", this.#patience.paymentMs, {
      service,
      body: {
        SaleData: {
          SaleTransactionID: { TransactionID: service, TimeStamp: new Date().toISOString() },
        },
        PaymentTransaction: {
          AmountsReq: { Currency: amount.currency, RequestedAmount: nexoAmount(amount) },
          ...(of === null ? {} : { OriginalPOITransaction: originalOf(of) }),
        },
        PaymentData: { PaymentType: type },
      },
    });
    if (exchange === "unreachable") return { kind: "notDone", reason: "unreachable", says: "" };
    const answer = paymentResponseSchema.safeParse(bodyOf(exchange, "PaymentResponse"));
    return answer.success ? outcomeOfPayment(answer.data, this.#asked(service, amount)) : UNKNOWN;
  }

  async #ask(
    category: NexoCategory,
    waitMs: number,
    { service = newService(), body }: { readonly service?: string; readonly body: unknown },
  ): Promise<NexoAnswer | "lost" | "unreachable"> {
    const { saleId, poiId } = this.#setup;
    const message = requestOf({ category, service, saleId, poiId, body });
    const givesUp = category !== "Payment";
    const exchange = await this.#line.exchange({ service, category, message, waitMs, givesUp });
    return exchange.kind === "answer" ? exchange.answer : exchange.kind;
  }

  #asked(service: string, amount: Money) {
    return { service, amount, poiId: this.#setup.poiId };
  }

  #tellLate({ MessageHeader: { ServiceID: service, MessageCategory: category } }: NexoAnswer): void {
    if (service === undefined || (category !== "Payment" && category !== "Reversal")) return;
    for (const listener of [...this.#lateListeners]) listener(service);
  }
}

/** For requests that nobody will ever ask about again. */
function newService(): string {
  return randomBytes(SERVICE_BYTES).toString("hex");
}

function originalOf({ reference, at }: TerminalReference) {
  return { POITransactionID: { TransactionID: reference, TimeStamp: at } };
}

function bodyOf(exchange: NexoAnswer | "lost" | "unreachable", name: string): unknown {
  return typeof exchange === "string" ? null : exchange[name];
}

function statusOfFailure(condition: string | undefined): TerminalStatus {
  if (condition === "InProgress" || condition === "Busy") return { kind: "inProgress" };
  return { kind: condition === "NotFound" ? "neverSeen" : "unreachable" };
}

type Totals = NonNullable<ReturnType<typeof reconciliationResponseSchema.parse>["TransactionTotals"]>[number];

function brandOf(
  { CardBrand: brand = "", PaymentCurrency: stated, PaymentTotals: totals = [] }: Totals,
  currency: Money["currency"],
): readonly BrandTotals[] {
  if (stated !== undefined && stated !== currency) return [];
  const of = (types: readonly string[]) => {
    const those = totals.filter(({ TransactionType: type }) => types.includes(type));
    const minor = those.reduce(
      (sum, { TransactionAmount: amount }) => sum + (amountOfNexo(Math.abs(amount), currency)?.minor ?? 0),
      0,
    );
    const count = those.reduce((sum, each) => sum + each.TransactionCount, 0);
    return { count, amount: { minor, currency } };
  };
  return [
    {
      brand: withoutCardNumbers(brand).slice(0, 40),
      paid: of(["Debit"]),
      givenBack: of(["Credit", "ReverseDebit"]),
    },
  ];
}
