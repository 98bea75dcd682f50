import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { extname, resolve, sep } from "node:path";
import { WebSocketServer } from "ws";
import { MAX_FRAME_BYTES } from "#protocol/till/frames.ts";
import { socketChannel } from "../engine/channels.ts";
import type { Engine } from "../engine/engine.ts";
import { serveRpc } from "../engine/rpc.ts";

const HOST = "127.0.0.1";
const TOKEN_BYTES = 24;
/** The WebSocket's sub-protocol; the token travels as a second one, so that it stands in no address and no log. */
export const RPC_SUBPROTOCOL = "onetill";

const MIME_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
};

function headersFor(port: number): Record<string, string> {
  return {
    "Content-Security-Policy": [
      "default-src 'none'",
      // The camera's decoder is machine code of this server, in a worker; text is never run.
      "script-src 'self' 'wasm-unsafe-eval'",
      "worker-src 'self'",
      "style-src 'self'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self'",
      "font-src 'self'",
      `connect-src 'self' ws://${HOST}:${port}`,
      "media-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=()",
  };
}

export interface RegisterServer {
  /** With the session's token behind `#`, which browsers never send. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves the register to a browser on this machine: the page, the pictures, and the engine's RPC over a WebSocket that needs the token
 * and comes only from the page itself (Host and Origin are checked, so that no other page can reach the till).
 */
export async function serveRegister({
  engine,
  rendererRoot,
  port,
  onDefect,
}: {
  readonly engine: Engine;
  readonly rendererRoot: string;
  readonly port: number;
  readonly onDefect: (verb: string, error: unknown) => void;
}): Promise<RegisterServer> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const http = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has(RPC_SUBPROTOCOL) ? RPC_SUBPROTOCOL : false),
  });
  const bound = await listen(http, port);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const headers = headersFor(bound);
    const refuse = (status: number) => response.writeHead(status, headers).end();
    if (request.headers.host !== `${HOST}:${bound}`) return void refuse(403);
    if (request.method !== "GET") return void refuse(405);
    const path = pathOf(request.url ?? "/");
    if (path === null) return void refuse(400);
    const hash = /^\/pictures\/([0-9a-f]{64})$/.exec(path)?.[1];
    const found = hash === undefined ? await fileOf(rendererRoot, path) : await engine.picture(hash);
    if (found === null) return void refuse(404);
    const lasting = hash !== undefined || path.startsWith("/assets/");
    response.writeHead(200, {
      ...headers,
      "Content-Type": found.mime,
      "Cache-Control": lasting ? "private, max-age=31536000, immutable" : "no-store",
    });
    response.end(found.bytes);
  }

  http.on("upgrade", (request, socket, head) => {
    // Any page on this machine can dial and hang up; that must not end the till.
    socket.on("error", () => socket.destroy());
    if (!mayConnect(request, { token, port: bound })) {
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      serveRpc({ service: engine, channel: socketChannel(client), onDefect }),
    );
  });

  return {
    address: `http://${HOST}:${bound}/#token=${token}`,
    close: () =>
      new Promise((done) => {
        for (const client of sockets.clients) client.terminate();
        http.closeAllConnections();
        http.close(() => done());
      }),
  };
}

/** Whether a WebSocket comes from the till's own page with the session's token. */
export function mayConnect(
  request: Pick<IncomingMessage, "url" | "headers">,
  { token, port }: { readonly token: string; readonly port: number },
): boolean {
  if (request.url !== "/rpc") return false;
  if (request.headers.host !== `${HOST}:${port}` || request.headers.origin !== `http://${HOST}:${port}`)
    return false;
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((each) => each.trim());
  return offered.some((each) => sameSecret(each, token));
}

function sameSecret(given: string, secret: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(secret);
  return a.length === b.length && timingSafeEqual(a, b);
}

function listen(http: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    http.once("error", fail);
    http.listen(port, HOST, () => {
      const address = http.address();
      done(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function pathOf(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url, `http://${HOST}`).pathname);
  } catch {
    return null;
  }
}

async function fileOf(
  root: string,
  path: string,
): Promise<{ readonly mime: string; readonly bytes: Uint8Array } | null> {
  const file = resolve(root, `.${path === "/" || path === "/display" ? "/index.html" : path}`);
  const mime = MIME_TYPES[extname(file)];
  if (mime === undefined || !file.startsWith(root + sep)) return null;
  try {
    return { mime, bytes: await readFile(file) };
  } catch {
    return null;
  }
}
