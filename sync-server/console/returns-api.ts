import type { CouponSeriesId, PromotionId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { Promotion, PromotionChoice } from "#domain/promotions/promotion.ts";
import type { ReceiptDesign } from "#domain/receipt/design.ts";
import type { MailRefundWay } from "#domain/returns/mail-return.ts";
import type { ReturnPolicy } from "#domain/returns/policy.ts";
import { couponsAnswerSchema, couponsMadeSchema, couponsRevokedSchema } from "#protocol/hq/coupons.ts";
import {
  promotionChoiceSchema,
  promotionRemovedSchema,
  promotionsAnswerSchema,
  savedPromotionSchema,
} from "#protocol/hq/promotions.ts";
import { storeReceiptSchema } from "#protocol/hq/receipt-design.ts";
import {
  mailReturnDetailSchema,
  purchasesAnswerSchema,
  type ReceiveReturn,
  type ReturnRow,
  returnsAnswerSchema,
} from "#protocol/hq/returns.ts";
import {
  categoriesAnswerSchema,
  returnsPolicyAnswerSchema,
  storeReturnsSchema,
} from "#protocol/hq/returns-policy.ts";
import { type SimulateRequest, simulationSchema } from "#protocol/hq/simulate.ts";
import { type Ask, asJson, LONG, LOOKS } from "./ask.ts";

type MailState = Extract<ReturnRow["of"], { readonly kind: "mail" }>["state"];

/** Which returns are shown; null: whichever. */
export interface ReturnsAsk {
  readonly kind: "till" | "mail" | null;
  readonly state: MailState | null;
  readonly store: string | null;
  readonly search: string;
  readonly limit: number;
}

/** HQ's calls about what comes back, how receipts look, and promotions. */
export class ReturnsApi {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  categories = () => this.#ask("GET", "/hq/v1/categories", categoriesAnswerSchema);
  policy = () => this.#ask("GET", "/hq/v1/returns-policy", returnsPolicyAnswerSchema);

  savePolicy = (policy: ReturnPolicy) =>
    this.#ask("PUT", "/hq/v1/returns-policy", returnsPolicyAnswerSchema, asJson(policy));

  /** Null: the store goes by the retailer's again. */
  saveOwnPolicy(code: string, policy: ReturnPolicy | null) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/returns`;
    return policy === null
      ? this.#ask("DELETE", path, storeReturnsSchema)
      : this.#ask("PUT", path, storeReturnsSchema, asJson(policy));
  }

  saveOfflineLimit(code: string, maxRefund: Money) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/offline-refund`;
    return this.#ask("PUT", path, storeReturnsSchema, asJson({ maxRefund }));
  }

  list({ search, limit, ...named }: ReturnsAsk) {
    const query = new URLSearchParams({ search, limit: String(limit) });
    for (const [name, value] of Object.entries(named)) if (value !== null) query.set(name, value);
    return this.#ask("GET", `/hq/v1/returns?${query}`, returnsAnswerSchema);
  }

  purchases = (search: string) =>
    this.#ask("GET", `/hq/v1/purchases?${new URLSearchParams({ search })}`, purchasesAnswerSchema);

  byMail = (id: string) =>
    this.#ask("GET", `/hq/v1/returns/${encodeURIComponent(id)}`, mailReturnDetailSchema);

  receive = (id: string, parcel: ReceiveReturn) => this.#act(id, "receive", parcel);
  refund = (id: string, how: { readonly by: string; readonly way: MailRefundWay }) =>
    this.#act(id, "refund", how);
  reject = (id: string, why: { readonly by: string; readonly reason: string }) =>
    this.#act(id, "reject", why);

  promotions = () => this.#ask("GET", "/hq/v1/promotions", promotionsAnswerSchema);

  savePromotion(promotion: Promotion) {
    const path = `/hq/v1/promotions/${encodeURIComponent(promotion.id)}`;
    return this.#ask("PUT", path, savedPromotionSchema, asJson(promotion));
  }

  removePromotion = (id: PromotionId) =>
    this.#ask("DELETE", `/hq/v1/promotions/${encodeURIComponent(id)}`, promotionRemovedSchema);

  savePromotionChoice = (choice: PromotionChoice) =>
    this.#ask("PUT", "/hq/v1/promotion-choice", promotionChoiceSchema, asJson({ choice }));

  simulate = (request: SimulateRequest) =>
    this.#ask("POST", "/hq/v1/promotions/simulate", simulationSchema, asJson(request), LOOKS);

  coupons = (promotion: PromotionId) => this.#ask("GET", couponsPath(promotion), couponsAnswerSchema);
  makeCoupons = (promotion: PromotionId, wanted: { readonly count: number; readonly uses: number }) =>
    this.#ask("POST", couponsPath(promotion), couponsMadeSchema, asJson(wanted), LONG);
  revokeCoupons = (which: { readonly series: CouponSeriesId } | { readonly code: string }) =>
    this.#ask("POST", "/hq/v1/coupons/revoke", couponsRevokedSchema, asJson(which));

  receiptDesign = (code: string) => this.#ask("GET", receiptPath(code), storeReceiptSchema);
  saveReceiptDesign = (code: string, design: ReceiptDesign) =>
    this.#ask("PUT", receiptPath(code), storeReceiptSchema, asJson(design));

  #act(id: string, what: string, body: unknown) {
    const path = `/hq/v1/returns/${encodeURIComponent(id)}/${what}`;
    return this.#ask("POST", path, mailReturnDetailSchema, asJson(body));
  }
}

function receiptPath(code: string): string {
  return `/hq/v1/stores/${encodeURIComponent(code)}/receipt`;
}

function couponsPath(promotion: PromotionId): string {
  return `/hq/v1/promotions/${encodeURIComponent(promotion)}/coupons`;
}
