import { z } from "zod";
import { casePolicySchema, caseSchema } from "#protocol/documents/case.ts";
import { customerSchema, profileChangesSchema } from "#protocol/documents/customer.ts";
import { customerHistorySchema } from "#protocol/documents/history.ts";
import { loyaltyProgrammeSchema } from "#protocol/documents/loyalty.ts";
import { fulfilmentSchema, orderLineSchema, orderPaymentSchema } from "#protocol/documents/order.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { purchaseSchema } from "#protocol/documents/purchase.ts";
import { receiptDesignSchema } from "#protocol/documents/receipt-design.ts";
import { roleSchema } from "#protocol/documents/role.ts";
import {
  cashPolicySchema,
  giftCardPolicySchema,
  orderPolicySchema,
  returnPolicySchema,
} from "#protocol/documents/settings.ts";
import { hqCaseSchema } from "#protocol/hq/cases.ts";
import { ticketRowSchema } from "#protocol/hq/console.ts";
import { creditRowSchema } from "#protocol/hq/credits.ts";
import { customerAnswerSchema } from "#protocol/hq/customers.ts";
import { closedDaySchema, soldTicketSchema } from "#protocol/hq/events.ts";
import { customerPointsAnswerSchema } from "#protocol/hq/loyalty.ts";
import { mailAnswerSchema } from "#protocol/hq/mails.ts";
import { exceptionRowSchema, orderDetailSchema } from "#protocol/hq/orders.ts";
import { priceListsAnswerSchema } from "#protocol/hq/prices.ts";
import { storeReceiptSchema } from "#protocol/hq/receipt-design.ts";
import { mailReturnDetailSchema } from "#protocol/hq/returns.ts";
import { storeReturnsSchema } from "#protocol/hq/returns-policy.ts";
import { shiftRowSchema } from "#protocol/hq/shifts.ts";
import { colleagueRowSchema } from "#protocol/hq/staff.ts";
import { updatesAnswerSchema } from "#protocol/hq/updates.ts";
import { moneySchema } from "#protocol/scalars.ts";
import { shopCaseSchema } from "#protocol/shop/case.ts";
import { shopCustomerSchema } from "#protocol/shop/customer.ts";
import { shopOrderSchema } from "#protocol/shop/order.ts";
import { productsChangedSchema, shopProductSchema } from "#protocol/shop/product.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { shopReturnSchema } from "#protocol/shop/return.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { dayReportSchema } from "#protocol/sync/shift-facts.ts";
import { ticketSchema } from "#protocol/sync/ticket.ts";

export type Json = Readonly<Record<string, unknown>>;
type Direction = "input" | "output";

