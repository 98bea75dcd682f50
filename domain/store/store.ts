import type { CasePolicy } from "../cases/deadline.ts";
import type { CustomerGroup } from "../customer/group.ts";
import type { CustomerHolding } from "../customer/scope.ts";
import type { Instant, PriceListId, StoreId } from "../ids.ts";
import type { LoyaltyProgramme } from "../loyalty/programme.ts";
import type { Currency, Money } from "../money/money.ts";
import type { OrderPolicy } from "../orders/policy.ts";
import type { ScaleCode } from "../product/scale-label.ts";
import type { PromotionChoice } from "../promotions/promotion.ts";
import type { ReceiptDesign } from "../receipt/design.ts";
import type { ReturnPolicy } from "../returns/policy.ts";
import type { CashPolicy } from "../shift/cash.ts";
import type { Role } from "../staff/role.ts";
import type { AdjustmentReason } from "../stock/adjusting.ts";
import type { TaxPlan, TaxSetup } from "../tax/tax.ts";
import { type TaxMoment, taxAt } from "../tax/tax-plan.ts";
import type { UpdatePlan } from "../updates/rings.ts";
import type { GiftCardPolicy } from "../value/gift-card.ts";
import type { OpeningHours } from "./opening-hours.ts";

/** What every till of one store follows; decided at HQ, read from the replica. */
export interface StoreSettings {
  readonly store: StoreId;
  /** Short code printed in receipt numbers, e.g. `BER1`. */
  readonly code: string;
  readonly name: string;
  readonly retailer: string;
  readonly address: readonly string[];
  readonly vatId: string;
  readonly currency: Currency;
  /** BCP 47 tag for receipts and numbers, e.g. `de-DE`. */
  readonly locale: string;
  /** IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Price lists in the order they are asked; the first that has a valid price wins. */
  readonly priceLists: readonly PriceListId[];
  readonly tax: TaxPlan;
  readonly receiptHeader: readonly string[];
  readonly receiptFooter: readonly string[];
  /** Absent in settings written before there were designs: header and footer are all there is. */
  readonly receipt?: ReceiptDesign;
  readonly offlinePolicy: OfflinePolicy;
  /** Absent: by priority. */
  readonly promotionChoice?: PromotionChoice;
  /** The retailer's groups of customers, in the order in which their prices are asked. Absent: none. */
  readonly customerGroups?: readonly CustomerGroup[];
  /** Absent: `giftCardPolicyOf` answers with the usual one. */
  readonly giftCards?: GiftCardPolicy;
  /** Which profiles its tills hold. Absent: `customerHoldingOf` answers. */
  readonly customers?: CustomerHolding;
  /** How the retailer's scales print labels; the first whose prefix fits is read. Absent: none are scanned. */
  readonly scaleCodes?: readonly ScaleCode[];
  /** Why stock may be adjusted besides the usual reasons. Absent: for those alone. */
  readonly adjustmentReasons?: readonly AdjustmentReason[];
  /** Absent: nobody collects points. */
  readonly loyalty?: LoyaltyProgramme;
  /** Absent in settings written before there were orders: `orderPolicyOf` answers for them. */
  readonly orders?: OrderPolicy;
  /** Absent: `returnPolicyOf` answers. */
  readonly returns?: ReturnPolicy;
  /** Absent: `cashPolicyOf` answers. */
  readonly cash?: CashPolicy;
  /** When it is open; absent: nobody has said, and it counts as always. */
  readonly hours?: OpeningHours;
  /** How customers reach it. */
  readonly contact?: { readonly phone: string; readonly email: string };
  /** Since when it is closed for good: it takes no orders and no new tills. Absent: it is not. */
  readonly closedAt?: Instant;
  /** Absent: `rolesOf` answers with the two usual ones. */
  readonly roles?: readonly Role[];
  /** Absent: `casePolicyOf` answers with the common one. */
  readonly cases?: CasePolicy;
  /** Which version its tills are to run. Absent: whatever they have. */
  readonly update?: UpdatePlan;
}

/** A store's settings as they hold at one moment: taxes are those of that moment. */
export interface StoreSettingsNow extends StoreSettings {
  readonly tax: TaxSetup;
}

/** What holds of a store's settings at a moment. */
export function settingsAt(settings: StoreSettings, at: TaxMoment["at"]): StoreSettingsNow {
  const { timeZone } = settings;
  return { ...settings, tax: taxAt(settings.tax, { at, timeZone }) };
}

export interface OfflinePolicy {
  /** Days without the server after which the till warns. */
  readonly warnAfterDays: number;
  /** Days without the server after which a sale asks for a manager. */
  readonly managerAfterDays: number;
  /** Days after which the staff roster expires without the server. */
  readonly rosterMaxAgeDays: number;
  readonly maxRefund: Money;
  /** The most that a till takes of one store credit or gift card on its own word. Absent: `maxOfflineCredit` answers. */
  readonly maxCredit?: Money;
  /** Whether a till takes coupon codes on its own word; they may then be used at two tills at once. Absent: it does. */
  readonly couponCodes?: boolean;
  /** The most that a till takes of one customer's points on its own word, as money. Absent: as of a credit. */
  readonly maxPoints?: Money;
}
