import { priceListsFor } from "#domain/customer/group.ts";
import type { Instant, PromotionId, StoreId } from "#domain/ids.ts";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import { byPriority, isAbout, type Promotion } from "#domain/promotions/promotion.ts";
import type { PricingScene, Shopper } from "#domain/promotions/scene.ts";
import { sceneRefusal } from "#domain/promotions/why-not.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { SimulateRequest, Simulation } from "#protocol/hq/simulate.ts";
import type { Quote, QuoteRequest } from "#protocol/shop/quote.ts";
import { type JudgedCoupon, judgedCoupons } from "../coupons/judge.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { type ChannelTerms, channelTerms } from "./channel-terms.ts";
import { PromotionShelf } from "./promotion-shelf.ts";
import { type QuotedLine, quotedLines } from "./quoted-lines.ts";
import { type QuoteRefusal, quoteOf } from "./quotes.ts";

export type SimulationRefusal =
  | QuoteRefusal
  | { readonly why: "noSuchStore" | "noSuchTime" }
  | { readonly why: "noSuchVariant"; readonly line: number };

export interface Simulations {
  /** What a basket would cost, and what each promotion that is about it does or why it does nothing. */
  simulate(request: SimulateRequest): Promise<Result<Simulation, SimulationRefusal>>;
}

export function createSimulations({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Simulations {
  const shelf = new PromotionShelf();
  return {
    simulate: (request) =>
      storage.read(async (tx): Promise<Result<Simulation, SimulationRefusal>> => {
        const setting = await settingOf(tx, request, now());
        if (!setting.ok) return setting;
        const { terms, scene } = setting.value;
        const wanted = await skusOf(tx, request.lines);
        if (!wanted.ok) return wanted;
        const { home } = terms;
        const lists = priceListsFor({
          own: terms.priceLists,
          groups: home.customerGroups ?? [],
          of: scene.shopper?.groups ?? [],
        });
        const { at, channel } = scene;
        const asked = { wanted: wanted.value, channel, lists, currency: home.currency, at };
        const { lines, troubles } = await quotedLines(tx, asked);
        if (troubles.length > 0) return refused({ why: "lines", troubles });
        const promotions = promotionsTried(await shelf.all(tx), request);
        const coupons = await judgedCoupons(tx, { typed: request.coupons, promotions, scene });
        return ok(simulated({ request, home, scene, lines, promotions, coupons }));
      }),
  };
}

/** Where, when and by whom it is bought. */
async function settingOf(
  tx: ReadTransaction,
  request: SimulateRequest,
  now: Instant,
): Promise<Result<{ readonly terms: ChannelTerms; readonly scene: PricingScene }, SimulationRefusal>> {
  const terms = await termsOf(tx, request);
  if (terms === null) return refused({ why: request.store === null ? "noStores" : "noSuchStore" });
  const { timeZone, currency } = terms.home;
  if (request.shipping !== undefined && request.shipping.currency !== currency)
    return refused({ why: "shippingCurrency" });
  const at = request.at === undefined ? now : instantOfLocalTime({ text: request.at, timeZone });
  if (at === null) return refused({ why: "noSuchTime" });
  const { channel, store, couponsFor } = request;
  return ok({
    terms,
    scene: { at, timeZone, channel, store, shopper: shopperIn(request), coupons: couponsFor },
  });
}

async function termsOf(
  tx: ReadTransaction,
  { channel, store }: { readonly channel: SimulateRequest["channel"]; readonly store: StoreId | null },
): Promise<ChannelTerms | null> {
  if (store === null) return channelTerms(tx, channel);
  const home = await tx.store(store);
  return home === null ? null : { home, priceLists: home.priceLists };
}

function shopperIn({ shopper }: SimulateRequest): Shopper | null {
  if (shopper === null) return null;
  const uses = shopper.uses.map(({ promotion, times }): [PromotionId, number] => [promotion, times]);
  return { ...shopper, uses: new Map(uses) };
}

async function skusOf(
  tx: ReadTransaction,
  lines: SimulateRequest["lines"],
): Promise<Result<QuoteRequest["lines"], SimulationRefusal>> {
  const wanted: QuoteRequest["lines"] = [];
  for (const [place, line] of lines.entries()) {
    if ("sku" in line) wanted.push(line);
    else {
      const product = await tx.productWith(line.variant);
      const variant = product?.variants.find(({ id }) => id === line.variant);
      if (variant === undefined) return refused({ why: "noSuchVariant", line: place + 1 });
      wanted.push({ sku: variant.sku, quantity: line.quantity });
    }
  }
  return ok(wanted);
}

function promotionsTried(
  made: readonly Promotion[],
  { draft, among }: Pick<SimulateRequest, "draft" | "among">,
): readonly Promotion[] {
  if (draft === undefined) return among === "all" ? made : [];
  return among === "all" ? [...made.filter(({ id }) => id !== draft.id), draft] : [draft];
}

interface Tried {
  readonly request: SimulateRequest;
  readonly home: StoreSettings;
  readonly scene: PricingScene;
  readonly lines: readonly QuotedLine[];
  readonly promotions: readonly Promotion[];
  readonly coupons: readonly JudgedCoupon[];
}

function simulated(tried: Tried): Simulation {
  const { request, home, lines, promotions } = tried;
  const quote = quoteOf({ ...tried, terms: { home } });
  const bought = lines.map(({ line }) => line);
  const concerned = promotions
    .filter((each) => each.id === request.draft?.id || isAbout(each, bought))
    .toSorted(byPriority);
  return {
    quote,
    promotions: concerned.map((promotion) => ({
      id: promotion.id,
      name: promotion.name,
      amount: quote.promotions.find(({ id }) => id === promotion.id)?.amount ?? zeroMoney(home.currency),
      why: whyNot(promotion, quote, tried),
    })),
  };
}

function whyNot(promotion: Promotion, quote: Quote, tried: Tried): Simulation["promotions"][number]["why"] {
  if (isGranted(promotion, quote)) return null;
  const shown = tried.coupons.flatMap((coupon) =>
    coupon.refusal === null && coupon.promotion !== null ? [coupon.promotion.id] : [],
  );
  const scene = { ...tried.scene, coupons: [...tried.scene.coupons, ...shown] };
  const refusal = sceneRefusal(promotion, scene);
  if (refusal !== null) return refusal;
  if (promotion.rule.kind === "freeShipping" && tried.request.shipping === undefined) return "noShipping";
  const alone = quoteOf({ ...tried, terms: tried, promotions: [promotion] });
  return isGranted(promotion, alone) ? "otherIsBetter" : "nothingFits";
}

function isGranted({ id }: Promotion, { promotions, freeShipping }: Quote): boolean {
  return freeShipping?.id === id || promotions.some((each) => each.id === id);
}
