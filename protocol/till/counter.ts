import { z } from "zod";
import { moneySchema, scannedSchema, textSchema } from "../scalars.ts";
import { APPROVAL_REFUSALS, approvalSchema } from "./approval.ts";

/** A line that stays open to a device at the counter: a serial port of this machine, or a TCP port of a converter or of the device itself. */
export const counterLinkSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("serial"),
    path: z.string().trim().min(1).max(300),
    baud: z.union([
      z.literal(2_400),
      z.literal(4_800),
      z.literal(9_600),
      z.literal(19_200),
      z.literal(38_400),
      z.literal(115_200),
    ]),
    /** Data bits, parity, stop bits. */
    frame: z.enum(["8N1", "7E1", "7O1"]),
  }),
  z.strictObject({
    kind: z.literal("network"),
    host: z.string().trim().min(1).max(253),
    port: z.number().int().min(1).max(65_535),
  }),
]);
export type CounterLink = z.infer<typeof counterLinkSchema>;

/** How scales speak: Mettler Toledo's 8217 (`W`), or NCI's as most post and shop scales know it (`W CR`). */
export const SCALE_LANGUAGES = ["mt8217", "nci"] as const;

/** How letters are sent to a pole display: in code page 858, or without accents for those that know none. */
export const POLE_LETTERS = ["cp858", "plain"] as const;

/** How a keyboard-wedge scanner is told from a hand, and what it sends around a code. */
export const wedgeSetupSchema = z.strictObject({
  /** Longest time between two characters, milliseconds. */
  gapMs: z.number().int().min(10).max(500),
  minChars: z.number().int().min(1).max(40),
  /** What it sends before each code: one character, or a function key by its name (`F12`). Empty: nothing. */
  prefix: z.string().regex(/^(|.|F([1-9]|1\d|2[0-4]))$/u),
  /** `none`: the code is over when nothing follows. */
  terminator: z.enum(["enterOrTab", "none"]),
  /** What it sends for the separator of GS1 codes, besides Ctrl+]. Empty: nothing else. */
  separator: z.string().regex(/^(|.|F([1-9]|1\d|2[0-4]))$/u),
});
export type WedgeSetup = z.infer<typeof wedgeSetupSchema>;

/** A camera that scans. */
export const cameraSetupSchema = z
  .strictObject({
    /** Its name at the browser, which keeps it for this till; null: whichever camera there is, one that looks away from the screen first. */
    device: z.string().trim().min(1).max(300).nullable(),
  })
  .nullable();
export type CameraSetup = z.infer<typeof cameraSetupSchema>;

/** What hangs at the counter besides printers, as it was set up at this till; null: nothing of that kind. */
export const counterSetupSchema = z.strictObject({
  scanner: z.strictObject({ link: counterLinkSchema }).nullable(),
  scale: z.strictObject({ link: counterLinkSchema, language: z.enum(SCALE_LANGUAGES) }).nullable(),
  pole: z.strictObject({ link: counterLinkSchema, letters: z.enum(POLE_LETTERS) }).nullable(),
  /** Null: as most scanners are delivered. */
  wedge: wedgeSetupSchema.nullable(),
  /** Null: no camera scans. What was set up before there was any knows none. */
  camera: cameraSetupSchema.default(null),
});
export type CounterSetup = z.infer<typeof counterSetupSchema>;

/** How a line to a device is; `none`: no such device was set up. */
export const LINE_STATES = ["none", "opening", "open", "unreachable", "notAllowed"] as const;
export type LineState = (typeof LINE_STATES)[number];

export const counterViewSchema = z.strictObject({
  setup: counterSetupSchema,
  scanner: z.enum(LINE_STATES),
  scale: z.enum(LINE_STATES),
  pole: z.enum(LINE_STATES),
});
export type CounterView = z.infer<typeof counterViewSchema>;

/** Only what is named is changed. */
export const setUpCounterArgs = z.strictObject({
  scanner: counterSetupSchema.shape.scanner.exactOptional(),
  scale: counterSetupSchema.shape.scale.exactOptional(),
  pole: counterSetupSchema.shape.pole.exactOptional(),
  wedge: counterSetupSchema.shape.wedge.exactOptional(),
  camera: cameraSetupSchema.exactOptional(),
  approval: approvalSchema.nullable().default(null),
});
export const SET_UP_COUNTER_REFUSALS = APPROVAL_REFUSALS;

/** What the engine's own scanner read: the newest codes, numbered from 1 at each start, so that none is missed or taken twice. */
export const scannedViewSchema = z.strictObject({
  codes: z.array(z.strictObject({ number: z.number().int().positive(), code: scannedSchema })),
});

/** What lies on the scale. Grams only where they may be sold by: a weight that stands still, within what the scale can weigh. */
export const scaleReadingSchema = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("stable"), grams: z.number().int().positive() }),
  z.strictObject({
    state: z.enum(["none", "unreachable", "silent", "empty", "moving", "overload", "belowZero", "fault"]),
  }),
]);
export type ScaleReading = z.infer<typeof scaleReadingSchema>;

/** What customers see, and nothing else: no staff, no stock, no discount's reason, no customer. */
export const customerDisplaySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("idle"), locale: z.string(), storeName: textSchema }),
  z.strictObject({
    kind: z.literal("basket"),
    locale: z.string(),
    storeName: textSchema,
    lines: z.array(
      z.strictObject({
        name: textSchema,
        quantity: z.number().int().positive(),
        /** Above zero where it is weighed. */
        grams: z.number().int().positive().nullable(),
        total: moneySchema,
      }),
    ),
    /** What goods that come back are worth; zero where none do. */
    returned: moneySchema,
    saved: moneySchema,
    total: moneySchema,
    paid: moneySchema,
    remaining: moneySchema,
  }),
  z.strictObject({
    kind: z.literal("thanks"),
    locale: z.string(),
    storeName: textSchema,
    total: moneySchema,
    change: moneySchema,
  }),
]);
export type CustomerDisplay = z.infer<typeof customerDisplaySchema>;
