import { ok, type Result, refused } from "#domain/result.ts";

/**
 * Runs a write to the till's own disk. A disk that is full or broken becomes the refusal `storage`, with the error told to
 * `onTrouble`: the cashier is asked to call for help, and what was there before is still there.
 */
export async function durably<T>(
  write: () => Promise<T>,
  onTrouble: (error: unknown) => void,
): Promise<Result<T, "storage">> {
  try {
    return ok(await write());
  } catch (error) {
    onTrouble(error);
    return refused("storage");
  }
}
