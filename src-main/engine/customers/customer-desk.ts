import type { CustomerChanges } from "#domain/customer/changes.ts";
import { problemsOf, tidyChanges } from "#domain/customer/check.ts";
import type { Consent } from "#domain/customer/customer.ts";
import { type CustomerId, idOf } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import { tillText } from "#domain/store/till-text.ts";
import { MAX_SEALED_CHARS } from "#protocol/sync/customer-facts.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import { durably } from "../shop/durably.ts";
import { serverNow } from "../shop/server-now.ts";
import type { OnDuty, Session } from "../shop/session.ts";
import type { ShopPorts } from "../shop/shop-ports.ts";
import { Turns } from "../shop/turns.ts";
import type { CustomerBook } from "./customer-book.ts";
import { sealChanges } from "./sealing.ts";

type Ports = Pick<
  ShopPorts,
  | "clock"
  | "server"
  | "newId"
  | "journal"
  | "replica"
  | "customerKeys"
  | "randomBytes"
  | "enrolment"
  | "onTrouble"
>;
type Answer = VerbAnswer<"registerCustomer">;
type Typed = VerbParsedArgs<"registerCustomer">;

/** Customers who are registered and edited at the till: facts of its journal, sealed. */
export class CustomerDesk {
  readonly #ports: Ports;
  readonly #session: Session;
  readonly #customers: CustomerBook;
  readonly #turns = new Turns();

  constructor(ports: Ports, parts: { readonly session: Session; readonly customers: CustomerBook }) {
    this.#ports = ports;
    this.#session = parts.session;
    this.#customers = parts.customers;
  }

  register({ changes, consents }: Typed): Promise<Answer> {
    return this.#turns.take(async () => {
      const customer = idOf<"Customer">(this.#ports.newId());
      const named = { name: "", ...changes };
      return this.#say({ type: "customer.registered", customer, typed: { changes: named, consents } });
    });
  }

  edit({ customer: asked, changes, consents }: VerbParsedArgs<"editCustomer">): Promise<Answer> {
    return this.#turns.take(async () => {
      const customer = await this.#customers.get(asked);
      if (customer === null && this.#session.onDuty() !== null) return refused("noSuchCustomer");
      // Nobody changes what they cannot read.
      if (this.#ports.replica.needsConnection) return refused("needsConnection");
      const id = customer?.id ?? asked;
      return this.#say({ type: "customer.edited", customer: id, typed: { changes, consents } });
    });
  }

  async #say({
    type,
    customer,
    typed,
  }: {
    readonly type: "customer.registered" | "customer.edited";
    readonly customer: CustomerId;
    readonly typed: Typed;
  }): Promise<Answer> {
    const duty = this.#session.permitted("sell");
    if (!duty.ok) return duty;
    const changes = { ...tidyChanges(typed.changes), ...this.#stamped(typed.consents) };
    const [problem] = problemsOf(changes);
    if (problem !== undefined) return refused(problem);
    if (await this.#isCardOfAnother(changes.cardNumber ?? null, customer)) return refused("cardOfAnother");
    if (Object.keys(changes).length > 0) {
      const written = await this.#write(duty.value, { type, customer, changes });
      if (!written.ok) return written;
    }
    const now = await this.#customers.get(customer);
    return now === null ? refused("noSuchCustomer") : ok(now);
  }

  /** The key is on the disk before the entry is: an entry without one would be lost to everybody. */
  async #write(
    { staff }: OnDuty,
    {
      type,
      customer,
      changes,
    }: {
      readonly type: "customer.registered" | "customer.edited";
      readonly customer: CustomerId;
      readonly changes: CustomerChanges;
    },
  ) {
    const { customerKeys, journal, newId, randomBytes, onTrouble } = this.#ports;
    const entry = idOf<"Entry">(newId());
    const written = await durably(async () => {
      const seal = await customerKeys.make({ entry, customer, randomBytes });
      const sealed = sealChanges(seal, changes);
      if (sealed.length > MAX_SEALED_CHARS) return false;
      await journal.append({ id: entry, staff: staff.id, makeFact: () => ({ type, customer, sealed }) });
      return true;
    }, onTrouble);
    if (!written.ok) return written;
    customerKeys.written(entry);
    if (!written.value) return refused("tooMuchText");
    await this.#customers.settled();
    return ok(undefined);
  }

  #stamped(consents: Typed["consents"]): { readonly consents?: readonly Consent[] } {
    if (consents.length === 0) return {};
    const till = this.#ports.enrolment.identity();
    const source = `till ${tillText({ store: till?.storeCode ?? "", register: till?.register ?? 0 })}`;
    const at = serverNow(this.#ports);
    return { consents: consents.map(({ purpose, given }) => ({ purpose, given, source, at })) };
  }

  async #isCardOfAnother(card: string | null, customer: CustomerId): Promise<boolean> {
    const holder = card === null ? null : await this.#customers.byCard(card);
    return holder !== null && holder.id !== customer;
  }
}
