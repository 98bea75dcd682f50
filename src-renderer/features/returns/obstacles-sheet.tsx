import { CircleAlert, CircleCheck, IdCard, RefreshCw, ShieldCheck } from "lucide-react";
import type { BasketView } from "#protocol/till/basket.ts";
import type { ObstacleView, ReturningView } from "#protocol/till/returns.ts";
import { openOverlay } from "../../app/overlay.ts";
import { returnedRows } from "../../app/returning.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { obstacleWords } from "./obstacle-words.ts";
import { retryConnection } from "./return-acts.ts";

/** Everything that stands in the way of the return, in words, and what gets past it. */
export function ObstaclesSheet({
  returning,
  onClose,
}: {
  readonly returning: NonNullable<BasketView["returning"]>;
  readonly onClose: () => void;
}) {
  const { obstacles, override, identity } = returning;
  const open = obstacles.filter(({ isSettled }) => !isSettled);
  const isPassable = open.some(({ way }) => way === "manager" || way === "server");
  return (
    <Sheet
      title={t(open.length === 0 ? "returns.obstacles.clear" : "returns.obstacles.title")}
      closeLabel={t("app.close")}
      onClose={onClose}
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (isPassable) openOverlay({ kind: "returnOverride" });
          else if (open.length === 0) onClose();
        }}
      >
        <ul className="flex flex-col gap-2">
          {obstacles.map((obstacle) => (
            <Obstacle
              key={`${obstacle.why}-${obstacle.line}`}
              obstacle={obstacle}
              name={nameOf(obstacle, returning)}
            />
          ))}
        </ul>
        {override === null ? null : (
          <p className="text-ink-soft">
            {t("returns.obstacles.allowed", { name: override.managerName, reason: override.reason })}
          </p>
        )}
        {identity === null ? null : (
          <p className="text-ink-soft">{t("returns.obstacles.identityNoted", { identity })}</p>
        )}
        {open.some(({ way }) => way === "server") ? (
          <Button
            size="large"
            icon={<RefreshCw aria-hidden size={22} />}
            onClick={() => void retryConnection()}
          >
            {t("returns.obstacles.retry")}
          </Button>
        ) : null}
        {open.some(({ way }) => way === "identity") ? (
          <Button
            size="large"
            icon={<IdCard aria-hidden size={22} />}
            onClick={() => openOverlay({ kind: "returnIdentity" })}
          >
            {t("returns.obstacles.identity")}
          </Button>
        ) : null}
        {isPassable ? (
          <Button type="submit" look="primary" size="huge" icon={<ShieldCheck aria-hidden size={22} />}>
            {t("returns.obstacles.manager")}
          </Button>
        ) : null}
        {open.length === 0 ? (
          <Button type="submit" look="primary" size="huge">
            {t("returns.obstacles.goOn")}
          </Button>
        ) : null}
      </form>
    </Sheet>
  );
}

function Obstacle({ obstacle, name }: { readonly obstacle: ObstacleView; readonly name: string | null }) {
  const { isSettled } = obstacle;
  return (
    <li
      className={`flex items-start gap-3 rounded-2xl px-4 py-3 text-lg leading-snug ${isSettled ? "bg-sunken text-ink-soft" : "bg-warn-soft text-warn"}`}
    >
      {isSettled ? (
        <CircleCheck aria-hidden className="mt-0.5 shrink-0 text-good" />
      ) : (
        <CircleAlert aria-hidden className="mt-0.5 shrink-0" />
      )}
      <span>
        {name === null ? null : (
          <span className="block font-bold">
            <bdi>{name}</bdi>
          </span>
        )}
        {obstacleWords(obstacle)}
        {isSettled ? <span className="font-bold"> ({t("returns.obstacles.settled")})</span> : null}
      </span>
    </li>
  );
}

function nameOf({ line }: ObstacleView, returning: ReturningView): string | null {
  if (line === null) return null;
  return returnedRows(returning).find((row) => row.line === line)?.name ?? null;
}
