import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { ok, type Result, refused } from "#domain/result.ts";
import { emailSchema } from "#protocol/scalars.ts";
import { isDatabaseUrl } from "./storage/postgres/trouble.ts";
import type { TraceSettings } from "./tracing/port.ts";

export interface ServerOptions {
  readonly data: string;
  /** The PostgreSQL database; null: the embedded one, in the data folder. */
  readonly databaseUrl: string | null;
  readonly port: number;
  readonly host: string;
  readonly demo: boolean;
  /** Whether the made-up retailer has orders from the beginning. */
  readonly demoOrders: boolean;
  /** Where a basket begun in a store is finished online, `{code}` in it; null where there is no shop. */
  readonly basketLink: string | null;
  /** How receipts go out by e-mail; null: they wait until somebody sets it up. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  /** Whether secrets that no key opens any more are given up. */
  readonly forgetsSecrets: boolean;
  /** Addresses and networks of proxies that are believed from where a request came. */
  readonly proxies: readonly string[];
  /** So long a server that is told to go says that it is not ready, and goes on, before it closes. */
  readonly drainMs: number;
  /** What `GET /metrics` asks for; null: there are no metrics. */
  readonly metricsToken: string | null;
  /** Where traces go, how many of them, and under which name; null: nothing is traced. */
  readonly traces: TraceSettings | null;
  /** Files of its certificate (with those that lead to it) and its key, in PEM; null: it speaks plain HTTP, behind a proxy that ends TLS. */
  readonly tls: TlsFiles | null;
}

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Load balancers ask every second or two, and believe what they hear after two or three answers. */
const DRAIN_SECONDS = 5;
const MAX_DRAIN_SECONDS = 300;
const MIN_TOKEN_CHARS = 16;
/** Where OTLP over HTTP takes traces at a collector. */
const TRACES_PATH = "/v1/traces";

export const SERVER_HELP = `The Onetill sync server.

  npm run server -- --data DIR [--port N] [--host ADDRESS] [--database-url URL] [--demo [--demo-orders]] [--basket-link URL]
                     [--smtp-url URL --mail-from ADDRESS] [--proxy ADDRESSES] [--drain SECONDS] [--traces [URL]]
                     [--forget-secrets] [--tls-cert FILE --tls-key FILE]

  --data DIR       where the database and the HQ key are kept (made when missing)
  --database-url URL   a PostgreSQL database (15 or newer) in place of the embedded one: postgres://user@host:5432/onetill. Any number of servers may
                   stand on it (docs/scaling.md). Better given as ONETILL_DATABASE_URL, or with the password in PGPASSWORD: other users of this machine
                   see command lines.
  --port N         port to listen on (default 8787; 0 picks a free one)
  --host ADDRESS   address to listen on (default 127.0.0.1)
  --demo           fill an empty database with a made-up retailer, and serve its demo web shop at /demo-shop/
  --demo-orders    with --demo: orders have come in already, some to pick, some ready
  --basket-link URL   where your web shop opens a basket begun in a store; {code} in it stands for the basket's code
  --smtp-url URL   how receipts go out by e-mail: smtps://user:password@host:465 or smtp://user:password@host:587; better given as
                   ONETILL_SMTP_URL, for other users of this machine see command lines. Without it mails wait.
  --mail-from ADDRESS   the address that they come from (or ONETILL_MAIL_FROM)
  --proxy ADDRESSES   of the proxy before this server (127.0.0.1, 10.0.0.0/8; several with commas), believed when it says by X-Forwarded-For from
                   where a request came. Without it everybody who comes through a proxy counts as one who tries too often.
  --tls-cert FILE, --tls-key FILE   speaks TLS itself by this certificate (with those that lead to it) and key, in PEM; SIGHUP reads them anew. Without
                   them it speaks plain HTTP: behind a proxy on this machine that ends TLS, or on this machine alone
  --drain SECONDS  after SIGTERM: how long /readyz says no, while everything goes on, before the server closes. Longer than your load balancer takes to
                   notice (default 5 with --database-url, otherwise 0)
  --traces [URL]   times what the server does and sends that to a collector of OpenTelemetry (OTLP over HTTP, such as http://127.0.0.1:4318); without URL to
                   where OTEL_EXPORTER_OTLP_ENDPOINT says. OTEL_TRACES_SAMPLER_ARG=0.1 keeps a tenth of the traces. No names, addresses or tokens are in
                   them (docs/scaling.md).
  --forget-secrets   give up second steps, the secrets of webhooks and connected shops and the key of receipts, where DIR/secrets.key, which seals them, is lost
  --help           this text

GET /healthz answers 200 when the server is ready. GET /metrics is there when ONETILL_METRICS_TOKEN has a token of 16 characters or more, for whoever
sends it (Authorization: Bearer TOKEN). While nobody can sign in to the console, each start prints a link that makes the first
admin. The HQ key, for programs, is in DIR/hq.key. DIR/secrets.key (or ONETILL_SECRETS_KEY, the same for all servers on one database)
seals the secrets in the database: keep a copy of it, and not beside the backups of the database.`;

