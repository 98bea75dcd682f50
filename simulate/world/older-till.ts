import { PROTOCOL_HEADER, PROTOCOL_VERSION } from "#protocol/version.ts";
import type { Answer, Asked } from "./server-machine.ts";

/** What only a later version knows. */
const NEW = { sinceALaterVersion: { of: "something" } } as const;

/**
 * What a till so many versions behind the server's says: its engine is today's, so it writes what today's does, but it names the earlier
 * version, and the server answers it as such.
 */
export function asOlderTill(asked: Asked, behind: number): Asked {
  if (behind === 0) return asked;
  return { ...asked, headers: { ...asked.headers, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION - behind) } };
}

/** What such a till hears: a server later than it by as many versions, with keys in every document that it does not know. */
export function asLaterServer(answer: Answer, behind: number): Answer {
  if (behind === 0) return answer;
  const headers = { ...answer.headers, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION + behind) };
  if (answer.status !== 200) return { ...answer, headers };
  const lines = answer.body.toString().split("\n");
  return { ...answer, headers, body: Buffer.from(lines.map(withMore).join("\n")) };
}

/** A whole answer, or a line of a snapshot. */
function withMore(line: string): string {
  if (line === "") return line;
  const said: unknown = JSON.parse(line);
  return isObject(said) ? JSON.stringify(objectWithMore(said)) : line;
}

function objectWithMore(said: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const more: Record<string, unknown> = { ...said, ...NEW };
  if (isObject(said.pages))
    more.pages = Object.fromEntries(
      Object.entries(said.pages).map(([name, page]) => [name, isObject(page) ? objectWithMore(page) : page]),
    );
  if (isObject(said.data)) more.data = { ...said.data, ...NEW };
  if (Array.isArray(said.documents))
    more.documents = said.documents.map((row: unknown) =>
      isObject(row) && isObject(row.data) ? { ...row, data: { ...row.data, ...NEW } } : row,
    );
  return more;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
