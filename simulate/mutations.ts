import type { Seams } from "./world/world.ts";

/** A bug that is put between the programs and what they stand on, to see whether a simulated day finds it. */
export interface Mutation {
  readonly name: string;
  /** What is wrong, in words. */
  readonly what: string;
  readonly seams: () => Seams;
}

export const MUTATIONS: readonly Mutation[] = [];

/** Throws where there is none of that name. */
export function mutationCalled(name: string): Mutation {
  const found = MUTATIONS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no mutation ${name}`);
  return found;
}
