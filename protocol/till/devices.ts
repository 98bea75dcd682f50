import { z } from "zod";
import { idSchema, textSchema } from "../scalars.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

/** How the bytes reach a printer. `device`: the file of a port that the system's driver keeps; `spooler`: a print queue of the system, given the bytes as they are. */
export const printerLinkSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("network"),
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
  }),
  z.strictObject({
    kind: z.literal("serial"),
    path: z.string().trim().min(1).max(300),
    baud: z.union([
      z.literal(9_600),
      z.literal(19_200),
      z.literal(38_400),
      z.literal(57_600),
      z.literal(115_200),
    ]),
    /** What holds the till back while the printer is busy: wires (RTS/CTS) or signs (XON/XOFF). */
    handshake: z.enum(["hardware", "software", "none"]),
  }),
  z.strictObject({ kind: z.literal("device"), path: z.string().trim().min(1).max(300) }),
  z.strictObject({
    kind: z.literal("spooler"),
    /** A queue's name never begins like an option of a program. */
    queue: z
      .string()
      .trim()
      .max(127)
      .regex(/^[^\s/#-][^\s/#]*$/),
  }),
]);
export type PrinterLink = z.infer<typeof printerLinkSchema>;

/** What is printed where. Reports and invoices go where receipts go. */
export const PRINTER_PURPOSES = ["receipt", "pickSlip", "label"] as const;
export const printerPurposeSchema = z.enum(PRINTER_PURPOSES);
export type PrinterPurpose = z.infer<typeof printerPurposeSchema>;

export const printerColumnsSchema = z.union([z.literal(32), z.literal(42), z.literal(48)]);

/** A printer as it was set up at this till. */
export const printerSetupSchema = z.strictObject({
  id: idSchema<"Printer">(),
  name: z.string().trim().min(1).max(60),
  link: printerLinkSchema,
  /** One of the models that the till knows; null: none of them, printed to with what every ESC/POS printer understands. */
  model: z.string().min(1).max(60).nullable(),
  /** How many characters fit on its paper. */
  columns: printerColumnsSchema,
  purposes: z.array(printerPurposeSchema).max(PRINTER_PURPOSES.length),
  /** On which pin of its socket the cash drawer hangs. */
  drawer: z.enum(["none", "pin2", "pin5"]),
});
export type PrinterSetup = z.infer<typeof printerSetupSchema>;

/** What keeps a printer from printing; the screen puts it into words. */
export const PRINTER_TROUBLES = [
  "unreachable",
  "timeout",
  "outOfPaper",
  "coverOpen",
  "connectionLost",
  "notAllowed",
] as const;
export const printerTroubleSchema = z.enum(PRINTER_TROUBLES);
export type PrinterTrouble = z.infer<typeof printerTroubleSchema>;

/** A printer and how it goes. */
export const printerCardSchema = z.strictObject({
  ...printerSetupSchema.shape,
  queued: z.number().int().nonnegative(),
  state: z.enum(["ready", "printing", "failing"]),
  trouble: printerTroubleSchema.nullable(),
});
export type PrinterCard = z.infer<typeof printerCardSchema>;

/** A printer that answered the search, or a port that one may hang on. */
export const foundPrinterSchema = z.strictObject({
  link: printerLinkSchema,
  /** What it calls itself; empty where it does not say. */
  name: z.string().max(120),
  model: z.string().nullable(),
});
export type FoundPrinter = z.infer<typeof foundPrinterSchema>;

/** The printers of this till, and the search for more. */
export const printersViewSchema = z.strictObject({
  printers: z.array(printerCardSchema),
  finding: z.boolean(),
  found: z.array(foundPrinterSchema),
});
export type PrintersView = z.infer<typeof printersViewSchema>;

/** A model that the till knows: its letters, its cutter, its language. */
export const printerModelSchema = z.strictObject({
  id: z.string().max(60),
  name: textSchema,
  columns: printerColumnsSchema,
  /** A label printer prints labels and nothing else. */
  labelsOnly: z.boolean(),
});
export type PrinterModel = z.infer<typeof printerModelSchema>;

const approval = approvalSchema.nullable().default(null);
const printer = idSchema<"Printer">();

/** `id`: which one is changed; null: a new one. */
export const setUpPrinterArgs = z.strictObject({
  ...printerSetupSchema.shape,
  id: printer.nullable(),
  approval,
});
export const SET_UP_PRINTER_REFUSALS = [
  ...APPROVAL_REFUSALS,
  "noSuchPrinter",
  "tooManyPrinters",
  "unknownModel",
  "printsLabelsOnly",
] as const;

export const removePrinterArgs = z.strictObject({ printer, approval });
export const REMOVE_PRINTER_REFUSALS = [...APPROVAL_REFUSALS, "noSuchPrinter"] as const;

export const printerArgs = z.strictObject({ printer });
export const TEST_PRINTER_REFUSALS = ["notSignedIn", "noSuchPrinter", ...PRINTER_TROUBLES] as const;

/** What waits at one printer goes to another. */
export const printOnArgs = z.strictObject({ from: printer, to: printer });
export const QUEUE_REFUSALS = ["notSignedIn", "noSuchPrinter", "printsLabelsOnly"] as const;
/** So many documents were moved or dropped. */
export const movedPrintsSchema = z.strictObject({ documents: z.number().int().nonnegative() });

export const printLabelArgs = z.strictObject({
  variant: idSchema<"Variant">(),
  copies: z.number().int().min(1).max(50).default(1),
});
export const PRINT_LABEL_REFUSALS = ["notSignedIn", "noSuchItem", "noPrice", "noPrinter"] as const;
