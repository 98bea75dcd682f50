/**
 * What was wrong with what lies on a till's own disk, and what became of it. Its journal lies there twice.
 * `database`, `copy`, `both`: hurt or gone, and put right from the other, or from what was whole of each. `given`: both were hurt at the same place, and the server gave what neither
 * had. `forked`: the copy told of another past and was set aside. `oneCopy`: the second copy cannot be written, the till sells on with one. `hurt`: the database was found damaged while
 * the till ran, which writes nothing before it is started again, or was not written by its disk, until it is. `waiting`: both are gone, and the till sells nothing before it has heard from the server where it was. `lost`: it has
 * heard; what it had not sent is gone. `asking`: both are hurt at the same place, and the till sells nothing before it has asked the server for what neither has. `incomplete`: the
 * server does not have it either. `replica`: what it has read of the server was found damaged while the till ran, which goes on with it, and throws it away at its
 * next start. `readAnew`: it was thrown away, for it could not be read; all of it comes from the server again.
 */
export const RECORDS_STATES = [
  "database",
  "copy",
  "both",
  "given",
  "forked",
  "oneCopy",
  "hurt",
  "waiting",
  "lost",
  "asking",
  "incomplete",
  "replica",
  "readAnew",
] as const;
export type RecordsState = (typeof RECORDS_STATES)[number];

const SELLS_NOTHING: ReadonlySet<RecordsState> = new Set(["waiting", "asking", "incomplete"]);
const GOES_ON: ReadonlySet<RecordsState> = new Set([...SELLS_NOTHING, "oneCopy", "hurt", "replica"]);

/** As long as that is so the till writes nothing. Of these one holds at a time. */
export function sellsNothing(state: RecordsState): boolean {
  return SELLS_NOTHING.has(state);
}

/** Nothing is put right yet: it is said for as long as it is so, whoever has read it, and each start finds it anew. */
export function goesOn(state: RecordsState): boolean {
  return GOES_ON.has(state);
}

/** Whether a sale that somebody has a receipt of may be missing: that is confirmed by somebody who may set the till up. All else by whoever is at the till. */
export function mayMissSales({
  state,
  missing = [],
}: {
  readonly state: RecordsState;
  readonly missing?: readonly unknown[];
}): boolean {
  return state === "lost" || missing.length > 0;
}
