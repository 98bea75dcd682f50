/**
 * Who may import whom: an allow-list. A folder that is not named here may not be imported by anyone, and a file in
 * it is reported, so a new program has to be added on purpose.
 *
 * Patterns: `domain` means the folder and all below it; `*` stands for one folder name; a trailing `.ts` names one
 * file. The longest pattern that fits a file is its layer. Inside one layer (for `features/*`: one feature) all
 * files may import each other.
 */
export interface Layer {
  readonly files: string;
  /** Our own code it may import, besides itself. */
  readonly mayImport: readonly string[];
  /** Packages from npm it may import; `any` where we do not care. */
  readonly packages: "any" | readonly string[];
  /** Whether it may use Node's own modules (`node:fs` …). */
  readonly node: boolean;
  /** Whether clock, randomness, timers and other ambient effects are forbidden. */
  readonly pure: boolean;
  /** Why, in plain words: the end of every message about this layer. */
  readonly because: string;
}

type Sparse = Pick<Layer, "files" | "mayImport" | "because"> & Partial<Layer>;

function layer(row: Sparse): Layer {
  return { packages: "any", node: false, pure: false, ...row };
}

const AGREED = ["domain", "protocol"] as const;
const SCREEN_PACKAGES = [
  "react",
  "react-dom",
  "react-aria-components",
  "lucide-react",
  "zustand",
  "@tanstack/react-router",
  "@tanstack/react-virtual",
  "@formatjs/intl",
  "bwip-js",
] as const;

