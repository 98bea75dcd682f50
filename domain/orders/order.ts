import type {
  ChannelId,
  CustomerId,
  DeviceId,
  FulfilmentId,
  Instant,
  LineId,
  OrderId,
  Sku,
  StaffId,
  StoreId,
  TaxClassId,
  VariantId,
} from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { AttributionRules } from "./attribution.ts";
import type { Place } from "./distance.ts";
import type { OrderReturn } from "./order-return.ts";
import type { Signature } from "./signature.ts";
import type { FulfilmentActType, FulfilmentState } from "./transitions.ts";

export const MAX_LINES_PER_ORDER = 200;
export const MAX_PIECES_PER_ORDER_LINE = 1_000;
/** Traces of one fulfilment beyond these are a loop, not a history: the oldest fall out. */
export const MAX_TRACES_PER_FULFILMENT = 200;

/** What was ordered, at the price that was promised. */
export interface OrderLine {
  readonly id: LineId;
  /** Null: the shop sold something that this catalogue does not know. */
  readonly variant: VariantId | null;
  readonly sku: Sku;
  readonly name: string;
  readonly options: readonly string[];
  readonly taxClass: TaxClassId;
  readonly quantity: number;
  /** Before discounts, per piece, with tax where the shop's prices have it in them. */
  readonly unitPrice: Money;
  /** What the customer pays for all pieces: unitPrice x quantity minus the line's share of every discount. */
  readonly total: Money;
}

/** Who ordered, as the shop told it; `customer` where the profile is known. */
export interface OrderContact {
  readonly customer: CustomerId | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}

