import type { ServerDeps } from "./deps.ts";

/** What tills said lately is written, so that it is seen. Where nothing can be written just now, as on a disk that is full, what was known before is seen all the same. */
export async function lastWords({
  contacts,
  health,
}: Pick<ServerDeps, "contacts" | "health">): Promise<void> {
  await Promise.allSettled([contacts.flush(), health.flush()]);
}