export const LAYERS: readonly Layer[] = [
  layer({
    files: "domain",
    mayImport: [],
    packages: [],
    pure: true,
    because: "the domain is pure: no imports but its own, no clock, no randomness; take them as arguments",
  }),
  layer({
    files: "domain/testing",
    mayImport: ["domain"],
    packages: ["fast-check"],
    node: true,
    because: "made-up shops for the domain's tests: the domain itself never imports them",
  }),
  layer({
    files: "protocol",
    mayImport: ["domain"],
    packages: ["zod"],
    pure: true,
    because: "the protocol only describes messages: domain types and zod, nothing that runs",
  }),
  layer({
    files: "protocol/codes",
    mayImport: [],
    packages: ["bwip-js"],
    pure: true,
    because: "how a text becomes a code to scan is one drawing for every program, and knows nothing of any",
  }),

  layer({
    files: "paper",
    mayImport: [...AGREED],
    packages: ["pdfkit", "bidi-js", "fontkit", "pngjs"],
    node: true,
    because: "how rows become a PDF is one drawing for server and till: it knows neither",
  }),

  layer({
    files: "src-main/engine",
    mayImport: [...AGREED, "src-main/devices/*/port.ts"],
    packages: ["rxdb", "rxjs", "zod", "uuid", "hash-wasm", "minisearch"],
    node: true,
    because: "the engine knows devices by their port only and never Electron, a browser or the server's code",
  }),
  layer({
    files: "src-main/devices/*",
    mayImport: [...AGREED, "src-main/devices/line"],
    packages: [
      "@point-of-sale/receipt-printer-encoder",
      "@point-of-sale/codepage-encoder",
      "bwip-js",
      "harfbuzzjs",
      "bidi-js",
      "pngjs",
      "zod",
    ],
    node: true,
    because: "a device driver knows its own port, the protocol and the domain",
  }),
  layer({
    files: "src-main/devices/line",
    mayImport: [...AGREED],
    node: true,
    because: "a line carries bytes to and from devices at the counter, whatever they mean",
  }),
  layer({
    files: "src-main/devices/document",
    mayImport: [...AGREED, "paper"],
    node: true,
    because: "documents are drawn as the server draws them",
  }),
  layer({
    files: "src-main/electron",
    mayImport: [...AGREED, "src-main/engine", "src-main/devices"],
    packages: ["electron", "zod", "uuid"],
    node: true,
    because: "the Electron part wires engine and devices and is no part of the browser register",
  }),
  layer({
    files: "src-main/browser",
    mayImport: [...AGREED, "src-main/engine", "src-main/devices"],
    packages: ["ws", "zod", "uuid"],
    node: true,
    because: "the browser register wires engine and devices and never needs Electron",
  }),

  layer({
    files: "src-renderer/ui",
    mayImport: ["protocol/codes"],
    packages: SCREEN_PACKAGES,
    because: "the design system knows nothing of shops: pass it text and callbacks",
  }),
  layer({
    files: "src-renderer/i18n",
    mayImport: [...AGREED],
    packages: SCREEN_PACKAGES,
    because: "the catalogue of words knows the protocol's reasons and no screen",
  }),
  layer({
    files: "src-renderer/features/*",
    mayImport: [...AGREED, "src-renderer/ui", "src-renderer/app", "src-renderer/i18n"],
    packages: SCREEN_PACKAGES,
    because: "a feature never imports another feature or Node; share through ui/, app/ or the protocol",
  }),
  layer({
    files: "src-renderer/app",
    mayImport: [...AGREED, "src-renderer/ui", "src-renderer/i18n", "src-renderer/features"],
    packages: SCREEN_PACKAGES,
    because: "the shell puts features together; business data comes from the engine over the protocol",
  }),
  layer({
    files: "src-renderer/app/camera/decode-worker.ts",
    mayImport: ["src-renderer/app/camera"],
    packages: ["zxing-wasm"],
    because: "the camera's decoder runs in a thread of its own: it gets pictures and gives codes",
  }),
  layer({
    files: "src-renderer",
    mayImport: [
      ...AGREED,
      "src-renderer/app",
      "src-renderer/ui",
      "src-renderer/i18n",
      "src-renderer/features",
    ],
    packages: SCREEN_PACKAGES,
    because: "the page only starts the shell",
  }),

  layer({
    files: "sync-server/console",
    mayImport: [...AGREED],
    packages: SCREEN_PACKAGES,
    because: "the console talks to the server over HTTP and never imports its code",
  }),
  layer({
    files: "sync-server/http",
    mayImport: [
      ...AGREED,
      "paper",
      "sync-server/*",
      "sync-server/archive",
      "sync-server/storage/port.ts",
      "sync-server/receipts/pdf",
    ],
    node: true,
    because: "http parses and answers; deciding is done in the folders behind it",
  }),
  layer({
    files: "sync-server/storage",
    mayImport: [...AGREED, "sync-server/*", "sync-server/storage/port.ts"],
    packages: ["pg", "kysely", "zod", "uuid"],
    node: true,
    because: "storage implements the ports of the deciding folders and knows neither HTTP nor wiring",
  }),
  layer({
    files: "sync-server/storage/port.ts",
    mayImport: [...AGREED, "sync-server/*"],
    packages: [],
    because: "a port is types only",
  }),
  layer({
    files: "sync-server/*",
    mayImport: [
      ...AGREED,
      "paper",
      "sync-server/*",
      "sync-server/archive",
      "sync-server/storage/port.ts",
      "sync-server/demo-context.ts",
      "sync-server/receipts/pdf",
    ],
    packages: ["zod", "uuid", "hash-wasm", "papaparse", "pino", "write-excel-file"],
    node: true,
    because: "a deciding folder knows ports, never the storage behind them, HTTP or the command line",
  }),
  layer({
    files: "sync-server/archive",
    mayImport: [],
    packages: ["fflate"],
    node: true,
    because: "how files become an archive or a folder is the same whatever is in them",
  }),
  layer({
    files: "sync-server/receipts/pdf",
    mayImport: [...AGREED, "paper"],
    packages: ["pdfkit"],
    node: true,
    because: "how rows become a PDF is drawing alone: it knows neither the storage nor who asks",
  }),
  layer({
    files: "sync-server/catalog/pictures/darkroom-worker.ts",
    mayImport: ["sync-server/*"],
    packages: ["@jsquash/jpeg", "@jsquash/png", "@jsquash/resize", "@jsquash/webp"],
    node: true,
    because: "drawing a picture smaller knows the codecs, and neither the storage nor who asks",
  }),
  layer({
    files: "sync-server/catalog/spreadsheet/spreadsheet-worker.ts",
    mayImport: ["sync-server/*"],
    packages: ["fflate", "read-excel-file", "write-excel-file"],
    node: true,
    because: "reading and writing Excel files knows their format, and nothing of products",
  }),
  layer({
    files: "sync-server/mail/smtp.ts",
    mayImport: ["sync-server/mail/port.ts"],
    packages: ["nodemailer"],
    node: true,
    because: "the driver knows its port and SMTP, and nothing of receipts",
  }),
  layer({
    files: "sync-server/tracing/otel.ts",
    mayImport: ["sync-server/tracing/port.ts"],
    packages: [
      "@opentelemetry/api",
      "@opentelemetry/core",
      "@opentelemetry/exporter-trace-otlp-http",
      "@opentelemetry/resources",
      "@opentelemetry/sdk-trace",
    ],
    node: true,
    because: "the driver knows its port and OpenTelemetry, and nothing of what is timed",
  }),
  layer({
    files: "sync-server/demo-context.ts",
    mayImport: [...AGREED, "sync-server/*", "sync-server/storage/port.ts"],
    packages: [],
    because: "what the demo may touch is types only",
  }),
  layer({
    files: "sync-server/cli",
    mayImport: [...AGREED, "sync-server/*", "sync-server/archive", "sync-server/http", "sync-server/storage"],
    node: true,
    because: "the command line wires the server's parts and is imported by none of them",
  }),
  layer({
    files: "sync-server",
    mayImport: [
      ...AGREED,
      "sync-server/*",
      "sync-server/http",
      "sync-server/storage",
      "sync-server/demo-context.ts",
      "sync-server/mail/smtp.ts",
      "sync-server/tracing/otel.ts",
    ],
    node: true,
    because: "main wires the server's parts; never another program",
  }),

  layer({
    files: "demo",
    mayImport: [...AGREED],
    packages: ["zod"],
    node: true,
    because: "the demo spawns the programs as a shop would; it never imports them",
  }),
  layer({
    files: "e2e",
    mayImport: [...AGREED],
    node: true,
    because: "end-to-end tests drive the real programs from outside; they never import them",
  }),
  layer({
    files: "gate",
    mayImport: [],
    node: true,
    because: "the gate judges the code from outside; it imports none of it",
  }),
  layer({
    files: "bench",
    mayImport: [...AGREED, "domain/testing", "src-main", "sync-server"],
    node: true,
    because: "a benchmark may measure a program from within, but not the screens",
  }),
  layer({
    files: "simulate",
    mayImport: [...AGREED, "src-main", "sync-server"],
    packages: ["fastify", "pg", "zod", "uuid"],
    node: true,
    because:
      "the simulator runs tills and server in one process, on a clock, disks and lines of its own; no screens",
  }),
];

/** The project references each tsconfig may list: importing what is not listed fails to compile. */
export const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  "domain/tsconfig.json": [],
  "domain/tsconfig.test.json": ["domain"],
  "protocol/tsconfig.json": ["domain"],
  "protocol/tsconfig.test.json": ["domain", "protocol"],
  "paper/tsconfig.json": [...AGREED],
  "src-main/tsconfig.json": [...AGREED, "paper"],
  "src-renderer/tsconfig.json": [...AGREED],
  "src-renderer/tsconfig.test.json": [...AGREED, "src-renderer"],
  "sync-server/tsconfig.json": [...AGREED, "paper"],
  "sync-server/console/tsconfig.json": [...AGREED],
  "demo/tsconfig.json": [...AGREED],
  "e2e/tsconfig.json": [...AGREED],
  "gate/tsconfig.json": [],
  "bench/tsconfig.json": [...AGREED, "domain/tsconfig.test.json", "src-main", "sync-server"],
  "simulate/tsconfig.json": [...AGREED, "src-main", "sync-server"],
};
