import { z } from "zod";
import { HQ_ROLES } from "#domain/access/roles.ts";
import { textSchema } from "../scalars.ts";

/** The name of the file in the server's data folder that `--demo` leaves for whoever explains the demo to people. */
export const DEMO_SHEET_FILE = "demo.json";

/**
 * What `sync-server/main.ts --demo` says about the shop it made up: who works where and with which PIN. Written for demos
 * only; a real shop's PINs are known to their owners alone.
 */
export const demoSheetSchema = z.strictObject({
  retailer: textSchema,
  products: z.number().int().positive(),
  variants: z.number().int().positive(),
  stores: z
    .array(
      z.strictObject({
        code: z.string(),
        name: textSchema,
        staff: z.array(z.strictObject({ name: textSchema, role: textSchema, pin: z.string() })),
      }),
    )
    .min(1),
  /** Orders that lie ready, with the code that their customer has on the phone. */
  orders: z
    .array(z.strictObject({ store: z.string(), number: z.string(), customer: textSchema, code: z.string() }))
    .default([]),
  /** Who may sign in to the console, one of each role. */
  users: z
    .array(
      z.strictObject({
        name: textSchema,
        role: z.enum(HQ_ROLES),
        email: z.string(),
        password: z.string(),
      }),
    )
    .default([]),
  /** What signs the admin in by a link, as often as one likes: `/console/#signIn=…`. Only a demo has one. */
  signIn: z.string().nullable().default(null),
});
export type DemoSheet = z.infer<typeof demoSheetSchema>;
