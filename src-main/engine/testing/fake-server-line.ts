import type { Customer } from "#domain/customer/customer.ts";
import { askedCustomer, customerFit, customerKeys } from "#domain/customer/search.ts";
import {
  type CustomerId,
  type DeviceId,
  type Instant,
  idOf,
  instant,
  type Sku,
  type StoreId,
} from "#domain/ids.ts";
import { isSamePurchase, type Purchase } from "#domain/returns/purchase.ts";
import type { Standing } from "#domain/returns/returned.ts";
import type { CustomerHistory } from "#protocol/documents/history.ts";
import type { ShareBasketAnswer, SharedBasket } from "#protocol/shop/basket.ts";
import type { AvailabilityAnswer } from "#protocol/shop/order.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import type { CasePurchaseFound, CasesFound } from "#protocol/sync/cases.ts";
import type { CustomersFoundAnswer } from "#protocol/sync/customers.ts";
import type { LeaseAnswer, LeaseRequest } from "#protocol/sync/leases.ts";
import type { PointsAnswer } from "#protocol/sync/points.ts";
import type { FindPurchases, FoundPurchases } from "#protocol/sync/purchases.ts";
import type { ReceiptMailAnswer, ReceiptMailRequest } from "#protocol/sync/receipt-mails.ts";
import type { Clock, ServerLine, SharedLine, Unwatch } from "../ports.ts";
import { type ServerRefusal, Unreachable } from "../sync/server-client.ts";

type StoreStock = AvailabilityAnswer["items"][number]["stores"][number];

/** The server at the other end of the line, in memory: it keeps leases as the real one does, and may be away, or hang. */
export class FakeServerLine implements ServerLine {
  readonly requests: LeaseRequest[] = [];
  /** Mails that the server keeps, by id. */
  readonly mails = new Map<string, ReceiptMailRequest>();
  sendsMail = true;
  refusesMail: ServerRefusal | null = null;
  /** Answers for mails to one address. */
  readonly refusesMailTo = new Map<string, ServerRefusal>();
  readonly baskets = new Map<string, SharedBasket>();
  /** Everybody whom the server knows. */
  readonly customers: Customer[] = [];
  readonly histories = new Map<CustomerId, CustomerHistory>();
  readonly shared: (readonly SharedLine[])[] = [];
  /** By code, as the server has booked them. */
  readonly balances = new Map<string, BalanceAnswer>();
  /** Of customers, as the server has booked them. */
  readonly pointsOf = new Map<CustomerId, PointsAnswer>();
  /** What every look-up finds. */
  readonly cases: CasesFound["cases"] = [];
  readonly casePurchases = new Map<string, CasePurchaseFound>();
  readonly stock = new Map<Sku, readonly StoreStock[]>();
  /** What the server knows to have been bought. */
  readonly standings: Standing[] = [];
  /** What it was asked for purchases, in turn. */
  readonly purchaseAsks: FindPurchases[] = [];
  readonly #leases = new Map<string, { readonly holder: DeviceId; readonly expiresAt: Instant }>();
  /** Lease requests in the order in which the till sent them; they may arrive in another one. */
  readonly sent: LeaseRequest["act"][] = [];
  readonly #heldBack = new Map<LeaseRequest["act"], Promise<void>>();
  readonly #listeners = new Set<() => void>();
  readonly #mailed = new Set<() => void>();
  readonly #asked = new Set<() => void>();
  readonly #device: DeviceId;
  readonly #clock: Clock;
  #online = true;
  /** The link still says online, but no call comes through. */
  unreachable = false;
  /** Calls are taken and never answered. */
  hangs = false;
  offsetMs = 0;

  constructor({ device, clock }: { readonly device: DeviceId; readonly clock: Clock }) {
    this.#device = device;
    this.#clock = clock;
  }

  online(): boolean {
    return this.#online;
  }

