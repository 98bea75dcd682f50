import type { DeviceId, StoreId } from "#domain/ids.ts";
import { tillText } from "#domain/store/till-text.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** A till as its receipts name it, `BER1-01`. */
export async function tillName(
  tx: ReadTransaction,
  { store, register }: { readonly store: StoreId; readonly register: number },
): Promise<string> {
  return tillText({ store: await storeCode(tx, store), register });
}

/** The tills of these entries of a book, each once in the order of the entries. One that is known no more goes by its store. */
export async function tillsOf(
  tx: ReadTransaction,
  entries: readonly { readonly store: StoreId | null; readonly device: DeviceId | null }[],
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { store, device } of entries) {
    if (store === null || device === null) continue;
    const register = (await tx.device(device))?.register;
    names.add(register === undefined ? await storeCode(tx, store) : await tillName(tx, { store, register }));
  }
  return [...names];
}

/** What people call a store; its id where it is not known. */
export async function storeCode(tx: ReadTransaction, store: StoreId): Promise<string> {
  return (await tx.store(store))?.code ?? store;
}
