import { fork } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import { generate } from "selfsigned";
import { z } from "zod";
import { ended, leash } from "../programs/leash.ts";
import { usageOf } from "../programs/usage.ts";

/** What a bare connection by TLS costs on this machine; milliseconds each. */
export interface BareTls {
  readonly handshakes: readonly number[];
  /** A short text there and back. */
  readonly echoes: readonly number[];
  /** Memory of a server for each line that it holds, bytes. */
  readonly heldBytes: number;
  /** Processor time of a server for each line that is opened and spoken to once, milliseconds: its own end alone. */
  readonly serverMs: number;
}

/** Enough that what a process needs anyway is nothing beside them. */
const HELD = 1_000;

/** Measures both with nothing else on either end, one after the other. */
export async function bareTls(count: number): Promise<BareTls> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    curve: "P-256",
  });
  const server = createServer({ cert, key }, (socket) => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  const open = async (): Promise<TLSSocket> => {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    return socket;
  };
  const handshakes = await timed(count, async () => (await open()).destroy());
  const socket = await open();
  const echoes = await timed(count, async () => {
    socket.write("event: wake\n\n");
    await once(socket, "data");
  });
  socket.destroy();
  server.close();
  return { handshakes, echoes, ...(await held({ cert, key })) };
}

/** Holds a thousand lines in a server of their own, each of which has been spoken to. */
async function held(identity: {
  readonly cert: string;
  readonly key: string;
}): Promise<Pick<BareTls, "heldBytes" | "serverMs">> {
  const child = fork(new URL("./holding-process.ts", import.meta.url), [JSON.stringify(identity)]);
  leash(child);
  const [port] = z
    .tuple([z.number()])
    .rest(z.unknown())
    .parse(await once(child, "message"));
  const usage = () => usageOf(child.pid ?? 0);
  const before = usage();
  const lines: TLSSocket[] = [];
  for (let line = 0; line < HELD; line += 1) {
    const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    socket.write("GET\n");
    await once(socket, "data");
    lines.push(socket);
  }
  const after = usage();
  for (const line of lines) line.destroy();
  await ended(child, () => child.disconnect());
  return { heldBytes: (after.rss - before.rss) / HELD, serverMs: (after.cpuMs - before.cpuMs) / HELD };
}

async function timed(count: number, act: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times;
}