  clockOffsetMs(): number {
    return this.offsetMs;
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  goOffline(): void {
    this.#online = false;
    this.#tell();
  }

  comeBack(): void {
    this.#online = true;
    this.#tell();
  }

  /** Another till holds the order. */
  leaseTo(fulfilment: string, holder: DeviceId, ms = 60_000): void {
    this.#leases.set(fulfilment, { holder, expiresAt: instant(this.#clock.now() + ms) });
  }

  holderOf(fulfilment: string): DeviceId | null {
    return this.#leases.get(fulfilment)?.holder ?? null;
  }

  /** Resolves once so many lease requests have arrived. */
  asked(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.requests.length < count) return;
        this.#asked.delete(look);
        resolve();
      };
      this.#asked.add(look);
      look();
    });
  }

  /** From now on requests for this act are on a slow way: they arrive once what it returns is called. */
  holdBack(act: LeaseRequest["act"]): () => void {
    let arrive = (): void => undefined;
    const way = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    this.#heldBack.set(act, way);
    return () => {
      this.#heldBack.delete(act);
      arrive();
    };
  }

  async lease(request: LeaseRequest): Promise<LeaseAnswer> {
    this.sent.push(request.act);
    await this.#heldBack.get(request.act);
    await this.#reach();
    this.requests.push(request);
    for (const look of [...this.#asked]) look();
    const { act, subject, ttlMs } = request;
    const held = this.#leases.get(subject.id);
    if (held !== undefined && held.holder !== this.#device)
      return { granted: false, reason: "heldByAnother", ...held };
    if (held === undefined && act !== "ask")
      return { granted: false, reason: "notHeld", holder: null, expiresAt: null };
    const expiresAt = instant(this.#clock.now() + (act === "release" ? 0 : ttlMs));
    if (act === "release") this.#leases.delete(subject.id);
    else this.#leases.set(subject.id, { holder: this.#device, expiresAt });
    return { granted: true, holder: this.#device, expiresAt };
  }

  async balance(code: string): Promise<BalanceAnswer> {
    await this.#reach();
    const unknown: BalanceAnswer = { balance: null, holder: null };
    return this.balances.get(code) ?? unknown;
  }

  async points(customer: CustomerId): Promise<PointsAnswer> {
    await this.#reach();
    const unknown: PointsAnswer = { balance: null, holder: null, entries: [] };
    return this.pointsOf.get(customer) ?? unknown;
  }

  async availability(skus: readonly Sku[]): Promise<AvailabilityAnswer> {
    await this.#reach();
    return {
      items: skus.map((sku) => ({ sku, stores: [...(this.stock.get(sku) ?? [])] })),
      unknown: [],
    };
  }

  async openBasket(code: string): Promise<SharedBasket | null> {
    await this.#reach();
    return this.baskets.get(code) ?? null;
  }

  async shareBasket(lines: readonly SharedLine[]): Promise<ShareBasketAnswer> {
    await this.#reach();
    this.shared.push(lines);
    const code = "WQ7K3MFD";
    return { code, qr: `OTB:${code}`, link: null, expiresAt: this.#clock.now() };
  }

  /** By refs, receipt number or customer alone. */
  async purchases(ask: FindPurchases): Promise<FoundPurchases> {
    await this.#reach();
    this.purchaseAsks.push(ask);
    return { standings: this.standings.filter(({ purchase }) => isAskedFor(purchase, ask)) };
  }

  async customerHistory(customer: CustomerId): Promise<CustomerHistory | null> {
    await this.#reach();
    return this.histories.get(customer) ?? null;
  }

  async findCustomers({ search }: { readonly search: string }): Promise<CustomersFoundAnswer> {
    await this.#reach();
    const asked = askedCustomer(search);
    const fits = (each: Customer) => asked !== null && customerFit(customerKeys(each), asked) > 0;
    return { customers: this.customers.filter(fits), hasMore: false };
  }

  async customer(id: CustomerId): Promise<Customer | null> {
    await this.#reach();
    return this.customers.find((each) => each.id === id || each.formerIds?.includes(id)) ?? null;
  }

  async mailReceipt(mail: ReceiptMailRequest): Promise<ReceiptMailAnswer> {
    await this.#reach();
    const refusal = this.refusesMail ?? this.refusesMailTo.get(mail.email);
    if (refusal != null) throw refusal;
    this.mails.set(mail.id, mail);
    for (const look of [...this.#mailed]) look();
    return { sends: this.sendsMail };
  }

  /** Resolves once so many mails have arrived. */
  mailed(count: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (this.mails.size < count) return;
        this.#mailed.delete(look);
        resolve();
      };
      this.#mailed.add(look);
      look();
    });
  }

  async findCases(): Promise<CasesFound> {
    await this.#reach();
    return { cases: [...this.cases] };
  }

  async casePurchase(number: string): Promise<CasePurchaseFound> {
    await this.#reach();
    return this.casePurchases.get(number) ?? null;
  }

  async #reach(): Promise<void> {
    if (this.hangs) await new Promise(() => undefined);
    await Promise.resolve();
    if (!this.#online || this.unreachable) throw new Unreachable("nobody there");
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function isAskedFor({ ref, number, customer }: Purchase, ask: FindPurchases): boolean {
  if ("refs" in ask) return ask.refs.some((each) => isSamePurchase(each, ref));
  return ask.text === number || (ask.customer !== undefined && ask.customer === customer);
}

/** What another store has of an article. */
export function storeStock(code: string, available: number, pickup = true): StoreStock {
  const id: StoreId = idOf<"Store">(`store-${code.toLowerCase()}`);
  return { store: code, id, name: `Store ${code}`, available, pickup, asOf: null, silent: false };
}
