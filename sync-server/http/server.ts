import { randomInt } from "node:crypto";
import compress from "@fastify/compress";
import helmet from "@fastify/helmet";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { placeOfAddress } from "#domain/access/sign-in-pace.ts";
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import { createBaskets } from "../baskets/baskets.ts";
import { StorageUnavailable } from "../storage/port.ts";
import type { Tracing } from "../tracing/port.ts";
import { registerAccountRoutes } from "./account-routes.ts";
import { registerAuditLogRoutes } from "./audit-log-routes.ts";
import type { BasketLink } from "./basket-answers.ts";
import { registerBulkRoutes } from "./bulk-routes.ts";
import { registerCasesRoutes } from "./cases-routes.ts";
import { registerCatalogueRoutes } from "./catalogue-routes.ts";
import { registerConnectorWebhook } from "./connector-webhook-route.ts";
import { registerConnectorsRoutes } from "./connectors-routes.ts";
import { registerConsole } from "./console-files.ts";
import { registerCountsRoutes } from "./counts-routes.ts";
import { registerCouponsRoutes } from "./coupons-routes.ts";
import { registerCreditsRoutes } from "./credits-routes.ts";
import { registerDashboardRoutes } from "./dashboard-routes.ts";
import { registerDataAuditRoutes } from "./data-audit-routes.ts";
import { registerDeliveriesRoutes } from "./deliveries-routes.ts";
import { registerDemoShop } from "./demo-shop-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { registerDocs } from "./docs-routes.ts";
import { Refusal, sendRefusal, sendUnavailable } from "./errors.ts";
import { registerEventsRoutes } from "./events-routes.ts";
import { registerExceptionsRoutes } from "./exceptions-routes.ts";
import { registerExportsRoutes } from "./exports-routes.ts";
import { prepareCalls, type Serving } from "./hq-call.ts";
import { registerHqRoutes } from "./hq-routes.ts";
import { registerImportJobsRoutes } from "./import-jobs-routes.ts";
import { registerImportRoute } from "./import-route.ts";
import { registerKeysRoutes } from "./keys-routes.ts";
import { ListeningLines } from "./listening-lines.ts";
import { registerLoyaltyRoutes } from "./loyalty-routes.ts";
import type { Metrics } from "./metrics.ts";
import { registerMetrics } from "./metrics-route.ts";
import { registerOfflineLimitRoutes } from "./offline-limits-routes.ts";
import { registerOrdersRoutes } from "./orders-routes.ts";
import { registerPriceCheckRoutes, registerPriceListsRoutes } from "./price-lists-routes.ts";
import { registerPricesRoutes } from "./prices-routes.ts";
import { registerProductRoutes } from "./product-routes.ts";
import { registerProfileRoutes } from "./profile-routes.ts";
import { registerPromotionsRoutes } from "./promotions-routes.ts";
import { readJson } from "./read-json.ts";
import { createReadiness, type Readiness } from "./readiness.ts";
import { registerReceiptDesignRoutes } from "./receipt-design-routes.ts";
import { registerReceiptsRoutes } from "./receipts-routes.ts";
import { registerReplenishRoutes } from "./replenish-routes.ts";
import { registerReportViewsRoutes } from "./report-views-routes.ts";
import { registerReportsRoutes } from "./reports-routes.ts";
import { LINES_PACE, type LinesPace, RestingLines } from "./resting-lines.ts";
import { registerReturnsPolicyRoutes } from "./returns-policy-routes.ts";
import { registerReturnsRoutes } from "./returns-routes.ts";
import { registerRulesRoutes } from "./rules-routes.ts";
import { registerScaleCodeRoutes } from "./scale-code-routes.ts";
import { prepareSessions } from "./session-cookie.ts";
import { registerSessionRoutes } from "./session-routes.ts";
import { registerShiftsRoutes } from "./shifts-routes.ts";
import { registerShopRoutes, type ShopParts } from "./shop-routes.ts";
import { registerSimulateRoute } from "./simulate-route.ts";
import { registerStaffRoutes } from "./staff-routes.ts";
import { registerStockRoutes } from "./stock-routes.ts";
import { registerStockValueRoutes } from "./stock-value-routes.ts";
import { registerStoresRoutes } from "./stores-routes.ts";
import { registerSyncRoutes } from "./sync-routes.ts";
import { registerTillsRoutes } from "./tills-routes.ts";
import { registerTraces } from "./traces.ts";
import { registerUpdatesRoutes } from "./updates-routes.ts";
import { registerUsersRoutes } from "./users-routes.ts";
import { registerWebhooksRoutes } from "./webhooks-routes.ts";
import { registerWorkRoutes } from "./work-routes.ts";

const MAX_BODY_BYTES = 1024 * 1024;
const REQUESTS_PER_MINUTE = 6_000;
/** A shop's own order id, its channel before it, all of it percent-encoded. */
const MAX_PARAM_CHARS = 1_000;
/** A whole request: long enough for a large import over a slow line; a caller that trickles bytes for longer is let go. The head of one fits into a packet or two. */
export const PATIENCE: Patience = {
  requestMs: 10 * 60_000,
  headMs: 20_000,
  lookEveryMs: 5_000,
  connections: 25_000,
};

