import type { BrowserWindowConstructorOptions } from "electron";

/** The till's pages live here, never under `file://`. */
export const APP_SCHEME = "app";
export const APP_HOST = "till";
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** The page that faces the customer: the only other window that there is. */
export const DISPLAY_ADDRESS = `${APP_ORIGIN}/display`;

/** One channel name, one message: the renderer is handed its port to the engine. */
export const PORT_CHANNEL = "onetill:port";

/** What the scheme may do: behave like https, and nothing a page would need a network for. */
export const SCHEME_PRIVILEGES = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  codeCache: true,
} as const;

/** Electron security checklist 2, 3, 4, 5, 6, 8, 9, 20: no Node, isolated, sandboxed, nothing insecure switched on. */
export const WEB_PREFERENCES = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const satisfies BrowserWindowConstructorOptions["webPreferences"];

/** Checklist 7. The camera's decoder is machine code of our own origin, in a worker; text is never run. Styles in attributes are needed by virtual lists, which place rows; scripts are ours alone. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Sent with every answer of the `app://` scheme. */
export const RESPONSE_HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": "camera=(self), microphone=()",
} as const;

/** Whether a navigation stays inside the till (checklist 13). Parsed, never compared by prefix. */
export function isInsideTill(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST && url.username === "" && url.port === "";
}

/** Who asks for a permission, and for what of a `media` device. */
export interface Asker {
  /** The page's origin or address, as Electron says it. */
  readonly origin: string | undefined;
  readonly media: readonly string[];
}

/** Checklist 5: pages of the till may use the camera, to scan, and nothing else: no microphone, not even along with it. */
export function isPermitted(permission: string, { origin, media }: Asker): boolean {
  return (
    permission === "media" &&
    origin !== undefined &&
    isInsideTill(origin) &&
    media.length > 0 &&
    media.every((kind) => kind === "video")
  );
}
