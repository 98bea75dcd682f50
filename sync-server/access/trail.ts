import type { Instant } from "#domain/ids.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { TrailRecord } from "./port.ts";

/** What the audit log keeps of a call. */
export interface Trail<Asked> {
  /** The kind of thing that is changed, a word of the glossary: `product`, `store`. */
  readonly subject: string;
  /** Which of them; null where it is made by the call: then by the `id` of the answer. */
  id(asked: Asked): string | null;
  /** The thing as it is in the database, read before and after. Left out: what was asked says all there is. */
  state?(tx: ReadTransaction, asked: Asked): Promise<unknown>;
  /** Whether it only looks, as a dry run does: then nothing is kept of it. */
  onlyLooks?(asked: Asked): boolean;
  /** The id of what the call has made, from its answer, where it is not `id`. */
  readonly made?: (answer: unknown) => string;
  /** Fields of the body, at any depth, that are never written down. */
  readonly secrets?: readonly string[];
}

/** Larger states are not kept whole. */
const MAX_STATE_CHARS = 64 * 1024;
const HIDDEN = "…";

/**
 * Does something that somebody at HQ asked for and notes it in the audit log: who, what, the state before and after. It is noted before it is
 * done, so that nothing is ever done unnoted, and again after it. Answers and throws what `act` does.
 */
export async function leaveTrail<Asked extends { readonly body: unknown }>({
  deps: { storage, now },
  asker,
  call,
  trail,
  asked,
  act,
}: {
  readonly deps: { readonly storage: Storage; readonly now: () => Instant };
  readonly asker: TrailRecord["by"];
  readonly call: { readonly method: string; readonly path: string };
  readonly trail: Trail<Asked>;
  readonly asked: Asked;
  readonly act: () => Promise<unknown>;
}): Promise<unknown> {
  const stateNow = async () => {
    const { state } = trail;
    return state === undefined ? null : kept(await storage.read((tx) => state(tx, asked)));
  };
  const { kind, id, name } = asker;
  const begun = {
    at: now(),
    by: { kind, id, name },
    call: `${call.method} ${call.path}`,
    subject: { kind: trail.subject, id: trail.id(asked) ?? "" },
    asked: kept(without(asked.body, trail.secrets ?? [])),
    before: await stateNow(),
  };
  const cursor = await storage.write((tx) => tx.beginTrail(begun));
  try {
    const answer = await act();
    const after = await stateNow();
    const made = begun.subject.id === "" ? (trail.made ?? madeId)(answer) : null;
    await storage.write((tx) => tx.endTrail(cursor, { outcome: "done", after, refusal: "", made }));
    return answer;
  } catch (error) {
    const refusal = error instanceof Error ? error.message : "";
    await storage.write((tx) =>
      tx.endTrail(cursor, { outcome: "refused", after: null, refusal, made: null }),
    );
    throw error;
  }
}

/** What a call has made is known by the `id` in its answer. */
function madeId(answer: unknown): string | null {
  if (typeof answer !== "object" || answer === null || !("id" in answer)) return null;
  return typeof answer.id === "string" ? answer.id : null;
}

function kept(state: unknown): unknown {
  const text = JSON.stringify(state ?? null);
  return text.length <= MAX_STATE_CHARS ? (state ?? null) : { tooLarge: text.length };
}

function without(value: unknown, secrets: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((each) => without(each, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      secrets.includes(name) ? HIDDEN : without(each, secrets),
    ]),
  );
}