/** How long, and with how many at once, the server bears with those who ask. */
export interface Patience {
  readonly requestMs: number;
  /** For the request's first line and its headers. */
  readonly headMs: number;
  /** How often it looks for those who took longer. */
  readonly lookEveryMs: number;
  /** Held open at the same time: each till keeps one for its wake-ups, and one or two to ask by. More are closed as they come. */
  readonly connections: number;
}

export interface HttpSettings {
  readonly logger: FastifyBaseLogger | null;
  /** Serves tills and nobody else; for simulations, that start a server again and again: most of a start is the addresses of HQ. */
  readonly tillsAlone?: boolean;
  /** Folder of the built console; null serves none. */
  readonly consoleRoot: string | null;
  /** Serves the demo web shop, open to everyone. */
  readonly demoShop?: boolean;
  /** Where a basket begun in a store is finished online; the demo shop where it is left out and there is one. */
  readonly basketLink?: string | null;
  /** Addresses and networks of proxies that are believed from where a request came. */
  readonly proxies?: readonly string[];
  /** Says whether this server is to be asked; one of its own where it is left out. */
  readonly readiness?: Readiness;
  /** Serves them to whoever has the token; null or left out: there are none. */
  readonly metrics?: { readonly metrics: Metrics; readonly token: string } | null;
  /** Times every request; left out: nothing does. */
  readonly tracing?: Tracing;
  /** Answers of HQ that have not the form they are said to have fail; for tests. */
  readonly checksAnswers?: boolean;
  /** Told of every address that is served; for tests. */
  readonly onRoute?: (route: { readonly method: string | string[]; readonly url: string }) => void;
  /** Who asks HQ, in place of what the request says; for tests. */
  readonly askerOf?: NonNullable<Serving["askerOf"]>;
  /** Its certificate and key, in PEM, where it speaks TLS itself. */
  readonly tls?: TlsIdentity | null;
  /** Lines that the system lets it hold; null or left out: as many as its patience. */
  readonly linesAllowed?: number | null;
  /** Another patience than the usual; for tests. */
  readonly patience?: Patience;
  /** Told whenever many lines are held from now on, or few again. */
  readonly onManyLines?: (areMany: boolean) => void;
  /** Other lines that are few; for tests. */
  readonly linesPace?: LinesPace;
}

export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** Fastify's own checks of what comes and goes are not used, and not loaded: forty milliseconds of each start, and five megabytes. */
function noCompiler(): never {
  throw new Error("a route has a schema of Fastify's, where zod checks what comes");
}

/** The HTTP face: parses, checks who asks, hands on, answers. It decides nothing. */
export async function buildServer(deps: ServerDeps, settings: HttpSettings): Promise<FastifyInstance> {
  const { requestMs, headMs, lookEveryMs, connections } = settings.patience ?? PATIENCE;
  const bears = {
    headersTimeout: headMs,
    connectionsCheckingInterval: lookEveryMs,
    // Nobody speaks another protocol here, whatever he offers: he is answered as anybody is.
    shouldUpgradeCallback: () => false,
  };
  const app: FastifyInstance = fastify({
    ...(settings.logger === null ? { logger: false } : { loggerInstance: settings.logger }),
    // Its lines would name tills and people by their addresses; ours below do not.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: requestMs,
    ...(settings.tls == null ? { http: bears } : { https: { ...bears, ...settings.tls } }),
    ...(settings.proxies === undefined || settings.proxies.length === 0
      ? {}
      : { trustProxy: [...settings.proxies] }),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: MAX_PARAM_CHARS },
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
  });
  app.server.maxConnections = Math.min(connections, settings.linesAllowed ?? connections);
  app.server.on("connection", () => deps.arrivals.cameIn());
  const lines = new RestingLines(app.server, settings.linesPace ?? LINES_PACE, {
    onMany: settings.onManyLines,
  });
  const listeningLines = new ListeningLines(app.server);
  readJson(app);
  if (settings.tracing !== undefined) registerTraces(app, settings.tracing);
  if (settings.onRoute !== undefined) app.addHook("onRoute", settings.onRoute);
  app.addHook("onRequest", async (_request, reply) => {
    void reply.header(PROTOCOL_HEADER, PROTOCOL_VERSION);
  });
  app.addHook("onResponse", async (request, reply) => {
    const { url: route = "none" } = request.routeOptions;
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  await app.register(helmet, {
    contentSecurityPolicy: CONSOLE_POLICY,
    crossOriginResourcePolicy: { policy: "same-origin" },
  });
  await app.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: 60_000,
    keyGenerator: ({ ip }) => placeOfAddress(ip),
    errorResponseBuilder: () =>
      new Refusal("tooManyRequests", "Too many requests. Wait a minute and try again."),
  });
  await app.register(compress, { global: true, encodings: ["gzip"], threshold: 1_024 });
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) return sendRefusal(reply, error.body);
    const status = statusOf(error);
    if (status === 413)
      return sendRefusal(reply, { reason: "tooLarge", message: "The request is too large." });
    if (status !== null && status < 500)
      return sendRefusal(reply, {
        reason: "badRequest",
        message: error instanceof Error ? error.message : "The request cannot be read.",
      });
    request.log.error({ err: error, url: request.routeOptions.url }, "a request failed");
    if (error instanceof StorageUnavailable)
      return sendUnavailable(reply, "The server cannot reach its database just now. Try again in a moment.");
    return sendRefusal(reply, {
      reason: "internal",
      message: "The server could not do this. Nothing was changed.",
    });
  });
  app.setNotFoundHandler((_request, reply) =>
    sendRefusal(reply, { reason: "notFound", message: "There is nothing at this address." }),
  );
  (settings.readiness ?? createReadiness(deps.storage)).attach(app);
  if (settings.metrics != null) registerMetrics(app, settings.metrics);
  const { checksAnswers = false, askerOf } = settings;
  prepareCalls(app, { checksAnswers, ...(askerOf === undefined ? {} : { askerOf }) });
  prepareSessions(app, deps.access);
  const shop = shopParts(deps, settings);
  registerSyncRoutes(app, deps, { shop, lines });
  if (settings.tillsAlone !== true) await registerOffice(app, deps, { shop, settings });
  app.addHook("preClose", async () => {
    deps.wakeups.close();
    deps.live.close();
    listeningLines.close();
  });
  return app;
}

