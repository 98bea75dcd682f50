import type { DeliveryId, StoreId, VariantId } from "#domain/ids.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { VerbArgs } from "#protocol/till/contract.ts";
import type { DeliveryCard, TransferStores } from "#protocol/till/deliveries.ts";
import { inTurn } from "../../app/in-turn.ts";
import { onceInTurn, pressedOnce } from "../../app/pressed-once.ts";
import { ask, client, tell } from "../../app/till.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import type { Article } from "./pieces.ts";

const MAX_LIKE = 5;
const MIN_LETTERS = 2;

/** A delivery as the engine has it now; null where it has none such, which is put into words. */
export async function deliveryOf(delivery: DeliveryId): Promise<DeliveryCard | null> {
  const answer = await ask("deliveryOf", { delivery });
  return answer?.ok === true ? answer.value : null;
}

/** The article with this code; says so where none has it. In turn, as pieces are scanned. */
export function articleOfCode(code: string): Promise<Article | null> {
  return inTurn(async () => {
    const known = await ask("variantOf", { code });
    if (known === null) return null;
    const found = await client.call("search", { text: code, limit: MAX_LIKE }).catch(() => []);
    const item = found.find(({ variant }) => variant === known.variant);
    if (item !== undefined) {
      playTone("ok");
      const { variant, sku, name, options } = item;
      return { variant, sku, name: articleName({ title: name }, options) };
    }
    tell("refusal", t("goods.unknownCode", { code }));
    return null;
  });
}

/** Articles whose words these are, best first; none for a letter or two. */
export async function articlesLike(text: string): Promise<readonly Article[]> {
  if (text.trim().length < MIN_LETTERS) return [];
  const items = await client.call("search", { text, limit: MAX_LIKE }).catch(() => []);
  return items.map(({ variant, sku, name, options }) => ({
    variant,
    sku,
    name: articleName({ title: name }, options),
  }));
}

/** Takes the best article of what is written: once, however often Enter is pressed until the answer, and none where something else is written by then. */
export function takeFirstLike(
  text: string,
  {
    isStillWritten,
    take,
  }: { readonly isStillWritten: (text: string) => boolean; readonly take: (article: Article) => void },
): Promise<void> {
  return pressedOnce("find", text, async () => {
    const [first] = await articlesLike(text);
    if (first !== undefined && isStillWritten(text)) take(first);
  });
}

/** Says what arrived. True when it was taken. */
export function receive(
  args: VerbArgs<"receiveDelivery">,
  of: { readonly reference: string; readonly count: number },
): Promise<boolean> {
  return onceInTurn("receive", args, async () => {
    const answer = await ask("receiveDelivery", args);
    if (answer?.ok !== true) return false;
    playTone("done");
    tell("done", t("goods.received", of));
    return true;
  });
}

/** Goods leave: of a transfer that HQ asked for, or of one that begins here. True when they did. */
export function send(
  to: { readonly delivery: DeliveryId } | { readonly store: StoreId },
  lines: VerbArgs<"sendDelivery">["lines"],
): Promise<boolean> {
  return onceInTurn("send", { to, lines }, async () => {
    const answer =
      "delivery" in to
        ? await ask("sendDelivery", { delivery: to.delivery, lines })
        : await ask("startTransfer", { to: to.store, lines });
    if (answer?.ok !== true) return false;
    playTone("done");
    const count = lines.reduce((sum, { pieces }) => sum + pieces, 0);
    tell("done", t("goods.sent", { reference: answer.value.reference, count }));
    return true;
  });
}

/** Prints the slip of goods that left once more. */
export async function printSlip(delivery: DeliveryId): Promise<void> {
  const answer = await ask("printDelivery", { delivery });
  if (answer?.ok === true) tell("done", t("goods.slipPrinted"));
}

/** The stores that goods can be sent to. */
export async function storesFor(variant: VariantId): Promise<TransferStores> {
  return (await ask("transferStores", { variant })) ?? { stores: [], hasServer: false };
}
