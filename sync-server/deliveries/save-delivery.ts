import { type Delivery, deliveryStores, KEEP_DELIVERY_MS } from "#domain/stock/delivery.ts";
import {
  contradictionsOf,
  DELIVERY_CONTRADICTIONS,
  type DeliveryContradiction,
} from "#domain/stock/delivery-contradictions.ts";
import { closeException, raiseOrRetell } from "../exceptions/raise.ts";
import type { Publication } from "../sync/publisher.ts";

/** Writes a delivery as it has become, with all that follows from it in the same transaction: what its stores' tills know of it, and exceptions. */
export async function saveDelivery(publication: Publication, after: Delivery): Promise<void> {
  const { tx, at } = publication;
  await tx.putGoodsDelivery(after);
  const isForTills =
    after.state !== "draft" && (after.closedAt === null || after.closedAt > at - KEEP_DELIVERY_MS);
  if (isForTills) await publication.putDelivery(after);
  await tellContradictions(publication, after);
}

/** What a till tells late can explain what looked odd before: then it is closed again. */
async function tellContradictions(publication: Publication, after: Delivery): Promise<void> {
  const found = contradictionsOf(after);
  for (const kind of DELIVERY_CONTRADICTIONS) {
    const id = `${kind}:${after.id}`;
    if (found.includes(kind)) {
      await raiseOrRetell(publication, {
        id,
        kind,
        store: storeOf(after, kind),
        subject: null,
        detail: {
          reference: after.reference,
          ...(after.supplier === "" ? {} : { supplier: after.supplier }),
        },
      });
      continue;
    }
    const known = await publication.tx.exception(id);
    if (known === null || known.closing !== null) continue;
    const closing = { resolution: "causeGone", by: "", note: "", at: publication.at } as const;
    await closeException(publication, known, closing);
  }
}

/** Whose task it is: of those who sent where that is odd, else of those who received. */
function storeOf(after: Delivery, kind: DeliveryContradiction) {
  const [to, from] = deliveryStores(after);
  return (kind === "sentTwice" || kind === "sentAfterCancellation" ? (from ?? to) : to) ?? null;
}
