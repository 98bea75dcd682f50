import {
  type BusinessDay,
  type DeliveryId,
  type Instant,
  idOf,
  type Sku,
  type StoreId,
} from "#domain/ids.ts";
import { articleName } from "#domain/product/variant-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type Delivery,
  type DeliveryAct,
  type DeliveryOpening,
  MAX_ACTS_PER_DELIVERY,
  type OrderedLine,
} from "#domain/stock/delivery.ts";
import {
  deliveryFreedom,
  type EditRefusal,
  editedDelivery,
  mayRemoveDelivery,
} from "#domain/stock/delivery-edit.ts";
import { hqDeliveryReference } from "#domain/stock/delivery-reference.ts";
import { deliveryActFits } from "#domain/stock/delivery-state.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { bookDeliveryAct, openOnce } from "./book-fact.ts";
import { saveDelivery } from "./save-delivery.ts";
import { tickDeliveries } from "./tick.ts";
import { deliveryVersion } from "./version.ts";

/** A delivery as HQ or an ERP asks for it. */
export interface WantedDelivery {
  /** Made by whoever asks, who may ask again with it where no answer came; left out: one of ours. */
  readonly id?: DeliveryId | undefined;
  /** Null: a number of ours. A reference that is known answers the delivery that has it, where that is the same. */
  readonly reference: string | null;
  readonly supplier: string;
  /** Null: a supplier sends it. */
  readonly from: StoreId | null;
  readonly to: StoreId;
  readonly expectedOn: BusinessDay | null;
  readonly blind: boolean;
  readonly note: string;
  readonly lines: readonly { readonly sku: Sku; readonly pieces: number }[];
  /** Stores are not told yet. */
  readonly draft: boolean;
  readonly by: string;
}

/** What a delivery that was not sent yet is to be instead, and the version that it was changed from. */
export interface WantedEdit extends Omit<WantedDelivery, "id" | "draft" | "reference" | "by"> {
  readonly id: DeliveryId;
  readonly version: string;
  readonly reference: string;
}

export type ChangeRefusal =
  | WantRefusal
  | {
      readonly why:
        | "noSuchDelivery"
        /** Somebody changed it since that version. */
        | "changedMeanwhile"
        /** A delivery between stores stays one, and a supplier's stays a supplier's. */
        | "otherKind"
        | EditRefusal;
    };

export type WantRefusal =
  | { readonly why: "sameStore" | "otherUnderReference" }
  | { readonly why: "noSuchArticle"; readonly skus: readonly string[] };

/** What HQ does to a delivery by itself; sending and receiving are for tills. */
export type HqDeliveryAct = Extract<
  DeliveryAct,
  { readonly kind: "confirmed" | "closedShort" | "cancelled" }
>;

/** What HQ does about deliveries. Each act is one transaction with the feed rows and exceptions it brings about. */
export interface DeliveryDesk {
  want(wanted: WantedDelivery): Promise<Result<Delivery, WantRefusal>>;
  act(asked: {
    readonly id: DeliveryId;
    readonly act: HqDeliveryAct;
    readonly by: string;
  }): Promise<Result<Delivery, "noSuchDelivery" | "notNow">>;
  /** Changes a delivery as far as it still can be (`domain/stock/delivery-edit.ts`); who did is in the audit log. */
  edit(edit: WantedEdit): Promise<Result<Delivery, ChangeRefusal>>;
  /** Deletes a draft, of which no store was ever told. Its number is not given again. */
  remove(asked: { readonly id: DeliveryId; readonly version: string }): Promise<Result<null, ChangeRefusal>>;
  /** What time brings about. Safe to call at any time, any number of times. */
  tick(): Promise<void>;
}

/** The desk on one storage; `newId` names what HQ opens and does. */
export function createDeliveryDesk({
  storage,
  publisher,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
}): DeliveryDesk {
  return {
    want: (wanted) => publisher.publish((publication) => want(publication, wanted, newId)),
    act: ({ id, act, by }) =>
      publisher.publish(async (publication) => {
        const known = await publication.tx.goodsDelivery(id);
        if (known === null) return refused("noSuchDelivery");
        const isFull = known.history.length >= MAX_ACTS_PER_DELIVERY;
        if (isFull || !deliveryActFits(known.state, act.kind)) return refused("notNow");
        return ok(await actForHq(publication, { id, act, by, newId }));
      }),
    edit: (edit) => publisher.publish((publication) => change(publication, edit)),
    remove: ({ id, version }) =>
      publisher.publish(async ({ tx, at }) => {
        const known = await seen(tx, id, version);
        if (!known.ok) return known;
        const { state } = known.value;
        if (!mayRemoveDelivery(known.value))
          return refused({ why: state === "expected" ? "toldAlready" : "sentAlready" });
        await tx.removeGoodsDelivery(id, at);
        return ok(null);
      }),
    tick: () => tickDeliveries({ publisher, storage, now }),
  };
}