/** Shapes that several calls share, by the names that the description gives them. */
const SHARED = {
  Refusal: errorBodySchema,
  Money: moneySchema,
  Order: shopOrderSchema,
  Return: shopReturnSchema,
  Case: shopCaseSchema,
  SoldTicket: soldTicketSchema,
  ClosedDay: closedDaySchema,
  ProductsChanged: productsChangedSchema,
  ShopProduct: shopProductSchema,
  ShopCustomer: shopCustomerSchema,
  Quote: quoteSchema,
  OrderDetail: orderDetailSchema,
  OrderLine: orderLineSchema,
  OrderPayment: orderPaymentSchema,
  Fulfilment: fulfilmentSchema,
  Exception: exceptionRowSchema,
  Ticket: ticketSchema,
  TicketRow: ticketRowSchema,
  Purchase: purchaseSchema,
  MailReturn: mailReturnDetailSchema,
  CaseRecord: caseSchema,
  CaseDetail: hqCaseSchema,
  CasePolicy: casePolicySchema,
  Customer: customerSchema,
  CustomerChanges: profileChangesSchema,
  CustomerAnswer: customerAnswerSchema,
  CustomerHistory: customerHistorySchema,
  CustomerPoints: customerPointsAnswerSchema,
  Credit: creditRowSchema,
  LoyaltyProgramme: loyaltyProgrammeSchema,
  Promotion: promotionSchema,
  PriceLists: priceListsAnswerSchema,
  Mail: mailAnswerSchema,
  ReceiptDesign: receiptDesignSchema,
  StoreReceipt: storeReceiptSchema,
  Role: roleSchema,
  Colleague: colleagueRowSchema,
  Shift: shiftRowSchema,
  DayReport: dayReportSchema,
  OrderPolicy: orderPolicySchema,
  ReturnPolicy: returnPolicySchema,
  StoreReturns: storeReturnsSchema,
  GiftCardPolicy: giftCardPolicySchema,
  CashPolicy: cashPolicySchema,
  Updates: updatesAnswerSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;
export type SharedShape = keyof typeof SHARED;

const COMPONENTS = "#/components/schemas/";
const DEFS = "#/$defs/";

/**
 * Shapes as JSON Schema in which shared ones stand by reference, and those that were referred to. What is sent and what is answered differ where the
 * server fills something in: such a shape is there twice, as it is sent with `Input` behind its name.
 */
export class Shapes {
  readonly #registry = z.registry<{ id: string }>();
  readonly #all: Readonly<Record<Direction, ReadonlyMap<string, unknown>>>;
  readonly #differing = new Set<string>();
  readonly #used = new Map<string, unknown>();

  constructor() {
    for (const [id, schema] of Object.entries(SHARED)) this.#registry.add(schema, { id });
    this.#all = { input: this.#converted("input"), output: this.#converted("output") };
    for (const [name, shape] of this.#all.output)
      if (JSON.stringify(shape) !== JSON.stringify(this.#all.input.get(name))) this.#differing.add(name);
    // Whatever holds one that differs differs as well.
    for (let before = -1; before !== this.#differing.size; ) {
      before = this.#differing.size;
      for (const [name, shape] of this.#all.output)
        if (refsIn(shape).some((ref) => this.#differing.has(ref))) this.#differing.add(name);
    }
  }

  /** The shape of a value on its way in or out. */
  of(schema: z.ZodType, io: Direction): Json {
    const { $schema: _, $defs: __, ...shape } = z.toJSONSchema(schema, { io, metadata: this.#registry });
    return Object(this.#referred(shape, io));
  }

  /** A reference to a shared shape as it is answered. */
  named(name: SharedShape): Json {
    return Object(this.#referred({ $ref: `${DEFS}${name}` }, "output"));
  }

  /** All that was referred to so far, by name. */
  components(): Json {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #converted(io: Direction): ReadonlyMap<string, unknown> {
    const { schemas } = z.toJSONSchema(this.#registry, { io, uri: (id) => `${DEFS}${id}` });
    return new Map(Object.entries(schemas).map(([id, { $schema: _, $id: __, ...shape }]) => [id, shape]));
  }

  #referred(shape: unknown, io: Direction): unknown {
    if (Array.isArray(shape)) return shape.map((each) => this.#referred(each, io));
    if (typeof shape !== "object" || shape === null) return shape;
    return Object.fromEntries(
      Object.entries(shape)
        // Zod names what it refers to; here names are those of the components.
        .filter(([key]) => key !== "id" || typeof Reflect.get(shape, "id") === "object")
        .map(([key, value]) => [
          key,
          key === "$ref" && typeof value === "string"
            ? this.#component(value, io)
            : this.#referred(value, io),
        ]),
    );
  }

  #component(ref: string, io: Direction): string {
    const name = ref.slice(DEFS.length);
    const called = io === "input" && this.#differing.has(name) ? `${name}Input` : name;
    if (!this.#used.has(called)) {
      // Kept before it is looked into, for it may hold itself.
      this.#used.set(called, null);
      this.#used.set(called, this.#referred(this.#all[io].get(name), io));
    }
    return `${COMPONENTS}${called}`;
  }
}

function refsIn(shape: unknown): string[] {
  if (Array.isArray(shape)) return shape.flatMap(refsIn);
  if (typeof shape !== "object" || shape === null) return [];
  return Object.entries(shape).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value.slice(DEFS.length)] : refsIn(value),
  );
}
