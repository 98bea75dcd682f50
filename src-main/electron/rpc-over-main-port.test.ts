import { EventEmitter } from "node:events";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { MessagePortMain } from "electron";
import { afterEach, describe, test } from "vitest";
import { portChannel } from "../engine/channels.ts";
import { serveRpc } from "../engine/rpc.ts";
import { RpcBench, type RpcPromise, type ServeOver } from "../engine/testing/rpc-bench.ts";
import { RPC_CALLS } from "../engine/testing/rpc-calls-contract.ts";
import { RPC_LINE } from "../engine/testing/rpc-line-contract.ts";
import { RPC_VIEWS } from "../engine/testing/rpc-views-contract.ts";
import { mainPortChannel } from "./main-port.ts";

/** Electron's MessagePortMain as its declarations describe it, on a real port of Node's: messages come wrapped, and none before `start`. */
class StandInMainPort extends EventEmitter implements MessagePortMain {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on("close", () => this.emit("close"));
  }

  start(): void {
    this.#port.on("message", (data: unknown) => this.emit("message", { data, ports: [] }));
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }
}

const overMainPorts: ServeOver = async ({ engine, onDefect }) => {
  const engineEnds: StandInMainPort[] = [];
  return {
    async connect() {
      const { port1, port2 } = new MessageChannel();
      const end = new StandInMainPort(port1);
      engineEnds.push(end);
      serveRpc({ service: engine, channel: mainPortChannel(end), onDefect });
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
])("page and engine over a port of Electron's shape: %s", (_, promises) => {
  test.each(promises)("$promise", async ({ holds }) => {
    bench = await RpcBench.open(overMainPorts);
    await holds(bench);
  });
});