/** HQ, shops and their documents. */
async function registerOffice(
  app: FastifyInstance,
  deps: ServerDeps,
  { shop, settings }: { readonly shop: ShopParts; readonly settings: HttpSettings },
): Promise<void> {
  registerSessionRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerUsersRoutes(app, deps);
  registerAuditLogRoutes(app, deps);
  registerHqRoutes(app, deps);
  registerOrdersRoutes(app, deps);
  registerProfileRoutes(app, deps);
  registerCasesRoutes(app, deps);
  registerExceptionsRoutes(app, deps);
  registerTillsRoutes(app, deps);
  registerStoresRoutes(app, deps);
  registerDashboardRoutes(app, deps);
  registerDeliveriesRoutes(app, deps);
  registerCreditsRoutes(app, deps);
  registerCountsRoutes(app, deps);
  registerCouponsRoutes(app, deps);
  registerLoyaltyRoutes(app, deps);
  registerKeysRoutes(app, deps);
  registerPriceListsRoutes(app, deps);
  registerPriceCheckRoutes(app, deps);
  registerPricesRoutes(app, deps);
  registerCatalogueRoutes(app, deps);
  registerProductRoutes(app, deps);
  registerPromotionsRoutes(app, deps);
  registerSimulateRoute(app, deps);
  registerRulesRoutes(app, deps);
  registerScaleCodeRoutes(app, deps);
  registerOfflineLimitRoutes(app, deps);
  registerShiftsRoutes(app, deps);
  registerUpdatesRoutes(app, deps);
  registerReportsRoutes(app, deps);
  registerReportViewsRoutes(app, deps);
  registerDataAuditRoutes(app, deps);
  registerReturnsRoutes(app, deps);
  registerReturnsPolicyRoutes(app, deps);
  registerReceiptDesignRoutes(app, deps);
  registerStaffRoutes(app, deps);
  registerStockRoutes(app, deps);
  registerStockValueRoutes(app, deps);
  registerReplenishRoutes(app, deps);
  registerWorkRoutes(app, deps);
  registerWebhooksRoutes(app, deps);
  registerEventsRoutes(app, deps);
  registerConnectorsRoutes(app, deps);
  registerConnectorWebhook(app, deps);
  registerReceiptsRoutes(app, deps);
  registerImportRoute(app, deps);
  registerImportJobsRoutes(app, deps);
  registerBulkRoutes(app, deps);
  registerExportsRoutes(app, deps);
  registerShopRoutes(app, deps, shop);
  await registerDocs(app);
  if (settings.demoShop === true) await registerDemoShop(app, deps, shop);
  if (settings.consoleRoot !== null) await registerConsole(app, settings.consoleRoot);
}

function shopParts({ storage, now }: ServerDeps, { demoShop, basketLink }: HttpSettings): ShopParts {
  const own: BasketLink = demoShop === true ? "demoShop" : null;
  return {
    baskets: createBaskets({ storage, now, pick: (below) => randomInt(below) }),
    basketLink: basketLink == null ? own : { template: basketLink },
  };
}

/** The console's page runs only its own scripts and styles and talks only to this server. */
const CONSOLE_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    styleSrcAttr: ["'unsafe-inline'"],
    // The logo of receipts is shown as the bytes that are in the settings.
    imgSrc: ["'self'", "data:"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
};

function statusOf(error: unknown): number | null {
  if (typeof error !== "object" || error === null || !("statusCode" in error)) return null;
  return typeof error.statusCode === "number" ? error.statusCode : null;
}
