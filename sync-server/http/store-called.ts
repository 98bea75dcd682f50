import { z } from "zod";
import type { StoreSettings } from "#domain/store/store.ts";
import type { Trail } from "../access/trail.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { Refusal } from "./errors.ts";

/** Of an address that names a store, however its code is written. */
export const storeParams = z.object({ code: z.string().max(8).toUpperCase() });

/** The store of a code, however it is written; refuses as not found where there is none. */
export async function storeCalled(
  tx: Pick<ReadTransaction, "storeByCode">,
  code: string,
): Promise<StoreSettings> {
  const store = await tx.storeByCode(code.toUpperCase());
  if (store === null) throw new Refusal("notFound", `There is no store ${code}.`);
  return store;
}

/** The trail of a change to this part of the settings of a store that the address names. */
export function storeTrail(
  part: keyof StoreSettings,
): Trail<{ readonly params: z.output<typeof storeParams>; readonly body: unknown }> {
  return {
    subject: "store",
    id: ({ params }) => params.code,
    state: async (tx, { params }) => {
      const store = await tx.storeByCode(params.code);
      return store === null ? null : (store[part] ?? null);
    },
  };
}
