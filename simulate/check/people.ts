import type { Customer } from "#domain/customer/customer.ts";
import type { CustomerId } from "#domain/ids.ts";
import type { PointsEntry } from "#domain/loyalty/ledger.ts";
import type { PointsDocument } from "#protocol/documents/balance.ts";
import type { CustomerEdit } from "../../sync-server/customers/records.ts";
import { BALANCES_FEED, CUSTOMERS_FEED } from "../../sync-server/sync/feeds.ts";
import type { ServerMachine } from "../world/server-machine.ts";
import { MOST_ROWS } from "./found.ts";

export type BookedPoints = PointsEntry & { readonly bookedAt: number };

/** What the server knows of people. */
export interface People {
  readonly profiles: readonly Customer[];
  /** In the order in which it heard of them. */
  readonly edits: readonly CustomerEdit[];
  readonly erased: ReadonlySet<string>;
  /** Whom each key is of that opens what a till said. */
  readonly keysOf: readonly string[];
  readonly points: readonly BookedPoints[];
  /** As tills are told of them, by their ids; null: that there is nobody, or no points, of this id any more. */
  readonly fed: ReadonlyMap<string, Customer | null>;
  readonly balances: ReadonlyMap<string, PointsDocument | null>;
}

export async function peopleOf(server: ServerMachine): Promise<People> {
  const texts = async (sql: string): Promise<readonly string[]> =>
    (await server.all(sql)).map(({ text }) => String(text));
  const parsed = async <T>(sql: string): Promise<readonly T[]> =>
    (await texts(sql)).map((text) => JSON.parse(text) as T);
  const fed = <T>(
    feed: string,
    collection: "customers" | "balances",
  ): Promise<ReadonlyMap<string, T | null>> =>
    server.within(({ storage }) =>
      storage.read(async (tx) => {
        const rows = await tx.feedRows({ feed, collection, after: 0, limit: MOST_ROWS });
        return new Map(rows.map(({ id, data }) => [id, data === null ? null : (JSON.parse(data) as T)]));
      }),
    );
  return {
    profiles: await parsed("SELECT customer AS text FROM customers ORDER BY id"),
    edits: await parsed("SELECT data AS text FROM customer_edits ORDER BY cursor"),
    erased: new Set(await texts("SELECT id AS text FROM customers_erased")),
    keysOf: await texts("SELECT customer AS text FROM customer_keys"),
    points: (await server.all("SELECT entry, booked_at FROM points_entries ORDER BY id")).map(
      ({ entry, booked_at }) => ({ ...JSON.parse(String(entry)), bookedAt: Number(booked_at) }),
    ),
    fed: await fed<Customer>(CUSTOMERS_FEED, "customers"),
    balances: await fed<PointsDocument>(BALANCES_FEED, "balances"),
  };
}

/** By how much somebody's points moved. */
export function moved({ postings }: PointsEntry): number {
  return postings.find(({ account }) => account.startsWith("points:"))?.points ?? 0;
}

/** Each profile by every id that means it. */
export function profilesById({ profiles }: Pick<People, "profiles">): ReadonlyMap<CustomerId, Customer> {
  return new Map(
    profiles.flatMap((profile) => [profile.id, ...(profile.formerIds ?? [])].map((id) => [id, profile])),
  );
}
