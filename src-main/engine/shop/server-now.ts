import { type Instant, instant } from "#domain/ids.ts";
import type { Clock, ServerLine } from "../ports.ts";

/** The till's clock corrected by what it knows of the server's. */
export function serverNow({
  clock,
  server,
}: {
  readonly clock: Clock;
  readonly server: Pick<ServerLine, "clockOffsetMs">;
}): Instant {
  return instant(clock.now() - server.clockOffsetMs());
}
