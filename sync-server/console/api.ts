import type { CasePolicy } from "#domain/cases/deadline.ts";
import type { Resolution } from "#domain/exceptions/exceptions.ts";
import type {
  CaseId,
  CustomerId,
  DeviceId,
  FulfilmentId,
  MailId,
  OrderId,
  PriceListId,
  Sku,
  TicketId,
} from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { OrderPolicy } from "#domain/orders/policy.ts";
import type { RetailerRules } from "#domain/orders/retailer-rules.ts";
import type { ScaleCode } from "#domain/product/scale-label.ts";
import type { ValueKind } from "#domain/value/credit-code.ts";
import type { GiftCardPolicy } from "#domain/value/gift-card.ts";
import { customerHistorySchema } from "#protocol/documents/history.ts";
import {
  type CaseFilter,
  casePoliciesAnswerSchema,
  caseStorePolicySchema,
  casesAnswerSchema,
  type HqCaseWish,
  type HqOpenCase,
  hqCaseSchema,
} from "#protocol/hq/cases.ts";
import {
  addConnectorAnswerSchema,
  type ConnectorChange,
  type ConnectorWish,
  changeConnectorAnswerSchema,
  connectorsAnswerSchema,
  deadNewsAnswerSchema,
  doneAnswerSchema,
  type InboxRow,
  inboxAnswerSchema,
  messageAnswerSchema,
} from "#protocol/hq/connectors.ts";
import {
  devicesAnswerSchema,
  pairAnswerSchema,
  productsAnswerSchema,
  revokeAnswerSchema,
  setPriceAnswerSchema,
  storesAnswerSchema,
  ticketsAnswerSchema,
} from "#protocol/hq/console.ts";
import {
  type CreditActRequest,
  type CreditRow,
  creditRowSchema,
  creditsAnswerSchema,
  giftCardPoliciesAnswerSchema,
  storeGiftCardsSchema,
} from "#protocol/hq/credits.ts";
import { customersAnswerSchema } from "#protocol/hq/customers.ts";
import type { ExportFormat } from "#protocol/hq/journal-export.ts";
import { mailAnswerSchema, mailsAnswerSchema, retriedMailsAnswerSchema } from "#protocol/hq/mails.ts";
import {
  type OfflineLimits,
  offlineLimitsAnswerSchema,
  storeOfflineLimitsSchema,
} from "#protocol/hq/offline-limits.ts";
import {
  assigneesAnswerSchema,
  type EditOrderRequest,
  exceptionRowSchema,
  exceptionsAnswerSchema,
  type OrderRow,
  orderDetailSchema,
  ordersAnswerSchema,
} from "#protocol/hq/orders.ts";
import { retailerRulesSchema, storePoliciesAnswerSchema, storePolicySchema } from "#protocol/hq/rules.ts";
import { scaleCodesSchema } from "#protocol/hq/scale-codes.ts";
import { replayAnswerSchema } from "#protocol/hq/webhooks.ts";
import { AccessApi } from "./access-api.ts";
import { type Answer, type Ask, asJson, LONG } from "./ask.ts";
import { attentionHeaders } from "./attention.ts";
import { ask, askFile } from "./call.ts";
import { CatalogueApi } from "./catalogue-api.ts";
import { DataAuditApi } from "./data-audit-api.ts";
import { DeliveriesApi } from "./deliveries-api.ts";
import { ImportApi } from "./import-api.ts";
import { IntegrationsApi } from "./integrations-api.ts";
import { LiveLine } from "./live.ts";
import { LoyaltyApi } from "./loyalty-api.ts";
import { PeopleApi } from "./people-api.ts";
import { PricesApi } from "./prices-api.ts";
import { ProductApi } from "./product-api.ts";
import { ReplenishApi } from "./replenish-api.ts";
import { ReportsApi } from "./reports-api.ts";
import { ReturnsApi } from "./returns-api.ts";
import { ShiftsApi } from "./shifts-api.ts";
import { ShopsApi } from "./shops-api.ts";
import { StaffApi } from "./staff-api.ts";
import { StockApi } from "./stock-api.ts";
import { UpdatesApi } from "./updates-api.ts";

/** What HQ can say of a message that is open. */
export type Settling = "replay" | "dismiss";

/** Which mails a list shows. */
export const MAIL_FILTERS = ["all", "waiting", "sent", "dead"] as const;
export type MailFilter = (typeof MAIL_FILTERS)[number];

