import { type DeviceId, idOf, type StoreId } from "#domain/ids.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import { firstStore } from "#domain/store/first-store.ts";
import { isCodeAwaited, storeMadeAgain } from "#domain/store/letting-in.ts";
import { wrongHours } from "#domain/store/opening-hours.ts";
import { inCurrency } from "#domain/store/other-currency.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { settledPlan } from "#domain/tax/tax-plan.ts";
import { type TaxSetupFault, taxSetupFault } from "#domain/tax/tax-setup.ts";
import type { NewStore, StoreProfile } from "#protocol/hq/store-settings.ts";
import { knownLists } from "../prices/lists.ts";
import type { Publication } from "../sync/publisher.ts";

export type ProfileFault =
  | "codeTaken"
  | "noSuchStore"
  /** There is a store that it can be like, or it is to be like one and said to be the first as well. */
  | "notFirst"
  /** Nothing is said of what the first store cannot have from another one. */
  | "firstUnsaid"
  /** The list that the first store would ask is in another currency. */
  | "listInOtherCurrency"
  | "nobodyKnocks"
  | "otherCode"
  /** Of a store that is waited for by tills of it that knock. */
  | "codeAwaited"
  | "timeZone"
  | "locale"
  | "hours"
  | "currencyFixed";

/**
 * A new store, set up like another one, or the first of all from what was said of it; or one that was lost with the time in which it was made, for the
 * till of it that knocks.
 */
export async function makeStore(
  publication: Publication,
  { code, like, first, knocking, ...profile }: NewStore,
  newId: string,
): Promise<Result<StoreSettings, ProfileFault>> {
  const { tx } = publication;
  if ((await tx.storeByCode(code)) !== null) return refused("codeTaken");
  const model = await modelFor(publication, { like, first, profile });
  if (!model.ok) return model;
  const fault = profileFault(profile);
  if (fault !== null) return refused(fault);
  const id = await idFor(publication, { code, knocking, newId });
  if (!id.ok) return id;
  const store = withProfile({ ...model.value, store: id.value, code }, profile);
  await publication.putStore(store);
  return ok(store);
}

/** What a new store begins with, but for its profile and what it is known by. */
async function modelFor(
  { tx }: Publication,
  {
    like,
    first,
    profile,
  }: {
    readonly like: string | null;
    readonly first: NewStore["first"] | undefined;
    readonly profile: StoreProfile;
  },
): Promise<Result<Omit<StoreSettings, "store" | "code">, ProfileFault>> {
  if (like === null) {
    if ((await tx.stores()).length > 0) return refused("notFirst");
    if (first === undefined) return refused("firstUnsaid");
    const model = firstStore({ ...profile, ...first });
    const priced = (await knownLists(tx)).filter(({ id }) => model.priceLists.includes(id));
    return priced.some(({ currency }) => currency !== profile.currency)
      ? refused("listInOtherCurrency")
      : ok(model);
  }
  if (first !== undefined) return refused("notFirst");
  const model = await tx.storeByCode(like);
  if (model === null) return refused("noSuchStore");
  // What the retailer has decided for stores of which nothing else was said is put in as it is saved.
  const { closedAt: _, returns: _r, customers: _c, update: _u, ...rest } = model;
  return ok({ ...rest, orders: { ...orderPolicyOf(model), location: null, collectDesk: null } });
}

async function idFor(
  { tx, at }: Publication,
  {
    code,
    knocking,
    newId,
  }: { readonly code: string; readonly knocking: DeviceId | undefined; readonly newId: string },
): Promise<Result<StoreId, "nobodyKnocks" | "otherCode" | "codeAwaited" | "codeTaken">> {
  const knocks = await tx.knocks(at);
  const id =
    knocking === undefined
      ? ok(idOf<"Store">(newId))
      : storeMadeAgain(knocks.find(({ device }) => device === knocking) ?? null, code);
  if (!id.ok) return id;
  // Somebody else made it again meanwhile.
  if ((await tx.store(id.value)) !== null) return refused("codeTaken");
  return isCodeAwaited(knocks, code, id.value) ? refused("codeAwaited") : id;
}

/** What HQ says of a store takes the place of what it said before. */
export async function changeStore(
  publication: Publication,
  store: StoreSettings,
  profile: StoreProfile,
): Promise<Result<StoreSettings, ProfileFault>> {
  const fault = profileFault(profile);
  if (fault !== null) return refused(fault);
  if (profile.currency !== store.currency && (await publication.tx.hasSold(store.store)))
    return refused("currencyFixed");
  const changed = withProfile(store, profile);
  await publication.putStore(changed);
  return ok(changed);
}

/** Takes the place of what the store taxed by, from the next sale on and, as planned, from days to come on. What held before plans that have begun stays known. */
export async function changeTax(
  publication: Publication,
  store: StoreSettings,
  tax: Omit<StoreSettings["tax"], "former">,
): Promise<Result<StoreSettings, { readonly fault: TaxSetupFault; readonly taxClass: string }>> {
  const today = businessDayOf({ at: publication.at, timeZone: store.timeZone });
  const { former, ...before } = settledPlan(store.tax, today);
  const fault = taxSetupFault({ before, after: tax, today });
  if (fault !== null) return refused(fault);
  const changed = { ...store, tax: { ...tax, ...(former === undefined ? {} : { former }) } };
  await publication.putStore(changed);
  return ok(changed);
}

/** A store that is closed takes no orders and no new tills; its tills can still send what they have. Opening it again undoes it. */
export async function setClosed(
  publication: Publication,
  store: StoreSettings,
  isClosed: boolean,
): Promise<StoreSettings> {
  const { closedAt = publication.at, ...open } = store;
  const changed = isClosed ? { ...open, closedAt } : open;
  await publication.putStore(changed);
  return changed;
}

function profileFault({ timeZone, locale, hours }: StoreProfile): ProfileFault | null {
  if (!isKnown(() => new Intl.DateTimeFormat("en", { timeZone }))) return "timeZone";
  if (!isKnown(() => Intl.getCanonicalLocales(locale))) return "locale";
  return hours !== null && wrongHours(hours) !== null ? "hours" : null;
}

function isKnown(use: () => unknown): boolean {
  try {
    use();
    return true;
  } catch {
    return false;
  }
}

function withProfile(store: StoreSettings, { hours, ...profile }: StoreProfile): StoreSettings {
  const { hours: _, ...rest } = inCurrency(store, profile.currency);
  return { ...rest, ...profile, ...(hours === null ? {} : { hours }) };
}
