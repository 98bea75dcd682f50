import type { Customer } from "#domain/customer/customer.ts";
import type { ReplicaCollection, ReplicaDocument } from "#protocol/documents/collections.ts";
import { openText, sealText } from "../seal.ts";
import type { Keys } from "../till-keys.ts";

/**
 * How a kind of document is kept sealed: `without` what is sealed of it, which is still a document of its collection and stays in the open, what is
 * `sealed`, and the two put together again.
 */
interface Sealing<C extends ReplicaCollection> {
  readonly key: keyof Keys;
  readonly without: (document: ReplicaDocument<C>) => ReplicaDocument<C>;
  readonly sealed: (document: ReplicaDocument<C>) => Partial<ReplicaDocument<C>>;
}

/** What of a profile prices, taxes and promotions go by: a basket that is open costs the same. */
const OPEN_OF_CUSTOMER = [
  "id",
  "groups",
  "taxExemption",
  "formerIds",
  "promotionUses",
  "hasBought",
  "language",
] as const satisfies readonly (keyof Customer)[];
const NOBODY = { name: "", email: null, phone: null } as const;

const SEALINGS: { readonly [C in ReplicaCollection]?: Sealing<C> } = {
  staff: {
    key: "own",
    without: ({ badge: _, ...member }) => ({ ...member, pin: { ...member.pin, phc: "" } }),
    sealed: ({ pin, badge }) => ({ pin, ...(badge === undefined ? {} : { badge }) }),
  },
  customers: {
    key: "lent",
    without: (customer) => ({
      ...pick(customer, OPEN_OF_CUSTOMER),
      id: customer.id,
      ...NOBODY,
      cardNumber: null,
    }),
    sealed: (customer) => omit(customer, OPEN_OF_CUSTOMER),
  },
  orders: {
    key: "lent",
    without: (order) => ({
      ...order,
      contact: { ...order.contact, ...NOBODY },
      address: null,
      note: "",
      fulfilment: {
        ...order.fulfilment,
        trace: order.fulfilment.trace.map(({ signature: _, ...trace }) => trace),
      },
    }),
    sealed: ({ contact, address, note, fulfilment }) => ({ contact, address, note, fulfilment }),
  },
  cases: {
    key: "lent",
    without: (one) => ({ ...one, contact: one.contact === null ? null : NOBODY }),
    sealed: ({ contact }) => ({ contact }),
  },
};

/** Collections in which something is said of customers: it is sealed by the key that lapses. */
export const PERSONAL_COLLECTIONS = [
  "customers",
  "orders",
  "cases",
] as const satisfies readonly ReplicaCollection[];

/** What lies on the disk of a document: `sealed` is the part of it that only its key opens. */
interface SealedRow {
  readonly sealed?: string;
}

/** A document as it is kept. Throws where its key is not there: nothing of it may be written then. */
export function sealRow<C extends ReplicaCollection>(
  collection: C,
  document: ReplicaDocument<C>,
  keys: Keys,
): object {
  const sealing: Sealing<C> | undefined = SEALINGS[collection];
  if (sealing === undefined) return document;
  const key = keys[sealing.key];
  if (key === null) throw new Error(`${collection} cannot be kept: there is no key to seal them`);
  const text = JSON.stringify(sealing.sealed(document));
  return { ...sealing.without(document), sealed: sealText(key, aboutOf(collection, document.id), text) };
}

/** A document as it was kept; without what is sealed of it where its key is not there. One that was never sealed, by an earlier version, is read as it is. */
export function openRow<C extends ReplicaCollection>(
  collection: C,
  kept: object,
  keys: Keys,
): ReplicaDocument<C> {
  const sealing: Sealing<C> | undefined = SEALINGS[collection];
  const { sealed, ...open } = kept as ReplicaDocument<C> & SealedRow;
  if (sealing === undefined || sealed === undefined) return kept as ReplicaDocument<C>;
  const document = open as unknown as ReplicaDocument<C>;
  const key = keys[sealing.key];
  const text = key === null ? null : openText(key, aboutOf(collection, document.id), sealed);
  return text === null ? document : { ...document, ...(JSON.parse(text) as Partial<ReplicaDocument<C>>) };
}

/** Whether documents of a collection are kept as they are, nothing of them sealed. */
export function isKeptOpen(collection: ReplicaCollection): boolean {
  return SEALINGS[collection] === undefined;
}

export function isSealedRow(kept: object): boolean {
  return (kept as SealedRow).sealed !== undefined;
}

/** A row that is put under another's id does not open there. */
function aboutOf(collection: ReplicaCollection, id: string): string {
  return `${collection}:${id}`;
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key as K))) as Pick<T, K>;
}

function omit<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Omit<T, K> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}