/** What of which store is exported, and the days as they were typed. */
export interface AuditExportAsk {
  readonly store: string;
  readonly format: "journal" | ExportFormat;
  readonly from: string;
  readonly until: string;
}

/** The server's HQ calls. Every answer is checked against the protocol before a screen sees it. */
export class Api {
  readonly #ask: Ask = ask;
  readonly prices = new PricesApi(ask, askFile);
  readonly imports = new ImportApi(ask, askFile);
  readonly product = new ProductApi(ask);
  readonly returns = new ReturnsApi(ask);
  readonly people = new PeopleApi(ask);
  readonly shifts = new ShiftsApi(ask, askFile);
  readonly staff = new StaffApi(ask, askFile);
  readonly dataAudit = new DataAuditApi(ask, askFile);
  readonly reports = new ReportsApi(ask, askFile);
  readonly updates = new UpdatesApi(ask);
  readonly shops = new ShopsApi(ask);
  readonly live = new LiveLine((signal) => fetch("/hq/v1/live", { signal, headers: attentionHeaders() }));
  readonly integrations = new IntegrationsApi(ask);
  readonly stock = new StockApi(ask, askFile);
  readonly replenish = new ReplenishApi(ask, askFile);
  readonly deliveries = new DeliveriesApi(ask);
  readonly loyalty = new LoyaltyApi(ask);
  readonly access = new AccessApi(ask);
  readonly catalogue = new CatalogueApi(ask);

  stores = () => this.#ask("GET", "/hq/v1/stores", storesAnswerSchema);
  devices = () => this.#ask("GET", "/hq/v1/devices", devicesAnswerSchema);
  /** Empty: whatever it is. */
  exceptions(ask: {
    readonly state: string;
    readonly store: string;
    readonly kind: string;
    readonly assignee: string;
    readonly oldestFirst: boolean;
    readonly limit: number;
  }) {
    const { oldestFirst, limit, ...names } = ask;
    const query = new URLSearchParams({ oldestFirst: String(oldestFirst), limit: String(limit) });
    for (const [name, value] of Object.entries(names)) if (value !== "") query.set(name, value);
    return this.#ask("GET", `/hq/v1/exceptions?${query}`, exceptionsAnswerSchema);
  }

  assignees = (id: string) =>
    this.#ask("GET", `/hq/v1/exceptions/${encodeURIComponent(id)}/assignees`, assigneesAnswerSchema);

  assignException(id: string, to: string | null) {
    const path = `/hq/v1/exceptions/${encodeURIComponent(id)}/assign`;
    return this.#ask("POST", path, exceptionRowSchema, asJson({ to }));
  }

  rules = () => this.#ask("GET", "/hq/v1/rules", retailerRulesSchema);
  policies = () => this.#ask("GET", "/hq/v1/policies", storePoliciesAnswerSchema);
  saveRules = (rules: RetailerRules) => this.#ask("PUT", "/hq/v1/rules", retailerRulesSchema, asJson(rules));

