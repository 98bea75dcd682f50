import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { instantSchema } from "../scalars.ts";

const platformSchema = z.enum(["shopify", "woocommerce", "shopware", "medusa"]);
const messageStateSchema = z.enum(["taken", "waiting", "dead", "ignored"]);
const name = z.string().trim().min(1).max(120);
const MAX_LOCATIONS = 1_000;
const locationsSchema = z
  .record(name, name)
  .refine((all) => Object.keys(all).length <= MAX_LOCATIONS, `at most ${MAX_LOCATIONS} locations`);
const connectorId = z.string().min(1).max(64);

const connectorSchema = z.strictObject({
  id: z.string(),
  platform: platformSchema,
  /** The channel that its orders come by. */
  channel: z.string(),
  apiUrl: z.string(),
  /** Store codes by the platform's own id of the location. */
  locations: z.record(z.string(), z.string()),
  createdAt: instantSchema,
  /** Where the platform sends its webhooks, on this server's own address. */
  webhookPath: z.string(),
});

/** `POST /hq/v1/connectors`: its API by HTTPS, or by HTTP to the server's own machine. */
export const addConnectorRequestSchema = z.strictObject({
  platform: platformSchema,
  channel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
    .transform((text) => idOf<"Channel">(text)),
  apiUrl: z.url().max(500),
  /** By the names that `GET /hq/v1/connectors` gives for the platform. */
  credentials: z.record(name, z.string().min(1).max(2_000)),
  locations: locationsSchema.default({}),
  /** What the platform signs its webhooks with, where it says so itself; made here where it is left out. */
  webhookSecret: z.string().min(8).max(500).optional(),
});
/** As it is sent, before what was left out is filled in. */
export type ConnectorWish = z.input<typeof addConnectorRequestSchema>;
export type AddConnectorRequest = z.output<typeof addConnectorRequestSchema>;

/** The secret is told this once, and only where it was made here. */
export const addConnectorAnswerSchema = connectorSchema.extend({ webhookSecret: z.string().nullable() });
export type AddConnectorAnswer = z.infer<typeof addConnectorAnswerSchema>;

/** `PUT /hq/v1/connectors/{id}`: what is left out stays as it is. Answers a row of the list, without its figures. */
export const changeConnectorRequestSchema = addConnectorRequestSchema
  .pick({ apiUrl: true, credentials: true, webhookSecret: true })
  .extend({ locations: locationsSchema })
  .partial();
export type ConnectorChange = z.output<typeof changeConnectorRequestSchema>;
export const changeConnectorAnswerSchema = connectorSchema;
export type ChangeConnectorAnswer = z.infer<typeof changeConnectorAnswerSchema>;

const countsSchema = z.strictObject({ waiting: z.number().int(), dead: z.number().int() });

/** `DELETE /hq/v1/connectors/{id}` drops its messages and what waits to be told to it. */
export const doneAnswerSchema = z.strictObject({});

/** `GET /hq/v1/connectors` */
export const connectorsAnswerSchema = z.strictObject({
  connectors: z.array(
    connectorSchema.extend({
      /** Messages of it that wait, or that nobody could act on. */
      inbox: countsSchema,
      /** News of its orders on the way to it, or that it never took. */
      news: countsSchema,
      /** Webhooks with a wrong signature since the server was started. */
      forged: z.number().int(),
      /** What went wrong as it was told of stock, by location. */
      stock: z.array(
        z.strictObject({
          location: z.string(),
          failures: z.number().int(),
          lastFailure: z.string(),
          nextTryAt: instantSchema.nullable(),
        }),
      ),
    }),
  ),
  /** What can be connected, and the credentials that each needs. */
  platforms: z.array(z.strictObject({ platform: platformSchema, credentials: z.array(z.string()) })),
});
export type ConnectorRow = z.infer<typeof connectorsAnswerSchema>["connectors"][number];
export type PlatformRow = z.infer<typeof connectorsAnswerSchema>["platforms"][number];

/** `GET /hq/v1/connectors/inbox`: newest first, page by page. */
export const inboxQuerySchema = z.strictObject({
  connector: connectorId.optional(),
  state: messageStateSchema.optional(),
  /** Cursor of the last message of the page before. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const messageSchema = z.strictObject({
  connector: z.string(),
  delivery: z.string(),
  topic: z.string(),
  receivedAt: instantSchema,
  /** The platform's id of the order it is about. */
  externalId: z.string().nullable(),
  state: messageStateSchema,
  /** In words; empty where there is nothing to say. */
  reason: z.string(),
  tries: z.number().int(),
  nextTryAt: instantSchema.nullable(),
});
export const inboxAnswerSchema = z.strictObject({
  messages: z.array(messageSchema.extend({ cursor: z.number().int() })),
});
export type InboxRow = z.infer<typeof inboxAnswerSchema>["messages"][number];

/** `POST /hq/v1/connectors/inbox/replay`: acts again, at once, on a message that waits or is dead, and answers how it stands then. */
export const messageNameSchema = z.strictObject({
  connector: connectorId,
  delivery: z.string().min(1).max(500),
});
/** Also the answer to `POST /hq/v1/connectors/inbox/dismiss`: nothing is to be done for the message. */
export const messageAnswerSchema = messageSchema;
export type MessageRow = z.infer<typeof messageSchema>;

/** `GET /hq/v1/connectors/dead`: news that its shop never took, newest first. */
export const deadNewsAnswerSchema = z.strictObject({
  dead: z.array(
    z.strictObject({
      connector: z.string(),
      channel: z.string(),
      event: z.string(),
      type: z.string(),
      order: z.string().nullable(),
      at: instantSchema,
      failures: z.number().int(),
      lastFailure: z.string(),
    }),
  ),
});
export type DeadNews = z.infer<typeof deadNewsAnswerSchema>["dead"][number];

/** `POST /hq/v1/connectors/dead/dismiss` answers `{}`: its shop need not know. */
export const dismissNewsRequestSchema = z.strictObject({
  connector: connectorId,
  event: z.string().min(1).max(64),
});

/** `POST /hq/v1/connectors/dead/replay`: tells it again at once; those of one connector, or one piece of news, where named. Answers `replayAnswerSchema`. */
export const replayNewsRequestSchema = z.strictObject({
  connector: connectorId.nullable().default(null),
  event: z.string().max(64).nullable().default(null),
});
