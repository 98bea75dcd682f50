import { randomBytes } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type {
  AddConnectorAnswer,
  AddConnectorRequest,
  ChangeConnectorAnswer,
  ConnectorChange,
  ConnectorRow,
  DeadNews,
  InboxRow,
  PlatformRow,
} from "#protocol/hq/connectors.ts";
import { isSecureAddress } from "../events/secure-address.ts";
import type { ReadTransaction, Storage, WriteTransaction } from "../storage/port.ts";
import type { Drivers } from "./drivers.ts";
import type { Inbox } from "./inbox.ts";
import type { Connector, PlatformDriver } from "./port.ts";
import type { InboxMessage, ListedMessage, MessageState } from "./records.ts";
import { isToldAnew } from "./stock.ts";

const MAX_CONNECTORS = 50;
const MAX_DEAD_SHOWN = 500;
const SECRET_BYTES = 32;

/** Why a shop cannot be connected; `names` are those that are meant. */
export interface AddingRefusal {
  readonly kind:
    | "noDriver"
    | "notSecure"
    | "credentialsInUrl"
    | "credentialsMissing"
    | "credentialsUnknown"
    | "noSuchStore"
    | "channelTaken"
    | "tooMany";
  readonly names: readonly string[];
}

/** What HQ decides about connected shops, and sees of them. No answer but the one to adding has a secret in it, and none has credentials. */
export interface Connectors {
  add(wanted: AddConnectorRequest): Promise<Result<AddConnectorAnswer, AddingRefusal>>;
  /** What is left out stays as it is. */
  change(
    id: string,
    change: ConnectorChange,
  ): Promise<Result<ChangeConnectorAnswer, AddingRefusal | "noSuchConnector">>;
  list(): Promise<{ readonly connectors: ConnectorRow[]; readonly platforms: PlatformRow[] }>;
  /** False when there is none such. */
  remove(id: string): Promise<boolean>;
  messages(ask: {
    readonly connector: string | null;
    readonly state: MessageState | null;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<InboxRow[]>;
  dead(): Promise<DeadNews[]>;
  /** Drops dead news for good; false when there is none such. */
  dismiss(which: { readonly connector: string; readonly event: string }): Promise<boolean>;
  /** Makes dead news due at once; answers how many. */
  replay(which: { readonly connector: string | null; readonly event: string | null }): Promise<number>;
}

export function createConnectors({
  storage,
  drivers,
  inbox,
  now,
  newId,
}: {
  readonly storage: Storage;
  readonly drivers: Drivers;
  readonly inbox: Pick<Inbox, "forged">;
  readonly now: () => Instant;
  readonly newId: () => string;
}): Connectors {
  return {
    async add(wanted) {
      const { webhookSecret: given, ...rest } = wanted;
      const webhookSecret = given ?? randomBytes(SECRET_BYTES).toString("base64url");
      const apiUrl = tidyUrl(wanted.apiUrl);
      const connector: Connector = { ...rest, apiUrl, webhookSecret, id: newId(), createdAt: now() };
      const refusal = await storage.write(async (tx) => {
        const others = await tx.connectors();
        if (others.length >= MAX_CONNECTORS) return { kind: "tooMany", names: [] } as const;
        const unfit = await unfitFor(tx, connector, others);
        if (unfit === null) await tx.addConnector(connector);
        return unfit;
      });
      if (refusal !== null) return refused(refusal);
      return ok({ ...shown(connector), webhookSecret: given === undefined ? webhookSecret : null });
    },

    change: (id, { apiUrl, credentials, locations, webhookSecret }) =>
      storage.write(async (tx) => {
        const before = await tx.connector(id);
        if (before === null) return refused("noSuchConnector");
        const connector: Connector = {
          ...before,
          apiUrl: apiUrl === undefined ? before.apiUrl : tidyUrl(apiUrl),
          credentials: credentials ?? before.credentials,
          locations: locations ?? before.locations,
          webhookSecret: webhookSecret ?? before.webhookSecret,
        };
        const others = (await tx.connectors()).filter((each) => each.id !== id);
        const unfit = await unfitFor(tx, connector, others);
        if (unfit !== null) return refused(unfit);
        await tx.putConnector(connector);
        await tellAnew(tx, before, connector);
        return ok(shown(connector));
      }),

    list: async () => ({
      connectors: await storage.read(async (tx) => {
        const rows: ConnectorRow[] = [];
        for (const connector of await tx.connectors())
          rows.push({
            ...shown(connector),
            inbox: await tx.messageCounts(connector.id),
            news: await tx.deliveryCounts(connector.id),
            forged: inbox.forged(connector.id),
            stock: await stockFailures(tx, connector.id),
          });
        return rows;
      }),
      platforms: Object.values(drivers).map(({ platform, credentialNames }) => ({
        platform,
        credentials: [...credentialNames],
      })),
    }),

    remove: (id) => storage.write((tx) => tx.removeConnector(id)),

    messages: (ask) => storage.read(async (tx) => (await tx.messages(ask)).map((each) => listed(each))),

    dead: () =>
      storage.read(async (tx) => {
        const channels = new Map((await tx.connectors()).map(({ id, channel }) => [id, channel]));
        const dead = await tx.deadDeliveries({ to: "connectors", limit: MAX_DEAD_SHOWN });
        return dead.map(({ endpoint, event, failures, lastFailure }) => ({
          connector: endpoint,
          channel: channels.get(endpoint) ?? "",
          event: event.id,
          type: event.type,
          order: event.order,
          at: event.at,
          failures,
          lastFailure: lastFailure ?? "",
        }));
      }),

    dismiss: ({ connector, event }) =>
      storage.write(async (tx) => {
        const dead = await tx.deadDeliveries({ to: "connectors", limit: MAX_DEAD_SHOWN });
        const found = dead.find((each) => each.endpoint === connector && each.event.id === event);
        if (found !== undefined) await tx.dropDelivery(found);
        return found !== undefined;
      }),

    replay: ({ connector, event }) =>
      storage.write((tx) => tx.reviveDeliveries({ to: "connectors", endpoint: connector, event, at: now() })),
  };

  async function unfitFor(
    tx: ReadTransaction,
    connector: Connector,
    others: readonly Connector[],
  ): Promise<AddingRefusal | null> {
    const { platform, apiUrl, channel, credentials, locations } = connector;
    const driver = drivers[platform];
    if (driver === undefined) return { kind: "noDriver", names: [platform] };
    const url = new URL(apiUrl);
    if (!isSecureAddress(url)) return { kind: "notSecure", names: [url.host] };
    if (url.username !== "" || url.password !== "") return { kind: "credentialsInUrl", names: [url.host] };
    if (channel === TILL_CHANNEL || others.some((each) => each.channel === channel))
      return { kind: "channelTaken", names: [channel] };
    return wrongCredentials(driver, credentials) ?? (await wrongStores(tx, locations));
  }
}

/** Without what an address of an API never has; name and password stay, to be refused. */
function tidyUrl(text: string): string {
  const url = new URL(text);
  url.search = "";
  url.hash = "";
  return url.href.replace(/\/+$/, "");
}

function wrongCredentials(
  { credentialNames }: Pick<PlatformDriver, "credentialNames">,
  given: Connector["credentials"],
): AddingRefusal | null {
  const missing = credentialNames.filter((name) => given[name] === undefined);
  if (missing.length > 0) return { kind: "credentialsMissing", names: missing };
  const unknown = Object.keys(given).filter((name) => !credentialNames.includes(name));
  return unknown.length > 0 ? { kind: "credentialsUnknown", names: unknown } : null;
}

async function wrongStores(
  tx: ReadTransaction,
  locations: Connector["locations"],
): Promise<AddingRefusal | null> {
  const codes = new Set((await tx.stores()).map(({ code }) => code));
  const unknown = [...new Set(Object.values(locations))].filter((code) => !codes.has(code));
  return unknown.length > 0 ? { kind: "noSuchStore", names: unknown } : null;
}

/** A cursor is a place in one store's feed, and how far one shop was told of it: where either is another, all is told from the beginning. */
async function tellAnew(tx: WriteTransaction, before: Connector, after: Connector): Promise<void> {
  for (const told of await tx.stockTold(before.id)) {
    if (!isToldAnew(before, after, told.location)) continue;
    await tx.putStockTold({ ...told, cursor: 0, failures: 0, nextTryAt: null, lastFailure: null });
  }
}

/** A connector without what must not be shown. */
function shown({ id, platform, channel, apiUrl, locations, createdAt }: Connector) {
  const webhookPath = `/connectors/v1/${id}/webhook`;
  return { id, platform, channel, apiUrl, locations: { ...locations }, createdAt, webhookPath };
}

async function stockFailures(tx: ReadTransaction, connector: string): Promise<ConnectorRow["stock"]> {
  return (await tx.stockTold(connector)).flatMap(({ location, failures, nextTryAt, lastFailure }) =>
    lastFailure === null ? [] : [{ location, failures, nextTryAt, lastFailure }],
  );
}

/** A message without its body: that names people, and is none of the list's business. */
export function rowOf({ body: _, ...row }: InboxMessage): Omit<InboxMessage, "body"> {
  return row;
}

function listed({ cursor, ...message }: ListedMessage): InboxRow {
  return { ...rowOf(message), cursor };
}
