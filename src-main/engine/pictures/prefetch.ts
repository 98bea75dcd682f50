import type { Case } from "#domain/cases/case.ts";
import type { Product } from "#domain/product/product.ts";
import type { Replica } from "../ports.ts";
import type { Alarm } from "../sync/alarm.ts";
import { runRetryLoop } from "../sync/retry-loop.ts";
import type { Pictures } from "./pictures.ts";

/** Rest between two pictures, milliseconds: a prefetch must not be felt, neither at this till nor by the server of a thousand. */
const PAUSE_MS = 30;
/** Rest when every picture is here, milliseconds; a new one wakes it. */
const IDLE_MS = 3_600_000;
/** Pictures fetched ahead of being shown; what is beyond is fetched when it is first shown. */
const MAX_FETCHED_AHEAD = 20_000;

/**
 * Fetches the photos of the store's cases, and then the pictures of the catalogue, one by one, so that nothing stays empty when the network goes. Begins when `ready` says that the
 * first sync is in (ring the alarm then), and works until the till closes. Never throws.
 */
export async function prefetchPictures({
  pictures,
  replica,
  ready,
  alarm,
  closing,
  random,
}: {
  readonly pictures: Pick<Pictures, "keep">;
  readonly replica: Pick<Replica, "scan" | "watch">;
  readonly ready: () => boolean;
  readonly alarm: Alarm;
  readonly closing: AbortSignal;
  readonly random: () => number;
}): Promise<void> {
  const wanted = new Set<string>();
  const want = (product: Product): void => {
    for (const image of [product.image, ...product.variants.map((variant) => variant.image)])
      if (image !== null && wanted.size < MAX_FETCHED_AHEAD) wanted.add(image);
  };
  // Photos are few, and somebody at the counter asks for them: they never wait behind a whole catalogue.
  const photos = new Set<string>();
  const wantPhotos = (of: Case): void => {
    for (const photo of photosOf(of)) if (photos.size < MAX_FETCHED_AHEAD) photos.add(photo);
  };
  let scanned = false;
  const unwatches = [
    replica.watch("products", (changes) => {
      if (!scanned) return;
      for (const { data } of changes) if (data?.status === "active") want(data);
      alarm.ring();
    }),
    replica.watch("cases", (changes) => {
      if (!scanned) return;
      for (const { data } of changes) if (data !== null) wantPhotos(data);
      alarm.ring();
    }),
  ];
  closing.addEventListener("abort", () => alarm.ring());
  await runRetryLoop({
    alarm,
    closing,
    random,
    async work() {
      if (!ready()) return IDLE_MS;
      if (!scanned) {
        scanned = true;
        for await (const cases of replica.scan("cases")) for (const each of cases) wantPhotos(each);
        for await (const products of replica.scan("products"))
          for (const product of products) if (product.status === "active") want(product);
      }
      const [next] = photos.size > 0 ? photos : wanted;
      if (next === undefined) return IDLE_MS;
      await pictures.keep(next);
      photos.delete(next);
      wanted.delete(next);
      return PAUSE_MS;
    },
    failed: () => 0,
  });
  for (const unwatch of unwatches) unwatch();
}

function photosOf({ photos, history }: Case): readonly string[] {
  return [...photos, ...history.flatMap(({ act }) => act.photos)];
}