/** Reads the command line, and from the environment what stands better there. The reason of a refusal is a sentence for the terminal; "help" asks for the text above. */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Result<ServerOptions, string> {
  let values: {
    data?: string;
    port?: string;
    host?: string;
    demo?: boolean;
    "demo-orders"?: boolean;
    "basket-link"?: string;
    "smtp-url"?: string;
    "mail-from"?: string;
    proxy?: string;
    "forget-secrets"?: boolean;
    help?: boolean;
    "database-url"?: string;
    drain?: string;
    traces?: string;
    "tls-cert"?: string;
    "tls-key"?: string;
  };
  try {
    values = parseArgs({
      args: args.map((arg, place) => (isBareTraces(arg, args[place + 1]) ? `${arg}=` : arg)),
      options: {
        data: { type: "string" },
        port: { type: "string" },
        host: { type: "string" },
        demo: { type: "boolean" },
        "demo-orders": { type: "boolean" },
        "basket-link": { type: "string" },
        "smtp-url": { type: "string" },
        "mail-from": { type: "string" },
        proxy: { type: "string" },
        "forget-secrets": { type: "boolean" },
        help: { type: "boolean" },
        "database-url": { type: "string" },
        drain: { type: "string" },
        traces: { type: "string" },
        "tls-cert": { type: "string" },
        "tls-key": { type: "string" },
      },
    }).values;
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return refused("help");
  const databaseUrl = values["database-url"] ?? environment.ONETILL_DATABASE_URL ?? "";
  if (databaseUrl !== "" && !isDatabaseUrl(databaseUrl))
    return refused("--database-url: an address such as postgres://user@host:5432/onetill.");
  if (values.data === undefined) return refused("--data DIR is missing: where shall the data be kept?");
  if (values["demo-orders"] === true && values.demo !== true)
    return refused("--demo-orders goes with --demo: without a made-up retailer nobody orders anything.");
  const port = Number(values.port ?? "8787");
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return refused(`--port ${values.port}: a port is a number from 0 to 65535.`);
  const basketLink = values["basket-link"] ?? null;
  if (basketLink !== null && !isBasketLink(basketLink))
    return refused("--basket-link: an address that begins with http(s):// and has {code} in it.");
  const smtp = smtpOf({
    url: values["smtp-url"] ?? environment.ONETILL_SMTP_URL ?? "",
    from: values["mail-from"] ?? environment.ONETILL_MAIL_FROM ?? "",
  });
  if (!smtp.ok) return smtp;
  const proxies = values.proxy?.split(",").map((each) => each.trim()) ?? [];
  const strange = proxies.find((each) => !isNetwork(each));
  if (strange !== undefined)
    return refused(`--proxy ${strange}: an address such as 127.0.0.1 or a network such as 10.0.0.0/8.`);
  const drainSeconds = Number(values.drain ?? (databaseUrl === "" ? 0 : DRAIN_SECONDS));
  if (!(drainSeconds >= 0 && drainSeconds <= MAX_DRAIN_SECONDS))
    return refused(`--drain ${values.drain}: seconds, from 0 to ${MAX_DRAIN_SECONDS}.`);
  const metricsToken = environment.ONETILL_METRICS_TOKEN ?? "";
  if (metricsToken !== "" && metricsToken.length < MIN_TOKEN_CHARS)
    return refused(`ONETILL_METRICS_TOKEN: at least ${MIN_TOKEN_CHARS} characters that nobody can guess.`);
  const traces = tracesOf(values.traces, environment);
  if (!traces.ok) return traces;
  const { "tls-cert": cert, "tls-key": key } = values;
  if ((cert === undefined) !== (key === undefined))
    return refused("--tls-cert and --tls-key go together: a certificate and the key it is of.");
  return ok({
    data: values.data,
    databaseUrl: databaseUrl === "" ? null : databaseUrl,
    port,
    host: values.host ?? "127.0.0.1",
    demo: values.demo ?? false,
    demoOrders: values["demo-orders"] ?? false,
    basketLink,
    smtp: smtp.value,
    proxies,
    forgetsSecrets: values["forget-secrets"] ?? false,
    drainMs: drainSeconds * 1_000,
    metricsToken: metricsToken === "" ? null : metricsToken,
    traces: traces.value,
    tls: cert === undefined || key === undefined ? null : { cert, key },
  });
}

/** `--traces` may stand alone: then the environment says where to, by the names that OpenTelemetry gave these things. */
function isBareTraces(arg: string, next: string | undefined): boolean {
  return arg === "--traces" && (next === undefined || next.startsWith("--"));
}

function tracesOf(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Result<TraceSettings | null, string> {
  if (asked === undefined) return ok(null);
  const whole = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? "";
  const base = asked === "" ? (environment.OTEL_EXPORTER_OTLP_ENDPOINT ?? "") : asked;
  const url = asked === "" && whole !== "" ? whole : withTracesPath(base);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    return refused(
      "--traces: the address of a collector, such as http://127.0.0.1:4318, here or as OTEL_EXPORTER_OTLP_ENDPOINT.",
    );
  const share = Number(environment.OTEL_TRACES_SAMPLER_ARG || "1");
  if (!(share >= 0 && share <= 1))
    return refused("OTEL_TRACES_SAMPLER_ARG: how many of the traces are kept, from 0 to 1.");
  return ok({ url, share, serviceName: environment.OTEL_SERVICE_NAME || "onetill" });
}

function withTracesPath(base: string): string {
  return base === "" || base.endsWith(TRACES_PATH) ? base : `${base.replace(/\/+$/, "")}${TRACES_PATH}`;
}

function smtpOf({ url, from }: NonNullable<ServerOptions["smtp"]>): Result<ServerOptions["smtp"], string> {
  if (url === "" && from === "") return ok(null);
  if (!/^smtps?:\/\/[^/]+$/.test(url) || !URL.canParse(url))
    return refused("--smtp-url: smtps://user:password@host:465, or smtp:// for a server that turns to TLS.");
  if (!emailSchema.safeParse(from).success)
    return refused("--mail-from: the e-mail address that receipts come from goes with --smtp-url.");
  return ok({ url, from });
}

function isNetwork(text: string): boolean {
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const family = isIP(address);
  // A network of no bits is everybody.
  return (
    family !== 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128)))
  );
}

function isBasketLink(text: string): boolean {
  return /^https?:\/\//.test(text) && text.includes("{code}") && URL.canParse(text);
}
