import type { ProfileChanges } from "#domain/customer/changes.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { likenessOf } from "#domain/customer/duplicates.ts";
import { emailKey } from "#domain/customer/email.ts";
import { silentSince } from "#domain/customer/retention.ts";
import { type ChannelId, type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { CustomerExport } from "#protocol/hq/customers.ts";
import type { DeviceRecord, Storage, WriteTransaction } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { type BookedEntry, bookCustomerFact } from "./book-fact.ts";
import { type EraseRefusal, eraseCustomer } from "./erase.ts";
import { exportCustomer } from "./export.ts";
import { USUAL_RULES } from "./holding.ts";
import { mergeProfiles, type UndoRefusal, undoMerge } from "./merging.ts";
import type { CustomerRules, DuplicateRecord } from "./records.ts";
import { putCustomerRules } from "./rules.ts";
import { mergeIfSame, saveSaid } from "./save-profile.ts";

/** Profiles erased in one turn; what is left is seen to in the next. */
const MAX_ERASED_PER_TURN = 50;
const MAX_INACTIVE_SHOWN = 200;
const PROFILES_PER_TURN = 1_000;

/** Who says something of a customer, and where: `hq Ada`, `shop web`. */
export interface Sayer {
  readonly source: string;
  readonly by: string;
  /** Whether the customer says it in their account: an e-mail address that they name there is not shown to be theirs. */
  readonly isAccount?: boolean;
}

/** Everything the server does with profiles. Each act is one transaction with the feed rows that it brings about. */
export interface CustomerDesk {
  /** Books what a till's entry says of customers, within the transaction that takes the entry in. */
  book(publication: Publication, device: DeviceRecord, booked: BookedEntry): Promise<void>;
  /** A new profile, or the one that it became part of since it has the same e-mail address. */
  register(changes: ProfileChanges, sayer: Sayer): Promise<Customer>;
  /** The same for a shop, once under the shop's own id: asking again answers the profile as it is. */
  registerForShop(ask: {
    readonly channel: ChannelId;
    readonly externalId: string;
    /** Whether the e-mail address was shown to be theirs: only then they become part of a profile that has it. */
    readonly isProven: boolean;
    readonly changes: ProfileChanges;
  }): Promise<{ readonly customer: Customer; readonly isNew: boolean }>;
  /** Null where there is nobody. */
  change(id: CustomerId, changes: ProfileChanges, sayer: Sayer): Promise<Customer | null>;
  merge(pair: {
    readonly survivor: CustomerId;
    readonly former: CustomerId;
    readonly by: string;
  }): Promise<Result<Customer, "noSuchCustomer" | "same">>;
  undo(merge: {
    readonly id: string;
    readonly by: string;
  }): Promise<Result<{ readonly survivor: Customer; readonly former: Customer }, UndoRefusal>>;
  /** They are two people; false where nobody thought otherwise. */
  dismiss(pair: { readonly one: CustomerId; readonly other: CustomerId }): Promise<boolean>;
  /** Compares everybody anew. Answers how many pairs may be one person. */
  searchDuplicates(): Promise<number>;
  erase(id: CustomerId): Promise<Result<{ readonly erased: CustomerId }, EraseRefusal>>;
  export(id: CustomerId): Promise<CustomerExport | null>;
  rules(): Promise<CustomerRules>;
  putRules(rules: CustomerRules): Promise<CustomerRules>;
  /** Whom the rules would not keep any longer. */
  inactive(): Promise<readonly Customer[]>;
  /** Erases whom the rules do not keep any longer, where they say so. Safe to call at any time. */
  tick(): Promise<void>;
}

export function createCustomerDesk({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): CustomerDesk {
  const rules = (): Promise<CustomerRules> =>
    storage.read(async (tx) => (await tx.customerRules()) ?? USUAL_RULES);
  const inactive = async (limit: number): Promise<readonly Customer[]> => {
    const { months } = (await rules()).retention;
    if (months === null) return [];
    return storage.read((tx) => tx.customersSilentSince({ since: silentSince(months, now()), limit }));
  };
  return {
    book: (publication, device, booked) => bookCustomerFact(publication, device, booked, newId),
    register: (changes, sayer) =>
      publisher.publish((publication) => registerNew(publication, { changes, sayer, newId })),
    registerForShop: (ask) => publisher.publish((publication) => registerForShop(publication, ask, newId)),
    change: (id, changes, { source, by, isAccount = false }) =>
      publisher.publish(async (publication) => {
        const { tx } = publication;
        const before = await tx.customer(id);
        if (before === null) return null;
        const isSameAddress =
          changes.email === undefined || emailKey(changes.email) === emailKey(before.email);
        if (isAccount && !isSameAddress) await tx.doubtAccounts(await tx.customerIds(id));
        const said = { id: newId(), customer: id, kind: "edited", at: publication.at, source, by } as const;
        return saveSaid(publication, { ...said, changes }, newId);
      }),
    merge: ({ survivor, former, by }) =>
      publisher.publish(async (publication) => {
        const [one, other] = [await publication.tx.customer(survivor), await publication.tx.customer(former)];
        if (one === null || other === null) return refused("noSuchCustomer");
        if (one.id === other.id) return refused("same");
        return ok(await mergeProfiles(publication, { survivor: one, former: other, by, id: newId() }));
      }),
    undo: (merge) => publisher.publish((publication) => undoMerge(publication, merge)),
    dismiss: (pair) => storage.write((tx) => tx.dismissDuplicate(pair)),
    searchDuplicates: () => searchDuplicates(storage),
    erase: (id) => publisher.publish((publication) => eraseCustomer(publication, { id, newId })),
    export: (id) => storage.read((tx) => exportCustomer(tx, { id, at: now() })),
    rules,
    putRules: (wanted) =>
      publisher.publish(async (publication) => {
        await putCustomerRules(publication, wanted);
        return wanted;
      }),
    inactive: () => inactive(MAX_INACTIVE_SHOWN),
    tick: async () => {
      if ((await rules()).retention.act !== "erase") return;
      for (const { id } of await inactive(MAX_ERASED_PER_TURN))
        await publisher.publish((publication) => eraseCustomer(publication, { id, newId }));
    },
  };
}

async function registerForShop(
  publication: Publication,
  { channel, externalId, isProven, changes }: Parameters<CustomerDesk["registerForShop"]>[0],
  newId: () => string,
): ReturnType<CustomerDesk["registerForShop"]> {
  const { tx } = publication;
  const known = await tx.shopCustomer({ channel, externalId });
  const found = known === null ? null : await tx.customer(known);
  if (known !== null && found !== null) {
    // By the same address as then: what they typed since proves nothing of it.
    const isSame = emailKey(changes.email ?? null) === emailKey(found.email);
    if (!isProven || !isSame) return { customer: found, isNew: false };
    await tx.putShopCustomer({ channel, externalId, customer: known, isProven });
    return { customer: await mergeIfSame(publication, found, newId), isNew: false };
  }
  const sayer = { source: `shop ${channel}`, by: "" };
  const customer = await registerNew(publication, { changes, sayer, newId, isProven });
  await tx.putShopCustomer({ channel, externalId, customer: customer.id, isProven });
  return { customer, isNew: true };
}

async function registerNew(
  publication: Publication,
  {
    changes,
    sayer: { source, by },
    newId,
    isProven = true,
  }: {
    readonly changes: ProfileChanges;
    readonly sayer: Sayer;
    readonly newId: () => string;
    readonly isProven?: boolean;
  },
): Promise<Customer> {
  const id = idOf<"Customer">(newId());
  const said = { id: newId(), customer: id, kind: "registered", at: publication.at, source, by } as const;
  const saved = await saveSaid(publication, { ...said, changes, isProven }, newId);
  if (saved === null) throw new Error("a new id was erased before it was made");
  return saved;
}

/** In turns, so that tills and shops are not held up by it. */
async function searchDuplicates(storage: Storage): Promise<number> {
  let found = 0;
  for (let after = ""; ; ) {
    const { pairs, next } = await storage.read((tx) => tx.pairsAlike({ after, limit: PROFILES_PER_TURN }));
    const alike = pairs.flatMap(({ one, other }) => {
      const likeness = likenessOf(one, other);
      return likeness === null ? [] : [{ one: one.id, other: other.id, ...likeness }];
    });
    if (alike.length > 0) await storage.write((tx) => listAll(tx, alike));
    found += alike.length;
    if (next === null) return found;
    after = next;
  }
}

async function listAll(
  tx: WriteTransaction,
  alike: readonly Omit<DuplicateRecord, "isDismissed">[],
): Promise<void> {
  for (const each of alike) {
    // Merged or erased meanwhile: nothing to compare any more.
    const isThere = async (id: CustomerId): Promise<boolean> => (await tx.customer(id))?.id === id;
    if ((await isThere(each.one)) && (await isThere(each.other))) await tx.putDuplicate(each);
  }
}
