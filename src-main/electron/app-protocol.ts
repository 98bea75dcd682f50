import { extname, resolve, sep } from "node:path";
import { isInsideTill } from "./security.ts";

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
};

/** What an `app://till/...` address asks for; everything else is refused. */
export type Asked =
  | { readonly kind: "file"; readonly path: string; readonly mime: string }
  | { readonly kind: "picture"; readonly hash: string }
  | { readonly kind: "refused"; readonly status: 403 | 404 };

/**
 * Reads an address of the `app://` scheme. `root` is the absolute folder of the built renderer; an address that would
 * leave it (encoded or not), or of a kind of file the renderer does not have, is refused.
 */
export function readAddress(address: string, root: string): Asked {
  if (!isInsideTill(address)) return { kind: "refused", status: 403 };
  const decoded = decode(new URL(address).pathname);
  if (decoded === null || decoded.includes("\0") || decoded.includes("\\"))
    return { kind: "refused", status: 403 };
  const picture = /^\/pictures\/([0-9a-f]{64})$/.exec(decoded)?.[1];
  if (picture !== undefined) return { kind: "picture", hash: picture };
  const path = resolve(root, `.${decoded === "/" || decoded === "/display" ? "/index.html" : decoded}`);
  if (!path.startsWith(root + sep)) return { kind: "refused", status: 403 };
  const mime = MIME_TYPES[extname(path)];
  return mime === undefined ? { kind: "refused", status: 404 } : { kind: "file", path, mime };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
