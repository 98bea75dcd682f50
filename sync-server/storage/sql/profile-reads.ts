import type { Customer } from "#domain/customer/customer.ts";
import { blockingKeys } from "#domain/customer/duplicates.ts";
import { type CustomerId, type EntryId, type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { accountNamed, holderOf } from "#domain/value/ledger.ts";
import type {
  CustomerEdit,
  CustomerMerge,
  CustomerRules,
  DuplicateRecord,
  ProfileReads,
} from "../../customers/records.ts";
import { SqlCustomerReads } from "./customer-reads.ts";
import type { Row } from "./database.ts";
import { stored } from "./stored.ts";

/** What more profiles than these share (an address of a hostel, the number of a shop) tells nobody apart. */
const MAX_SHARING = 40;

const THESE = "(SELECT value FROM json_each(?))";

/** Asked at every edit. */
export const SHARING = `SELECT DISTINCT b.customer AS id FROM customer_blocks b WHERE b.block IN ${THESE} AND b.customer <> ? LIMIT ?`;

/** From the customer's tickets on: the books of the whole chain are long. */
export const VALUE_OF = `SELECT DISTINCT p.account FROM customer_history h INDEXED BY customer_history_in_order
  CROSS JOIN ledger_entries e ON e.ticket = h.id AND e.ticket <> '' CROSS JOIN ledger_postings p ON p.entry = e.id
  WHERE h.customer IN ${THESE} AND h.kind = 'ticket' AND p.minor > 0 ORDER BY p.account`;

const SHARING_PAIRS = `SELECT DISTINCT a.customer AS one, b.customer AS other
  FROM customer_blocks a CROSS JOIN customer_blocks b ON b.block = a.block AND b.customer > a.customer
  WHERE a.customer > ? AND a.customer <= ?
    AND (SELECT count(*) FROM (SELECT 1 FROM customer_blocks c WHERE c.block = a.block LIMIT ${MAX_SHARING + 1}) AS sharing) <= ${MAX_SHARING}`;

/** What belongs to a profile besides itself: its other ids, what was said of it, what it was merged with. */
export class SqlProfileReads extends SqlCustomerReads implements ProfileReads {
  async customersAlike(customer: Customer, limit: number): Promise<readonly Customer[]> {
    const blocks = JSON.stringify(blockingKeys(customer));
    return await this.profiles(
      (await this.database.all(SHARING, blocks, customer.id, limit)).map(({ id }) => String(id)),
    );
  }

  async pairsAlike({ after, limit }: Parameters<ProfileReads["pairsAlike"]>[0]) {
    const ids = await this.database.all(
      "SELECT id FROM customers WHERE id > ? ORDER BY id LIMIT ?",
      after,
      limit,
    );
    const last = ids.at(-1);
    if (last === undefined) return { pairs: [], next: null };
    const to = String(last.id);
    const pairs: { readonly one: Customer; readonly other: Customer }[] = [];
    for (const row of await this.database.all(SHARING_PAIRS, after, to)) {
      const [one, other] = await this.profiles([String(row.one), String(row.other)]);
      if (one !== undefined && other !== undefined) pairs.push({ one, other });
    }
    return { pairs, next: to };
  }

  async isErased(id: CustomerId): Promise<boolean> {
    return (await this.database.get("SELECT 1 FROM customers_erased WHERE id = ?", id)) !== undefined;
  }

  async customerEdits(of: readonly CustomerId[], limit: number): Promise<readonly CustomerEdit[]> {
    return (
      await this.database.all(
        `SELECT data FROM customer_edits WHERE customer IN ${THESE} ORDER BY cursor DESC LIMIT ?`,
        JSON.stringify(of),
        limit,
      )
    ).map(({ data }) => stored<CustomerEdit>(data));
  }

  async customerMerge(id: string): Promise<CustomerMerge | null> {
    const row = await this.database.get("SELECT data FROM customer_merges WHERE id = ?", id);
    return row === undefined ? null : stored<CustomerMerge>(row.data);
  }

  async customerMerges(of: readonly CustomerId[]): Promise<readonly CustomerMerge[]> {
    const ids = JSON.stringify(of);
    return (
      await this.database.all(
        `SELECT data FROM customer_merges WHERE survivor IN ${THESE} OR former IN ${THESE} ORDER BY cursor DESC`,
        ids,
        ids,
      )
    ).map(({ data }) => stored<CustomerMerge>(data));
  }

  async duplicates(limit: number): Promise<readonly DuplicateRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM duplicates WHERE dismissed = 0 ORDER BY score DESC, one, other LIMIT ?",
        limit,
      )
    ).map(toDuplicate);
  }

  async duplicate(pair: Pick<DuplicateRecord, "one" | "other">): Promise<DuplicateRecord | null> {
    const [one, other] = inOrder(pair);
    const row = await this.database.get("SELECT * FROM duplicates WHERE one = ? AND other = ?", one, other);
    return row === undefined ? null : toDuplicate(row);
  }

  async erasedOf(ids: readonly CustomerId[]): Promise<ReadonlySet<CustomerId>> {
    const found = await this.database.all(
      `SELECT id FROM customers_erased WHERE id IN ${THESE}`,
      JSON.stringify(ids),
    );
    return new Set(found.map(({ id }) => idOf<"Customer">(String(id))));
  }

  async storesOfCustomers(
    people: readonly (readonly CustomerId[])[],
  ): Promise<readonly (readonly StoreId[])[]> {
    const placeOf = new Map(people.flatMap((ids, place) => ids.map((id) => [id, place] as const)));
    const found = people.map(() => new Set<StoreId>());
    if (placeOf.size === 0) return people.map(() => []);
    const rows = await this.database.all(
      `SELECT customer, store FROM customer_stores WHERE customer IN ${THESE} ORDER BY store`,
      JSON.stringify([...placeOf.keys()]),
    );
    for (const { customer, store } of rows)
      found[placeOf.get(idOf<"Customer">(String(customer))) ?? -1]?.add(idOf<"Store">(String(store)));
    return found.map((stores) => [...stores]);
  }

  async customersOfStore(store: StoreId): Promise<readonly CustomerId[]> {
    return (
      await this.database.all(
        `SELECT DISTINCT coalesce(f.customer, s.customer) AS id FROM customer_stores s LEFT JOIN former_customers f ON f.former = s.customer
          WHERE s.store = ? ORDER BY id`,
        store,
      )
    ).map(({ id }) => idOf<"Customer">(String(id)));
  }

  async shopCustomer({
    channel,
    externalId,
  }: Parameters<ProfileReads["shopCustomer"]>[0]): Promise<CustomerId | null> {
    const row = await this.database.get(
      "SELECT customer FROM shop_customers WHERE channel = ? AND external_id = ?",
      channel,
      externalId,
    );
    return row === undefined ? null : idOf<"Customer">(String(row.customer));
  }

  async hasUnprovenAccount(of: readonly CustomerId[]): Promise<boolean> {
    const found = await this.database.get(
      `SELECT 1 FROM shop_customers WHERE customer IN ${THESE} AND proven = 0 LIMIT 1`,
      JSON.stringify(of),
    );
    return found !== undefined;
  }

  async isRegisteredThrough({
    customer,
    channels,
  }: Parameters<ProfileReads["isRegisteredThrough"]>[0]): Promise<boolean> {
    const found = await this.database.get(
      `SELECT 1 FROM shop_customers WHERE customer IN ${THESE} AND channel IN ${THESE} LIMIT 1`,
      JSON.stringify(await this.customerIds(customer)),
      JSON.stringify(channels),
    );
    return found !== undefined;
  }

  async customersSilentSince({
    since,
    limit,
  }: Parameters<ProfileReads["customersSilentSince"]>[0]): Promise<readonly Customer[]> {
    const rows = await this.database.all(
      `SELECT c.id FROM customers_heard d JOIN customers c ON c.id = d.customer WHERE d.at < ?
        AND NOT EXISTS (SELECT 1 FROM customer_history h WHERE h.customer = c.id AND h.at >= ?)
        AND NOT EXISTS (SELECT 1 FROM former_customers f JOIN customer_history h ON h.customer = f.former WHERE f.customer = c.id AND h.at >= ?)
        ORDER BY d.at, c.id LIMIT ?`,
      since,
      since,
      since,
      limit,
    );
    return await this.profiles(rows.map(({ id }) => String(id)));
  }

  async customerRules(): Promise<CustomerRules | null> {
    return await this.retailers<CustomerRules>("customers");
  }

  async customerKey(entry: EntryId): Promise<string | null> {
    const row = await this.database.get("SELECT key FROM customer_keys WHERE entry = ?", entry);
    return row === undefined ? null : String(row.key);
  }

  async mailsToCustomer(of: readonly CustomerId[]) {
    return (
      await this.database.all(
        `SELECT email, asked_at, sent_at FROM mails WHERE ticket IN (SELECT id FROM customer_history WHERE kind = 'ticket' AND customer IN ${THESE})
          ORDER BY asked_at, id`,
        JSON.stringify(of),
      )
    ).map((row) => ({
      email: String(row.email),
      askedAt: instant(Number(row.asked_at)),
      sentAt: row.sent_at === null ? null : instant(Number(row.sent_at)),
    })) satisfies readonly { readonly email: string; readonly askedAt: Instant }[];
  }

  async valueOfCustomer(of: readonly CustomerId[]): ReturnType<ProfileReads["valueOfCustomer"]> {
    return (await this.database.all(VALUE_OF, JSON.stringify(of))).flatMap(({ account }) => {
      const named = accountNamed(String(account));
      const holder = named === null ? null : holderOf(named);
      return holder === null ? [] : [holder];
    });
  }

  protected async profiles(ids: readonly string[]): Promise<readonly Customer[]> {
    const found: Customer[] = [];
    for (const id of ids) {
      const row = await this.database.get("SELECT customer FROM customers WHERE id = ?", id);
      if (row !== undefined) found.push(stored<Customer>(row.customer));
    }
    return found;
  }
}

/** A pair is kept in one order, whoever names it. */
export function inOrder({ one, other }: Pick<DuplicateRecord, "one" | "other">): readonly [string, string] {
  return one < other ? [one, other] : [other, one];
}

function toDuplicate(row: Row): DuplicateRecord {
  return {
    one: idOf<"Customer">(String(row.one)),
    other: idOf<"Customer">(String(row.other)),
    score: Number(row.score),
    reasons: stored<DuplicateRecord["reasons"]>(row.reasons),
    isDismissed: row.dismissed === 1,
  };
}
