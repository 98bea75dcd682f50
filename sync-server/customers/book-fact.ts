import type { Instant } from "#domain/ids.ts";
import { customerFactOf } from "#domain/journal/effects.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { raiseException } from "../exceptions/raise.ts";
import { tillName } from "../exceptions/till-names.ts";
import type { DeviceRecord } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveSaid } from "./save-profile.ts";
import { openSealed } from "./seal.ts";

export interface BookedEntry {
  readonly entry: JournalEntry;
  readonly actedAt: Instant;
  /** What opens what it says of a customer, as far as the till told it. */
  readonly key: string | null;
  /** A till of a later version wrote it, or one of which that is not known. */
  readonly isLater?: boolean;
}

/** Books what a till's entry says of customers. An entry counts once by its id; what cannot be read is raised and holds nothing up. */
export async function bookCustomerFact(
  publication: Publication,
  device: DeviceRecord,
  { entry, actedAt, key: told }: BookedEntry,
  newId: () => string,
): Promise<void> {
  const fact = customerFactOf(entry.fact);
  if (fact === null) return;
  const { tx } = publication;
  if (await tx.isErased(fact.customer)) return;
  const key = told ?? (await tx.customerKey(entry.id));
  const changes = key === null ? null : openSealed({ entry: entry.id, sealed: fact.sealed, key });
  if (key === null || changes === null) {
    await raiseUnreadable(publication, device, entry);
    return;
  }
  await tx.putCustomerKey({ entry: entry.id, customer: fact.customer, key });
  await tx.noteCustomerStores([{ customer: fact.customer, store: device.store }]);
  const source = `till ${await tillName(tx, device)}`;
  await saveSaid(
    publication,
    {
      id: entry.id,
      customer: fact.customer,
      kind: fact.type === "customer.registered" ? "registered" : "edited",
      changes,
      at: actedAt,
      source,
      by: entry.staff ?? "",
    },
    newId,
  );
}

async function raiseUnreadable(
  publication: Publication,
  device: DeviceRecord,
  { id, fact }: JournalEntry,
): Promise<void> {
  if (fact.type !== "customer.registered" && fact.type !== "customer.edited") return;
  await raiseException(publication, {
    id: `customerUnreadable:${id}`,
    kind: "customerUnreadable",
    store: device.store,
    subject: null,
    detail: { register: await tillName(publication.tx, device), customer: fact.customer },
  });
}
