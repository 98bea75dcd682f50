import { create } from "zustand";
import type { Customer } from "#domain/customer/customer.ts";
import type { CountId, CustomerId, LineId, ShiftId, VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { CashMovementKind } from "#domain/shift/facts.ts";
import type { CasePurchaseFound } from "#protocol/sync/cases.ts";
import type { MailDocument } from "#protocol/sync/receipt-mails.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { IssuedInvoice } from "#protocol/till/mailing.ts";
import type { Receipt } from "#protocol/till/receipt.ts";
import type { ShownReport } from "#protocol/till/shift.ts";
import { clearNotice } from "./till.ts";

/** What is known already of a case that is about to be opened: from a purchase, an article or a customer's profile. */
export interface NewCaseStart {
  readonly purchase?: CasePurchaseFound;
  readonly customer?: { readonly id: CustomerId; readonly name: string };
}

/** Where somebody is among what there is to do with drawer and day. */
export type CashPage =
  | { readonly at: "menu" | "open" | "drawer" | "reports" }
  | { readonly at: "move"; readonly kind: CashMovementKind }
  | { readonly at: "close"; readonly shift: ShiftId }
  /** `banked`: what does not stay in the drawer. */
  | { readonly at: "closed"; readonly kept: Money; readonly banked: Money }
  | { readonly at: "report"; readonly shown: ShownReport };

/** What lies over the register: one sheet at a time, so that no two ever argue about a key or a scan. */
export type Overlay =
  | { readonly kind: "none" }
  | { readonly kind: "line"; readonly line: LineId }
  | { readonly kind: "lineDiscount"; readonly line: LineId }
  | { readonly kind: "linePrice"; readonly line: LineId }
  /** Who sold a line; `line` null: the whole basket. */
  | { readonly kind: "seller"; readonly line: LineId | null }
  | { readonly kind: "basketDiscount" }
  | { readonly kind: "park" }
  | { readonly kind: "recall" }
  | { readonly kind: "variants"; readonly name: string; readonly items: readonly Item[] }
  | { readonly kind: "weigh"; readonly item: Item }
  | { readonly kind: "openPrice"; readonly item: Item }
  | { readonly kind: "elsewhere"; readonly variant: VariantId; readonly name: string }
  | { readonly kind: "basketMenu" }
  | { readonly kind: "coupon" }
  | { readonly kind: "ordering" }
  | { readonly kind: "sendBasket" }
  | { readonly kind: "fetchBasket" }
  | { readonly kind: "giftCard"; readonly code: string | null }
  | { readonly kind: "newCase"; readonly start: NewCaseStart }
  | { readonly kind: "findReturn" }
  | { readonly kind: "returnObstacles" }
  | { readonly kind: "returnOverride" }
  | { readonly kind: "returnIdentity" }
  | { readonly kind: "categories" }
  | { readonly kind: "findCustomer" }
  | { readonly kind: "customer"; readonly customer: CustomerId }
  /** `known`: whoever is edited; null: somebody new, who was searched for in these words. */
  | { readonly kind: "customerForm"; readonly known: Customer | null; readonly searched: string }
  | { readonly kind: "tasks" }
  /** A count that HQ asks for. */
  | { readonly kind: "count"; readonly count: CountId }
  | { readonly kind: "adjust" }
  /** Goods that arrive and leave. */
  | { readonly kind: "goods" }
  | { readonly kind: "tickets" }
  | { readonly kind: "receipt"; readonly receipt: Receipt }
  | { readonly kind: "mailReceipt"; readonly receipt: Receipt; readonly document: MailDocument }
  | { readonly kind: "invoice"; readonly receipt: Receipt }
  | { readonly kind: "issued"; readonly issued: IssuedInvoice }
  | { readonly kind: "cash"; readonly page: CashPage }
  | { readonly kind: "clock" }
  | { readonly kind: "sync" }
  | { readonly kind: "settings" }
  /** Setting up what hangs on this till. */
  | { readonly kind: "devices" }
  /** What waits at printers that fail. */
  | { readonly kind: "printing" }
  | { readonly kind: "shortcuts" }
  /** Giving commands other keys. */
  | { readonly kind: "keys" };

const NONE: Overlay = { kind: "none" };

export const useOverlay = create<{ readonly overlay: Overlay }>(() => ({ overlay: NONE }));

/** Opens a sheet; one that lay there before makes way, and what was said before is no news any more. */
export function openOverlay(overlay: Overlay): void {
  clearNotice();
  useOverlay.setState({ overlay });
}

export function closeOverlay(): void {
  useOverlay.setState({ overlay: NONE });
}
