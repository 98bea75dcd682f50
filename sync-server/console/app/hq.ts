import type { z } from "zod";
import { errorBodySchema } from "#protocol/sync/error.ts";

const KEY = "onetill.hq.key";

/** The HQ key for this tab: from the link (`#key=`), taken out of the address bar at once, or typed. */
export function takeKey(): string | null {
  const found = /^#key=([A-Za-z0-9_-]+)$/.exec(location.hash)?.[1];
  if (found !== undefined) {
    sessionStorage.setItem(KEY, found);
    history.replaceState(null, "", location.pathname);
  }
  return sessionStorage.getItem(KEY);
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}

export function forgetKey(): void {
  sessionStorage.removeItem(KEY);
}

/** The server said no; `message` is for people. */
export class HqRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** One call to the server, its answer checked by its schema. Throws HqRefusal when it says no. */
export async function hq<S extends z.ZodType>(
  schema: S,
  path: string,
  init: { readonly method?: "GET" | "POST" | "PUT"; readonly json?: unknown; readonly file?: File } = {},
): Promise<z.output<S>> {
  const type = init.file === undefined ? "application/json" : "text/csv";
  const body = init.file ?? (init.json === undefined ? undefined : JSON.stringify(init.json));
  const response = await fetch(path, {
    method: init.method ?? "GET",
    headers: {
      authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ""}`,
      ...(body === undefined ? {} : { "content-type": type }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const refusal = errorBodySchema.safeParse(answer);
    const report = schema.safeParse(answer);
    if (report.success) return report.data;
    throw new HqRefusal(response.status, refusal.success ? refusal.data.message : `${response.status}`);
  }
  return schema.parse(answer);
}
