import type { Instant } from "#domain/ids.ts";
import type { WriteTransaction } from "../storage/port.ts";

type Document = Parameters<WriteTransaction["putInFeeds"]>[0]["documents"][number];

/** Puts one document into its feed; answers its number there. */
export async function putInFeed(
  tx: Pick<WriteTransaction, "putInFeeds">,
  { at, ...document }: Document & { readonly at: Instant },
): Promise<number> {
  return (await tx.putInFeeds({ documents: [document], at })).get(document.feed) ?? 0;
}
