import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { amountOfNexo, nexoAmount } from "./nexo-messages.ts";
import type { SimulatedLedger, SimulatedTransaction } from "./simulated-ledger.ts";

const original = z.object({ POITransactionID: z.object({ TransactionID: z.string() }) });
const reference = z.object({
  MessageReference: z.object({ MessageCategory: z.string(), ServiceID: z.string() }),
});

/** What tills send, as far as the simulator reads it. */
export const requestSchema = z.object({
  SaleToPOIRequest: z.object({
    MessageHeader: z.object({
      ProtocolVersion: z.string(),
      MessageClass: z.literal("Service"),
      MessageCategory: z.enum([
        "Login",
        "Payment",
        "Reversal",
        "TransactionStatus",
        "Abort",
        "Reconciliation",
        "Diagnosis",
      ]),
      MessageType: z.literal("Request"),
      ServiceID: z.string().min(1).max(10),
      SaleID: z.string().min(1),
      POIID: z.string().min(1),
    }),
    PaymentRequest: z
      .object({
        SaleData: z.object({
          SaleTransactionID: z.object({ TransactionID: z.string(), TimeStamp: z.string() }),
        }),
        PaymentTransaction: z.object({
          AmountsReq: z.object({ Currency: z.string(), RequestedAmount: z.number().positive() }),
          OriginalPOITransaction: original.optional(),
        }),
        PaymentData: z.object({ PaymentType: z.string() }).optional(),
      })
      .optional(),
    ReversalRequest: z
      .object({
        OriginalPOITransaction: original,
        ReversalReason: z.string(),
        ReversedAmount: z.number().optional(),
      })
      .optional(),
    TransactionStatusRequest: reference.optional(),
    AbortRequest: reference.optional(),
  }),
});
export type NexoRequest = z.infer<typeof requestSchema>["SaleToPOIRequest"];

export function headerOf({ MessageHeader: header }: NexoRequest) {
  return { ...header, MessageType: "Response" };
}

/** What a payment or refund asks for, in minor units. */
export function amountOf({ PaymentRequest: payment }: NexoRequest): {
  readonly currency: string;
  readonly minor: number;
} {
  const asked = payment?.PaymentTransaction.AmountsReq;
  const currency = asked?.Currency ?? "EUR";
  const amount = amountOfNexo(asked?.RequestedAmount ?? 0, idOf<"Currency">(currency));
  return { currency, minor: amount?.minor ?? 0 };
}

export function failedBody(condition: string, says: string) {
  return { Response: { Result: "Failure", ErrorCondition: condition, AdditionalResponse: says } };
}

export function approvedBody(
  transaction: SimulatedTransaction,
  { request, isPartial }: { readonly request: NexoRequest; readonly isPartial: boolean },
) {
  const { brand, approvalCode, currency, kind } = transaction;
  const amount = numberOf(transaction.minor, currency);
  const title = kind === "payment" ? "PAYMENT" : "REFUND";
  const lines = [
    title,
    `${brand} ************0042`,
    `AID A0000000031010`,
    `Auth ${approvalCode}`,
    "APPROVED",
  ];
  return {
    Response: { Result: isPartial ? "Partial" : "Success" },
    SaleData: request.PaymentRequest?.SaleData,
    POIData: poiDataOf(transaction),
    PaymentResult: {
      PaymentType: request.PaymentRequest?.PaymentData?.PaymentType ?? "Normal",
      PaymentInstrumentData: {
        PaymentInstrumentType: "Card",
        CardData: { PaymentBrand: brand, MaskedPan: "411111******0042", EntryMode: ["Contactless"] },
      },
      AmountsResp: { Currency: currency, AuthorizedAmount: amount },
      PaymentAcquirerData: { AcquirerPOIID: "SIM00001", MerchantID: "SIMULATED", ApprovalCode: approvalCode },
    },
    PaymentReceipt: ["CashierReceipt", "CustomerReceipt"].map((qualifier) => ({
      DocumentQualifier: qualifier,
      RequiredSignatureFlag: false,
      OutputContent: { OutputFormat: "Text", OutputText: lines.map((Text) => ({ Text })) },
    })),
  };
}

export function reversedBody(transaction: SimulatedTransaction) {
  return {
    Response: { Result: "Success" },
    POIData: poiDataOf(transaction),
    ReversedAmount: numberOf(transaction.minor, transaction.currency),
  };
}

export function reconciledBody(totals: ReturnType<SimulatedLedger["reconcile"]>) {
  return {
    Response: { Result: "Success" },
    ReconciliationType: "AcquirerSynchronisation",
    TransactionTotals: totals.map(({ brand, currency, ...byType }) => ({
      PaymentInstrumentType: "Card",
      CardBrand: brand,
      PaymentCurrency: currency,
      PaymentTotals: Object.entries(byType).map(([type, { count, minor }]) => ({
        TransactionType: type,
        TransactionCount: count,
        TransactionAmount: numberOf(minor, currency),
      })),
    })),
  };
}

function poiDataOf({ reference: id, at }: SimulatedTransaction) {
  return { POITransactionID: { TransactionID: id, TimeStamp: at } };
}

function numberOf(minor: number, currency: string): number {
  return nexoAmount(money(minor, idOf<"Currency">(currency)));
}