export interface PostalAddress {
  readonly name: string;
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export type PaymentState = "toPayAtPickup" | "authorised" | "paid" | "refunded";

/** `total` is what the order costs, shipping in it; `paid` what was paid before the goods change hands; `refunded` what was given back of it. */
export interface OrderPayment {
  readonly state: PaymentState;
  readonly total: Money;
  readonly paid: Money;
  readonly refunded: Money;
}

export type DeliveryWish =
  | { readonly kind: "pickup"; readonly store: StoreId }
  | {
      readonly kind: "ship";
      readonly address: PostalAddress | null;
      /** Where the address is, as far as the shop knows. */
      readonly place?: Place;
    };

/** Who did something to an order. */
export type Actor =
  | { readonly kind: "shop"; readonly channel: ChannelId }
  | { readonly kind: "staff"; readonly staff: StaffId | null; readonly device: DeviceId }
  | { readonly kind: "hq"; readonly who: string }
  | { readonly kind: "server" };

/** One line of an order's history. `fits` is false where the act contradicted the state it met: it happened all the same. */
export interface Trace {
  readonly at: Instant;
  readonly act: FulfilmentActType;
  readonly by: Actor;
  readonly from: FulfilmentState;
  readonly to: FulfilmentState;
  readonly reason: string | null;
  readonly fits: boolean;
  /** By what the customer said that they got it; kept at the server and never sent to tills. */
  readonly signature?: Signature;
}

/** What is due of one order line in one store. Of `quantity` pieces some may be missing and some handed over already. */
export interface FulfilmentLine {
  readonly line: LineId;
  /** What is picked: the variant ordered, or what took its place. */
  readonly variant: VariantId;
  readonly quantity: number;
  readonly picked: number;
  readonly handed: number;
  /** Pieces that this store gave up: refunded or sent elsewhere. */
  readonly missing: number;
  /** The variant ordered, where another took its place. */
  readonly insteadOf: VariantId | null;
}

/** Salted SHA-256 of the pickup code, so that a till can check a code offline and nobody can read it off the till. */
export interface PickupVerifier {
  readonly salt: string;
  readonly hash: string;
}

export interface Parcel {
  readonly carrier: string;
  readonly tracking: string;
}

/** The part of an order that one store does. A part that goes to another store is another fulfilment: this one ends as declined. */
export interface Fulfilment {
  readonly id: FulfilmentId;
  readonly kind: "pickup" | "ship";
  readonly store: StoreId;
  readonly state: FulfilmentState;
  readonly lines: readonly FulfilmentLine[];
  /** When the customer was told it would be ready, or sent. */
  readonly promisedAt: Instant;
  /** When a parcel that nobody collects goes back on sale; set as it becomes ready. */
  readonly collectBy: Instant | null;
  readonly shelf: string | null;
  readonly claimedBy: { readonly staff: StaffId | null; readonly device: DeviceId } | null;
  readonly pickup: PickupVerifier | null;
  readonly parcels: readonly Parcel[];
  readonly restocked: boolean;
  readonly trace: readonly Trace[];
}

/** Changes of one order beyond these are a mistake, not a history: more are refused. */
export const MAX_CHANGES_PER_ORDER = 100;

/** What of an order HQ can change. */
export type OrderField = "contact" | "address" | "note" | "pieces" | "collectBy";

/** One thing that HQ changed of an order, or gave back of it; whose order it is stays out of it. */
export interface OrderChange {
  /** Made by whoever asked for it, who may ask again with it where no answer came; absent where nobody did. */
  readonly id?: string;
  readonly at: Instant;
  readonly by: Actor;
  readonly reason: string;
  readonly what:
    | { readonly kind: "edited"; readonly fields: readonly OrderField[] }
    | { readonly kind: "refunded"; readonly amount: Money };
}

/** An order, whole, as the server keeps it. */
export interface Order {
  readonly id: OrderId;
  /** What people call it, e.g. `FEN-1042`. */
  readonly number: string;
  readonly channel: ChannelId;
  /** The shop's own id of it: placing it again under this id is the same order. */
  readonly externalId: string;
  readonly placedAt: Instant;
  /** Where a colleague placed it for the customer; null for an order placed online. */
  readonly placedBy: { readonly store: StoreId; readonly staff: StaffId | null } | null;
  readonly currency: Currency;
  readonly contact: OrderContact;
  readonly lines: readonly OrderLine[];
  readonly shipping: Money;
  readonly payment: OrderPayment;
  readonly delivery: DeliveryWish;
  /** May be fulfilled by several stores at once. */
  readonly maySplit: boolean;
  readonly note: string;
  readonly fulfilments: readonly Fulfilment[];
  /** Stores that will not be asked again. */
  readonly declinedBy: readonly StoreId[];
  /** Pieces that nobody will deliver any more: cancelled, or given back in money. */
  readonly givenUp: readonly { readonly line: LineId; readonly quantity: number }[];
  readonly cancelledAt: Instant | null;
  /** What came back of it, in the order in which the server learned of it. Absent: nothing. */
  readonly returns?: readonly OrderReturn[];
  /** The shop itself named `contact.customer`; absent, the profile was found by the contact's address or number, which proves nothing. */
  readonly namesCustomer?: true;
  /** What HQ changed of it and gave back, in order. Absent: nothing. */
  readonly changes?: readonly OrderChange[];
  /** Who counts it, by the rules of when it was placed. Absent in orders of before they were kept with it: the rules of now. */
  readonly attribution?: AttributionRules;
}

/** The exclusive right to hand an order out, as a till sees it. */
export interface OrderLease {
  readonly holder: DeviceId;
  readonly register: number;
  readonly expiresAt: Instant;
  /** A till that asked for it while it was held; the holder gives it up when it is not using it. */
  readonly wantedBy: DeviceId | null;
}

/** What a store's tills know of an order: its own fulfilment and what it takes to do it. Replica collection `orders`; its id is the fulfilment's. */
export interface StoreOrder {
  readonly id: FulfilmentId;
  readonly order: OrderId;
  readonly number: string;
  readonly channel: ChannelId;
  readonly placedAt: Instant;
  readonly contact: OrderContact;
  readonly address: PostalAddress | null;
  /** The order's; where it is paid as it is collected and other stores have lines of it, with the total of this part's lines and what is paid of that. */
  readonly payment: OrderPayment;
  readonly shipping: Money;
  /** The order's lines that this fulfilment is about. */
  readonly lines: readonly OrderLine[];
  readonly fulfilment: Fulfilment;
  readonly lease: OrderLease | null;
  readonly note: string;
}