  savePolicy(code: string, policy: OrderPolicy) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/orders`;
    return this.#ask("PUT", path, storePolicySchema, asJson(policy));
  }

  connectors = () => this.#ask("GET", "/hq/v1/connectors", connectorsAnswerSchema);
  deadNews = () => this.#ask("GET", "/hq/v1/connectors/dead", deadNewsAnswerSchema);

  mails(state: MailFilter) {
    const query = state === "all" ? "" : `?${new URLSearchParams({ state })}`;
    return this.#ask("GET", `/hq/v1/mails${query}`, mailsAnswerSchema);
  }

  retryDeadMails = () => this.#ask("POST", "/hq/v1/mails/retry", retriedMailsAnswerSchema);

  retryMail(id: MailId) {
    return this.#ask("POST", `/hq/v1/mails/${encodeURIComponent(id)}/retry`, mailAnswerSchema);
  }

  /** A ticket's receipt or invoice as a file. */
  ticketPdf(ticket: TicketId, document: "receipt" | "invoice"): Promise<Answer<Blob>> {
    return askFile(`/hq/v1/tickets/${encodeURIComponent(ticket)}/${document}?format=pdf`);
  }

  /** The journal or books of a store as a ZIP file. Days that are empty are not asked for. */
  auditExport({ store, format, from, until }: AuditExportAsk): Promise<Answer<Blob>> {
    const query = new URLSearchParams({ store });
    if (from !== "") query.set("from", from);
    if (until !== "") query.set("until", until);
    if (format === "journal") return askFile(`/hq/v1/journal-export?${query}`);
    query.set("format", format);
    return askFile(`/hq/v1/exports?${query}`);
  }

  /** Everything of a person as a file. */
  customerExport(id: CustomerId, format: "json" | "html"): Promise<Answer<Blob>> {
    return askFile(`/hq/v1/customers/${encodeURIComponent(id)}/export?format=${format}`);
  }

  addConnector(wanted: ConnectorWish) {
    return this.#ask("POST", "/hq/v1/connectors", addConnectorAnswerSchema, asJson(wanted), LONG);
  }

  removeConnector(id: string) {
    return this.#ask("DELETE", `/hq/v1/connectors/${encodeURIComponent(id)}`, doneAnswerSchema, null, LONG);
  }

  inbox(ask: { readonly state: InboxRow["state"] | null; readonly limit: number }) {
    const query = new URLSearchParams({ limit: String(ask.limit) });
    if (ask.state !== null) query.set("state", ask.state);
    return this.#ask("GET", `/hq/v1/connectors/inbox?${query}`, inboxAnswerSchema);
  }

  /** Acts on a message again, or says that nothing is to be done for it. */
  settleMessage({ connector, delivery }: Pick<InboxRow, "connector" | "delivery">, how: Settling) {
    const path = `/hq/v1/connectors/inbox/${how}`;
    return this.#ask("POST", path, messageAnswerSchema, asJson({ connector, delivery }));
  }

  replayNews(which: { readonly connector: string; readonly event: string }) {
    return this.#ask("POST", "/hq/v1/connectors/dead/replay", replayAnswerSchema, asJson(which));
  }

  dismissNews(which: { readonly connector: string; readonly event: string }) {
    return this.#ask("POST", "/hq/v1/connectors/dead/dismiss", doneAnswerSchema, asJson(which));
  }

  changeConnector(id: string, change: ConnectorChange) {
    const path = `/hq/v1/connectors/${encodeURIComponent(id)}`;
    return this.#ask("PUT", path, changeConnectorAnswerSchema, asJson(change), LONG);
  }

  orders(ask: {
    readonly status: OrderRow["status"] | null;
    readonly store: string | null;
    readonly search: string;
    readonly limit: number;
  }) {
    const query = new URLSearchParams({ search: ask.search, limit: String(ask.limit) });
    if (ask.status !== null) query.set("status", ask.status);
    if (ask.store !== null) query.set("store", ask.store);
    return this.#ask("GET", `/hq/v1/orders?${query}`, ordersAnswerSchema);
  }

  customers(ask: { readonly search: string; readonly limit: number }) {
    const query = new URLSearchParams({ search: ask.search, limit: String(ask.limit) });
    return this.#ask("GET", `/hq/v1/customers?${query}`, customersAnswerSchema);
  }

  customerHistory(id: CustomerId) {
    const path = `/hq/v1/customers/${encodeURIComponent(id)}/history`;
    return this.#ask("GET", path, customerHistorySchema);
  }

  order(id: OrderId) {
    return this.#ask("GET", `/hq/v1/orders/${encodeURIComponent(id)}`, orderDetailSchema);
  }

  cancelOrder(id: OrderId, reason: string) {
    const path = `/hq/v1/orders/${encodeURIComponent(id)}/cancel`;
    return this.#ask("POST", path, orderDetailSchema, asJson({ reason }));
  }

  editOrder(id: OrderId, edit: EditOrderRequest) {
    return this.#ask("PUT", `/hq/v1/orders/${encodeURIComponent(id)}`, orderDetailSchema, asJson(edit));
  }

  refundOrder(id: OrderId, how: { readonly id: string; readonly amount: Money; readonly reason: string }) {
    const path = `/hq/v1/orders/${encodeURIComponent(id)}/refund`;
    return this.#ask("POST", path, orderDetailSchema, asJson(how));
  }

  /** Null fulfilment: whatever has no store yet; null store: the routing chooses. */
  reroute(
    id: OrderId,
    how: {
      readonly fulfilment: FulfilmentId | null;
      readonly store: string | null;
      readonly reason: string;
    },
  ) {
    const path = `/hq/v1/orders/${encodeURIComponent(id)}/reroute`;
    return this.#ask("POST", path, orderDetailSchema, asJson(how));
  }

  resolve(
    id: string,
    how: {
      readonly resolution: Resolution;
      readonly note: string;
      readonly by: string;
      readonly store: string | null;
    },
  ) {
    const path = `/hq/v1/exceptions/${encodeURIComponent(id)}/resolve`;
    return this.#ask("POST", path, exceptionRowSchema, asJson(how));
  }

  cases(ask: {
    readonly filter: CaseFilter;
    readonly store: string | null;
    readonly customer?: CustomerId;
    readonly search: string;
    readonly limit: number;
  }) {
    const { filter, search, limit } = ask;
    const query = new URLSearchParams({ filter, search, limit: String(limit) });
    if (ask.store !== null) query.set("store", ask.store);
    if (ask.customer !== undefined) query.set("customer", ask.customer);
    return this.#ask("GET", `/hq/v1/cases?${query}`, casesAnswerSchema);
  }

  case(id: CaseId) {
    return this.#ask("GET", `/hq/v1/cases/${encodeURIComponent(id)}`, hqCaseSchema);
  }

  openCase(wanted: HqOpenCase) {
    return this.#ask("POST", "/hq/v1/cases", hqCaseSchema, asJson(wanted));
  }

  actOnCase(id: CaseId, act: HqCaseWish) {
    return this.#ask("POST", `/hq/v1/cases/${encodeURIComponent(id)}/acts`, hqCaseSchema, asJson(act));
  }

  casePolicies = () => this.#ask("GET", "/hq/v1/case-policies", casePoliciesAnswerSchema);

  saveCasePolicy(code: string, policy: CasePolicy) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/cases`;
    return this.#ask("PUT", path, caseStorePolicySchema, asJson(policy));
  }

  /** `number`: the beginning of a receipt number. */
  tickets(ask: {
    readonly store: string | null;
    readonly before: number | null;
    readonly number?: string;
    readonly limit: number;
  }) {
    const query = new URLSearchParams({ limit: String(ask.limit) });
    if (ask.number !== undefined) query.set("search", ask.number);
    if (ask.store !== null) query.set("store", ask.store);
    if (ask.before !== null) query.set("before", String(ask.before));
    return this.#ask("GET", `/hq/v1/tickets?${query}`, ticketsAnswerSchema);
  }

  /** `kind` null: store credits and gift cards. */
  credits(ask: { readonly kind: ValueKind | null; readonly search: string; readonly limit: number }) {
    const query = new URLSearchParams({
      ...(ask.kind === null ? {} : { kind: ask.kind }),
      search: ask.search,
      limit: String(ask.limit),
    });
    return this.#ask("GET", `/hq/v1/credits?${query}`, creditsAnswerSchema);
  }

  giftCardPolicies = () => this.#ask("GET", "/hq/v1/gift-cards/policies", giftCardPoliciesAnswerSchema);

  saveGiftCardPolicy(code: string, policy: GiftCardPolicy) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/gift-cards`;
    return this.#ask("PUT", path, storeGiftCardsSchema, asJson(policy));
  }

  offlineLimits = () => this.#ask("GET", "/hq/v1/offline-limits", offlineLimitsAnswerSchema);

  saveOfflineLimits(code: string, limits: OfflineLimits) {
    const path = `/hq/v1/stores/${encodeURIComponent(code)}/offline-limits`;
    return this.#ask("PUT", path, storeOfflineLimitsSchema, asJson(limits));
  }

  scaleCodes = () => this.#ask("GET", "/hq/v1/scale-codes", scaleCodesSchema);
  saveScaleCodes = (codes: readonly ScaleCode[]) =>
    this.#ask("PUT", "/hq/v1/scale-codes", scaleCodesSchema, asJson({ codes }));

  actOnCredit(id: CreditRow["id"], act: CreditActRequest) {
    return this.#ask("POST", `/hq/v1/credits/${encodeURIComponent(id)}/acts`, creditRowSchema, asJson(act));
  }

  products(ask: { readonly search: string; readonly offset: number; readonly limit: number }) {
    const query = new URLSearchParams({
      search: ask.search,
      offset: String(ask.offset),
      limit: String(ask.limit),
    });
    return this.#ask("GET", `/hq/v1/products?${query}`, productsAnswerSchema);
  }

  setPrice(price: { readonly sku: Sku; readonly list: PriceListId; readonly amount: Money }) {
    return this.#ask("PUT", "/hq/v1/prices", setPriceAnswerSchema, asJson(price));
  }

  pairingCode(store: string) {
    return this.#ask("POST", "/hq/v1/pairing-codes", pairAnswerSchema, asJson({ store }));
  }

  revoke(device: DeviceId) {
    return this.#ask(
      "POST",
      `/hq/v1/devices/${encodeURIComponent(device)}/revoke`,
      revokeAnswerSchema,
      asJson({}),
    );
  }
}
