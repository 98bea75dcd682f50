import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { type PrinterSetup, printerColumnsSchema, printerSetupSchema } from "#protocol/till/devices.ts";
import type { Drafts } from "../ports.ts";

const DRAFT = "printers";
/** Where the one printer stood that a till knew before there could be several. */
const OLD_DRAFT = "printer";

/** More hang on no till. */
export const MAX_PRINTERS = 12;

const setupsSchema = z.array(printerSetupSchema).max(MAX_PRINTERS);
const oldSchema = z.strictObject({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  columns: printerColumnsSchema,
});

/** The printers that were set up at this till; the one of an earlier version prints receipts, as it did. */
export async function readSetups(drafts: Drafts): Promise<readonly PrinterSetup[]> {
  const setups = setupsSchema.safeParse(await drafts.get(DRAFT));
  if (setups.success) return setups.data;
  const old = oldSchema.safeParse(await drafts.get(OLD_DRAFT));
  if (!old.success) return [];
  const { host, port, columns } = old.data;
  const moved: PrinterSetup = {
    id: idOf<"Printer">("receipt-printer"),
    name: `${host}:${port}`.slice(0, 60),
    link: { kind: "network", host, port },
    model: null,
    columns,
    purposes: ["receipt"],
    drawer: "pin2",
  };
  return [moved];
}

/** Written before the old place is cleared: a till that stops between the two finds the new one. */
export async function writeSetups(drafts: Drafts, setups: readonly PrinterSetup[]): Promise<void> {
  await drafts.put(DRAFT, setups);
  if (oldSchema.safeParse(await drafts.get(OLD_DRAFT)).success) await drafts.remove(OLD_DRAFT);
}
