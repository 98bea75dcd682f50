import type {
  BusinessDay,
  Instant,
  OrderId,
  ReceiptNumber,
  StoreId,
  TicketId,
  VariantId,
} from "#domain/ids.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { ReportRows } from "#domain/reports/answer.ts";
import type { SumsBy, SumsFilter } from "#domain/reports/ask.ts";
import type { TicketFacts } from "#domain/reports/facts.ts";
import type { Period } from "#domain/reports/period.ts";
import type { ReportColumn, ReportGroup } from "#domain/reports/reports.ts";
import type { ReportSchedule } from "#domain/reports/schedule.ts";
import type { Sums } from "#domain/reports/sums.ts";
import type { ArticleFacts, SoldLine } from "#domain/reports/ticket-facts.ts";
import type { ReportView } from "#domain/reports/view.ts";
import type { PurchaseLineRef } from "#domain/returns/purchase.ts";

export interface ReportReads {
  /** What reports know of a ticket; null: nothing (yet). */
  ticketFacts(id: TicketId): Promise<TicketFacts | null>;
  /** Articles as the catalogue has them now, and what one piece costs. */
  goodsFacts(variants: readonly VariantId[]): Promise<ReadonlyMap<VariantId, GoodsFacts>>;
  /** A line as it was counted when it was sold, by a ticket or an order that sold without one; null where it was not (yet). */
  soldLine(of: PurchaseLineRef): Promise<SoldAt | null>;
  /** What was counted of an order without tickets: what it sold, and what came back of it by mail. */
  factsOfOrder(id: OrderId): Promise<readonly TicketFacts[]>;
  /** Tickets that are counted and that take back something of these; those of which nothing came back are left out. */
  ticketsTakingBack(ids: readonly TicketId[]): Promise<ReadonlyMap<TicketId, readonly TicketId[]>>;
  reportView(id: string): Promise<SavedView | null>;
  /** Those of an owner and those that are shared or sent, by name. */
  reportViews(ask: { readonly owner: string; readonly limit: number }): Promise<readonly SavedView[]>;
  reportViewsOf(owner: string): Promise<number>;
  /** Those whose time has come, the longest due first. */
  reportViewsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly SavedView[]>;
  reportMail(id: string): Promise<ReportMailRecord | null>;
  /** The newest first. */
  reportMails(ask: { readonly view: string; readonly limit: number }): Promise<readonly ReportMailRecord[]>;
  reportMailsDue(ask: { readonly at: Instant; readonly limit: number }): Promise<readonly ReportMailRecord[]>;

  /** Tickets of before there were reports are counted below this place in the list of tickets; null: all are. */
  uncountedBelow(): Promise<number | null>;
}

export interface GoodsFacts {
  /** Null where the catalogue has none. */
  readonly article: ArticleFacts | null;
  readonly cost: Money | null;
}
export interface SoldAt {
  readonly sold: SoldLine;
  readonly store: StoreId;
}

export interface ReportWrites {
  /** Counts tickets in their order, in the facts and in the sums of their days. Answers those that were not counted before. */
  addTicketFacts(facts: readonly TicketFacts[]): Promise<ReadonlySet<TicketId>>;
  /** Takes a ticket out of facts and sums, to be counted anew. */
  takeTicketFacts(id: TicketId): Promise<void>;
  /** Notes which articles promotions reduced on a ticket that was counted before that was kept. */
  putPromotedArticles(facts: TicketFacts): Promise<void>;
  putReportView(view: SavedView): Promise<void>;
  /** With the log of what was sent of it. */
  removeReportView(id: string): Promise<void>;
  putReportMail(mail: ReportMailRecord): Promise<void>;
  /** Forgets mails that were due before, and with them the addresses. */
  purgeReportMails(before: Instant): Promise<void>;

  /** Null: all that there is is counted. */
  putUncountedBelow(cursor: number | null): Promise<void>;
}

/** Rows of one report, and what people call them. */
export interface ReportAsk {
  readonly filter: SumsFilter;
  readonly by: SumsBy;
  readonly group: ReportGroup;
  readonly main: ReportColumn;
  readonly before: Period | null;
  readonly offset: number;
  readonly limit: number;
}
export interface ReportAnswer extends ReportRows {
  /** What rows of articles, rates, promotions and the like are called, as far as they have a name of their own. */
  readonly names: Readonly<Record<string, string>>;
  /** False while tickets of before there were reports are not all counted. */
  readonly complete: boolean;
}

/** The tickets that figures of some days are made of, newest day first. */
export interface TicketsAsk {
  readonly filter: SumsFilter;
  /** Only these days of it; null: all. */
  readonly days: readonly BusinessDay[] | null;
  readonly currency: Currency;
  readonly after: TicketPlace | null;
  readonly limit: number;
}
export interface TicketPlace {
  readonly day: BusinessDay;
  readonly store: StoreId;
  readonly ticket: TicketId;
}
export interface ReportTicket extends TicketPlace {
  /** The order that sold without a ticket, or came back by mail; null: it is a ticket. */
  readonly order: OrderId | null;
  readonly number: ReceiptNumber;
  readonly at: Instant;
  /** What of the figure comes from this ticket. */
  readonly sums: Sums;
}
export interface TicketsAnswer {
  readonly tickets: readonly ReportTicket[];
  readonly next: TicketPlace | null;
  /** Over all tickets, those of other pages too. */
  readonly count: number;
  readonly sums: Sums;
}

/** What is read beside the server's thread. */
export interface ReportAsideReads {
  report(ask: ReportAsk): ReportAnswer;
  reportTickets(ask: TicketsAsk): TicketsAnswer;
}

/** A report that somebody wants to see again, and that may be sent to people. */
export interface SavedView {
  readonly id: string;
  /** Whose it is: a person or a key, as the audit log knows them. */
  readonly owner: { readonly kind: "user" | "key"; readonly id: string; readonly name: string };
  readonly name: string;
  readonly shared: boolean;
  readonly view: ReportView;
  readonly mailing: { readonly schedule: ReportSchedule; readonly recipients: readonly string[] } | null;
  /** The stores that whoever saved it works for, null: all; what is sent tells of no others. */
  readonly reach: readonly StoreId[] | null;
  /** When it is sent next; null: to nobody. */
  readonly nextAt: Instant | null;
}

/** One sending of a view to one address. */
export interface ReportMailRecord {
  /** Its Message-ID comes of it. */
  readonly id: string;
  readonly view: string;
  readonly dueAt: Instant;
  readonly recipient: string;
  readonly state: "waiting" | "sent" | "dead";
  readonly tries: number;
  readonly nextTryAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly lastFailure: string | null;
}
