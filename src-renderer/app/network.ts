import { client } from "./till.ts";

/** The machine's network is back: the till does not wait for its next try. Called once. */
export function watchNetwork(): void {
  // Where the engine is away it looks for its server when it starts.
  window.addEventListener("online", () => void client.call("syncNow", {}).catch(() => undefined));
}
