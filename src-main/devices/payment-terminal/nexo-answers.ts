import type { Money } from "#domain/money/money.ts";
import { lastFourOf, withoutCardNumbers } from "#domain/payments/card-number.ts";
import { MAX_SLIP_LINE_CHARS, MAX_SLIP_LINES } from "#domain/payments/terminal-slip.ts";
import {
  amountOfNexo,
  type NexoResponse,
  type PaymentResponse,
  type ReversalResponse,
} from "./nexo-messages.ts";
import type { Approved, NotDone, TerminalOutcome } from "./port.ts";

const MAX_BRAND_CHARS = 40;
const MAX_APPROVAL_CHARS = 40;
const MAX_REFERENCE_CHARS = 128;
const MAX_TIME_CHARS = 64;
const MAX_TEXT_CHARS = 200;
const CARD_NUMBER = /^[3-6]\d{12,18}$/;

const REASONS: Readonly<Record<string, NotDone["reason"]>> = {
  Aborted: "aborted",
  Cancel: "aborted",
  Busy: "busy",
  InvalidCard: "cardRefused",
  PaymentRestriction: "cardRefused",
  Refusal: "declined",
  UnreachableHost: "hostUnreachable",
  WrongPIN: "wrongPin",
  DeviceOut: "notPossible",
  LoggedOut: "notPossible",
  MessageFormat: "notPossible",
  NotAllowed: "notPossible",
  NotFound: "notPossible",
  UnavailableDevice: "notPossible",
  UnavailableService: "notPossible",
};

interface Asked {
  readonly service: string;
  readonly amount: Money;
  readonly poiId: string;
}

/** What a payment's or refund's answer comes to. An approval that lacks what the books need is not known rather than guessed. */
export function outcomeOfPayment(answer: PaymentResponse, asked: Asked): TerminalOutcome {
  const { Response: response, POIData: poi, PaymentResult: result } = answer;
  if (response.Result === "Failure") return notDone(response);
  const { currency } = asked.amount;
  const authorized = result?.AmountsResp?.AuthorizedAmount;
  const stated = result?.AmountsResp?.Currency;
  if (poi === undefined || (stated !== undefined && stated !== currency)) return { kind: "unknown" };
  const amount = authorized === undefined ? asked.amount : amountOfNexo(authorized, currency);
  if (amount === null) return { kind: "unknown" };
  if (response.Result === "Partial" && authorized === undefined) return { kind: "unknown" };
  const card = result?.PaymentInstrumentData?.CardData;
  const acquirer = result?.PaymentAcquirerData;
  const { TransactionID: reference, TimeStamp: at } = poi.POITransactionID;
  return approved(answer, {
    asked,
    amount,
    reference,
    at,
    approvalCode: acquirer?.ApprovalCode ?? "",
    brand: card?.PaymentBrand ?? "",
    lastFour: lastFourOf(card?.MaskedPan ?? ""),
    terminal: acquirer?.AcquirerPOIID ?? asked.poiId,
  });
}

export function outcomeOfReversal(answer: ReversalResponse, asked: Asked): TerminalOutcome {
  const { Response: response, POIData: poi, ReversedAmount: reversed } = answer;
  if (response.Result === "Failure") return notDone(response);
  const { currency } = asked.amount;
  const amount = reversed === undefined ? asked.amount : amountOfNexo(reversed, currency);
  if (response.Result === "Partial" || amount?.minor !== asked.amount.minor) return { kind: "unknown" };
  return approved(answer, {
    asked,
    amount,
    reference: poi?.POITransactionID.TransactionID ?? asked.service,
    at: poi?.POITransactionID.TimeStamp ?? "-",
    approvalCode: "",
    brand: "",
    lastFour: null,
    terminal: asked.poiId,
  });
}

/** Why nothing happened. A reason that nexo does not know is a plain no. */
export function notDone({
  ErrorCondition: condition = "",
  AdditionalResponse: says = "",
}: NexoResponse): NotDone {
  return {
    kind: "notDone",
    reason: REASONS[condition] ?? "declined",
    says: whole(withoutCardNumbers(plainText(says)), MAX_TEXT_CHARS),
  };
}

function approved(
  { PaymentReceipt: receipts = [] }: Pick<PaymentResponse, "PaymentReceipt">,
  {
    asked,
    amount,
    approvalCode,
    brand,
    lastFour,
    reference,
    at,
    terminal,
  }: {
    readonly asked: Asked;
    readonly amount: Money;
    readonly approvalCode: string;
    readonly brand: string;
    readonly lastFour: string | null;
    readonly reference: string;
    readonly at: string;
    readonly terminal: string;
  },
): Approved {
  const merchants = receipts.find(({ DocumentQualifier: kind }) => kind === "CashierReceipt");
  return {
    kind: "approved",
    amount,
    // Some schemes approve without a code: the terminal's own name for the payment stands in for it on the receipt.
    approvalCode:
      cleaned(approvalCode, MAX_APPROVAL_CHARS) || cleaned(reference, MAX_APPROVAL_CHARS) || asked.service,
    slip: {
      service: asked.service,
      brand: cleaned(brand, MAX_BRAND_CHARS),
      lastFour,
      // The books want both: a terminal that has no name for it is asked by the till's.
      reference: named(reference, MAX_REFERENCE_CHARS) || asked.service,
      at: named(at, MAX_TIME_CHARS) || "-",
      terminal: cleaned(terminal, 64),
      lines: linesOf(receipts.find(({ DocumentQualifier: kind }) => kind === "CustomerReceipt")),
    },
    toSign: merchants?.RequiredSignatureFlag === true ? linesOf(merchants) : [],
  };
}

type Receipt = NonNullable<PaymentResponse["PaymentReceipt"]>[number];

function linesOf(receipt: Receipt | undefined): readonly string[] {
  return (receipt?.OutputContent?.OutputText ?? [])
    .map(({ Text: line = "" }) => cleaned(line, MAX_SLIP_LINE_CHARS))
    .slice(0, MAX_SLIP_LINES);
}

/** What a refund refers to is needed digit by digit; only what is nothing but a card number is covered. */
function named(text: string, most: number): string {
  return whole(CARD_NUMBER.test(text) ? withoutCardNumbers(text) : text, most);
}

/** So much of a text, without halves of signs: no journal takes those, and nothing could be sold with them. */
function whole(text: string, most: number): string {
  return text.slice(0, most).replace(/\p{Surrogate}/gu, "\ufffd");
}

function cleaned(text: string, most: number): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal sends is printed, and must not steer the printer
  return whole(withoutCardNumbers(text.replace(/[\u0000-\u001f\u007f]/g, " ").trim()), most);
}

/** Adyen and others write it as a query, percent-encoded: `message=CANCELLED&refusalReason=...`. */
function plainText(additional: string): string {
  if (!/^[\w.]+=/.test(additional)) return additional;
  const said = new URLSearchParams(additional);
  return said.get("refusalReason") ?? said.get("message") ?? additional;
}
