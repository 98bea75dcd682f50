import { once } from "node:events";
import { resolve } from "node:path";
import { afterEach, describe, test } from "vitest";
import { WebSocket } from "ws";
import { socketChannel } from "../engine/channels.ts";
import { RpcBench, type RpcPromise, type ServeOver } from "../engine/testing/rpc-bench.ts";
import { RPC_CALLS } from "../engine/testing/rpc-calls-contract.ts";
import { RPC_LINE } from "../engine/testing/rpc-line-contract.ts";
import { RPC_VIEWS } from "../engine/testing/rpc-views-contract.ts";
import { RPC_SUBPROTOCOL, serveRegister } from "./register-server.ts";

/** The register's own server, dialled as its page does. */
const overWebSockets: ServeOver = async ({ engine, onDefect }) => {
  const register = await serveRegister({
    engine,
    rendererRoot: resolve(import.meta.dirname),
    port: 0,
    onDefect,
  });
  const { origin, host, hash } = new URL(register.address);
  return {
    async connect() {
      const protocols = [RPC_SUBPROTOCOL, hash.replace("#token=", "")];
      const socket = new WebSocket(`ws://${host}/rpc`, protocols, { origin });
      await once(socket, "open");
      return socketChannel(socket);
    },
    fall: () => register.close(),
  };
};

let bench: RpcBench;
afterEach(() => bench.close());

describe.each<[string, readonly RpcPromise[]]>([
  ["calls", RPC_CALLS],
  ["views", RPC_VIEWS],
  ["the line itself", RPC_LINE],
])("page and engine over a WebSocket: %s", (_, promises) => {
  test.each(promises)("$promise", async ({ holds }) => {
    bench = await RpcBench.open(overWebSockets);
    await holds(bench);
  });
});
