import { MessageChannel } from "node:worker_threads";
import { afterEach, describe, test } from "vitest";
import { portChannel } from "./channels.ts";
import { serveRpc } from "./rpc.ts";
import { RpcBench, type RpcPromise, type ServeOver } from "./testing/rpc-bench.ts";
import { RPC_CALLS } from "./testing/rpc-calls-contract.ts";
import { RPC_LINE } from "./testing/rpc-line-contract.ts";
import { RPC_VIEWS } from "./testing/rpc-views-contract.ts";

/** Two ends of a real MessageChannel per page. */
const overMessagePorts: ServeOver = async ({ engine, onDefect }) => {
  const engineEnds: { close(): void }[] = [];
  return {
    async connect() {
      const { port1, port2 } = new MessageChannel();
      engineEnds.push(port1);
      serveRpc({ service: engine, channel: portChannel(port1), onDefect });
      return portChannel(port2);
    },
    async fall() {
      for (const end of engineEnds) end.close();
    },
  };
};

let bench: RpcBench;
afterEach(() => bench.close());

describe.each<[string, readonly RpcPromise[]]>([
  ["calls", RPC_CALLS],
  ["views", RPC_VIEWS],
  ["the line itself", RPC_LINE],
])("page and engine over a MessagePort: %s", (_, promises) => {
  test.each(promises)("$promise", async ({ holds }) => {
    bench = await RpcBench.open(overMessagePorts);
    await holds(bench);
  });
});
