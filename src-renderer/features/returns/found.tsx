import { CloudOff, PackageOpen, SearchX, ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { PurchaseSummary } from "#protocol/till/returns.ts";
import { moneyText, pictureAddress, timeText } from "../../app/format.ts";
import { useTill } from "../../app/till.ts";
import { apart, t, tCount } from "../../i18n/translate.ts";
import { ChannelBadge } from "./channel-badge.tsx";
import { useFinding } from "./find-store.ts";
import { openReturn, returnWithoutReceipt } from "./return-acts.ts";

const ROW =
  "press grid min-h-16 w-full items-center gap-4 rounded-2xl border border-line bg-paper px-4 py-2 text-start enabled:hover:border-brand disabled:opacity-55";

/** The purchases that were found, and whether the server was asked for them. */
export function Purchases() {
  const { found, state } = useFinding();
  const isOnline = useTill((till) => till.sync?.link.state === "online");
  if (state === "away") return <Words>{t("returns.find.away")}</Words>;
  if (found === null) return state === "looking" ? <Words>{t("returns.find.looking")}</Words> : null;
  const { purchases, askedServer } = found;
  return (
    <>
      <p role="status" className="figures flex items-center gap-2 text-ink-soft">
        {askedServer ? null : <CloudOff aria-hidden size={20} className="shrink-0" />}
        <span>
          <span className="font-semibold">{tCount("returns.find.found", purchases.length)}</span>
          {" · "}
          {t(
            askedServer ? "returns.find.asked" : isOnline ? "returns.find.noAnswer" : "returns.find.notAsked",
          )}
        </span>
      </p>
      {purchases.length === 0 ? (
        <Nothing words={t("returns.find.none")} hint={t("returns.find.noneHint")} />
      ) : null}
      <ul className="flex flex-col gap-2">
        {purchases.map((purchase) => (
          <li key={purchase.ref.id}>
            <PurchaseRow purchase={purchase} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PurchaseRow({ purchase }: { readonly purchase: PurchaseSummary }) {
  const { number, channel, at, storeName, customerName, names, pieces, paid, isAllBack, flagged } = purchase;
  const facts = [timeText(at), storeName ?? "", customerName ?? ""].filter((part) => part !== "");
  return (
    <button
      type="button"
      disabled={isAllBack}
      onClick={() => void openReturn({ purchase: purchase.ref })}
      className={`${ROW} grid-cols-[minmax(0,1fr)_auto]`}
    >
      <span className="min-w-0">
        <span className="figures flex items-center gap-2 font-bold">
          <span className="truncate">{number}</span>
          <ChannelBadge channel={channel} />
          {flagged ? (
            <Mark look="bg-danger-soft text-danger" icon={<ShieldAlert aria-hidden size={15} />}>
              {t("returns.find.flagged")}
            </Mark>
          ) : null}
          {isAllBack ? <Mark look="bg-sunken text-ink">{t("returns.find.allBack")}</Mark> : null}
        </span>
        <span className="block truncate text-ink-soft text-sm">{facts.map(apart).join(" · ")}</span>
        <span className="flex gap-1 text-sm">
          <bdi className="min-w-0 truncate">{names.join(", ")}</bdi>
          <span className="shrink-0">· {tCount("basket.pieces", pieces)}</span>
        </span>
      </span>
      <span className="figures text-end font-bold text-lg">{moneyText(paid)}</span>
    </button>
  );
}

function Mark({
  look,
  icon = null,
  children,
}: {
  readonly look: string;
  readonly icon?: ReactNode;
  readonly children: string;
}) {
  return (
    <span
      className={`inline-flex items-center gap-1 truncate rounded-lg px-2 py-0.5 font-semibold text-sm ${look}`}
    >
      {icon}
      {children}
    </span>
  );
}

/** Articles for a return without a receipt. */
export function Articles() {
  const { articles, state } = useFinding();
  if (state === "away") return <Words>{t("returns.find.away")}</Words>;
  if (articles === null) return null;
  if (articles.length === 0) return <Nothing words={t("returns.without.none")} hint="" />;
  return (
    <ul className="flex flex-col gap-2">
      {articles.map((article) => (
        <li key={article.variant}>
          <ArticleRow article={article} />
        </li>
      ))}
    </ul>
  );
}

function ArticleRow({ article: { variant, name, options, image, price, sku } }: { readonly article: Item }) {
  return (
    <button
      type="button"
      onClick={() => void returnWithoutReceipt(variant)}
      className={`${ROW} grid-cols-[3rem_minmax(0,1fr)_auto]`}
    >
      <span className="grid size-12 place-items-center overflow-hidden rounded-xl bg-sunken">
        {image === null ? (
          <PackageOpen aria-hidden size={20} className="text-ink-soft" />
        ) : (
          <img src={pictureAddress(image)} alt="" className="size-full object-cover" />
        )}
      </span>
      <span className="min-w-0">
        <bdi className="line-clamp-2 font-semibold leading-tight">{name}</bdi>
        <span className="block truncate text-ink-soft text-sm">
          {[variantLabel(options), sku]
            .filter((part) => part !== "")
            .map(apart)
            .join(" · ")}
        </span>
      </span>
      <span className="figures text-end font-bold text-lg">{price === null ? "" : moneyText(price)}</span>
    </button>
  );
}

function Words({ children }: { readonly children: string }) {
  return (
    <p role="status" className="text-ink-soft text-lg">
      {children}
    </p>
  );
}

function Nothing({ words, hint }: { readonly words: string; readonly hint: string }) {
  return (
    <div className="flex flex-col items-center gap-1 p-6 text-center">
      <SearchX aria-hidden size={44} strokeWidth={1.5} className="text-ink-soft" />
      <p className="font-semibold text-xl">{words}</p>
      <p className="text-balance text-ink-soft">{hint}</p>
    </div>
  );
}
