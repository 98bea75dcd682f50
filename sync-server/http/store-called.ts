import type { StoreSettings } from "#domain/store/store.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { Refusal } from "./errors.ts";

/** The store of a code, however it is written; refuses as not found where there is none. */
export async function storeCalled(
  tx: Pick<ReadTransaction, "storeByCode">,
  code: string,
): Promise<StoreSettings> {
  const store = await tx.storeByCode(code.toUpperCase());
  if (store === null) throw new Refusal("notFound", `There is no store ${code}.`);
  return store;
}
