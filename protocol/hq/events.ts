import { z } from "zod";
import { businessDaySchema, idSchema, instantSchema, moneySchema, receiptNumberSchema } from "../scalars.ts";

/** What `ticket.booked` tells; `GET /hq/v1/tickets/{id}` has all of it. `due` is below zero when money was given back. */
export const soldTicketSchema = z.strictObject({
  ticket: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  store: z.string(),
  register: z.number().int(),
  businessDay: businessDaySchema,
  completedAt: instantSchema,
  due: moneySchema,
  tax: moneySchema,
});
export type SoldTicket = z.infer<typeof soldTicketSchema>;

/** What `day.closed` tells; `GET /hq/v1/z-reports/{id}` has all of it. */
export const closedDaySchema = z.strictObject({
  report: idSchema<"Entry">(),
  number: z.number().int(),
  store: z.string(),
  register: z.number().int(),
  businessDay: businessDaySchema,
  madeAt: instantSchema,
  turnover: moneySchema,
});
export type ClosedDay = z.infer<typeof closedDaySchema>;

const MAX_EVENTS_PER_ANSWER = 500;
const MAX_TYPES = 30;

/** `GET /hq/v1/events?after&types&limit`: what happened after a cursor, the oldest first; `types` are separated by commas. Left out: everything there is. */
export const eventsQuerySchema = z.strictObject({
  after: z.coerce.number().int().nonnegative().default(0),
  types: z
    .string()
    .regex(/^[a-zA-Z0-9_.,]*$/)
    .max(1_000)
    .default("")
    .transform((text) => text.split(",").filter((type) => type !== ""))
    .refine((types) => types.length <= MAX_TYPES, `at most ${MAX_TYPES} types`),
  limit: z.coerce.number().int().min(1).max(MAX_EVENTS_PER_ANSWER).default(100),
});

export const eventRowSchema = z.strictObject({
  cursor: z.number().int(),
  /** The same on every way by which an event is told: know it again by it. */
  id: z.string(),
  type: z.string(),
  at: instantSchema,
  data: z.unknown(),
});
export type EventRow = z.infer<typeof eventRowSchema>;

export const eventsAnswerSchema = z.strictObject({
  events: z.array(eventRowSchema),
  /** Ask `after` this one next time. */
  next: z.number().int(),
  /** Nothing more has happened so far. */
  caughtUp: z.boolean(),
  /** Every type of event there is, with what it tells. */
  types: z.array(z.strictObject({ type: z.string(), words: z.string() })),
});
