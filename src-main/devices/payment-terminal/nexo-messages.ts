import { z } from "zod";
import { decimalText } from "#domain/money/format.ts";
import { type Money, money } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";

/** The version of the nexo retailer protocol that is spoken; terminals of 3.1 understand it. */
export const PROTOCOL_VERSION = "3.0";

export type NexoCategory =
  | "Login"
  | "Payment"
  | "Reversal"
  | "TransactionStatus"
  | "Abort"
  | "Reconciliation"
  | "Diagnosis";

const text = z.string().max(2_000);
/** Unknown fields are let through everywhere: every maker adds some. */
const headerSchema = z.object({
  MessageClass: text,
  MessageCategory: text,
  MessageType: text,
  ServiceID: text.optional(),
  SaleID: text,
  POIID: text,
});

const responseSchema = z.object({
  Result: z.enum(["Success", "Failure", "Partial"]),
  ErrorCondition: text.optional(),
  AdditionalResponse: text.optional(),
});

const transactionIdSchema = z.object({ TransactionID: text, TimeStamp: text });
const poiDataSchema = z.object({ POITransactionID: transactionIdSchema });

const outputTextSchema = z.object({ Text: z.string().max(500).optional() });
const receiptSchema = z.object({
  DocumentQualifier: text,
  RequiredSignatureFlag: z.boolean().optional(),
  OutputContent: z
    .object({ OutputFormat: text.optional(), OutputText: z.array(outputTextSchema).max(500).optional() })
    .optional(),
});
const receiptsSchema = z.array(receiptSchema).max(20).optional();

export const paymentResponseSchema = z.object({
  Response: responseSchema,
  POIData: poiDataSchema.optional(),
  PaymentResult: z
    .object({
      PaymentType: text.optional(),
      PaymentInstrumentData: z
        .object({
          CardData: z.object({ PaymentBrand: text.optional(), MaskedPan: text.optional() }).optional(),
        })
        .optional(),
      AmountsResp: z
        .object({ Currency: text.optional(), AuthorizedAmount: z.number().optional() })
        .optional(),
      PaymentAcquirerData: z
        .object({ ApprovalCode: text.optional(), AcquirerPOIID: text.optional() })
        .optional(),
    })
    .optional(),
  PaymentReceipt: receiptsSchema,
});
export type PaymentResponse = z.infer<typeof paymentResponseSchema>;

export const reversalResponseSchema = z.object({
  Response: responseSchema,
  POIData: poiDataSchema.optional(),
  ReversedAmount: z.number().optional(),
  PaymentReceipt: receiptsSchema,
});
export type ReversalResponse = z.infer<typeof reversalResponseSchema>;

const repeatedSchema = z.object({
  MessageHeader: headerSchema.partial().optional(),
  RepeatedResponseMessageBody: z.object({
    PaymentResponse: paymentResponseSchema.optional(),
    ReversalResponse: reversalResponseSchema.optional(),
  }),
});

export const statusResponseSchema = z.object({
  Response: responseSchema,
  RepeatedMessageResponse: repeatedSchema.optional(),
});

const totalsSchema = z.object({
  TransactionType: text,
  TransactionCount: z.number().int().nonnegative(),
  TransactionAmount: z.number(),
});
export const reconciliationResponseSchema = z.object({
  Response: responseSchema,
  TransactionTotals: z
    .array(
      z.object({
        PaymentInstrumentType: text.optional(),
        CardBrand: text.optional(),
        PaymentCurrency: text.optional(),
        PaymentTotals: z.array(totalsSchema).max(20).optional(),
      }),
    )
    .max(200)
    .optional(),
});

export const plainResponseSchema = z.object({ Response: responseSchema });
export type NexoResponse = z.infer<typeof responseSchema>;

/** An answer of a terminal; the body is read by whoever asked. */
export const answerSchema = z.object({
  SaleToPOIResponse: z.looseObject({ MessageHeader: headerSchema }),
});
export type NexoAnswer = z.infer<typeof answerSchema>["SaleToPOIResponse"];

/** A request as it goes over the wire. */
export function requestOf({
  category,
  service,
  saleId,
  poiId,
  body,
}: {
  readonly category: NexoCategory;
  readonly service: string;
  readonly saleId: string;
  readonly poiId: string;
  readonly body: unknown;
}): string {
  return JSON.stringify({
    SaleToPOIRequest: {
      MessageHeader: {
        ProtocolVersion: PROTOCOL_VERSION,
        MessageClass: "Service",
        MessageCategory: category,
        MessageType: "Request",
        ServiceID: service,
        SaleID: saleId,
        POIID: poiId,
      },
      [`${category}Request`]: body,
    },
  });
}

/** nexo writes amounts as decimal numbers. Exact for every amount a till can take: at most 15 digits. */
export function nexoAmount(amount: Money): number {
  return Number(decimalText(amount));
}

/** Null: no amount of that currency. */
export function amountOfNexo(value: number, currency: Money["currency"]): Money | null {
  const parsed = parseAmount({ text: String(value), currency });
  return parsed.ok ? money(parsed.value.minor, currency) : null;
}