async function want(
  publication: Publication,
  { lines: wantedLines, draft, by, reference, ...wanted }: WantedDelivery,
  newId: () => string,
): Promise<Result<Delivery, WantRefusal>> {
  const { tx, at } = publication;
  if (wanted.from === wanted.to) return refused({ why: "sameStore" });
  const lines = await orderedLines(tx, wantedLines);
  if (!lines.ok) return lines;
  const { supplier } = wanted;
  const { id = idOf<"Delivery">(newId()) } = wanted;
  const known =
    (await tx.goodsDelivery(id)) ??
    (reference === null ? null : await tx.goodsDeliveryReferenced({ reference, supplier }));
  const opening: DeliveryOpening = {
    ...wanted,
    id,
    reference: reference ?? (await ownReference(tx)),
    kind: wanted.from === null ? "supplier" : "transfer",
    lines: lines.value,
    ...(await storeNames(tx, wanted)),
  };
  if (known !== null) return isSame(known, opening) ? ok(known) : refused({ why: "otherUnderReference" });
  await openOnce(publication, opening, { at, by: { kind: "hq", who: by } });
  if (draft) return ok(await written(tx, opening.id));
  return ok(await actForHq(publication, { id: opening.id, act: { kind: "confirmed" }, by, newId }));
}

async function change(
  publication: Publication,
  { id, version, lines: wantedLines, ...wanted }: WantedEdit,
): Promise<Result<Delivery, ChangeRefusal>> {
  const { tx } = publication;
  const known = await seen(tx, id, version);
  if (!known.ok) return known;
  const before = known.value;
  if (wanted.from === wanted.to) return refused({ why: "sameStore" });
  if ((wanted.from === null) !== (before.kind === "supplier")) return refused({ why: "otherKind" });
  const lines = await orderedLines(tx, wantedLines);
  if (!lines.ok) return lines;
  const named = await tx.goodsDeliveryReferenced(wanted);
  if (named !== null && named.id !== id) return refused({ why: "otherUnderReference" });
  const edit = { ...wanted, lines: lines.value, ...(await storeNames(tx, wanted)) };
  const edited = editedDelivery(before, edit);
  if (!edited.ok) return refused({ why: edited.reason });
  await saveDelivery(publication, edited.value);
  return edited;
}

/** A delivery, where it is still what whoever changes it has seen. */
async function seen(
  tx: ReadTransaction,
  id: DeliveryId,
  version: string,
): Promise<Result<Delivery, ChangeRefusal>> {
  const known = await tx.goodsDelivery(id);
  if (known === null) return refused({ why: "noSuchDelivery" });
  // That it was sent says more than that it was changed.
  if (deliveryFreedom(known) === "nothing") return refused({ why: "sentAlready" });
  return deliveryVersion(known) === version ? ok(known) : refused({ why: "changedMeanwhile" });
}

async function storeNames(
  tx: ReadTransaction,
  { from, to }: Pick<WantedDelivery, "from" | "to">,
): Promise<Pick<DeliveryOpening, "fromName" | "toName">> {
  const nameOf = async (store: StoreId | null): Promise<string> =>
    store === null ? "" : ((await tx.store(store))?.name ?? "");
  return { fromName: await nameOf(from), toName: await nameOf(to) };
}

async function ownReference(tx: ReadTransaction): Promise<string> {
  return hqDeliveryReference((await tx.hqDeliveries()) + 1);
}

async function actForHq(
  publication: Publication,
  {
    id,
    act,
    by,
    newId,
  }: {
    readonly id: DeliveryId;
    readonly act: HqDeliveryAct;
    readonly by: string;
    readonly newId: () => string;
  },
): Promise<Delivery> {
  const dated = { id: newId(), at: publication.at, by: { kind: "hq", who: by }, act } as const;
  await bookDeliveryAct(publication, id, dated);
  return written(publication.tx, id);
}

async function written(tx: ReadTransaction, id: DeliveryId): Promise<Delivery> {
  const found = await tx.goodsDelivery(id);
  if (found === null) throw new Error(`the delivery ${id} was not written`);
  return found;
}

/** One line an article, however often it is named. */
async function orderedLines(
  tx: ReadTransaction,
  wanted: WantedDelivery["lines"],
): Promise<Result<readonly OrderedLine[], WantRefusal>> {
  const lines = new Map<string, OrderedLine>();
  const unknown: string[] = [];
  for (const { sku, pieces } of wanted) {
    const owner = await tx.variantBySku(sku);
    const product = owner === null ? null : await tx.product(owner.product);
    const variant = product?.variants.find(({ id }) => id === owner?.variant);
    if (product === null || variant === undefined) {
      unknown.push(sku);
      continue;
    }
    const name = articleName(product, variant.options);
    const before = lines.get(variant.id)?.ordered ?? 0;
    lines.set(variant.id, { variant: variant.id, sku, name, ordered: before + pieces });
  }
  return unknown.length > 0 ? refused({ why: "noSuchArticle", skus: unknown }) : ok([...lines.values()]);
}

/** Whether an ERP that says the same again means a delivery that is there already. */
function isSame(known: Delivery, opening: DeliveryOpening): boolean {
  const said = ({ kind, from, to, supplier }: Delivery | DeliveryOpening, lines: readonly OrderedLine[]) =>
    JSON.stringify([
      kind,
      from,
      to,
      supplier,
      lines.map(({ variant, ordered }) => [variant, ordered]).toSorted(),
    ]);
  return said(known, known.opened) === said(opening, opening.lines);
}
