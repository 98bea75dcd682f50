import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import { generate } from "selfsigned";

/** What a bare connection by TLS costs on this machine; milliseconds each. */
export interface BareTls {
  readonly handshakes: readonly number[];
  /** A short text there and back. */
  readonly echoes: readonly number[];
}

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
  return { handshakes, echoes };
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
