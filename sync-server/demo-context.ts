import type { CaseActor, CaseOpening, DatedCaseAct } from "#domain/cases/case.ts";
import type { Customer } from "#domain/customer/customer.ts";
import type { DeviceId, ImageHash, Instant, StoreId, VariantId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { PointsMove } from "#domain/loyalty/ledger.ts";
import type { LoyaltyProgramme } from "#domain/loyalty/programme.ts";
import type { PriceRules } from "#domain/pricing/contradictions.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import type { StaffMember } from "#domain/staff/staff.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { DemoSheet } from "#protocol/hq/demo.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import type { ChannelLists, Cost } from "./prices/port.ts";

export interface PictureFile {
  readonly hash: ImageHash;
  readonly mime: string;
  readonly bytes: Uint8Array;
}

/** An order that came in before the demo was opened. */
export interface DemoOrder {
  readonly request: ShopOrderRequest;
  readonly placedAgoMs: number;
  /** Where it lies, picked; null: nobody has begun. */
  readonly shelf: string | null;
}

/** A complaint, warranty case or repair that was taken in before the demo was opened, and what was done about it. */
export interface DemoCase {
  readonly opening: Omit<CaseOpening, "deadline">;
  readonly openedAgoMs: number;
  /** Negative: it is still to come. */
  readonly deadlineAgoMs: number;
  readonly by: CaseActor;
  readonly acts: readonly (Omit<DatedCaseAct, "at"> & { readonly agoMs: number })[];
}

/** A loyalty programme, and points that customers had before the demo was opened. */
export interface DemoLoyalty {
  readonly programme: LoyaltyProgramme;
  readonly moves: readonly { readonly move: Omit<PointsMove, "at">; readonly agoMs: number }[];
}

/** What a store sold before the demo was opened, at a register that is out of service since. */
export interface PastStore {
  readonly store: StoreId;
  readonly openedAt: Instant;
  /** What had been delivered for it. */
  readonly delivered: ReadonlyMap<VariantId, number>;
  readonly register: {
    readonly device: DeviceId;
    readonly number: number;
    /** Raw Ed25519 key, base64url. */
    readonly publicKey: string;
    readonly entries: readonly JournalEntry[];
  };
}

/** What the demo's seed may do to an empty server: the same verbs that HQ uses, in bulk. */
export interface DemoContext {
  putStores(stores: readonly StoreSettings[]): Promise<void>;
  putStaff(store: StoreId, staff: readonly StaffMember[]): Promise<void>;
  putPictures(pictures: readonly PictureFile[]): Promise<void>;
  putProducts(products: readonly Product[]): Promise<void>;
  putPriceLists(lists: readonly PriceList[]): Promise<void>;
  /** What web channels ask, and what the retailer holds to be right. */
  putPricing(pricing: {
    readonly channels: readonly ChannelLists[];
    readonly rules: PriceRules;
  }): Promise<void>;
  putPrices(prices: readonly Price[]): Promise<void>;
  putCosts(costs: readonly Cost[]): Promise<void>;
  /** Initial stock; each movement's reason is `initial`. */
  putStock(movements: readonly StockMovement[]): Promise<void>;
  putPromotions(promotions: readonly Promotion[]): Promise<void>;
  putCustomers(customers: readonly Customer[]): Promise<void>;
  putLoyalty(loyalty: DemoLoyalty): Promise<void>;
  /** Books what was sold before this moment. Nothing where nobody asked for demo orders. */
  sellInThePast(pastOf: (now: Instant) => readonly PastStore[]): Promise<void>;
  /** Places orders as a web shop does, each at its time; tells the pickup codes of those that lie ready. Places none where nobody asked for demo orders. */
  placeOrders(orders: readonly DemoOrder[]): Promise<DemoSheet["orders"]>;
  /** Takes cases in, each at its time. None where nobody asked for demo orders. */
  openCases(cases: readonly DemoCase[]): Promise<void>;
  /** `done` of `total` steps, with a word on what is being made. */
  onProgress(progress: { readonly what: string; readonly done: number; readonly total: number }): void;
}
