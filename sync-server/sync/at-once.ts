/**
 * Waits for all of what was begun at once within a transaction, and throws what failed first of it only when none of it goes on any more: whoever takes the transaction
 * back is not to be written behind.
 */
export async function atOnce<T extends readonly unknown[]>(
  begun: readonly [...{ readonly [N in keyof T]: Promise<T[N]> }],
): Promise<T> {
  let first: { readonly error: unknown } | null = null;
  const noted = begun.map((each) =>
    each.catch((error: unknown) => {
      first ??= { error };
    }),
  );
  await Promise.all(noted);
  // Assigned while it waited, which the compiler does not see.
  const failed = first as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
  return (await Promise.all(begun)) as unknown as T;
}
