import { type Contents, readAll } from "../storage/copies/contents.ts";
import { lookAt, type Place } from "../storage/copies/place.ts";

/** All rows of a database that nobody changes meanwhile, table by table. */
export async function contentsAt(place: Place): Promise<Contents> {
  const shop = await lookAt(place);
  try {
    return await readAll(shop.rows, { onCopied: () => undefined });
  } finally {
    await shop.close();
  }
}
