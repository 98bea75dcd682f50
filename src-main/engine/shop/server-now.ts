import { type Instant, instant } from "#domain/ids.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** The till's clock corrected by what it knows of the server's. */
export function serverNow({ clock, server }: Pick<ShopPorts, "clock" | "server">): Instant {
  return instant(clock.now() - server.clockOffsetMs());
}
